"""The second step of people's logins: sealed secrets, and recovery codes by their hashes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.orm import Session

from content.store.tables import Person, RecoveryCode, TwoStepLogin


def of(session: Session, person: Person) -> TwoStepLogin | None:
    """A person's second step, set up or being set up."""
    return session.get(TwoStepLogin, person.id)


def all_on(session: Session) -> set[int]:
    """The numbers of the people who log in in two steps."""
    return set(session.scalars(select(TwoStepLogin.person_id).where(TwoStepLogin.since.is_not(None))))


def keep(session: Session, person: Person, secret: str) -> None:
    """A new secret that is not confirmed yet, in place of another."""
    remove(session, person)
    session.add(TwoStepLogin(person_id=person.id, secret=secret))


def use(session: Session, person: Person, step: int) -> bool:
    """Notes that the code of this half minute was used; False if it or a later one was used before."""
    statement = update(TwoStepLogin).where(TwoStepLogin.person_id == person.id, TwoStepLogin.used_step < step)
    return _changed(session, statement.values(used_step=step))


def keep_codes(session: Session, person: Person, hashes: Iterable[str]) -> None:
    """New recovery codes in place of all others."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    session.add_all(RecoveryCode(person_id=person.id, sha256=sha256) for sha256 in hashes)


def use_code(session: Session, person: Person, sha256: str, now: datetime) -> bool:
    """Uses a recovery code; False if there is no such code, or it was used."""
    mine = (RecoveryCode.person_id == person.id, RecoveryCode.sha256 == sha256, RecoveryCode.used_at.is_(None))
    return _changed(session, update(RecoveryCode).where(*mine).values(used_at=now))


def codes_left(session: Session, person: Person) -> int:
    """How many recovery codes were not used."""
    mine = (RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None))
    return session.scalar(select(func.count()).select_from(RecoveryCode).where(*mine)) or 0


def remove(session: Session, person: Person) -> None:
    """The person has no second step any more."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    session.execute(delete(TwoStepLogin).where(TwoStepLogin.person_id == person.id))
    session.expire_all()


def _changed(session: Session, statement: Any) -> bool:
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1
