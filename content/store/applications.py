"""Queries on the register of applications."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.rules.applications.steps import ApplicationState
from content.rules.errors import NotFound
from content.store.tables import Application, ApplicationFile, ApplicationStep


def maybe(session: Session, number: str) -> Application | None:
    """The application of that number, if there is one."""
    return session.scalars(select(Application).where(Application.number == number.strip())).first()


def find(session: Session, number: str) -> Application:
    """The application of that number. Raises NotFound."""
    row = maybe(session, number)
    if row is None:
        raise NotFound(f"没有编号是“{number}”的申请。用 gongkai applications list 可以看到所有编号。")
    return row


def by_token(session: Session, sent: str) -> Application | None:
    """The application that a form on the web became."""
    return session.scalars(select(Application).where(Application.sent == sent)).first()


def listing(session: Session, *, all_of_them: bool) -> list[Application]:
    """The applications, oldest first; those under way only unless all are asked for."""
    query = select(Application).order_by(Application.id)
    if not all_of_them:
        query = query.where(Application.state != ApplicationState.ANSWERED)
    return list(session.scalars(query))


def arrived_in(session: Session, first: date, last: date) -> list[Application]:
    """The applications whose day of receipt, or of arrival before that, lies in a span."""
    day = func.coalesce(Application.received_on, Application.arrived_on)
    return list(session.scalars(select(Application).where(day.between(first, last)).order_by(Application.id)))


def steps(session: Session, ids: Iterable[int]) -> dict[int, list[ApplicationStep]]:
    """What happened to applications, by id, in order."""
    query = select(ApplicationStep).where(ApplicationStep.application_id.in_(list(ids))).order_by(ApplicationStep.id)
    found: dict[int, list[ApplicationStep]] = {}
    for row in session.scalars(query):
        found.setdefault(row.application_id, []).append(row)
    return found


def files(session: Session, application_id: int) -> list[ApplicationFile]:
    """The files that came with an application."""
    query = select(ApplicationFile).where(ApplicationFile.application_id == application_id)
    return list(session.scalars(query.order_by(ApplicationFile.id)))


def to_erase(session: Session, answered_before: date) -> list[Application]:
    """The applications whose personal data is still kept although they were answered before that day."""
    query = select(Application).where(Application.erased_at.is_(None), Application.answered_on < answered_before)
    return list(session.scalars(query.order_by(Application.id)))
