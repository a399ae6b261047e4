"""Questions in SQL: those that were answered badly, and what staff wrote to answer them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from content.store.tables import Question

MOST = 20_000  # questions that are looked through for one list


def badly_answered(session: Session, since: datetime) -> list[Question]:
    """Questions since then that found nothing, or of whose list nothing was picked, oldest first; erased ones not."""
    bad = or_(Question.answered.is_(False), Question.opened_at.is_(None))
    query = select(Question).where(Question.asked_at >= since, Question.text != "", bad)
    guided = Question.offered.startswith('["guide:')
    return list(session.scalars(query.where(~guided).order_by(Question.id.desc()).limit(MOST)))[::-1]


def mark_opened(session: Session, asker: str, at: datetime) -> None:
    """The last question of an asker led to something that was looked at."""
    last = select(Question.id).where(Question.asker == asker).order_by(Question.id.desc()).limit(1).scalar_subquery()
    session.execute(update(Question).where(Question.id == last, Question.opened_at.is_(None)).values(opened_at=at))
