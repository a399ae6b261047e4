"""The audit ledger (审核台账): append-only, chained by hash; triggers refuse UPDATE and DELETE."""

from __future__ import annotations

from sqlalchemy import Index, String
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
