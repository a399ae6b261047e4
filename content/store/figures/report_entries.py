"""Rows of the annual report that people entered, its reviews and explanations, and the signed reports."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from content.store.tables import ReportEntry, ReportExplanation, ReportReview, ReportSignature


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


def writers(session: Session, year: int) -> set[str]:
    """Who wrote any of a year's text, or a figure that holds."""
    wrote = or_(ReportEntry.name.like("text.%"), ReportEntry.name == "narrative", ReportEntry.replaced_at.is_(None))
    query = select(ReportEntry.entered_by).where(ReportEntry.year == year, wrote).distinct()
    return set(session.scalars(query))


def reviews(session: Session, year: int) -> list[ReportReview]:
    """All steps of the reviews of a year's report, oldest first."""
    return list(session.scalars(select(ReportReview).where(ReportReview.year == year).order_by(ReportReview.id)))


def explanations(session: Session, year: int) -> dict[str, ReportExplanation]:
    """What was said to what the check asked of a year's report, by the hash of the finding."""
    query = select(ReportExplanation).where(ReportExplanation.year == year).order_by(ReportExplanation.id)
    return {row.finding: row for row in session.scalars(query)}


def last_steps(session: Session) -> dict[int, str]:
    """The last step of the reviews of each year's report that is not signed since."""
    signed = {row.year: row.signed_at for row in signatures(session)}
    found: dict[int, ReportReview] = {}
    for row in session.scalars(select(ReportReview).order_by(ReportReview.id)):
        found[row.year] = row
    return {year: row.action for year, row in found.items() if year not in signed or signed[year] < row.at}
