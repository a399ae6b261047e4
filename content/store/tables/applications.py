"""Applications for disclosure: the register. What tells who applied is encrypted, and goes by rule."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from content.store.tables.base import Base, Code, Id, Line, Long, MaybeWhen, Sha, When


class Application(Base):
    """One application. `received_on` is the day by law (art. 31), None until both sides have confirmed."""

    __tablename__ = "application"
    __table_args__ = (Index(None, "state"), Index(None, "received_on"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    number: Mapped[str | None] = mapped_column(String(32), unique=True)  # on the receipt; made of the id
    sent: Mapped[Sha | None] = mapped_column(unique=True)  # of a form on the web: sent twice, it is one application
    channel: Mapped[Code]  # a word of content.rules.applications.receipt
    applicant: Mapped[Code]
    state: Mapped[Code]
    arrived_on: Mapped[date] = mapped_column(Date)
    received_on: Mapped[date | None] = mapped_column(Date)
    answered_on: Mapped[date | None] = mapped_column(Date)
    outcome: Mapped[str] = mapped_column(String(8), default="")  # a row of the form
    fee: Mapped[int] = mapped_column(default=0)  # yuan, paid
    sealed: Mapped[Long]  # encrypted JSON: the form as it was filled in; empty once erased
    phone: Mapped[Code] = mapped_column(default="")  # keyed hash, for questions by number and telephone
    created_at: Mapped[When]
    created_by: Mapped[Code] = mapped_column(default="")  # empty: the citizen
    erased_at: Mapped[MaybeWhen]


class ApplicationStep(Base):
    """Something that happened to an application, on a day that a person names."""

    __tablename__ = "application_step"
    __table_args__ = (Index(None, "application_id"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    step: Mapped[Code]
    done_on: Mapped[date] = mapped_column(Date)
    days: Mapped[int] = mapped_column(default=0)  # of an extension or a delay; given for a correction
    amount: Mapped[int] = mapped_column(default=0)  # yuan that are asked for
    basis: Mapped[Code] = mapped_column(default="")  # of the amount: a word of content.rules.applications.fees
    note: Mapped[Long] = mapped_column(default="")  # encrypted
    at: Mapped[When]
    by: Mapped[Code]


class ApplicationFile(Base):
    """A file that came with an application, encrypted in HOME/files."""

    __tablename__ = "application_file"
    __table_args__ = (Index(None, "application_id"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    name: Mapped[Line]  # encrypted
    size: Mapped[int]
    sha256: Mapped[Sha]  # of the encrypted bytes


class DisclosureCase(Base):
    """A review or a suit about disclosure; `result` is a word of content.rules.applications.cases, empty while it is open."""

    __tablename__ = "disclosure_case"
    __table_args__ = (Index(None, "filed_on"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    kind: Mapped[Code]
    filed_on: Mapped[date] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    result: Mapped[Code] = mapped_column(default="")
    reference: Mapped[Code] = mapped_column(default="")  # the court's or the review body's number
    application: Mapped[Code] = mapped_column(default="")  # the number of an application it is about
    created_at: Mapped[When]
    created_by: Mapped[Code]
