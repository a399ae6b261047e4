"""One turn of a conversation: the message as it was heard, what is said to it, what to remember, which question to keep."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property, wraps
from typing import Any, TypeVar

from bot.wechat.messages import Message, Reply
from content.rules.citizens import conditions, triage
from content.rules.citizens.letters import LONGEST_LETTER
from content.rules.citizens.triage import Finding, MessageKind
from content.rules.follow_ups import aspects, posting_questions
from content.rules.jobs import job_question
from content.rules.jobs.job_question import JobQuestion
from content.rules.language import document_numbers, periods, plain_text
from content.rules.language.document_numbers import DocumentNumber
from content.rules.language.periods import Period
from content.rules.language.query import vocabulary
from content.services.citizens import letters
from content.services.citizens.letters import CitizenMessage
from content.services.citizens.news import WaitingNews
from content.services.office import Office

SUBJECT_KEPT = timedelta(minutes=10)  # in which a question without a subject means what was shown last
GUIDE = "guide"  # the source of a recall for what a standing answer was told to
DEPARTMENT = "department"  # … for a department of which the directory told; its text is the name
ADVERT = "advert"  # … for an employer who was told how to have a job advertised here
DANGER = "danger"  # … for a danger of which a citizen wrote; its text is what they wrote
SHORT_IN_VAIN = 10  # characters of a message in vain that does not end what was talked about
ASKED_OF_NOTICES = {"papers", "fee", "sum", "weekday", "conditions", "residence", "age", "points", "rate"}
LONGEST_FOLLOW_UP = 24  # characters
LEAST_MATTER = 3  # … of a word that names a matter of the notices: 公租房
LEAST_STORY = 12  # characters of a message that may be a story
MAX_QUESTION = 300  # characters that are looked up; the rest adds nothing but time
LONGEST_END = 1000  # characters at either end of a message that rules look at; the platform passes on 2,048 bytes

Fact = TypeVar("Fact")

log = logging.getLogger(__name__)

LEAST_WITH_AN_END = 60  # characters of a story that ends in a question
_ASKED_AT_THE_END = re.compile(r"(?s).*(?:想问一?下?|请问|问一下|想知道|想咨询|求问)[,，:： ]*(.{6,})")

_OF_THE_OFFICE = re.compile("你们|您们|贵单位|管委会|园区|办公室|单位的")
_DIGIT = re.compile("[0-9]")
_TAIL = " 。.!?~,;、"
_PARTICLES = "啊呀哈哦噢啦嘛哟喔嘞"


@dataclass(frozen=True)
class ListedItem:
    """One entry of a list that was offered. `kind` is disclosure, posting or article."""

    kind: str
    id: int

    @property
    def ref(self) -> str:
        """What names it: disclosure:12."""
        return f"{self.kind}:{self.id}"

    @classmethod
    def of(cls, ref: str) -> ListedItem:
        """The entry of a ref: disclosure:12."""
        kind, _, number = ref.partition(":")
        return cls(kind, int(number))


@dataclass(frozen=True)
class Recall:
    """What the citizen was last shown; numbers count from 1.

    `source` is search, jobs (a search for work), disclosure or posting (the newest of a kind), `GUIDE`, `DEPARTMENT`,
    `ADVERT` or `DANGER`.
    """

    source: str
    text: str  # what was asked, for jobs the query of their page; empty for the newest and for all jobs
    shown: tuple[ListedItem, ...]
    rest: tuple[ListedItem, ...] = ()  # found, not shown yet
    at: datetime | None = None  # when it was shown
    opened: int = 0  # the number of the item that was looked at last
    page: int = 0  # how many items stand before those that were listed last
    asked: str = ""  # what was asked last of an item of it
    wish: str = ""  # what was subscribed to with the message before
    refused: str = ""  # what was asked in vain with the message before

    @property
    def subject(self) -> ListedItem | None:
        """What a question without a subject of its own is about: the item that was opened, else the first of the page."""
        place = self.opened - 1 if self.opened else self.page
        return self.shown[place] if place < len(self.shown) else None


@dataclass(frozen=True)
class AskedQuestion:
    """What was asked, for the log of questions. `offered`: ["disclosure:12", …], best first."""

    text: str
    answered: bool
    offered: tuple[str, ...]


@dataclass(frozen=True)
class ForStaff:
    """A message that staff must see though they were not asked for."""

    heard: CitizenMessage
    text: str


@dataclass(frozen=True)
class Scene:
    """All that a reply may look at."""

    office: Office
    message: Message
    text: str  # the message's text, folded
    recall: Recall | None
    now: datetime
    asker: str = ""  # the citizen as a keyed hash; empty where nobody is there to be remembered
    typed: str = ""  # what was written a moment ago, to be handed over by a tap
    read: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)  # what `kept` keeps for its parts too

    def kept(self, name: object, read: Callable[[], Fact]) -> Fact:
        """What is read under this name, once for a message and all its parts."""
        if name not in self.read:
            self.read[name] = read()
        found: Fact = self.read[name]
        return found

    @property
    def today(self) -> date:
        """Today in the office's zone."""
        return self.office.clock.day(self.now)

    @property
    def asked(self) -> str:
        """The message as it was written, or else as it was heard."""
        return plain_text.clean(self.message.text("Content") or self.text)

    @cached_property
    def looked_at(self) -> str:
        """As much of it as rules look at: its beginning and its end. Staff get the whole."""
        text = self.asked
        return text if len(text) <= 2 * LONGEST_END else f"{text[:LONGEST_END]}\n{text[-LONGEST_END:]}"

    @property
    def written(self) -> str:
        """The message as it was written, for a person to read."""
        return plain_text.clean(self.message.text("Content"))

    def of(self, part: str) -> Scene:
        """The same with a part of the message as if nothing else had been written."""
        message = replace(self.message, fields={**self.message.fields, "Content": part})
        return replace(self, message=message, text=fold(part))

    @cached_property
    def bare(self) -> str:
        """The text as it is compared with command words."""
        return bare(self.text)

    @cached_property
    def is_awaited(self) -> bool:
        """Whether something may wait for who writes: an open letter, its answer, or news of what they subscribed to."""
        return self.asker in self.office.board.seen().awaiting

    @property
    def recent(self) -> Recall | None:
        """What was shown or told last, if that was within the last minutes."""
        recall = self.recall
        if recall is None or recall.at is None or self.now - recall.at > SUBJECT_KEPT:
            return None
        return recall

    @property
    def subject(self) -> ListedItem | None:
        """The item that was talked about within the last minutes; after a danger only for what nobody asks amid one."""
        if self.recent is None or (self.recent.source == DANGER and not self.is_of_no_danger):
            return None
        return self.recent.subject

    @cached_property
    def is_of_no_danger(self) -> bool:
        """要带什么, 收费吗: whether it asks what nobody asks whom somebody has to save."""
        return any(aspect.name in ASKED_OF_NOTICES for aspect in aspects.read(self.text).aspects)

    @cached_property
    def may_go_on(self) -> bool:
        """Whether a message may be about what was shown or told before: it is short, and does not begin with another matter."""
        recall = self.recall
        if recall is None or len(self.bare) > LONGEST_FOLLOW_UP:
            return False
        if self.finding is not None and self.finding.sure and self.finding.kind is MessageKind.COMPLAINT:
            of_jobs = self.subject is not None and self.subject.kind == "posting"
            if not (of_jobs and posting_questions.asks_nothing_else(aspects.standard(self.bare))):
                return False  # 厂里欠我工资三个月了 asks nothing of the house that was shown
        if _OF_THE_OFFICE.search(self.bare) and self.office.guides.read().find(self.bare):
            return False
        if self.subject is None or self.subject.kind != "posting":
            return True
        named = [word for words, _ in vocabulary().groups_in(self.bare) for word in words]
        return not any(len(word) >= LEAST_MATTER and self.bare.startswith(word) for word in named)

    @cached_property
    def finding(self) -> Finding | None:
        """What kind of message it is; None if it is a question like any other. Of a story the question at its end counts first."""
        table = self.office.triage.read()
        found = triage.classify(self.looked_at, table)
        if _is_by_the_way(found, self.text):
            assert found is not None
            found = triage.classify(self.text.replace(found.said, ""), table)
            return None if _is_by_the_way(found, self.text) else found
        ends = _ASKED_AT_THE_END.match(self.looked_at) if len(self.looked_at) >= LEAST_WITH_AN_END else None
        if ends is None or (found is not None and found.for_staff):
            return found
        return triage.classify(ends[1], table) or found

    @cached_property
    def complained(self) -> Finding | None:
        """What the citizen complained of a moment ago."""
        found = triage.classify(self.typed, self.office.triage.read()) if self.typed else None
        return found if found is not None and found.sure and found.kind is MessageKind.COMPLAINT else None

    @cached_property
    def complaint(self) -> Finding | None:
        """The same, if it was not handed over yet."""
        if self.complained is None or not self.asker or not self.is_awaited:
            return self.complained
        known = letters.mine(self.office, self.asker)
        is_handed_over = known is not None and any(message.text == self.typed for message in known[1])
        return None if is_handed_over else self.complained

    @cached_property
    def danger(self) -> Finding | None:
        """What danger somebody is in, by words or else by likeness to examples; if one way fails, the other still tells."""
        for tell in (self._danger_by_words, self._danger_by_likeness):
            try:
                found = tell()
            except Exception:
                log.exception("danger could not be told in one of two ways")
                continue
            if found is not None:
                return found if found.for_staff else None
        return None

    def _danger_by_words(self) -> Finding | None:
        return self.finding

    def _danger_by_likeness(self) -> Finding | None:
        found = self._certain_likeness
        return found if found is not None and found.for_staff else None

    @cached_property
    def _certain_likeness(self) -> Finding | None:
        return triage.likely(self.looked_at, self.office.triage.read(), certain=True)

    @cached_property
    def story(self) -> Finding | None:
        """What a message is that is far from any question, though no words tell; short ones are looked up."""
        if self.finding is not None or len(self.bare) < LEAST_STORY:
            return None
        return self._certain_likeness

    @cached_property
    def likeness(self) -> Finding | None:
        """What a message is for which nothing was surely found."""
        return self.finding or triage.likely(self.looked_at, self.office.triage.read())

    @cached_property
    def number(self) -> tuple[DocumentNumber | None, str]:
        """The number of a document that is named, and the text without it."""
        return document_numbers.asked(self.text) if _DIGIT.search(self.text) else (None, self.text)

    @cached_property
    def job(self) -> JobQuestion | None:
        """What is wanted of a job, if it is about one."""
        return job_question.asked(self.text, vocabulary(), self.today, names=self.office.postings.names)

    @cached_property
    def period(self) -> Period | None:
        """The date, year or span of days that is named."""
        return periods.read(self.text, self.today) if periods.CLUE.search(self.text) else None


@dataclass(frozen=True)
class Turn:
    """What comes of a message."""

    reply: Reply
    recall: Recall | None = None  # None: the memory stays as it is
    question: AskedQuestion | None = None
    results: tuple[Any, ...] = ()  # the ranking behind the reply, also one too poor to be offered
    forget: bool = False  # the citizen has left: nothing of them is kept
    opened: bool = False  # something of the last list was looked at
    unhelped: bool = False  # the answer to the last question did not help
    meant: str = ""  # the question as it was understood, if it was mended
    wished: bool = False  # something was subscribed to, which the next message may take back
    doubtful: bool = False  # what is offered may be meant, and does not surely fit
    told: WaitingNews | None = None  # news that stands before the reply
    typed: str = ""  # what one tap may hand over to staff
    for_staff: ForStaff | None = None  # kept for staff once the answer stands
    failed: bool = False  # an apology: a repeat of the message is tried anew


def once(fact: Callable[[Scene], Fact]) -> Callable[[Scene], Fact]:
    """What a function makes of a scene, made out once: a matcher and its reply ask for the same."""
    name = f"{fact.__module__}.{fact.__qualname__}"

    @wraps(fact)
    def known(scene: Scene) -> Fact:
        if name not in scene.__dict__:
            scene.__dict__[name] = fact(scene)
        found: Fact = scene.__dict__[name]
        return found

    return known


def _is_by_the_way(found: Finding | None, text: str) -> bool:
    """Whether a matter of another office is only a condition of what is asked: 没有房产证能不能入学."""
    if found is None or found.kind is not MessageKind.ELSEWHERE or found.matter.looked_up:
        return False
    return conditions.is_condition(text, found.said)


def heard(message: Message) -> str:
    """The folded text of a message; empty where there are no words."""
    return fold(message.words)


def fold(text: str) -> str:
    """The text as it is understood: half-width, lower case, nothing invisible, single blanks, not endless."""
    return plain_text.normalise(text[: 4 * MAX_QUESTION])[:MAX_QUESTION]


def bare(text: str) -> str:
    """A folded text without its closing punctuation and inner blanks, to compare with command words."""
    return (text.strip(_TAIL) or text).replace(" ", "")


def unstressed(text: str) -> str:
    """A bare text without the particles at its end: 谢谢你啊."""
    return text.rstrip(_PARTICLES) or text


def is_wordless(text: str) -> bool:
    """Whether there is no letter, no digit and no character in a folded text: emoji and punctuation only."""
    return not plain_text.RUN.search(text)


def remembered(scene: Scene, turn: Turn) -> Recall | None:
    """What is remembered of a turn: another matter ends what was talked about, and what found nothing is kept for 那找谁."""
    before, recall, question = scene.recall, turn.recall, turn.question
    in_vain = question is not None and (not question.answered or turn.doubtful)
    refused = scene.asked[:LONGEST_LETTER] if in_vain else ""
    if recall is not None:
        return replace(recall, at=scene.now, refused=refused or recall.refused, wish=recall.wish if turn.wished else "")
    if refused:
        at = before.at if before is not None and len(scene.bare) <= SHORT_IN_VAIN else None  # may be of what was shown
        return replace(before or Recall("search", "", ()), at=at, refused=refused, wish="")
    if question is not None and before is not None and before.at is not None:
        return replace(before, at=None, wish="")
    return None
