"""Answers to what is no question to the notices: danger, complaints, matters of other offices, small talk."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.answers.letters import delivery_of
from bot.dialogue.answers.lists import FOUND, SHOWN, entry
from bot.dialogue.answers.notices.search import quoted
from bot.dialogue.answers.office.directory import own_department
from bot.dialogue.reply_text import gaps, lines, say, tap
from bot.dialogue.turn import (
    DANGER,
    GUIDE,
    LONGEST_FOLLOW_UP,
    AskedQuestion,
    ForStaff,
    ListedItem,
    Recall,
    Scene,
    Turn,
    bare,
)
from bot.wechat.messages import Text
from config.directory import DirectoryEntry
from content.rules.citizens import department_question, triage
from content.rules.citizens.letters import LONGEST_LETTER
from content.rules.citizens.triage import Finding, MessageKind
from content.rules.language.question_terms import QuestionTerms
from content.search.hits import Hit
from content.services.answers import notice_search, offered_notices
from content.services.answers.offered_notices import OfferedNotices
from content.services.citizens.letters import CitizenMessage

ORIGINS = {MessageKind.DANGER: "危险", MessageKind.COMPLAINT: "投诉求助", MessageKind.ELSEWHERE: "别的单位的事"}
OF_WHAT_TOLD = 0.7  # of the words that told what it is, that a title must say to be about the same
NEARLY_BEST = 0.7  # of the best score
ALL_THAT_TOLD = 0.9  # … to be found by these words alone
MUCH, MUCH_OF_A_STORY = 3, 0.15  # characters of the question that such a title says, and the share of a long one
LONG = 60  # characters of a story in which much is said by the way
CALLED = 0.5  # of the words by which notices call the matter
_ASKS = re.compile(
    "几点|几号|几天|哪天|哪家|什么时候|啥时|何时|几时|多少|多久|怎么办|咋办|咋整|怎么(?:申请|办理|备案|登记|领)|在哪|哪里|结果|为什么|是什么|会怎样|能不能|可以.{0,8}(?:吗|么|不)$|能.{0,8}(?:吗|么|不)$|达不?达标|合格"
)
_CLAUSES, _NUMBER = (
    re.compile("[^，。；\n]+"),
    re.compile(r"(?<!\d)(?:1[12]\d{1,3}|12\d{3}|96\d{3}|0\d{2,3}-\d{7,8})(?!\d)"),
)
DIRECTED = (MessageKind.COMPLAINT, MessageKind.ELSEWHERE)  # kinds that a department of our own may see to
KEPT = (
    MessageKind.COMPLAINT,
    MessageKind.SERVICE,
    MessageKind.ELSEWHERE,
)  # kinds that count as questions, answered by the file


def danger(scene: Scene) -> Turn:
    """Whom to call, and nothing else; staff see the message, whatever else goes on in the conversation."""
    finding = scene.danger
    assert finding is not None  # is_danger
    foreseen = _foreseen(scene, finding)
    reply = Text(lines(foreseen.split("\n") if foreseen else _answer(scene, finding)))
    recall = Recall(DANGER, scene.asked, scene.recall.shown if scene.recall else (), at=scene.now)
    if not scene.asker:
        return Turn(reply, recall=recall)
    heard = CitizenMessage(scene.asker, scene.message.sender, delivery_of(scene), scene.now, origin(finding))
    return Turn(reply, recall=recall, for_staff=ForStaff(heard, scene.asked[:LONGEST_LETTER]))


def _foreseen(scene: Scene, finding: Finding) -> str:
    """What the file has to tell of a danger that goes on from what was told before: 他说再闹就打我, of an unpaid wage.

    That is one that does not say who, or the same once more; then it would be the same text again.
    """
    before = told_of(scene, scene.recent.text) if scene.recent and scene.recent.text else None
    if before is None or not (finding.matter.general or before.matter is finding.matter):
        return ""
    return next((told for words, told in before.matter.then if any(word in scene.bare for word in words)), "")


def is_amid_danger(scene: Scene) -> bool:
    """已经跑出来了，然后呢: a few words after a danger that name no other matter."""
    recall, found = scene.recent, scene.finding
    if recall is None or recall.source != DANGER or len(scene.bare) > LONGEST_FOLLOW_UP or scene.is_of_no_danger:
        return False
    return found is None or found.matter.general


def still_in_danger(scene: Scene) -> Turn:
    """Whom to call, once more, and the tap for what else staff should know."""
    assert scene.recall is not None  # is_amid_danger
    finding = scene.of(scene.recall.text).danger
    said = [say("danger_goes_on"), *(_answer(scene, finding) if finding else [])]
    said.append(say("hand_over_offer", tap=tap("tap_hand_over")))
    question = AskedQuestion(scene.asked, answered=True, offered=("guide:险情之后",))
    return Turn(Text(lines(said)), recall=scene.recall, question=question, typed=scene.asked[:LONGEST_LETTER])


def told(scene: Scene) -> Turn:
    """The answer of the file; then a tap that hands these words over, and notices that fit, if they may follow.

    A notice on that very matter comes first, and the office that sees to it after.
    """
    finding = scene.finding or scene.story or scene.likeness
    assert finding is not None  # is_triaged, tells_a_story, or nothing surely found
    found = _documents(scene, finding) if finding.search else OfferedNotices([], False)
    results = notice_search.shown(scene.office, found.hits[:SHOWN])
    entries = [entry(place, result) for place, result in enumerate(results, start=1)]
    said = [*_answer(scene, finding), *_department(scene, finding)]
    is_first = found.is_sure and not _is_by_the_way(scene, finding, found.hits[0])
    quote = quoted(scene, found.hits[0]) if found.hits and finding.kind in DIRECTED else ""
    is_first = is_first or bool(quote)  # the office's own notice says just what is asked
    if is_first:  # what a message is only like says that nothing was found
        head = f"{quote}\n{say('quoted_more')}" if quote else say("found")
        besides = _numbers_of(said) if quote and finding.kind is MessageKind.ELSEWHERE else said
        said = [head, *entries, *(besides if finding.sure and _is_same_matter(scene, finding, found.hits[0]) else [])]
    if finding.hand_over:
        said.append(say("hand_over_offer", tap=tap("tap_hand_over")))
    if entries and not is_first:
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


def _numbers_of(said: list[str]) -> list[str]:
    """Of a standing answer only what names a telephone: a notice of the office says the rest better."""
    clauses = [clause for line in said for clause in _CLAUSES.findall(line) if _NUMBER.search(clause)]
    return [f"{'；'.join(clause.strip('，。；, ') for clause in clauses)}。"] if clauses else []


def again(scene: Scene, text: str) -> list[str]:
    """The answer of the file to what was asked before, for a question that goes on from it; empty if it has none."""
    items = scene.office.triage.read()
    finding = triage.classify(text, items) or triage.likely(text, items)
    return [*_answer(scene, finding), *_department(replace(scene, text=text), finding)] if finding else []


def told_of(scene: Scene, text: str) -> Finding | None:
    """What kind of message it was that was answered before; one that the office has a guide for only by its words."""
    if scene.recall is not None and scene.recall.source == DANGER:
        return scene.of(text).danger
    table = scene.office.triage.read()
    has_guide = scene.office.guides.read().find(bare(text)) is not None
    return triage.classify(text, table) or (None if has_guide else triage.likely(text, table))


def own_department_of(scene: Scene, finding: Finding) -> list[str]:
    """One line on the office's own department for the matter that was told of."""
    return _department(scene, finding) if finding.matter.duty or finding.kind in DIRECTED else []


def kind_of(scene: Scene, text: str) -> MessageKind | None:
    """The kind of what was written before; None if it was a question like any other."""
    finding = triage.classify(text, scene.office.triage.read())
    return finding.kind if finding else None


def department_of(scene: Scene, text: str) -> DirectoryEntry | None:
    """The office's own department that sees to what was asked before; None if the directory names none."""
    items = scene.office.triage.read()
    finding = triage.classify(text, items) or triage.likely(text, items)
    matter = (finding.matter.duty or finding.said) if finding else text
    return department_question.seeing_to(matter, scene.office.directory.read())


def leads(scene: Scene, text: str) -> bool:
    """Whether the answer of the file stood before the notices that were listed for a text."""
    finding = triage.classify(text, scene.office.triage.read())
    if finding is None or not finding.sure or finding.matter.looked_up:
        return False
    return finding.kind is MessageKind.SERVICE or (
        finding.kind is MessageKind.COMPLAINT and not _asks(replace(scene, text=text))
    )


def _remembered(scene: Scene, finding: Finding, refs: tuple[str, ...]) -> Recall | None:
    """The notices that were listed, or at least the matter, for a question that goes on from it."""
    if refs:
        return Recall("search", scene.text, tuple(map(ListedItem.of, refs)))
    return Recall(GUIDE, scene.text, ()) if finding.kind in KEPT else None


def origin(finding: Finding) -> str:
    """Where a message for staff came from, in words: 投诉求助：欠薪."""
    kind = MessageKind.DANGER if finding.for_staff else finding.kind
    return f"{ORIGINS.get(kind, '提问')}：{finding.matter.name}"


def _answer(scene: Scene, finding: Finding) -> list[str]:
    return finding.answer.format(**gaps(), base=scene.office.base_url).split("\n")


def _department(scene: Scene, finding: Finding) -> list[str]:
    """The office's own department that sees to such matters."""
    told = finding.matter.duty or (finding.said if finding.kind in DIRECTED else "")
    known = own_department(scene, told)
    return known or (own_department(scene, scene.bare) if finding.kind is MessageKind.COMPLAINT else [])


def _question(scene: Scene, finding: Finding, refs: tuple[str, ...]) -> AskedQuestion | None:
    if finding.kind not in KEPT:
        return None
    return AskedQuestion(scene.asked, answered=True, offered=(f"guide:{finding.matter.name}", *refs))


def _documents(scene: Scene, finding: Finding) -> OfferedNotices:
    """What is on that very matter, and whether it comes first; what a message is only like may also be what surely fits."""
    answers = notice_search.find(scene.office, scene.text, FOUND, today=scene.today)
    ranking = [hit for hit in answers.hits if hit.ref.startswith("disclosure:")]
    chosen = offered_notices.choose(scene.office, answers.asked, ranking, today=scene.today)
    called = _called(scene, finding, ranking)
    asked = notice_search.wanted(scene.office, answers.asked)
    told = notice_search.wanted(scene.office, finding.said) if finding.sure else None
    tells_much = finding.kind is MessageKind.COMPLAINT and len(scene.bare) > LONG
    on_it = [hit for hit in chosen.hits if _is_of_it(hit, told if tells_much and told else asked, told)]
    answering = _answering(scene, chosen) if not on_it and _asks(scene) else []
    if _is_trusted(scene, finding, chosen):
        others = chosen.hits
    else:
        others = on_it or answering or (chosen.hits if told is None else [])
    if finding.matter.looked_up and not called:  # only what is on it, and not on a word that was said besides
        others = [hit for hit in others if offered_notices.titled(asked, hit) >= CALLED]
    if others and not finding.matter.looked_up:  # the whole message tells more than the words that told
        called = []
    refs = {hit.ref for hit in called}
    hits = [*called, *(hit for hit in others if hit.ref not in refs)]
    is_first = bool(called or on_it or answering or (chosen.is_sure and not tells_much)) and bool(hits)
    return OfferedNotices(hits, is_first and _comes_after(scene, finding))


def _is_trusted(scene: Scene, finding: Finding, chosen: OfferedNotices) -> bool:
    """Whether all that surely fits may be listed: beside a complaint that is no long story, or where several things are asked."""
    if chosen.of_several:
        return True
    of_a_kind = finding.kind is MessageKind.COMPLAINT or not finding.sure
    return chosen.is_sure and of_a_kind and len(scene.bare) <= LONG


def _answering(scene: Scene, chosen: OfferedNotices) -> list[Hit]:
    """The nearest notice, if a sentence of it answers."""
    return chosen.hits[:1] if chosen.hits and quoted(scene, chosen.hits[0]) else []


def _called(scene: Scene, finding: Finding, ranking: list[Hit]) -> list[Hit]:
    """What is found by the words by which notices call the matter, and says them in its title.

    Where the file has no such words, those that told, if the whole message finds it nearly as well as the best.
    """
    name = finding.matter.looked_up or (finding.said if finding.kind is MessageKind.ELSEWHERE else "")
    if not name:
        return []
    least = CALLED if finding.matter.looked_up else ALL_THAT_TOLD
    found = notice_search.find(scene.office, name, FOUND, today=scene.today)
    wanted = notice_search.wanted(scene.office, name)
    fits = [
        hit for hit in found.hits if hit.ref.startswith("disclosure:") and offered_notices.titled(wanted, hit) >= least
    ]
    if not finding.matter.looked_up:
        best = max((hit.score for hit in ranking), default=0.0)
        near = {hit.ref for hit in ranking if hit.score >= NEARLY_BEST * best}
        fits = [hit for hit in fits if hit.ref in near]
    return notice_search.outstanding(fits)


def _is_of_it(hit: Hit, asked: QuestionTerms, told: QuestionTerms | None) -> bool:
    """Whether a title says what told what it is, or much of the question."""
    share = offered_notices.titled(asked, hit)
    if share * asked.size >= MUCH and share >= MUCH_OF_A_STORY:
        return True
    return told is not None and offered_notices.titled(told, hit) >= OF_WHAT_TOLD


def _is_same_matter(scene: Scene, finding: Finding, hit: Hit) -> bool:
    """Whether the answer of the file is about what the best notice is about; a word by the way brings another one."""
    if finding.kind is not MessageKind.ELSEWHERE or not finding.sure or finding.matter.looked_up:
        return True
    told = notice_search.wanted(scene.office, finding.said)
    return offered_notices.titled(told, hit) > 0


def _is_by_the_way(scene: Scene, finding: Finding, hit: Hit) -> bool:
    """Whether the best notice for a complaint says nothing of it in its title and answers nothing."""
    if finding.kind is not MessageKind.COMPLAINT or not finding.sure or quoted(scene, hit):
        return False
    return offered_notices.titled(notice_search.wanted(scene.office, finding.said), hit) == 0


def _comes_after(scene: Scene, finding: Finding) -> bool:
    """Whether the answer of the file stands behind a notice on the matter."""
    if finding.kind is MessageKind.COMPLAINT:
        return _asks(scene)
    return finding.kind is not MessageKind.SERVICE or bool(finding.matter.looked_up)


def _asks(scene: Scene) -> bool:
    """Whether it asks something; a complaint that asks nothing keeps its answer first."""
    return _ASKS.search(scene.text) is not None
