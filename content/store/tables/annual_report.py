"""What people entered for annual reports, how these were reviewed and explained, and the reports that were signed."""

from __future__ import annotations

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from content.store.tables.base import Base, Code, Id, Line, Long, MaybeWhen, Sha, When


class ReportEntry(Base):
    """One row of the form, or the text, as a person entered it; the newest without `replaced_at` holds."""

    __tablename__ = "report_entry"
    __table_args__ = (Index(None, "year"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    year: Mapped[int]
    name: Mapped[Code]  # t3.new, org, text.1
    value: Mapped[Long]  # JSON: the row's cells, or a text
    entered_at: Mapped[When]
    entered_by: Mapped[Code]
    replaced_at: Mapped[MaybeWhen]
    replaced_by: Mapped[Code] = mapped_column(default="")


class ReportSignature(Base):
    """The figures and the text of a year as they were signed; the ledger holds their hash."""

    __tablename__ = "report_signature"
    __table_args__ = (Index(None, "year"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    year: Mapped[int]
    figures: Mapped[Long]  # JSON, the shape of `report build --format json`
    sha256: Mapped[Sha]
    note: Mapped[Line] = mapped_column(default="")
    signed_at: Mapped[When]
    signed_by: Mapped[Code]


class ReportReview(Base):
    """One step of the three reviews of a year's report, for the figures and the text of that hash."""

    __tablename__ = "report_review"
    __table_args__ = (Index(None, "year"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    year: Mapped[int]
    action: Mapped[str] = mapped_column(String(16))  # submit, pass, return
    step: Mapped[int]  # of a pass: 1, 2 or 3; else 0
    person: Mapped[Code]
    role: Mapped[Code]
    covers: Mapped[Code] = mapped_column(default="")  # of a pass: the colleague in whose place
    note: Mapped[Line] = mapped_column(default="")
    sha256: Mapped[Sha]
    at: Mapped[When]


class ReportExplanation(Base):
    """What a person said to something that the check of a report asked; the newest for a finding holds."""

    __tablename__ = "report_explanation"
    __table_args__ = (Index(None, "year"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    year: Mapped[int]
    finding: Mapped[Sha]  # of what was asked, word for word
    message: Mapped[Long]
    note: Mapped[Line]
    explained_at: Mapped[When]
    explained_by: Mapped[Code]
