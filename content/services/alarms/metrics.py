"""The signs of life that operators watch, as they are at this moment: read from SQL, and the lead and lag from Redis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from redis.exceptions import RedisError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.rules.alarms import AlarmKind
from content.rules.figures.days_without_publication import days_left
from content.services.alarms import alarm_watch
from content.services.office import Office
from content.store import clock_lead
from content.store.alarms import alarms, day_posts
from content.store.figures import ledger, tally
from content.store.tables import Leader, Publication


@dataclass(frozen=True)
class OfficeMetrics:
    """The figures; None where there is nothing to tell (yet)."""

    alarms: dict[str, int]  # open ones by kind, every kind
    days_without_publication: int  # this year, from the first publication to yesterday
    days_left: int | None  # under the two-week rule
    last_publication: datetime | None
    overdue: int  # articles
    unknown: int  # publications
    ledger_head: int
    fence: int  # how often the lead of the clock has been taken
    led_since: datetime | None


@dataclass(frozen=True)
class RedisMetrics:
    """What only Redis knows; None where Redis does not answer or nobody leads."""

    leader: str | None = None
    beat_age: float | None = None  # seconds
    tally_lag: int | None = None  # ledger entries that the counters do not include yet


def vitals(office: Office, now: datetime) -> OfficeMetrics:
    """All that SQL tells."""
    today = office.clock.day(now)
    with office.store.read() as session:
        leader = session.get(Leader, clock_lead.LEAD)
        return OfficeMetrics(
            alarms={str(kind): 0 for kind in AlarmKind} | alarms.counts(session),
            days_without_publication=_empty_days(session, today),
            days_left=days_left(day_posts.last_day_out(session), today),
            last_publication=session.scalar(select(func.max(Publication.published_at))),
            overdue=alarm_watch.overdue(office, session, now),
            unknown=alarm_watch.unknown(session),
            ledger_head=ledger.head(session),
            fence=leader.fence if leader else 0,
            led_since=leader.since if leader else None,
        )


def pulse(office: Office, ledger_head: int) -> RedisMetrics:
    """All that Redis tells."""
    client = office.redis.client
    try:
        beat, through = clock_lead.beat(client), tally.through(client)
    except RedisError:
        return RedisMetrics()
    holder, age = beat or (None, None)
    return RedisMetrics(holder, age, ledger_head - (through[1].number if through else 0))


def _empty_days(session: Session, today: date) -> int:
    """As the tally counts them."""
    first, yesterday = day_posts.first_day_out(session), today - timedelta(days=1)
    if first is None:
        return 0
    start = max(first, date(today.year, 1, 1))
    return max(0, (yesterday - start).days + 1 - day_posts.days_out(session, start, yesterday))
