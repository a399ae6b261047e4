"""Letters in SQL: the open one of a citizen, what was said in it, answers that the citizen has not got yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from content.rules.citizens.letters import SENDING, AnswerState
from content.rules.errors import NotFound
from content.store.tables import Letter, LetterMessage


def find(session: Session, number: int) -> Letter:
    """The letter of that number. Raises NotFound."""
    letter = session.get(Letter, number) if 0 < number < 2**31 else None
    if letter is None:
        raise NotFound(f"没有第 {number} 封来信，编号见 gongkai letters list。")
    return letter


def standing(session: Session) -> list[Letter]:
    """The open letters, oldest first."""
    return list(session.scalars(select(Letter).where(Letter.closed_at.is_(None)).order_by(Letter.id)))


def of(session: Session, asker: str) -> Letter | None:
    """The open letter of an asker."""
    mine = select(Letter).where(Letter.asker == asker, Letter.closed_at.is_(None)).order_by(Letter.id)
    return session.scalars(mine).first()


def said(session: Session, letter_id: int) -> list[LetterMessage]:
    """What was said in a letter, oldest first."""
    query = select(LetterMessage).where(LetterMessage.letter_id == letter_id).order_by(LetterMessage.id)
    return list(session.scalars(query))


def is_known(session: Session, delivery: str) -> bool:
    """Whether this delivery has been kept already."""
    return session.scalars(select(LetterMessage.id).where(LetterMessage.delivery == delivery)).first() is not None


def settle(
    session: Session, number: int, state: AnswerState, *, before: Sequence[AnswerState], at: datetime, why: str = ""
) -> bool:
    """Writes what became of an answer, if it still stood as one of `before`; whether it did."""
    mine = update(LetterMessage).where(LetterMessage.id == number, LetterMessage.state.in_(before))
    told_at = at if state in (AnswerState.SENT, AnswerState.READ) else None
    changed = session.connection().execute(mine.values(state=state, why=why, told_at=told_at))
    return int(changed.rowcount) == 1


def unread(session: Session, asker: str, now: datetime) -> list[LetterMessage]:
    """Answers that an asker has to be told with the next message, oldest first."""
    lost = and_(LetterMessage.state == AnswerState.SENDING, LetterMessage.at < now - SENDING)
    query = select(LetterMessage).join(Letter, Letter.id == LetterMessage.letter_id).where(Letter.asker == asker)
    return list(
        session.scalars(query.where(or_(LetterMessage.state == AnswerState.WAITING, lost)).order_by(LetterMessage.id))
    )


def askers(session: Session) -> set[str]:
    """Who has an open letter, or an answer that may still have to be told."""
    waiting = select(LetterMessage.letter_id).where(LetterMessage.state.in_((AnswerState.WAITING, AnswerState.SENDING)))
    return set(session.scalars(select(Letter.asker).where(or_(Letter.closed_at.is_(None), Letter.id.in_(waiting)))))


def forget(session: Session, asker: str, at: datetime) -> None:
    """Empties all letters of an asker and closes the open one."""
    mine = select(Letter.id).where(Letter.asker == asker)
    emptied = (
        update(LetterMessage).where(LetterMessage.letter_id.in_(mine)).execution_options(synchronize_session=False)
    )
    session.execute(emptied.values(text="", delivery=None, state="", why=""))
    session.execute(update(Letter).where(Letter.asker == asker, Letter.closed_at.is_(None)).values(closed_at=at))
    session.execute(update(Letter).where(Letter.asker == asker).values(asker="", openid="", listening_until=None))
