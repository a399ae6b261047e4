"""Postings and disclosures one by one, as staff look after them: found by title, put right, taken down, put back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from content.intake.notices import notice_rows
from content.intake.notices.notice_rows import FIELDS, NoticeRow
from content.intake.rows import InputSheet, Row
from content.rules import notes, notice_kinds
from content.rules.checks.finding import Severity
from content.rules.errors import BadInput, Conflict, NotFound
from content.rules.people import Right
from content.services.answers import index_upkeep
from content.services.answers.index_upkeep import IndexChange
from content.services.checks import notice_check
from content.services.checks.notice_check import NoticeCheck
from content.services.notices import notice_import
from content.services.office import Office
from content.store import people
from content.store.figures import ledger
from content.store.notices import imports, notices
from content.store.tables import Disclosure, Posting

KEPT = frozenset({"key", "attachments"})  # fields that are changed with a sheet only
LONGEST_WHY = 300  # characters


@dataclass(frozen=True)
class NoticePage:
    """One page of a list, and how many there are in all."""

    rows: list[Disclosure | Posting]
    total: int


def editable(kind: str) -> list[str]:
    """The fields of a kind that are put right here; the others are changed with a sheet."""
    return [name for name in FIELDS[kind] if name not in KEPT]


def page(office: Office, kind: str, *, words: str, gone: bool, number: int, size: int) -> NoticePage:
    """Notices whose titles, or keys, hold `words`, newest first. `gone`: those that were taken down."""
    table = _table(kind)
    query = select(table).where(table.withdrawn_at.is_not(None) if gone else table.withdrawn_at.is_(None))
    if words:
        query = query.where(table.title.contains(words, autoescape=True) | (table.key == words))
    order = (table.changed_at.desc(), table.id.desc())
    with office.store.read() as session:
        total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
        short = query.options(defer(table.fields)).order_by(*order).limit(size).offset((number - 1) * size)
        return NoticePage(list(session.scalars(short)), total)


def one(office: Office, kind: str, number: int) -> Disclosure | Posting:
    """One notice, taken down or not. Raises NotFound."""
    with office.store.read() as session:
        return _find(session, kind, number)


def findings(office: Office, kind: str, fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the checks find in the fields of a notice: field and sentence."""
    check = NoticeCheck(office, kind)
    return [(each.passage.part, check.sentence(each)) for each in check.find(fields)]


def take_down(office: Office, kind: str, number: int, *, username: str, note: str) -> None:
    """Takes a notice out of the pages and answers. Raises BadInput without a reason, Conflict, NotAllowed, NotFound."""
    note = notes.note(note, needed="请写明为什么撤下。台账会记下。", longest=LONGEST_WHY)
    now = office.clock.now()
    with office.store.write() as session:
        row, role = _locked(session, kind, number, username, "撤下招聘和公开信息")
        if row.withdrawn_at:
            raise Conflict("这一条已经撤下了。")
        before = index_upkeep.expected(office, session)
        imports.withdraw(session, kind, [number], by=username, why=note, at=now)
        _sign(session, "notice.withdrawn", row, username, role, now, note=note)
        change = IndexChange(kind, [], [number], before=before, after=index_upkeep.expected(office, session))
    index_upkeep.refresh(office, change)


def put_back(office: Office, kind: str, number: int, *, username: str, note: str = "") -> None:
    """Puts a notice back that was taken down. Raises BadInput, Conflict, NotAllowed, NotFound."""
    note = notes.note(note, longest=LONGEST_WHY)
    now = office.clock.now()
    with office.store.write() as session:
        row, role = _locked(session, kind, number, username, "恢复招聘和公开信息")
        if not row.withdrawn_at:
            raise Conflict("这一条没有撤下。")
        _demand_clear(office, kind, json.loads(row.fields), note)
        before = index_upkeep.expected(office, session)
        standing: dict[str, Any] = {"changed_at": now, "withdrawn_at": None, "withdrawn_by": "", "withdrawn_why": ""}
        imports.change(session, kind, [{"id": number, **standing}])
        _sign(session, "notice.restored", row, username, role, now, note=note)
        change = IndexChange(kind, [number], [], before=before, after=index_upkeep.expected(office, session))
    index_upkeep.refresh(office, change)


def correct(
    office: Office, kind: str, number: int, given: Mapping[str, str], *, username: str, note: str, seen: int
) -> None:
    """Puts a notice right; the former version is kept. `seen`: the version that was on the page.

    Raises BadInput for what cannot be read and for what the checks stop, Conflict, NotAllowed, NotFound.
    """
    note = notes.note(note, longest=LONGEST_WHY)
    now = office.clock.now()
    with office.store.write() as session:
        row, role = _locked(session, kind, number, username, "改招聘和公开信息")
        if row.version != seen:
            raise Conflict("您打开以后，别人改过这一条。请重新打开，看过再改。")
        old = json.loads(row.fields)
        changed = [name for name in editable(kind) if name in given and given[name].strip() != str(old.get(name, ""))]
        if not changed:
            raise BadInput("没有改什么。")
        entry = _read(office, kind, {**old, **{name: given[name] for name in changed}}, changed)
        _demand_clear(office, kind, entry.fields, note)
        before = index_upkeep.expected(office, session)
        imports.keep_versions(session, kind, [number], now)
        rows = notice_rows.NoticeRows(entries={entry.key: entry})
        columns = notice_import.columns_of(office, kind, rows, actor=username)(session, entry)
        if row.withdrawn_at:
            columns |= {name: getattr(row, name) for name in ("withdrawn_at", "withdrawn_by", "withdrawn_why")}
        imports.change(session, kind, [{"id": number, "version": row.version + 1, **columns}])
        _sign(session, "notice.corrected", row, username, role, now, note=note, fields=changed)
        put, dropped = ([], [number]) if row.withdrawn_at else ([number], [])
        change = IndexChange(kind, put, dropped, before=before, after=index_upkeep.expected(office, session))
    index_upkeep.refresh(office, change)


def add(office: Office, kind: str, given: Mapping[str, str], *, username: str, note: str) -> int:
    """One notice more, without a sheet; its number. Without a key it has the one that a sheet without keys would give it.

    Raises BadInput for what cannot be read and for what the checks stop, Conflict where there is one of that key, NotAllowed,
    NotFound.
    """
    if kind not in notice_kinds.FOUND:
        raise NotFound("没有这一种。")
    note, now = notes.note(note, longest=LONGEST_WHY), office.clock.now()
    fields = {
        name: value.strip() for name, value in given.items() if name in ("key", *editable(kind)) and value.strip()
    }
    if not fields.get("title"):
        raise BadInput("请写标题。")
    entry = _read(office, kind, fields, list(fields))
    _demand_clear(office, kind, entry.fields, note)
    with office.store.write() as session:
        actor = people.actor(session, username, Right.WRITE, Right.COUNT, what="添招聘和公开信息")
        imports.lock(session)
        if imports.numbers(session, kind, [entry.key]):
            raise Conflict(f"编号“{entry.key}”已经有了一条，请在列表里找到它来改。")
        before = index_upkeep.expected(office, session)
        columns = notice_import.columns_of(office, kind, notice_rows.NoticeRows(), actor=username)(session, entry)
        imports.add(session, kind, [{"key": entry.key, "first_seen_at": now, "version": 1, **columns}])
        number = imports.numbers(session, kind, [entry.key])[entry.key]
        _sign(session, "notice.added", _find(session, kind, number), username, actor.role, now, note=note)
        change = IndexChange(kind, [number], [], before=before, after=index_upkeep.expected(office, session))
    index_upkeep.refresh(office, change)
    return number


def _read(office: Office, kind: str, fields: Mapping[str, Any], changed: Sequence[str]) -> NoticeRow:
    """The fields as a row is read; BadInput for what an import would say of those that were changed."""
    filled = {name: value for name, value in fields.items() if value not in ("", None)}
    sheet = InputSheet(rows=[Row(1, filled)])
    notice_rows.number(kind, sheet)
    found = notice_rows.entries(kind, sheet, office.settings.zone)
    faults = [each.message for each in (*found.refused, *found.warnings) if each.field in changed]
    if faults or not found.entries:
        raise BadInput(" ".join(faults))
    return next(iter(found.entries.values()))


def _demand_clear(office: Office, kind: str, fields: Mapping[str, Any], note: str) -> None:
    """Raises BadInput for what must not be public: ID and card numbers never, other errors not without a reason."""
    check = NoticeCheck(office, kind)
    stopping = [each for each in check.find(fields) if notice_check.stops(each)]
    if stopping and (not note or stopping[0].rule.severity is Severity.HARD):
        reason = "" if stopping[0].rule.severity is Severity.HARD else "有依据不用改的，写明理由。"
        raise BadInput(" ".join(map(check.sentence, stopping)) + reason)


def _locked(session: Session, kind: str, number: int, username: str, what: str) -> tuple[Disclosure | Posting, str]:
    actor = people.actor(session, username, Right.WRITE, Right.COUNT, what=what)
    imports.lock(session)
    return _find(session, kind, number), actor.role


def _find(session: Session, kind: str, number: int) -> Disclosure | Posting:
    row = notices.get(session, kind, number) if kind in notice_kinds.FOUND and number < 2**31 else None
    if not isinstance(row, Disclosure | Posting):
        raise NotFound("没有这一条。")
    return row


def _table(kind: str) -> type[Disclosure] | type[Posting]:
    return Posting if kind == "posting" else Disclosure


def _sign(
    session: Session, entry: str, row: Disclosure | Posting, username: str, role: str, at: datetime, **data: Any
) -> None:
    subject = f"{'posting' if isinstance(row, Posting) else 'disclosure'}:{row.id}"
    ledger.append(session, kind=entry, actor=username, role=role, subject=subject, at=at, title=row.title, **data)
