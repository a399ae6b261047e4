"""Answers to what is no question to the notices: danger, complaints, matters of other offices, small talk."""

from __future__ import annotations

from bot.dialogue.answers.letters import delivery_of
from bot.dialogue.answers.lists import FOUND, SHOWN, entry
from bot.dialogue.reply_text import gaps, lines, say, tap
from bot.dialogue.turn import AskedQuestion, ForStaff, ListedItem, Recall, Scene, Turn
from bot.wechat.messages import Text
from content.rules.citizens.letters import LONGEST_LETTER
from content.rules.citizens.triage import Finding, MessageKind
from content.services.answers import notice_search, offered_notices
from content.services.answers.notice_search import Result
from content.services.citizens.letters import CitizenMessage

ORIGINS = {MessageKind.DANGER: "危险", MessageKind.COMPLAINT: "投诉求助", MessageKind.ELSEWHERE: "别的单位的事"}
OF_WHAT_TOLD = 0.3  # of the words that told what it is, that a title must say to be about the same
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
    """The answer of the file; then a tap that hands these words over, and notices that fit, if they may follow."""
    finding = scene.finding or scene.story or scene.likeness
    assert finding is not None  # is_triaged, tells_a_story, or nothing surely found
    found = _documents(scene, finding) if finding.search else []
    said = _answer(scene, finding)
    if finding.hand_over:
        said.append(say("hand_over_offer", tap=tap("tap_hand_over")))
    if found:
        said += [say("found_besides"), *(entry(place, result) for place, result in enumerate(found, start=1))]
    if finding.kind in KEPT:
        said.append(tap("tap_unhelped"))
    refs = tuple(result.ref for result in found)
    return Turn(
        Text(lines(said)),
        recall=Recall("search", scene.text, tuple(map(ListedItem.of, refs))) if refs else None,
        question=_question(scene, finding, refs),
        typed=scene.asked[:LONGEST_LETTER] if finding.kind in KEPT else "",
    )


def origin(finding: Finding) -> str:
    """Where a message for staff came from, in words: 投诉求助：欠薪."""
    return f"{ORIGINS.get(finding.kind, '提问')}：{finding.matter.name}"


def _answer(scene: Scene, finding: Finding) -> list[str]:
    return finding.answer.format(**gaps(), base=scene.office.base_url).split("\n")


def _question(scene: Scene, finding: Finding, refs: tuple[str, ...]) -> AskedQuestion | None:
    if finding.kind not in KEPT:
        return None
    return AskedQuestion(scene.asked, answered=True, offered=(f"guide:{finding.matter.name}", *refs))


def _documents(scene: Scene, finding: Finding) -> list[Result]:
    """What fits, or may be meant; where words told what it is only what surely fits, or bears these words in its title."""
    answers = notice_search.find(scene.office, scene.text, FOUND, today=scene.today)
    ranking = [hit for hit in answers.hits if hit.ref.startswith("disclosure:")]
    chosen = offered_notices.choose(scene.office, answers.asked, ranking, today=scene.today)
    hits = chosen.hits
    if finding.sure and not chosen.is_sure:
        said = notice_search.wanted(scene.office, finding.said)
        hits = [hit for hit in hits if said.share({word for word in said.terms if word in hit.folded}) >= OF_WHAT_TOLD]
    return notice_search.shown(scene.office, hits[:SHOWN])
