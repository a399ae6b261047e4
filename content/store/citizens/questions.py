"""Questions in SQL: those that were answered badly, and what staff wrote to answer them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import Integer, and_, cast, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from content.store.tables import Question

MOST = 20_000  # questions that are looked through for one list


def badly_answered(session: Session, since: datetime) -> list[Question]:
    """Questions since then that found nothing, of whose list nothing was picked, or whose answer did not help.

    Oldest first; erased ones not.
    """
    unpicked = and_(Question.opened_at.is_(None), ~Question.offered.startswith('["guide:'))
    bad = or_(Question.answered.is_(False), unpicked, Question.unhelped_at.is_not(None))
    query = select(Question).where(Question.asked_at >= since, Question.text != "", bad)
    return list(session.scalars(query.order_by(Question.id.desc()).limit(MOST)))[::-1]


def offered(session: Session, since: datetime) -> Iterator[tuple[list[str], bool, bool]]:
    """For each question since then what was offered, best first, whether any was picked, and whether it did not help."""
    columns = select(Question.offered, Question.opened_at, Question.unhelped_at)
    rows = session.execute(columns.where(Question.asked_at >= since).order_by(Question.id.desc()).limit(MOST))
    for refs, opened, unhelped in rows:
        yield json.loads(refs), opened is not None, unhelped is not None


def mark_opened(session: Session, asker: str, at: datetime) -> None:
    """The last question of an asker led to something that was looked at."""
    _mark(session, asker, Question.opened_at, at)


def mark_unhelped(session: Session, asker: str, at: datetime) -> None:
    """The answer to the last question of an asker did not help."""
    _mark(session, asker, Question.unhelped_at, at)


def _mark(session: Session, asker: str, column: InstrumentedAttribute[datetime | None], at: datetime) -> None:
    last = select(Question.id).where(Question.asker == asker).order_by(Question.id.desc()).limit(1).scalar_subquery()
    session.execute(update(Question).where(Question.id == last, column.is_(None)).values({column: at}))


def asked_between(session: Session, first: date, last: date) -> tuple[int, int]:
    """Asked and answered on these days; the rows stay when a person's data go."""
    answered = func.coalesce(func.sum(cast(Question.answered, Integer)), 0)
    asked, found = session.execute(select(func.count(), answered).where(Question.asked_on.between(first, last))).one()
    return int(asked), int(found)


def asked_by_day(session: Session, first: date, last: date) -> list[tuple[date, int, int]]:
    """Asked and answered on each of these days that has a question."""
    answered = func.sum(cast(Question.answered, Integer))
    query = select(Question.asked_on, func.count(), answered).where(Question.asked_on.between(first, last))
    rows = session.execute(query.group_by(Question.asked_on).order_by(Question.asked_on))
    return [(day, int(asked), int(found)) for day, asked, found in rows]
