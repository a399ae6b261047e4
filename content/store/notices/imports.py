"""Imports in SQL: what is known by key, many rows at once, former versions, withdrawal, the receipt."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from content.store.notices.notices import TABLES
from content.store.tables import ImportReceipt, LedgerEntry, NoticeVersion

CHUNK = 500  # values in one IN (…): SQLite and PostgreSQL both take that many


@dataclass(frozen=True)
class KnownRow:
    """What the store knows of a key."""

    id: int
    fingerprint: str
    version: int
    published_on: date | None
    withdrawn: bool
    withdrawn_why: str


@dataclass(frozen=True)
class StoredRow:
    """What is stored under a key: the row as it came (JSON)."""

    fields_json: str
    withdrawn: bool

    @property
    def fields(self) -> dict[str, Any]:
        """The row as it came."""
        read: dict[str, Any] = json.loads(self.fields_json)
        return read


@dataclass(frozen=True)
class TouchedRow:
    """What an import did to a notice: it is new, or was withdrawn, or has its former row in `fields` (JSON)."""

    id: int
    version: int
    new: bool
    gone: bool
    fields: str | None


def lock(session: Session) -> None:
    """Lets one import at a time in; with SQLite a writing transaction is that already."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(4712)"))


def known(session: Session, kind: str) -> dict[str, KnownRow]:
    """Everything of a kind by its key, withdrawn rows included."""
    table = TABLES[kind]
    query = select(
        table.key, table.id, table.fingerprint, table.version, table.published_on, table.withdrawn_at.is_not(None),
        table.withdrawn_why,
    )  # fmt: skip
    return {row[0]: KnownRow(*row[1:]) for row in session.execute(query)}


def stored(session: Session, kind: str, keys: Sequence[str]) -> dict[str, StoredRow]:
    """What is stored under these keys."""
    table, found = TABLES[kind], dict[str, StoredRow]()
    for chunk in _chunks(keys):
        query = select(table.key, table.fields, table.withdrawn_at.is_not(None)).where(table.key.in_(chunk))
        found |= {key: StoredRow(fields, withdrawn) for key, fields, withdrawn in session.execute(query)}
    return found


def numbers(session: Session, kind: str, keys: Sequence[str]) -> dict[str, int]:
    """The ids of these keys."""
    table = TABLES[kind]
    found: dict[str, int] = {}
    for chunk in _chunks(keys):
        for key, number in session.execute(select(table.key, table.id).where(table.key.in_(chunk))):
            found[key] = number
    return found


def keys_by_address(session: Session, kind: str, urls: Sequence[str]) -> dict[str, set[str]]:
    """The keys under which these addresses are known."""
    table, found = TABLES[kind], dict[str, set[str]]()
    for chunk in _chunks(urls):
        for url, key in session.execute(select(table.url, table.key).where(table.url.in_(chunk))):
            found.setdefault(url, set()).add(key)
    return found


def add(session: Session, kind: str, rows: Sequence[dict[str, Any]]) -> None:
    """New notices, as values of their columns. Straight to the table: as objects they would take twice as long."""
    if rows:
        session.connection().execute(insert(TABLES[kind].__table__), rows)


def change(session: Session, kind: str, rows: Sequence[dict[str, Any]]) -> None:
    """New values for notices that are there, named by `id`."""
    if rows:
        session.execute(update(TABLES[kind]), rows)


def keep_versions(session: Session, kind: str, ids: Sequence[int], until: datetime) -> None:
    """Keeps the rows as they are now as former versions."""
    table = TABLES[kind]
    for chunk in _chunks(ids):
        found = session.execute(
            select(table.id, table.version, table.fields, table.fingerprint).where(table.id.in_(chunk))
        )
        session.execute(
            insert(NoticeVersion),
            [
                {"kind": kind, "item_id": item, "version": version, "fields": fields, "fingerprint": fingerprint,
                 "until": until}
                for item, version, fields, fingerprint in found
            ],
        )  # fmt: skip


def withdraw(session: Session, kind: str, ids: Sequence[int], *, by: str, why: str, at: datetime) -> None:
    """Takes notices out of the answers; the rows stay."""
    change(session, kind, [{"id": one, "withdrawn_at": at, "withdrawn_by": by, "withdrawn_why": why} for one in ids])


def in_ledger(session: Session, kind: str, subjects: Sequence[str]) -> set[str]:
    """Those of `subjects` of which the ledger has an entry of that kind."""
    found: set[str] = set()
    for chunk in _chunks(subjects):
        mine = select(LedgerEntry.subject).where(LedgerEntry.kind == kind, LedgerEntry.subject.in_(chunk))
        found.update(session.scalars(mine))
    return found


def last_receipt(session: Session, kinds: Iterable[str]) -> ImportReceipt | None:
    """The newest receipt of an import of one of these kinds."""
    mine = select(ImportReceipt).where(ImportReceipt.kind.in_(list(kinds)))
    return session.scalars(mine.order_by(ImportReceipt.id.desc()).limit(1)).first()


def receipts(session: Session, limit: int) -> list[ImportReceipt]:
    """The newest receipts, newest first."""
    return list(session.scalars(select(ImportReceipt).order_by(ImportReceipt.id.desc()).limit(limit)))


def touched(session: Session, kind: str, at: datetime) -> list[TouchedRow]:
    """The notices that the import of this instant was the last to change."""
    table = TABLES[kind]
    before = (NoticeVersion.kind == kind) & (NoticeVersion.item_id == table.id) & (NoticeVersion.until == at)
    query = select(
        table.id, table.version, table.first_seen_at == at, table.withdrawn_at == at, NoticeVersion.fields
    ).outerjoin(NoticeVersion, before)
    rows = session.execute(query.where((table.changed_at == at) | (table.withdrawn_at == at)))
    return [TouchedRow(number, version, bool(new), bool(gone), fields) for number, version, new, gone, fields in rows]


def _chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]
