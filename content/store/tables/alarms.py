"""What asks for a person's eye: alarms, and differences between our list and the platform's."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from content.store.tables.base import Base, Code, Id, Line, Long, MaybeWhen, Sha, When


class Alarm(Base):
    """Something that a person should know; open until it is over or a person closes it."""

    __tablename__ = "alarm"
    __table_args__ = (
        UniqueConstraint("kind", "subject"),
        Index(None, "closed_at"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(32))  # a key of content.rules.alarms.KINDS
    subject: Mapped[Code]  # what it is about, with the hour: one row for each occasion
    message: Mapped[Line]
    raised_at: Mapped[When]
    told_at: Mapped[MaybeWhen]  # when GONGKAI_ALARM_URL took it; None: not told (yet)
    tries: Mapped[int] = mapped_column(default=0)
    closed_at: Mapped[MaybeWhen]
    closed_why: Mapped[Line] = mapped_column(default="")


class Difference(Base):
    """One article that our ledger and the platform's lists disagree about; open until somebody signs a resolution."""

    __tablename__ = "difference"
    __table_args__ = (
        UniqueConstraint("account", "fingerprint"),
        Index(None, "on_day"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[Id]
    account: Mapped[Code]
    kind: Mapped[str] = mapped_column(String(16))  # only_ours, only_theirs, different
    fingerprint: Mapped[Sha]  # the same finding on a later day is the same row
    article_id: Mapped[int | None]
    on_day: Mapped[date] = mapped_column(Date)
    title: Mapped[Line]
    url: Mapped[Line]
    why: Mapped[Line]
    evidence: Mapped[Long]  # JSON: what each side says, with the platform's ids
    found_at: Mapped[When]
    seen_at: Mapped[When]  # when it was last found
    resolved_at: Mapped[MaybeWhen]
    resolved_by: Mapped[Code] = mapped_column(default="")
    verdict: Mapped[str] = mapped_column(String(16), default="")
    note: Mapped[Line] = mapped_column(default="")
