"""What people entered for annual reports, and the reports that were signed."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from content.store.tables.base import Base, Code, Id, Line, Long, MaybeWhen, Sha, When


class ReportEntry(Base):
    """One row of the form, or the text, as a person entered it; the newest without `replaced_at` holds."""

    __tablename__ = "report_entry"
    __table_args__ = (Index(None, "year"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    year: Mapped[int]
    name: Mapped[Code]  # t3.new, org, narrative
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
