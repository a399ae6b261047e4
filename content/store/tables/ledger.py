"""The audit ledger (审核台账): append-only, chained by hash; triggers refuse UPDATE and DELETE. What of it is counted."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from content.store.tables.base import Base, Code, Long, Sha, When


class LedgerEntry(Base):
    """One entry. `hash` = SHA-256 over the entry before's hash and this entry's canonical JSON."""

    __tablename__ = "ledger"
    __table_args__ = (Index(None, "kind"), Index(None, "subject"))
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[When]
    kind: Mapped[str] = mapped_column(String(64))  # a key of content.store.figures.ledger.KINDS
    actor: Mapped[Code]  # a username, or `clock`, `platform`, `operator`
    role: Mapped[str] = mapped_column(String(16), default="")
    subject: Mapped[Code]  # article:12, publication:3, disclosure:7 …
    data: Mapped[Long]  # canonical JSON
    previous: Mapped[Sha]
    hash: Mapped[Sha]
    seal: Mapped[str | None] = mapped_column(String(64))  # keyed, over `hash`; entries of earlier versions have none


class CountedItem(Base):
    """What the entry of a counted item says, in columns that SQL can count; the ledger is the truth, and builds it anew."""

    __tablename__ = "counted_item"
    __table_args__ = (
        # The sums read nothing but this index, and in its order.
        Index("ix_counted_item_sums", "channel", "month", "delivery", "category", "department", "published_on"),
        Index(None, "channel", "published_on"),
        Index(None, "subject"),
        Index(None, "withdrawn"),
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # of the ledger entry
    subject: Mapped[Code]
    channel: Mapped[str] = mapped_column(String(16))
    published_on: Mapped[date] = mapped_column(Date)
    month: Mapped[str] = mapped_column(String(7))  # 2026-11
    delivery: Mapped[str] = mapped_column(String(16))  # empty on the portal
    category: Mapped[Code]
    department: Mapped[Code]
    withdrawn: Mapped[int | None]  # number of the entry by which it was withdrawn
