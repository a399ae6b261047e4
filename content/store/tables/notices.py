"""Disclosures, postings and portal items, their former versions, and the receipts of their imports."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.store.tables.base import Base, Code, Id, Line, Long, MaybeWhen, Sha, When
from content.store.tables.people import Category, Department


class _Notice(Base):
    """What all imported items share; `fields` holds the row as it came, as JSON."""

    __abstract__ = True
    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(200), unique=True)
    title: Mapped[Line]
    url: Mapped[Line] = mapped_column(default="")
    published_on: Mapped[date | None] = mapped_column(Date)  # None: not given or not readable
    fields: Mapped[Long]
    fingerprint: Mapped[Sha]
    version: Mapped[int] = mapped_column(default=1)
    first_seen_at: Mapped[When]
    changed_at: Mapped[When]
    withdrawn_at: Mapped[MaybeWhen]
    withdrawn_by: Mapped[Code] = mapped_column(default="")
    withdrawn_why: Mapped[Line] = mapped_column(default="")


class Disclosure(_Notice):
    """A piece of disclosed information. `status` is 有效, 废止 or 失效."""

    __tablename__ = "disclosure"
    __table_args__ = (
        Index(None, "published_on"),
        Index(None, "withdrawn_at", "published_on"),
        Index(None, "withdrawn_at", "category_id", "published_on"),  # the catalogue's lists read nothing else, …
        Index(
            "ix_disclosure_counts", "withdrawn_at", "department_id", "category_id", "published_on"
        ),  # … nor its counts
        Index(None, "replaced_by"),
        {"sqlite_autoincrement": True},
    )
    body: Mapped[Long] = mapped_column(default="")
    document_no: Mapped[str] = mapped_column(String(200), default="")
    index_no: Mapped[str] = mapped_column(String(200), default="")
    status: Mapped[str] = mapped_column(String(16), default="有效")
    replaced_by: Mapped[str] = mapped_column(String(200), default="")
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))
    category: Mapped[Category | None] = relationship()
    department: Mapped[Department | None] = relationship()


class Posting(_Notice):
    """A job posting; out of the answers after `valid_until` (inclusive).

    From `pay_low` on: what content.rules.jobs.posting_figures read out of the row, for filters; `edition` is that of the rules.
    """

    __tablename__ = "posting"
    __table_args__ = (Index(None, "valid_until"), Index(None, "published_on"), {"sqlite_autoincrement": True})
    employer: Mapped[Line] = mapped_column(default="")
    area: Mapped[Line] = mapped_column(default="")
    salary: Mapped[Line] = mapped_column(default="")
    valid_until: Mapped[date | None] = mapped_column(Date)
    lat: Mapped[float | None]
    lng: Mapped[float | None]
    pay_low: Mapped[int | None]  # yuan a month
    pay_high: Mapped[int | None]
    schooling: Mapped[int | None]  # a content.rules.jobs.degrees.RequiredDegree; None: nothing is said of it
    place: Mapped[Long] = mapped_column(default="")  # normalised, as is `words`
    words: Mapped[Long] = mapped_column(default="")
    edition: Mapped[int] = mapped_column(default=0)


class PortalItem(_Notice):
    """An item of the office's web portal, counted under the channel `portal`."""

    __tablename__ = "portal_item"
    __table_args__ = (Index(None, "published_on"), {"sqlite_autoincrement": True})
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("department.id"))


class NoticeVersion(Base):
    """A former version of a notice, as its row was. `kind` is disclosure, posting or portal."""

    __tablename__ = "notice_version"
    __table_args__ = (UniqueConstraint("kind", "item_id", "version"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(16))
    item_id: Mapped[int]
    version: Mapped[int]
    fields: Mapped[Long]
    fingerprint: Mapped[Sha]
    until: Mapped[When]  # when the next version took its place


class ImportReceipt(Base):
    """What one import did."""

    __tablename__ = "import_receipt"
    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(16))
    file_name: Mapped[Line]
    file_sha256: Mapped[Sha]
    complete: Mapped[bool]
    receipt: Mapped[Long]  # JSON, as the command prints it
    at: Mapped[When]
    actor: Mapped[Code] = mapped_column(default="")
