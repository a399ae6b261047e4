"""What citizens asked. The asker stands here only as a keyed hash."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from content.store.tables.base import Base, Code, Id, Line, Long, MaybeWhen, When


class Question(Base):
    """One question from the account's chat; the row stays when a person's data go, text and asker do not."""

    __tablename__ = "question"
    __table_args__ = (Index(None, "asked_on"), Index(None, "asker"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    mark: Mapped[str | None] = mapped_column(String(64), unique=True)  # its delivery, so that it is kept once
    asked_at: Mapped[When]
    asked_on: Mapped[date] = mapped_column(Date)
    asker: Mapped[Code]  # HMAC of the openid, or empty
    text: Mapped[Line]
    answered: Mapped[bool]
    offered: Mapped[Long] = mapped_column(default="[]")  # JSON: ["disclosure:12", …]
    kind: Mapped[str] = mapped_column(String(16), default="text")
    opened_at: Mapped[MaybeWhen]  # when one of those offered was picked by its number
    unhelped_at: Mapped[MaybeWhen]  # when the citizen said that the answer did not help
