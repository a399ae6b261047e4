"""Who works here, and the coded names that articles and notices carry."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.store.tables.base import Base, Code, Id, Line, MaybeWhen, When


class Person(Base):
    """A member of staff; leaves by `disabled_at`, never by deletion."""

    __tablename__ = "person"
    id: Mapped[Id]
    username: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[Line] = mapped_column(default="")
    password_hash: Mapped[Line] = mapped_column(default="")
    created_at: Mapped[When]
    disabled_at: Mapped[MaybeWhen]
    roles: Mapped[list[PersonRole]] = relationship(lazy="selectin", cascade="all, delete-orphan")


class PersonRole(Base):
    """One role of one person; `role` is a word of content.rules.people.Role."""

    __tablename__ = "person_role"
    __table_args__ = ()
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(16), primary_key=True)


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
