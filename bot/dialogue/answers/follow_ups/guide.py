"""Questions that go on from a standing answer: what it says of them, a notice on the matter, or who can tell."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.answers import triage
from bot.dialogue.answers.cards import facts
from bot.dialogue.answers.follow_ups.passage import answer_in, is_of_the_matter, opened_item
from bot.dialogue.answers.office.directory import entry_lines
from bot.dialogue.answers.office.guides import guide_lines
from bot.dialogue.follow_up_matchers import asks_after_a_guide, asks_of_nothing_else
from bot.dialogue.reply_text import lines, say, tap, untagged
from bot.dialogue.turn import GUIDE, AskedQuestion, ListedItem, Recall, Scene, Turn, bare
from bot.wechat.messages import Text
from content.rules.citizens.letters import LONGEST_LETTER
from content.rules.citizens.triage import MessageKind
from content.rules.follow_ups import aspects, own_words
from content.rules.language import plain_text
from content.services.answers import notice_search, quoted_answers

WHERE = {"contact", "place", "weekday"}  # aspects of which the directory tells
LONGEST = 12  # characters of a question whether something goes
MORE = 4  # notices that are looked at


def is_asked_of(scene: Scene) -> bool:
    """Whether a question goes on from a standing answer, and has none of its own in the office's file."""
    if scene.recall is None or not (asks_after_a_guide(scene) or _names_what_it_says(scene)):
        return False
    guides = scene.office.guides.read()
    own = guides.find(scene.bare)
    is_overtaken = own is not None and (own.of_the_service or guides.find(bare(scene.recall.text)) is not None)
    if own is not None and own.of_the_service and _is_elsewhere(scene):
        is_overtaken = not aspects.read(scene.text).aspects
    before = guides.find(bare(scene.recall.text))
    if is_overtaken and before is not None and not before.of_the_service and own is not None and own.of_the_service:
        is_overtaken = not _said(scene, scene.recall.text)  # 收费吗, of a matter whose answer says it
    return not is_overtaken and bool(_guide(scene, scene.recall.text))


def _names_what_it_says(scene: Scene) -> bool:
    """要身份证吗, of a standing answer that speaks of it: whether something goes, and no word that was not told."""
    recall, words = scene.recent, own_words.of(scene.bare)
    if recall is None or recall.source != GUIDE or not words or len(scene.bare) > LONGEST:
        return False
    if not aspects.read(scene.text).is_whether:
        return False
    said = plain_text.normalise(untagged("\n".join(_guide(scene, recall.text))))
    return all(word in said for word in words) and bool(_said(scene, recall.text))


def _is_elsewhere(scene: Scene) -> bool:
    """Whether another office was told of, whose fees and hours are not ours."""
    found = triage.kind_of(scene, scene.recall.text) if scene.recall else None
    return found is MessageKind.ELSEWHERE


def says_it(scene: Scene) -> bool:
    """Whether the answer that stood before the notices of the last list says what is asked, and none of these was opened."""
    recall = scene.recall
    if recall is None or scene.subject is None or recall.source != "search" or recall.opened:
        return False
    return asks_of_nothing_else(scene) and triage.leads(scene, recall.text) and bool(_said(scene, recall.text))


def _said(scene: Scene, text: str) -> str:
    """The sentence of what was told to a text that holds what is asked now."""
    return quoted_answers.of_a_guide(
        scene.text, untagged("\n".join(_guide(scene, text))), before=text, today=scene.today
    )


def of_the_guide(scene: Scene) -> Turn:
    """The sentence of the guide that says it, or of a notice on the matter; else who can tell, once more."""
    recall = scene.recall
    assert recall is not None  # asks_after_a_guide
    guide = _guide(scene, recall.text)
    said = _said(scene, recall.text)
    if not said and (turn := _of_a_notice(scene)):
        return turn
    asked = {aspect.name for aspect in aspects.read(scene.text).aspects}
    entry = triage.department_of(scene, recall.text) if asked & WHERE else None
    if entry is not None and entry.phone:
        guide = [*entry_lines(entry), *guide]
        said = said or entry.name
    told = _lines_of(guide, said) if said else [say("guide_silent"), *guide]
    return Turn(
        Text(lines([*told, say("hand_over_offer", tap=tap("tap_hand_over"))])),
        recall=replace(recall, at=scene.now),
        question=AskedQuestion(scene.asked, answered=True, offered=()),
        typed=f"{recall.text}\n{scene.asked}"[:LONGEST_LETTER],
    )


def _lines_of(guide: list[str], said: str) -> list[str]:
    """The lines of a guide that say it; all of them where the directory does."""
    parts = [part.strip() for part in said.split("\n")]
    found = [line for line in guide if any(part in untagged(line) for part in parts)]
    return found or guide


def _guide(scene: Scene, text: str) -> list[str]:
    """What was told to that question, by the office's file or by the kinds of messages."""
    known = scene.office.guides.read().find(bare(text))
    return guide_lines(scene, known) if known else triage.again(scene, text)


def _of_a_notice(scene: Scene) -> Turn | None:
    """The card of a notice on the matter that was asked before, if it says what is asked now."""
    assert scene.recall is not None  # of_the_guide
    asked = f"{scene.recall.text} {scene.text}"
    for hit in notice_search.find(scene.office, asked, MORE, today=scene.today).hits:
        one = ListedItem.of(hit.ref)
        item = opened_item(scene, one) if one.kind != "posting" else None
        if item and (passage := answer_in(scene, item)) and is_of_the_matter(scene, item, ""):
            question = AskedQuestion(scene.asked, answered=True, offered=(one.ref,))
            recall = Recall("search", scene.recall.text, (one,), opened=1)
            return Turn(Text(lines(facts(item, passage))), recall=recall, question=question, results=(item.result,))
    return None
