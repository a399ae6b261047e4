"""The audit ledger: append-only, each entry sealing the one before. No citizen's data ever enters it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from content.rules.errors import GongkaiError
from content.store.disk.row_seals import ENTRY, RowSeals
from content.store.figures import counted
from content.store.session import SEALS, TOP, Store
from content.store.tables import LedgerEntry

GENESIS = "0" * 64

KINDS: dict[str, frozenset[str]] = {
    "person.added": frozenset({"username", "roles"}),
    "person.disabled": frozenset({"username"}),
    "person.changed": frozenset({"username", "roles"}),
    "person.restored": frozenset({"username", "roles"}),
    "person.slip": frozenset({"username", "anew"}),
    "person.password": frozenset({"username", "slip_by"}),
    "person.two_step": frozenset({"username", "on"}),
    "cover.set": frozenset({"username", "cover", "first", "last"}),
    "cover.ended": frozenset({"username", "cover", "first", "last"}),
    "phone.bound": frozenset({"username"}),
    "phone.unbound": frozenset({"username"}),
    "article.handed_over": frozenset({"before", "after"}),
    "article.moved": frozenset({"before", "after"}),
    "article.queued": frozenset({"title", "revision", "sha256"}),
    "article.edited": frozenset({"title", "revision", "sha256", "voided"}),
    "article.submitted": frozenset({"revision", "sha256", "note"}),
    "article.passed": frozenset(
        {"revision", "sha256", "step", "note", "chief_twice", "urgent", "late", "covers"}
    ),
    "article.approved": frozenset({"revision", "sha256", "due_at", "owed", "delivery"}),
    "article.remarked": frozenset({"revision", "sha256", "place", "note"}),
    "article.asked": frozenset({"question", "revision", "sha256", "place", "note"}),
    "article.answered": frozenset({"question", "revision", "note"}),
    "article.correction_asked": frozenset({"revision", "note"}),
    "article.returned": frozenset({"revision", "sha256", "note"}),
    "article.withdrawn": frozenset({"revision", "sha256", "note", "published_on"}),
    "finding.dismissed": frozenset({"finding", "rule", "place", "shown", "revision", "note"}),
    "finding.reopened": frozenset({"finding", "rule", "place", "shown", "revision", "note"}),
    "article.sent": frozenset({"publication", "revision", "sha256", "delivery"}),
    "article.not_sent": frozenset({"publication", "reason"}),
    "article.published": frozenset(
        {
            "account", "channel", "delivery", "publication", "position", "revision", "sha256", "title", "url",
            "category", "department", "published_at", "published_on", "publish_id", "msg_id", "msg_data_id",
            "platform_article_id", "media_id", "passed_by",
        }
    ),
    "article.located": frozenset({"publication", "position", "url"}),
    "publication.refused": frozenset({"articles", "code", "reason"}),
    "publication.unknown": frozenset({"articles", "reason"}),
    "difference.found": frozenset({"difference", "article", "title", "url", "on", "why"}),
    "difference.resolved": frozenset({"difference", "article", "title", "url", "on", "verdict", "note"}),
    "alarm.raised": frozenset({"alarm", "message"}),
    "alarm.closed": frozenset({"alarm", "why"}),
    "reserve.used": frozenset({"title", "day"}),
    "publication.settled": frozenset({"articles", "verdict", "note"}),
    "notices.imported": frozenset({"notices", "file", "sha256", "new", "changed", "withdrawn", "refused"}),
    "notices.excused": frozenset({"notices", "file", "note"}),
    "notice.withdrawn": frozenset({"title", "note"}),
    "notice.added": frozenset({"title", "note"}),
    "notice.restored": frozenset({"title", "note"}),
    "notice.corrected": frozenset({"title", "fields", "note"}),
    "import.undone": frozenset({"notices", "file", "withdrawn", "restored", "back"}),
    "portal.published": frozenset({"channel", "title", "url", "category", "department", "published_on"}),
    "tally.rebuilt": frozenset({"through"}),
    "menu.pushed": frozenset({"sha256"}),
    "guide.added": frozenset({"forms", "sha256"}),
    "guide.withdrawn": frozenset(),
    "synonym.added": frozenset({"sha256"}),
    "synonym.withdrawn": frozenset(),
    "file.edited": frozenset({"file", "sha256"}),
    "letter.answered": frozenset({"message", "outcome"}),
    "letter.closed": frozenset(),
    "application.taken": frozenset({"channel", "applicant", "arrived_on", "received_on"}),
    "application.step": frozenset({"step", "on", "days", "outcome", "fee"}),
    "application.erased": frozenset({"files"}),
    "template.changed": frozenset({"own"}),
    "holidays.entered": frozenset({"year", "source", "sha256"}),
    "catalogue.changed": frozenset({"item", "what"}),
    "case.added": frozenset({"kind_of_case", "filed_on", "reference", "application"}),
    "case.ended": frozenset({"result", "ended_on"}),
    "catalogue.imported": frozenset({"file", "sha256", "new", "changed", "withdrawn"}),
    "duty.added": frozenset({"item", "what", "formed_on"}),
    "duty.disclosed": frozenset({"disclosed_on", "disclosure", "url"}),
    "report.entered": frozenset({"rows", "sha256"}),
    "report.explained": frozenset({"message", "note"}),
    "report.submitted": frozenset({"sha256", "note"}),
    "report.passed": frozenset({"sha256", "step", "note", "chief_twice", "covers"}),
    "report.returned": frozenset({"sha256", "note"}),
    "report.signed": frozenset({"format", "sha256", "note"}),
}  # fmt: skip


@dataclass(frozen=True)
class NewEntry:
    """An entry to be added; `data` must carry exactly the fields that KINDS declares."""

    kind: str
    actor: str
    subject: str
    at: datetime
    data: Mapping[str, Any]
    role: str = ""


def append(
    session: Session, *, kind: str, actor: str, subject: str, at: datetime, role: str = "", **data: Any
) -> LedgerEntry:
    """Adds one entry inside the caller's transaction; `data` must carry exactly the fields that KINDS declares."""
    [entry] = _chained(session, [NewEntry(kind, actor, subject, at, data, role)])
    session.add(entry)
    session.flush()
    counted.follow(session, [entry])
    return entry


def append_many(session: Session, entries: Iterable[NewEntry]) -> None:
    """Adds entries in this order inside the caller's transaction, all in one statement."""
    columns = LedgerEntry.__table__.columns.keys()
    chained = list(_chained(session, entries))
    if chained:
        session.execute(insert(LedgerEntry), [{name: getattr(entry, name) for name in columns} for entry in chained])
        counted.follow(session, chained)


def _chained(session: Session, entries: Iterable[NewEntry]) -> Iterator[LedgerEntry]:
    """Each entry with its number, sealing the one before, and sealed with this office's key."""
    last, seals = _last(session), _seals(session)
    number, previous = (last.number, last.hash) if last else (0, GENESIS)
    for new in entries:
        if new.data.keys() != KINDS[new.kind]:
            raise ValueError(f"ledger entry {new.kind} wants {sorted(KINDS[new.kind])}, got {sorted(new.data)}")
        number += 1
        entry = LedgerEntry(number=number, at=new.at, kind=new.kind, actor=new.actor, role=new.role,
                            subject=new.subject, data=canonical(new.data), previous=previous)  # fmt: skip
        entry.hash = previous = seal(entry)
        entry.seal = seals.made(ENTRY, entry.hash) if seals else None
        yield entry
    if seals and _goes_on(session, seals):
        session.info[TOP] = number, previous


def seal(entry: LedgerEntry) -> str:
    """The hash that the entry must carry: SHA-256 over its canonical JSON, the previous hash included."""
    content = {
        "number": entry.number,
        "at": entry.at.isoformat(timespec="microseconds"),
        "kind": entry.kind,
        "actor": entry.actor,
        "role": entry.role,
        "subject": entry.subject,
        "data": entry.data,
        "previous": entry.previous,
    }
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def canonical(value: Any) -> str:
    """JSON with one spelling: sorted keys, no spaces, UTF-8 as it is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def head(session: Session) -> int:
    """The number of the last entry; 0 for an empty ledger."""
    last = _newest(session)
    return last.number if last else 0


def top(session: Session) -> tuple[int, str]:
    """The number and the hash of the last entry; 0 and GENESIS for an empty ledger."""
    last = _newest(session)
    return (last.number, last.hash) if last else (0, GENESIS)


def hash_at(session: Session, number: int) -> str | None:
    """The hash of an entry; GENESIS for 0, None for one that is not there."""
    return session.scalar(select(LedgerEntry.hash).where(LedgerEntry.number == number)) if number else GENESIS


def since(session: Session, number: int, *kinds: str) -> Iterator[LedgerEntry]:
    """The entries after `number`, oldest first; only those `kinds` if any are named."""
    query = select(LedgerEntry).where(LedgerEntry.number > number).order_by(LedgerEntry.number)
    if kinds:
        query = query.where(LedgerEntry.kind.in_(kinds))
    yield from session.scalars(query.execution_options(yield_per=500))


def last_of(session: Session, kinds: Sequence[str]) -> int:
    """The number of the last entry of one of these kinds; 0 if there is none."""
    mine = select(func.max(LedgerEntry.number)).where(LedgerEntry.kind.in_(kinds))
    return session.scalar(mine) or 0


def about(session: Session, subject: str) -> list[LedgerEntry]:
    """The entries about one subject, oldest first."""
    return list(session.scalars(select(LedgerEntry).where(LedgerEntry.subject == subject).order_by(LedgerEntry.number)))


def is_sealed(session: Session, entry: LedgerEntry) -> bool:
    """Whether the entry carries the keyed seal, or is from before there were any. Raises GongkaiError without a key."""
    seals = _seals(session)
    return seals is None or seals.fit_entry(entry.number, entry.hash, entry.seal)


def is_cut(store: Store) -> str:
    """Why the ledger ends before the last entry that this machine knows; empty if it does not. Raises GongkaiError.

    It reads what is committed now: a transaction that began earlier does not see the entry that was noted since.
    """
    seals = store.seals
    if seals is None:
        return ""
    top = seals.top()
    with store.read() as session:
        last = head(session)
        if top is None:
            return f"{seals.top_file} 不在。请执行：gongkai init" if last else ""
        if _stands(session, top):
            return ""
    return (
        f"台账记到过第 {top[0]} 条，现在只到第 {last} 条，或者那一条不是原来的：数据库像是换回了旧的。"
        f"确是从备份恢复的，请删去 {seals.top_file}，再执行 gongkai init。"
    )


def _goes_on(session: Session, seals: RowSeals) -> bool:
    """Whether the ledger still holds the last entry that was noted: what is added to one that was cut notes nothing."""
    try:
        top = seals.top()
    except GongkaiError:
        return False
    return top is None or _stands(session, top)


def _stands(session: Session, top: tuple[int, str]) -> bool:
    """Whether the ledger holds the entry of that number and hash."""
    return hash_at(session, top[0]) == top[1]


def _seals(session: Session) -> RowSeals | None:
    return session.info.get(SEALS)


def _last(session: Session) -> LedgerEntry | None:
    if session.get_bind().dialect.name == "postgresql":  # SQLite: BEGIN IMMEDIATE already lets one writer in
        session.execute(text("SELECT pg_advisory_xact_lock(4711)"))
    return _newest(session)


def _newest(session: Session) -> LedgerEntry | None:
    return session.scalars(select(LedgerEntry).order_by(LedgerEntry.number.desc()).limit(1)).first()
