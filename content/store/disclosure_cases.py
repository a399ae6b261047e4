"""Queries on reviews and suits about disclosure, and what the year's table four counts."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from content.rules.applications.cases import KINDS, OPEN, CaseResult
from content.rules.errors import NotFound
from content.rules.figures.annual_report import form
from content.store.tables import DisclosureCase


def find(session: Session, number: int) -> DisclosureCase:
    """A case. Raises NotFound."""
    row = session.get(DisclosureCase, number)
    if row is None:
        raise NotFound(f"没有第 {number} 号复议或诉讼。用 gongkai cases list 可以看到所有的。")
    return row


def everything(session: Session) -> list[DisclosureCase]:
    """All cases, oldest first."""
    return list(session.scalars(select(DisclosureCase).order_by(DisclosureCase.filed_on, DisclosureCase.id)))


def table_four(session: Session, year: int) -> dict[str, list[int]]:
    """The rows of table four: what ended in the year by result, what was open at its end, the total."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = {kind: [0] * len(form.CASE_COLUMNS) for kind in KINDS}
    ended = select(DisclosureCase.kind, DisclosureCase.result, func.count()).where(
        DisclosureCase.ended_on.between(first, last)
    )
    for kind, result, count in session.execute(ended.group_by(DisclosureCase.kind, DisclosureCase.result)):
        rows[kind][list(CaseResult).index(CaseResult(result))] = count
    standing = select(DisclosureCase.kind, func.count()).where(
        DisclosureCase.filed_on <= last, or_(DisclosureCase.ended_on.is_(None), DisclosureCase.ended_on > last)
    )
    for kind, count in session.execute(standing.group_by(DisclosureCase.kind)):
        rows[kind][OPEN] = count
    for row in rows.values():
        row[-1] = sum(row[:-1])
    return rows
