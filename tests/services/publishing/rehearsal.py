"""An office that publishes to a platform in memory, at a time that the test moves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from content.rules.alarms import AlarmKind
from content.rules.publishing.publication import PublicationState
from content.services.office import Office
from content.services.publishing import JobContext, run
from content.store.articles import publications
from content.store.figures import ledger
from content.store.tables import Alarm, Article, Attempt, LedgerEntry, Publication
from tests import world
from tests.fakes.channel import FakeChannel

P = PublicationState


class Killed(BaseException):
    """The process ended here."""


@dataclass
class Rehearsal:
    """An office, a fake platform, and a time that the test moves."""

    office: Office
    now: datetime = world.NOON
    channel: FakeChannel = field(init=False)

    def __post_init__(self) -> None:
        self.channel = FakeChannel(now=lambda: self.now)
        self.office.clock.now = lambda: self.now  # type: ignore[method-assign]
        self.context = self.new_context()

    def new_context(self) -> JobContext:
        with self.office.store.write() as session:
            fence = publications.lead(session, "clock", holder="test", now=self.now)
        return JobContext(self.office, self.channel, fence, "test", lambda: self.now)

    def run(self, *, after: float = 0) -> None:
        self.now += timedelta(seconds=after)
        run(self.context)

    def run_until_settled(self, *, days: float = 3) -> None:
        end = self.now + timedelta(days=days)
        while self.now < end and self.next_try() is not None:
            self.now = max(self.now, self.next_try() or self.now)
            self.context = self.new_context()
            run(self.context)

    def next_try(self) -> datetime | None:
        with self.office.store.read() as session:
            times = [p.next_try_at for p in publications.in_states(session, P) if p.next_try_at]
        return min(times, default=None)

    def publication(self) -> Publication:
        with self.office.store.read() as session:
            last = publications.in_states(session, P)[-1]
            return publications.load(session, last.id)

    def article(self, article_id: int) -> Article:
        with self.office.store.read() as session:
            return session.get_one(Article, article_id)

    def entries(self, kind: str) -> list[LedgerEntry]:
        with self.office.store.read() as session:
            return list(ledger.since(session, 0, kind))

    def attempts(self) -> list[tuple[str, str]]:
        with self.office.store.read() as session:
            return [(row.step, row.outcome) for row in session.query(Attempt).order_by(Attempt.id)]


def alarms(office: Office) -> list[Alarm]:
    """The open alarms about what nobody passed."""
    with office.store.read() as session:
        return [row for row in session.query(Alarm) if row.kind == AlarmKind.UNAPPROVED and row.closed_at is None]


def refused(rehearsal: Rehearsal, number: int) -> bool:
    """Whether it was refused before any call, with an alarm that names it."""
    article = rehearsal.article(number)
    return (rehearsal.channel.calls == [] and article.state == "refused" and "没有发布" in article.reason
            and [alarm.subject for alarm in alarms(rehearsal.office)] == [f"article:{number}"])  # fmt: skip
