"""Counting in SQL: sums, days and pages of the items that the ledger counts, under any conditions.

The rows are written with their ledger entries, in one transaction, and can be built anew from them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.orm import Session

from content.rules.figures.counted_publications import COUNTED, WITHDRAWN
from content.store.tables import CountedItem, LedgerEntry

BATCH = 1000


@dataclass(frozen=True)
class CountCondition:
    """Which items: days from `first` to `last`; of the others None stands for any. Codes, as the ledger has them."""

    first: date
    last: date
    channel: str | None = None
    delivery: str | None = None
    categories: Collection[str] | None = None
    departments: Collection[str] | None = None
    withdrawn: bool = False  # only those


@dataclass(frozen=True)
class CountedGroup:
    """How many items of one month share all that is counted by; how many of them are withdrawn."""

    channel: str
    month: str
    delivery: str
    category: str
    department: str
    items: int


def follow(session: Session, entries: Iterable[LedgerEntry]) -> None:
    """Takes in new ledger entries, in their order; those that are not counted are passed over."""
    rows: list[dict[str, Any]] = []
    for entry in entries:
        if entry.kind not in COUNTED:
            continue
        data = json.loads(entry.data)
        if entry.kind != WITHDRAWN:
            rows.append(row(entry.number, entry.subject, data))
        elif data["published_on"]:
            _put(session, rows)
            mine = update(CountedItem).where(
                CountedItem.subject == entry.subject,
                CountedItem.published_on == date.fromisoformat(data["published_on"]),
            )
            session.execute(mine.values(withdrawn=entry.number), execution_options={"synchronize_session": False})
    _put(session, rows)


def row(number: int, subject: str, data: dict[str, Any]) -> dict[str, Any]:
    """The columns of one counted entry."""
    day = data["published_on"]
    return {
        "number": number, "subject": subject, "channel": data["channel"], "published_on": date.fromisoformat(day),
        "month": day[:7], "delivery": data.get("delivery", ""), "category": data["category"],
        "department": data["department"], "withdrawn": None,
    }  # fmt: skip


def rebuild(session: Session) -> None:
    """Builds all rows anew from the ledger."""
    session.execute(delete(CountedItem))
    query = select(LedgerEntry).where(LedgerEntry.kind.in_(COUNTED)).order_by(LedgerEntry.number)
    for part in session.scalars(query.execution_options(yield_per=BATCH)).partitions():
        follow(session, part)


def strays(session: Session) -> list[int]:
    """The entries whose rows are missing, too many, or say something else than the ledger."""
    expected: dict[int, tuple[Any, ...]] = {}
    of_subject: dict[tuple[str, date], list[int]] = {}
    query = select(LedgerEntry).where(LedgerEntry.kind.in_(COUNTED)).order_by(LedgerEntry.number)
    for entry in session.scalars(query.execution_options(yield_per=BATCH)):
        data = json.loads(entry.data)
        if entry.kind != WITHDRAWN:
            made = row(entry.number, entry.subject, data)
            expected[entry.number] = tuple(made.values())
            of_subject.setdefault((entry.subject, made["published_on"]), []).append(entry.number)
        elif data["published_on"]:
            for number in of_subject.get((entry.subject, date.fromisoformat(data["published_on"])), ()):
                expected[number] = (*expected[number][:-1], entry.number)
    there = {tuple(found) for found in session.execute(select(CountedItem.__table__))}
    return sorted({found[0] for found in there ^ set(expected.values())})


def groups(session: Session, wanted: CountCondition) -> Iterator[CountedGroup]:
    """The sums by month and by all that is counted by."""
    item = CountedItem
    what = (item.channel, item.month, item.delivery, item.category, item.department)
    for found in session.execute(_met(select(*what, func.count()), wanted).group_by(*what)):
        yield CountedGroup(*found)


def total(session: Session, wanted: CountCondition) -> int:
    """How many items there are."""
    return session.scalar(_met(select(func.count()).select_from(CountedItem), wanted)) or 0


def by_month(session: Session, wanted: CountCondition) -> dict[str, int]:
    """The sums by month alone."""
    query = _met(select(CountedItem.month, func.count()), wanted).group_by(CountedItem.month)
    return {month: items for month, items in session.execute(query)}


def days(session: Session, channel: str, first: date, last: date) -> set[date]:
    """The days of a span with at least one item of a channel: from each day on to the next, not over every item."""
    item = CountedItem
    begin = select(func.min(item.published_on).label("day")).where(item.channel == channel, item.published_on >= first)
    found = begin.cte("found", recursive=True)
    later = select(func.min(item.published_on)).where(item.channel == channel, item.published_on > found.c.day)
    found = found.union_all(select(later.scalar_subquery()).where(found.c.day < last))
    return set(session.scalars(select(found.c.day).where(found.c.day <= last)))


def first_day(session: Session, channel: str) -> date | None:
    """The first day that ever had an item."""
    return session.scalar(select(func.min(CountedItem.published_on)).where(CountedItem.channel == channel))


def entries(
    session: Session, wanted: CountCondition, *, limit: int | None = None, offset: int = 0
) -> list[tuple[LedgerEntry, LedgerEntry | None]]:
    """The items by day and then in the order of the ledger: the entry of each, and that of its withdrawal."""
    query = _met(select(CountedItem.number, CountedItem.withdrawn), wanted)
    query = query.order_by(CountedItem.published_on, CountedItem.number).limit(limit).offset(offset)
    found = session.execute(query).all()
    numbers = [number for pair in found for number in pair if number is not None]
    known: dict[int, LedgerEntry] = {}
    for start in range(0, len(numbers), BATCH // 2):
        chunk = select(LedgerEntry).where(LedgerEntry.number.in_(numbers[start : start + BATCH // 2]))
        known.update((entry.number, entry) for entry in session.scalars(chunk))
    return [(known[number], known.get(withdrawn or 0)) for number, withdrawn in found]


def _met(query: Any, wanted: CountCondition) -> Any:  # a Select, whatever it selects
    item, of = CountedItem, _unindexed if wanted.withdrawn else _as_it_is
    given: list[ColumnElement[bool]] = [
        of(item.month).between(wanted.first.isoformat()[:7], wanted.last.isoformat()[:7]),
        of(item.published_on).between(wanted.first, wanted.last),
    ]
    given += [of(column) == value for column, value in ((item.channel, wanted.channel), (item.delivery, wanted.delivery))
              if value is not None]  # fmt: skip
    given += [of(column).in_(codes) for column, codes in
              ((item.category, wanted.categories), (item.department, wanted.departments)) if codes is not None]  # fmt: skip
    if wanted.withdrawn:
        given.append(item.withdrawn > 0)
    return query.where(*given)


def _as_it_is(column: Any) -> Any:
    return column


def _unindexed(column: Any) -> Any:
    """The same where the database looks through the few that are withdrawn, and not through the many of a channel."""
    return func.coalesce(column, column)


def _put(session: Session, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(CountedItem), rows)
        rows.clear()
