"""Keyed seals of people's rows: name, password, roles and state are what the program wrote with the last entry about them.

The number of that entry is sealed along, so that an older row with its older seal does not fit any more.
"""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.store.disk.row_seals import PERSON, RowSeals
from content.store.session import SEALS
from content.store.tables import LedgerEntry, Person

CHANGES = ("person.added", "person.disabled", "person.changed", "person.password", "person.restored")


def put(session: Session, person: Person) -> None:
    """Seals what the row says now, after the entry about its change. Raises GongkaiError if the key is gone."""
    session.flush()
    seals = _seals(session)
    person.seal = seals.made(PERSON, *_sealed(session, person)) if seals else None


def put_former(session: Session, people: list[Person]) -> None:
    """Seals rows that have none."""
    for person in people:
        if person.seal is None:
            put(session, person)


def fits(session: Session, person: Person) -> bool:
    """Whether the row says what was sealed. Raises GongkaiError if the key is gone."""
    seals = _seals(session)
    return seals is None or seals.fit(person.seal, PERSON, *_sealed(session, person))


def _sealed(session: Session, person: Person) -> tuple[str, ...]:
    left = person.disabled_at.isoformat(timespec="microseconds") if person.disabled_at else ""
    roles = ",".join(sorted(row.role for row in person.roles))
    return (
        str(person.id), person.username, person.name, person.password_hash, left, roles, str(_last(session, person))
    )  # fmt: skip


def _last(session: Session, person: Person) -> int:
    mine = select(func.max(LedgerEntry.number)).where(
        LedgerEntry.subject == f"person:{person.id}", LedgerEntry.kind.in_(CHANGES)
    )
    return session.scalar(mine) or 0


def _seals(session: Session) -> RowSeals | None:
    return session.info.get(SEALS)
