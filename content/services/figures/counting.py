"""The count of any span under any conditions, from the rows that stand beside the ledger's entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from content.rules.figures.count_phrase import phrase
from content.rules.figures.counted_publications import CHANNELS, DELIVERIES
from content.services.citizens import question_log
from content.services.figures import count_filter
from content.services.figures.count_filter import WECHAT, CountFilter
from content.services.office import Office
from content.store.citizens import questions
from content.store.figures import counted
from content.store.figures.counted import CountCondition, CountedGroup

DAY = timedelta(days=1)


@dataclass(frozen=True)
class MonthCount:
    """One month: how many items in the span, and how many in the same month of the year before."""

    first: date
    last: date
    items: int
    before: int


@dataclass(frozen=True)
class CountFigures:
    """What a span counts. `before` is the same span, up to today's day, a year earlier; `so_far` is this one up to today."""

    wanted: CountFilter
    total: int
    withdrawn: int
    so_far: int
    before: int
    by_channel: Mapping[str, int]
    by_delivery: Mapping[str, int]
    by_category: Mapping[str, int]
    by_department: Mapping[str, int]
    by_month: tuple[MonthCount, ...]
    empty_days: tuple[date, ...]
    asked: int
    answered: int
    counted_days: int = 0  # among which `empty_days` are

    @property
    def phrase(self) -> str:
        """The count as reports write it."""
        return phrase(self.total)

    @property
    def change(self) -> float | None:
        """By how many per cent it is more than a year before; None without a year before."""
        return 100 * (self.so_far - self.before) / self.before if self.before else None


def read(office: Office, wanted: CountFilter, now: datetime) -> CountFigures:
    """All figures of a span. Days without a post and questions are the account's, whatever the other conditions.

    Raises redis.RedisError.
    """
    question_log.bring_in(office)
    today = office.clock.day(now)
    with office.store.read() as session:
        known = count_filter.names(session)
        what = count_filter.condition(wanted, known)
        groups = list(counted.groups(session, replace(what, channel=None)))
        ours = [group for group in groups if not wanted.channel or group.channel == wanted.channel]
        earlier = count_filter.condition(wanted.a_year_before(), known)
        total, before = sum(group.items for group in ours), counted.by_month(session, earlier)
        asked, answered = questions.asked_between(session, wanted.first, wanted.last)
        return CountFigures(
            wanted=wanted,
            total=total,
            withdrawn=counted.total(session, replace(what, withdrawn=True)),
            so_far=total - counted.total(session, _after(what, today)),
            before=sum(before.values()) - counted.total(session, _after(earlier, count_filter.year_before(today))),
            by_channel={**dict.fromkeys(CHANNELS, 0), **_summed(groups, "channel")},
            by_delivery=_deliveries(ours),
            by_category=_called(_summed(ours, "category"), known.category),
            by_department=_called(_summed(ours, "department"), known.department),
            by_month=_months(wanted, _summed(ours, "month"), Counter(before)),
            empty_days=_empty(session, wanted, today),
            asked=asked,
            answered=answered,
            counted_days=len(_counted(session, wanted, today)),
        )


def empty_days(office: Office, wanted: CountFilter, now: datetime) -> tuple[date, ...]:
    """The days of a span without a post, from the first post ever to yesterday."""
    with office.store.read() as session:
        return _empty(session, wanted, office.clock.day(now))


def questions_by_day(office: Office, wanted: CountFilter) -> list[tuple[date, int, int]]:
    """The questions of a span: day, asked, answered."""
    question_log.bring_in(office)
    with office.store.read() as session:
        return questions.asked_by_day(session, wanted.first, wanted.last)


def _empty(session: Session, wanted: CountFilter, today: date) -> tuple[date, ...]:
    days = _counted(session, wanted, today)
    full = counted.days(session, WECHAT, days[0], days[-1]) if days else set()
    return tuple(day for day in days if day not in full)


def _counted(session: Session, wanted: CountFilter, today: date) -> tuple[date, ...]:
    """The days of a span from the first post ever to yesterday."""
    begun = counted.first_day(session, WECHAT)
    if begun is None:
        return ()
    first, last = max(begun, wanted.first), min(wanted.last, today - DAY)
    return tuple(first + DAY * n for n in range((last - first).days + 1))


def _after(what: CountCondition, day: date) -> CountCondition:
    """The same from the next day on."""
    return replace(what, first=max(what.first, day + DAY))


def _summed(groups: Iterable[CountedGroup], name: str) -> Counter[str]:
    sums: Counter[str] = Counter()
    for group in groups:
        sums[getattr(group, name)] += group.items
    return sums


def _deliveries(ours: list[CountedGroup]) -> dict[str, int]:
    """Every way to the public, those that were not used as well; what came by the portal has none."""
    found = _summed((group for group in ours if group.delivery), "delivery")
    return {**dict.fromkeys(DELIVERIES, 0), **found}


def _called(sums: Counter[str], name_of: Callable[[str], str]) -> dict[str, int]:
    """By present name, the largest first."""
    named: Counter[str] = Counter()
    for code, number in sums.items():
        named[name_of(code)] += number
    return dict(sorted(named.items(), key=lambda item: (-item[1], item[0])))


def _months(wanted: CountFilter, now: Counter[str], before: Counter[str]) -> tuple[MonthCount, ...]:
    months, day = [], wanted.first
    while day <= wanted.last:
        last = min((day.replace(day=1) + timedelta(days=32)).replace(day=1) - DAY, wanted.last)
        earlier = f"{day.year - 1}-{day.month:02d}"
        months.append(MonthCount(day, last, now[day.isoformat()[:7]], before[earlier]))
        day = last + DAY
    return tuple(months)
