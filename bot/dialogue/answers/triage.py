"""Answers to what is no question to the notices: danger, complaints, matters of other offices, small talk."""

from __future__ import annotations

import re

from bot.dialogue.answers.letters import delivery_of
from bot.dialogue.answers.lists import FOUND, SHOWN, entry
from bot.dialogue.answers.notices.search import quoted
from bot.dialogue.reply_text import gaps, lines, say, tap
from bot.dialogue.turn import GUIDE, AskedQuestion, ForStaff, ListedItem, Recall, Scene, Turn
from bot.wechat.messages import Text
from content.rules.citizens import triage
from content.rules.citizens.letters import LONGEST_LETTER
from content.rules.citizens.triage import Finding, MessageKind
from content.rules.language.question_terms import QuestionTerms
from content.search.hits import Hit
from content.services.answers import notice_search, offered_notices
from content.services.answers.offered_notices import OfferedNotices
from content.services.citizens.letters import CitizenMessage

ORIGINS = {MessageKind.DANGER: "危险", MessageKind.COMPLAINT: "投诉求助", MessageKind.ELSEWHERE: "别的单位的事"}
OF_WHAT_TOLD = 0.55  # of the words that told what it is, that a title must say to be about the same
ALL_THAT_TOLD = 0.7  # … to be on that very matter
MUCH = 4  # characters of the question that such a title says
WORD = 2  # … of one beside it
CALLED = 0.5  # of the words by which notices call the matter
_ASKS = re.compile(
    "几点|几号|哪天|什么时候|多少|怎么(?:申请|办理|备案|登记|领)|在哪|哪里|能不能|可以.{0,8}(?:吗|么|不)$|能.{0,8}(?:吗|么|不)$|达不?达标|合格"
)
KEPT = (
    MessageKind.COMPLAINT,
    MessageKind.SERVICE,
    MessageKind.ELSEWHERE,
)  # kinds that count as questions, answered by the file


def danger(scene: Scene) -> Turn:
    """Whom to call, and nothing else; staff see the message, whatever else goes on in the conversation."""
    finding = scene.finding
    assert finding is not None  # is_danger
    reply = Text(lines(_answer(scene, finding)))
    if not scene.asker:
        return Turn(reply)
    heard = CitizenMessage(scene.asker, scene.message.sender, delivery_of(scene), scene.now, origin(finding))
    return Turn(reply, for_staff=ForStaff(heard, scene.asked[:LONGEST_LETTER]))


def told(scene: Scene) -> Turn:
    """The answer of the file; then a tap that hands these words over, and notices that fit, if they may follow.

    A notice on that very matter comes first, and the office that sees to it after.
    """
    finding = scene.finding or scene.story or scene.likeness
    assert finding is not None  # is_triaged, tells_a_story, or nothing surely found
    found = _documents(scene, finding) if finding.search else OfferedNotices([], False)
    results = notice_search.shown(scene.office, found.hits[:SHOWN])
    entries = [entry(place, result) for place, result in enumerate(results, start=1)]
    said = _answer(scene, finding)
    if found.is_sure:  # what a message is only like says that nothing was found
        quote = quoted(scene, found.hits[0])
        head = f"{quote}\n{say('quoted_more')}" if quote else say("found")
        said = [head, *entries, *(said if finding.sure else [])]
    if finding.hand_over:
        said.append(say("hand_over_offer", tap=tap("tap_hand_over")))
    if entries and not found.is_sure:
        said += [say("found_besides"), *entries]
    if finding.kind in KEPT:
        said.append(tap("tap_unhelped"))
    refs = tuple(result.ref for result in results)
    return Turn(
        Text(lines(said)),
        recall=_remembered(scene, finding, refs),
        question=_question(scene, finding, refs),
        typed=scene.asked[:LONGEST_LETTER] if finding.kind in KEPT else "",
    )


def again(scene: Scene, text: str) -> list[str]:
    """The answer of the file to what was asked before, for a question that goes on from it; empty if it has none."""
    items = scene.office.triage.read()
    finding = triage.classify(text, items) or triage.likely(text, items)
    return _answer(scene, finding) if finding else []


def _remembered(scene: Scene, finding: Finding, refs: tuple[str, ...]) -> Recall | None:
    """The notices that were listed, or at least the matter, for a question that goes on from it."""
    if refs:
        return Recall("search", scene.text, tuple(map(ListedItem.of, refs)))
    return Recall(GUIDE, scene.text, ()) if finding.kind in KEPT else None


def origin(finding: Finding) -> str:
    """Where a message for staff came from, in words: 投诉求助：欠薪."""
    return f"{ORIGINS.get(finding.kind, '提问')}：{finding.matter.name}"


def _answer(scene: Scene, finding: Finding) -> list[str]:
    return finding.answer.format(**gaps(), base=scene.office.base_url).split("\n")


def _question(scene: Scene, finding: Finding, refs: tuple[str, ...]) -> AskedQuestion | None:
    if finding.kind not in KEPT:
        return None
    return AskedQuestion(scene.asked, answered=True, offered=(f"guide:{finding.matter.name}", *refs))


def _documents(scene: Scene, finding: Finding) -> OfferedNotices:
    """What fits, or may be meant, and whether the first is on that very matter.

    Where words told what it is, only what surely fits, or bears these words in its title.
    """
    answers = notice_search.find(scene.office, scene.text, FOUND, today=scene.today)
    ranking = [hit for hit in answers.hits if hit.ref.startswith("disclosure:")]
    chosen = offered_notices.choose(scene.office, answers.asked, ranking, today=scene.today)
    if called := _called(scene, finding):
        others = [hit for hit in chosen.hits if hit.ref not in {hit.ref for hit in called} and chosen.is_sure]
        return OfferedNotices([*called, *others], _asks(scene, finding))
    asked = notice_search.wanted(scene.office, answers.asked)
    said = notice_search.wanted(scene.office, finding.said) if finding.sure else asked
    very = [hit for hit in chosen.hits if _is_of_it(hit, asked, said if finding.sure else None, chosen)]
    if very and _asks(scene, finding):
        others = [hit for hit in chosen.hits if hit not in very]
        beside = [hit for hit in others if offered_notices.titled(asked, hit) * asked.size >= WORD]
        return OfferedNotices([*very, *beside], True)
    hits = chosen.hits
    if finding.sure and not chosen.is_sure:
        hits = [hit for hit in hits if offered_notices.titled(said, hit) >= OF_WHAT_TOLD]
    return OfferedNotices(hits, False)


def _called(scene: Scene, finding: Finding) -> list[Hit]:
    """What is found by the words by which notices call the matter, and says them in its title."""
    name = finding.matter.looked_up
    if not name:
        return []
    found = notice_search.find(scene.office, name, FOUND, today=scene.today)
    wanted = notice_search.wanted(scene.office, name)
    fits = [
        hit for hit in found.hits if hit.ref.startswith("disclosure:") and offered_notices.titled(wanted, hit) >= CALLED
    ]
    return notice_search.outstanding(fits)


def _is_of_it(hit: Hit, asked: QuestionTerms, said: QuestionTerms | None, chosen: OfferedNotices) -> bool:
    """Whether a title says what told what it is, or much of the question."""
    if said is None and chosen.is_sure and hit is chosen.hits[0]:
        return True
    named = offered_notices.titled(asked, hit) * asked.size >= MUCH
    return named or (said is not None and offered_notices.titled(said, hit) >= ALL_THAT_TOLD)


def _asks(scene: Scene, finding: Finding) -> bool:
    """Whether it is a question; a complaint that asks nothing keeps its answer first."""
    return finding.kind is not MessageKind.COMPLAINT or _ASKS.search(scene.text) is not None
