"""One turn of a conversation: what is said, what to remember, and which question to keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from bot.dialogue import message_text
from bot.wechat.messages import Message, Reply
from content.rules.jobs.match import Wanted
from content.rules.language import document_numbers, periods, plain_text
from content.rules.language.document_numbers import DocumentNumber
from content.rules.language.periods import Period
from content.services.citizens.news import WaitingNews
from content.services.jobs import job_search
from content.services.office import Office


@dataclass(frozen=True)
class ListedItem:
    """One entry of a list that was offered. `kind` is disclosure or posting."""

    kind: str
    id: int

    @classmethod
    def of(cls, ref: str) -> ListedItem:
        """The entry of a ref: disclosure:12."""
        kind, _, number = ref.partition(":")
        return cls(kind, int(number))


@dataclass(frozen=True)
class Recall:
    """What the citizen was last shown; numbers count from 1.

    `source` is search, jobs (a search for work), disclosure or posting (the newest of a kind).
    """

    source: str
    text: str  # what was asked, for jobs the query of their page; empty for the newest
    shown: tuple[ListedItem, ...]
    rest: tuple[ListedItem, ...] = ()  # found, not shown yet


@dataclass(frozen=True)
class AskedQuestion:
    """What was asked, for the log of questions. `offered`: ["disclosure:12", …], best first."""

    text: str
    answered: bool
    offered: tuple[str, ...]


@dataclass(frozen=True)
class Scene:
    """All that a reply may look at."""

    office: Office
    message: Message
    text: str  # the message's text, folded
    recall: Recall | None
    now: datetime
    asker: str = ""  # the citizen as a keyed hash; empty where nobody is there to be remembered

    @property
    def today(self) -> date:
        """Today in the office's zone."""
        return self.office.clock.day(self.now)

    @property
    def asked(self) -> str:
        """The message as it was written, or else as it was heard."""
        return plain_text.clean(self.message.text("Content") or self.text)

    @cached_property
    def bare(self) -> str:
        """The text as it is compared with command words."""
        return message_text.bare(self.text)

    @cached_property
    def number(self) -> tuple[DocumentNumber | None, str]:
        """The number of a document that is named, and the text without it."""
        return document_numbers.asked(self.text)

    @cached_property
    def wanted(self) -> Wanted | None:
        """What is wanted of a job, if it is about one."""
        return job_search.wanted(self.text, self.today)

    @cached_property
    def period(self) -> Period | None:
        """The date, year or span of days that is named."""
        return periods.read(self.text, self.today)


@dataclass(frozen=True)
class Turn:
    """What comes of a message."""

    reply: Reply
    recall: Recall | None = None  # None: the memory stays as it is
    question: AskedQuestion | None = None
    results: tuple[Any, ...] = ()  # the ranking behind the reply, also one too poor to be offered
    forget: bool = False  # the citizen has left: nothing of them is kept
    opened: bool = False  # something of the last list was looked at
    told: WaitingNews | None = None  # news that stands before the reply
    failed: bool = False  # an apology: a repeat of the message is tried anew
