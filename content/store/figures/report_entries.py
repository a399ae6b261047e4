"""Rows of the annual report that people entered, and the signed reports."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.store.tables import ReportEntry, ReportSignature


def current(session: Session, year: int) -> dict[str, ReportEntry]:
    """What holds for a year, by the name of the row."""
    query = select(ReportEntry).where(ReportEntry.year == year, ReportEntry.replaced_at.is_(None))
    return {entry.name: entry for entry in session.scalars(query.order_by(ReportEntry.id))}


def signature(session: Session, year: int) -> ReportSignature | None:
    """The newest signature of a year's report."""
    query = select(ReportSignature).where(ReportSignature.year == year).order_by(ReportSignature.id.desc()).limit(1)
    return session.scalars(query).first()


def signatures(session: Session) -> list[ReportSignature]:
    """All signatures, oldest first."""
    return list(session.scalars(select(ReportSignature).order_by(ReportSignature.id)))
