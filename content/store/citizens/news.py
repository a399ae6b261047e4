"""News on its way to citizens, in SQL: what was taken for telling, by which message or notice, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from content.rules.citizens.letters import AnswerState
from content.store.tables import NewsDelivery, NoticeRight

REPLY_LOST = timedelta(minutes=1)  # the platform repeats a message within 15 seconds, or never
NOTICE_LOST = timedelta(minutes=10)  # by then the platform's event has told what became of a notice


@dataclass(frozen=True)
class OpenNews:
    """What is under way for an asker. `mine`: for this very message; `lost`: nobody will settle it; `busy`: the rest."""

    mine: NewsDelivery | None
    lost: tuple[NewsDelivery, ...]
    busy: tuple[NewsDelivery, ...]


def lock(session: Session, asker: str) -> None:
    """Lets one at a time take news of an asker; with SQLite a writing transaction is that already."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(4713, hashtext(:asker))"), {"asker": asker})


def under_way(session: Session, asker: str, *, delivery: str, now: datetime) -> OpenNews:
    """The tellings of an asker that are not settled."""
    open_ones = select(NewsDelivery).where(
        NewsDelivery.asker == asker, NewsDelivery.state.in_((AnswerState.SENDING, AnswerState.WAITING))
    )
    rows = list(session.scalars(open_ones.order_by(NewsDelivery.id)))
    mine = next((row for row in rows if delivery and row.delivery == delivery), None)
    others = [row for row in rows if row is not mine]
    lost = tuple(row for row in others if _is_lost(row, now))
    return OpenNews(mine, lost, tuple(row for row in others if row not in lost))


def add(
    session: Session, asker: str, *, delivery: str, answers: Sequence[int], items: Sequence[str], at: datetime
) -> NewsDelivery:
    """A new telling on its way."""
    row = NewsDelivery(asker=asker, delivery=delivery, answers=json.dumps(list(answers)), items=json.dumps(list(items)),
                  state=AnswerState.SENDING, at=at)  # fmt: skip
    session.add(row)
    session.flush()
    return row


def settle(session: Session, number: int, state: AnswerState, *, before: Iterable[AnswerState], why: str = "") -> bool:
    """Writes what became of a telling, if it still stood as one of `before`; whether it did."""
    mine = update(NewsDelivery).where(NewsDelivery.id == number, NewsDelivery.state.in_(list(before)))
    return int(session.connection().execute(mine.values(state=state, why=why[:1000])).rowcount) == 1


def of_notice(session: Session, asker: str, platform_id: str) -> NewsDelivery | None:
    """The notice of that number; else the oldest whose call nobody knows the outcome of."""
    notices = (
        select(NewsDelivery).where(NewsDelivery.asker == asker, NewsDelivery.delivery == "").order_by(NewsDelivery.id)
    )
    known = session.scalars(notices.where(NewsDelivery.platform_id == platform_id)).first() if platform_id else None
    return (
        known
        or session.scalars(
            notices.where(NewsDelivery.platform_id == "", NewsDelivery.state == AnswerState.SENDING)
        ).first()
    )


def right(session: Session, asker: str, template: str) -> NoticeRight | None:
    """The consent of an asker to a template; None if there never was one."""
    mine = select(NoticeRight).where(NoticeRight.asker == asker, NoticeRight.template == template)
    return session.scalars(mine).first()


def entitled(session: Session, template: str) -> list[NoticeRight]:
    """The consents to a template that are not used up, the oldest first."""
    query = select(NoticeRight).where(
        NoticeRight.template == template, NoticeRight.notices > 0, NoticeRight.asker != ""
    )
    return list(session.scalars(query.order_by(NoticeRight.id)))


def use(session: Session, number: int, by: int = -1) -> bool:
    """Uses up one notice of a consent, or gives it back (`by` 1); whether there was one."""
    mine = update(NoticeRight).where(NoticeRight.id == number, NoticeRight.notices + by >= 0)
    return int(session.connection().execute(mine.values(notices=NoticeRight.notices + by)).rowcount) == 1


def use_up(session: Session, number: int) -> None:
    """Nothing is left of a consent."""
    session.execute(update(NoticeRight).where(NoticeRight.id == number).values(notices=0))


def forget(session: Session, asker: str) -> None:
    """Empties what tells of an asker."""
    session.execute(
        update(NewsDelivery).where(NewsDelivery.asker == asker).values(asker="", answers="[]", items="[]", delivery="")
    )
    for row in session.scalars(select(NoticeRight).where(NoticeRight.asker == asker)):
        row.asker, row.openid, row.notices = f"-{row.id}", "", 0  # the pair with the template stays unique


def _is_lost(row: NewsDelivery, now: datetime) -> bool:
    return row.state == AnswerState.WAITING or row.at < now - (REPLY_LOST if row.delivery else NOTICE_LOST)
