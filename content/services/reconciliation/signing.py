"""What waits for a signature, and what was signed lately."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from content.services.office import Office
from content.store import people
from content.store.alarms import stuck_work
from content.store.tables import Difference

LATELY = 30


@dataclass(frozen=True)
class DifferenceOverview:
    """Open differences, oldest first; those signed, newest first, each with the signer's name."""

    unsigned: tuple[Difference, ...]
    signed: tuple[tuple[Difference, str], ...]


def overview(office: Office) -> DifferenceOverview:
    """Both lists."""
    with office.store.read() as session:
        names = {person.username: person.name for person in people.everyone(session)}
        done = select(Difference).where(Difference.resolved_at.is_not(None))
        rows = session.scalars(done.order_by(Difference.resolved_at.desc(), Difference.id.desc()).limit(LATELY))
        return DifferenceOverview(
            tuple(stuck_work.unsigned(session)),
            tuple((row, names.get(row.resolved_by, row.resolved_by)) for row in rows),
        )
