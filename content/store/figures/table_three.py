"""Table three of the annual report: the applications of a year, counted from the register by outcome and applicant."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from content.rules.applications.receipt import ApplicantKind
from content.rules.figures.annual_report import form
from content.rules.figures.annual_report.form import CARRIED_IN, CARRIED_OUT, NEW, TOTAL
from content.store.tables import Application

IN_ONE_ROW = {"o1": "o", "o2": "o", "o3": "o"}  # as the form of 2019 has it


def rows_of(session: Session, year: int) -> dict[str, list[int]]:
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
