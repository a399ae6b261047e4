"""Who stands in for whom on a day (A/B岗): absences and their cover."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.rules.errors import NotFound
from content.rules.publishing.three_reviews import StandIn
from content.store import people
from content.store.tables import Absence


def coming(session: Session, day: date) -> list[Absence]:
    """Absences that hold on this day or later, the soonest first."""
    query = select(Absence).where(Absence.ended_at.is_(None), Absence.last_on >= day)
    return list(session.scalars(query.order_by(Absence.first_on, Absence.id)))


def find(session: Session, absence_id: int) -> Absence:
    """The absence of that number that was not taken back. Raises NotFound."""
    found = session.get(Absence, absence_id) if absence_id < 2**31 else None
    if found is None or found.ended_at:
        raise NotFound("没有这条代岗，或者已经取消。")
    return found


def on(session: Session, day: date) -> dict[str, list[StandIn]]:
    """For whom each person stands in on this day, by the username of who does; nobody for who left."""
    found: dict[str, list[StandIn]] = {}
    for absence in coming(session, day):
        if absence.first_on <= day and not absence.person.disabled_at and not absence.cover.disabled_at:
            away = StandIn(absence.person.username, people.roles(absence.person))
            found.setdefault(absence.cover.username, []).append(away)
    return found
