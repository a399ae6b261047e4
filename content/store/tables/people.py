"""Who works here, and the coded names that articles and notices carry."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.store.tables.base import Base, Code, Id, Line, MaybeWhen, Sha, When


class Person(Base):
    """A member of staff; leaves by `disabled_at`, never by deletion."""

    __tablename__ = "person"
    id: Mapped[Id]
    username: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[Line] = mapped_column(default="")
    password_hash: Mapped[Line] = mapped_column(default="")
    created_at: Mapped[When]
    disabled_at: Mapped[MaybeWhen]
    seal: Mapped[str | None] = mapped_column(String(64))  # keyed, over all of this and the roles
    roles: Mapped[list[PersonRole]] = relationship(lazy="selectin", cascade="all, delete-orphan")


class PersonRole(Base):
    """One role of one person; `role` is a word of content.rules.people.Role."""

    __tablename__ = "person_role"
    __table_args__ = ()
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(16), primary_key=True)


class Absence(Base):
    """Days on which one person is away and another reviews in their place; `ended_at`: taken back."""

    __tablename__ = "absence"
    __table_args__ = (Index(None, "last_on"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    cover_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    first_on: Mapped[date] = mapped_column(Date)
    last_on: Mapped[date] = mapped_column(Date)  # included
    created_at: Mapped[When]
    ended_at: Mapped[MaybeWhen]
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    cover: Mapped[Person] = relationship(foreign_keys=[cover_id])


class TwoStepLogin(Base):
    """The second step of a person's login. `secret` is sealed; without `since` it is only being set up."""

    __tablename__ = "two_step_login"
    __table_args__ = ()
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    secret: Mapped[Line]
    since: Mapped[MaybeWhen]
    used_step: Mapped[int] = mapped_column(default=0)  # the half minute of the last code: no code holds twice


class RecoveryCode(Base):
    """A code that opens the second step once, kept as its SHA-256."""

    __tablename__ = "recovery_code"
    __table_args__ = (Index(None, "person_id"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sha256: Mapped[Sha]
    used_at: Mapped[MaybeWhen]


class StaffPhone(Base):
    """The phone with which a person asks the account for the count; `asker` is a keyed hash of its openid."""

    __tablename__ = "staff_phone"
    __table_args__ = ()
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    asker: Mapped[Code] = mapped_column(unique=True)
    bound_at: Mapped[When]


class _Coded(Base):
    __abstract__ = True
    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(128), unique=True)
    known: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)


class Department(_Coded):
    """A department. `known` is false for one that first came with an import or a post."""

    __tablename__ = "department"


class Category(_Coded):
    """A category of posts and disclosures; may bring a default cover."""

    __tablename__ = "category"
    cover_sha256: Mapped[Code] = mapped_column(default="")
