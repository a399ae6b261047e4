"""Wishes in SQL: those of a citizen, and the notices that came after the last ones they were held against."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from content.store.notices import notices
from content.store.tables import Disclosure, Posting, Subscription

LOOKED_AT = 2000  # new notices of a kind for one message


def of(session: Session, asker: str) -> list[Subscription]:
    """The wishes of an asker that stand, oldest first."""
    return list(
        session.scalars(
            select(Subscription)
            .where(Subscription.asker == asker, Subscription.ended_at.is_(None))
            .order_by(Subscription.id)
        )
    )


def newest(session: Session, kind: str) -> int:
    """The number of the newest notice of a kind; 0 if there is none."""
    return session.scalar(select(func.max(notices.TABLES[kind].id))) or 0


def end(session: Session, wish: Subscription, at: datetime) -> None:
    """Ends a wish; nobody can be found through it any more."""
    wish.ended_at, wish.openid = at, ""


def forget(session: Session, asker: str, at: datetime) -> None:
    """Empties all wishes of an asker."""
    mine = update(Subscription).where(Subscription.asker == asker)
    session.execute(mine.where(Subscription.ended_at.is_(None)).values(ended_at=at))
    session.execute(mine.values(asker="", openid="", words=""))


def after(session: Session, kind: str, number: int, *, today: date, posting_days: int) -> list[Disclosure | Posting]:
    """What citizens may see of the notices after a number, the earliest first."""
    table = notices.TABLES[kind]
    query = _tellable(kind, today, posting_days).where(table.id > number)
    return list(session.scalars(query.order_by(table.id).limit(LOOKED_AT)))


def standing(
    session: Session, kind: str, ids: Sequence[int], *, today: date, posting_days: int
) -> list[Disclosure | Posting]:
    """Those of these notices that citizens may still see."""
    table = notices.TABLES[kind]
    query = _tellable(kind, today, posting_days).where(table.id.in_(ids))
    return list(session.scalars(query.order_by(table.id))) if ids else []


def _tellable(kind: str, today: date, posting_days: int) -> Select[Any]:
    query = notices.open_to_citizens(kind, today=today, posting_days=posting_days)
    return query.where(Disclosure.status == notices.IN_FORCE) if kind == "disclosure" else query


def move_on(session: Session, asker: str, kind: str, number: int) -> None:
    """The asker's wishes have been held against all notices up to a number."""
    cursor = getattr(Subscription, kind)
    session.execute(update(Subscription).where(Subscription.asker == asker, cursor < number).values({kind: number}))
