"""Queries on the register of applications, and what the year's table three counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from content.rules.applications.receipt import ApplicantKind
from content.rules.applications.steps import ApplicationState
from content.rules.errors import NotFound
from content.rules.figures.annual_report import form
from content.rules.figures.annual_report.form import CARRIED_IN, CARRIED_OUT, NEW, TOTAL
from content.store.tables import Application, ApplicationFile, ApplicationStep

IN_ONE_ROW = {"o1": "o", "o2": "o", "o3": "o"}  # as the form of 2019 has it


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


def table_three(session: Session, year: int) -> dict[str, list[int]]:
    """The rows of table three as the register has them, seven cells each; every row of the year's form is there."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    answered_later = or_(Application.answered_on.is_(None), Application.answered_on > last)
    answered_here = Application.answered_on.between(first, last)
    rows: dict[str, list[int]] = {
        row.name: [0] * len(form.APPLICANTS) for row in form.REQUESTS[form.format_of_year(year)]
    }
    kept = {
        NEW: Application.received_on.between(first, last),
        CARRIED_IN: (Application.received_on < first)
        & or_(Application.answered_on.is_(None), Application.answered_on >= first),
        CARRIED_OUT: (Application.received_on <= last) & answered_later,
        TOTAL: answered_here,
    }
    for name, condition in kept.items():
        _count(session, condition, rows, name)
    _count(session, answered_here, rows, "")
    for row in rows.values():
        row[-1] = sum(row[:-1])
    return rows


def fees(session: Session, year: int) -> int:
    """What was paid for processing by applications answered in a year, in yuan."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    query = select(func.coalesce(func.sum(Application.fee), 0)).where(Application.answered_on.between(first, last))
    return int(session.scalar(query) or 0)


def _count(session: Session, condition: ColumnElement[bool], rows: dict[str, list[int]], name: str) -> None:
    """Adds the applications that fit, by applicant; with no name each to the row of its outcome."""
    query = select(Application.applicant, Application.outcome, func.count()).where(condition)
    columns = {str(kind): at for at, kind in enumerate(ApplicantKind)}
    for applicant, outcome, count in session.execute(query.group_by(Application.applicant, Application.outcome)):
        row = name or (outcome if outcome in rows else IN_ONE_ROW.get(outcome, outcome))
        rows[row][columns[applicant]] += count
