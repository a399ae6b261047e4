"""Questions that the file of kinds foresees after an answer: 要什么材料, 医药费谁出, 然后呢 of an injury at work."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.answers import triage
from bot.dialogue.answers.follow_ups.passage import answer_in, opened_item
from bot.dialogue.reply_text import lines, say, tap
from bot.dialogue.turn import DANGER, GUIDE, LONGEST_FOLLOW_UP, AskedQuestion, Scene, Turn
from bot.wechat.messages import Text
from config.triage import Matter
from content.rules.citizens.letters import LONGEST_LETTER
from content.rules.citizens.triage import Finding, MessageKind
from content.rules.follow_ups import aspects, own_words
from content.rules.language import plain_text

SOURCES = (GUIDE, DANGER, "search")  # of answers that the file may know the next question of
SAID = 0.5  # of a question's own words that the file must say of the matter


def is_asked(scene: Scene) -> bool:
    """Whether the file has an answer to what goes on from the one before."""
    return _answer(scene) is not None


def told(scene: Scene) -> Turn:
    """That answer, the department of the matter, and the tap that hands all of it over."""
    found, recall = _answer(scene), scene.recall
    assert found is not None and recall is not None  # is_asked
    finding, answer = found
    is_complaint = finding.kind in (MessageKind.COMPLAINT, MessageKind.DANGER)
    offer = say("hand_over_complaint" if is_complaint else "hand_over_offer", tap=tap("tap_hand_over"))
    before = replace(scene, text=recall.text)
    return Turn(
        Text(lines([*answer.split("\n"), *triage.own_department_of(before, finding), offer])),
        recall=replace(recall, at=scene.now),
        question=AskedQuestion(scene.asked, answered=True, offered=(f"guide:{finding.matter.name}",)),
        typed=f"{recall.text}\n{scene.asked}"[:LONGEST_LETTER],
    )


def _answer(scene: Scene) -> tuple[Finding, str] | None:
    """What was told of before, and the answer to what is asked of it now; None if that is another matter."""
    recall = scene.recent
    if recall is None or not recall.text or len(scene.bare) > LONGEST_FOLLOW_UP:
        return None
    if recall.source not in (GUIDE, DANGER) and not (recall.source == "search" and triage.leads(scene, recall.text)):
        return None
    item = opened_item(scene, scene.subject) if recall.source == "search" else None
    if item is not None and answer_in(scene, item):
        return None
    finding = triage.told_of(scene, recall.text)
    if finding is None or not finding.matter.then:
        return None
    asked = f"{scene.bare} {aspects.standard(scene.bare)}"
    found = ((word, told) for words, told in finding.matter.then for word in words if word in asked)
    word, answer = next(found, ("", ""))
    if not answer or _is_another(scene, finding, word):
        return None
    is_of_it = recall.source == DANGER or _is_of(finding.matter, scene)
    return (finding, answer) if is_of_it or _is_told_of(finding, scene) else None


def _is_another(scene: Scene, before: Finding, foreseen: str) -> bool:
    """Whether a message has a matter of its own, which the words that were foreseen do not tell."""
    now = scene.finding
    if now is None or not now.sure or now.matter is before.matter or now.matter.general:
        return False
    return foreseen not in now.said and now.said not in foreseen


def _is_told_of(before: Finding, scene: Scene) -> bool:
    """我已经转咗三千, of a fraud: what happened since, told and not asked, in words that the file foresees of a complaint."""
    asked = aspects.read(scene.text)
    return before.kind is MessageKind.COMPLAINT and not (asked.aspects or asked.is_whether)


def _is_of(matter: Matter, scene: Scene) -> bool:
    """Whether what a message names is said of the matter in the file, or by who asked before."""
    words = own_words.names(own_words.of(scene.bare))
    foreseen = " ".join(f"{' '.join(asked)} {told}" for asked, told in matter.then)
    said = plain_text.normalise(f"{scene.recall.text if scene.recall else ''} {matter.answer} {foreseen}")
    return own_words.share(words, said) >= SAID if words else True
