"""Undoing an import: what it brought is withdrawn, what it changed is as before, what it withdrew is back.

Nothing is deleted; rows that were changed since stay as they are. Portal items stay: they are in the year's count.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from content.intake.notices import notice_rows
from content.intake.rows import InputSheet, Row
from content.rules import notice_kinds
from content.rules.errors import Conflict
from content.rules.people import Right
from content.services.answers import index_upkeep
from content.services.answers.index_upkeep import IndexChange
from content.services.notices import notice_import
from content.services.office import Office
from content.store import people
from content.store.figures import ledger
from content.store.notices import imports
from content.store.notices.imports import TouchedRow
from content.store.tables import ImportReceipt

UNDONE = "import.undone"


def undo(office: Office, receipt_id: int, *, username: str) -> int:
    """Undoes the last import of its kind; how many notices changed. Raises NotAllowed, Conflict."""
    now = office.clock.now()
    with office.store.write() as session:
        actor = people.actor(session, username, Right.WRITE, Right.COUNT, what="撤销导入")
        imports.lock(session)
        receipt = _last(session, receipt_id)
        before = index_upkeep.expected(office, session)
        rows = imports.touched(session, receipt.kind, receipt.at)
        out, changed = [row.id for row in rows if _leaves(row)], [row for row in rows if row.fields and not row.gone]
        back = [row.id for row in rows if row.gone]
        _restore(office, session, receipt.kind, changed, now, username)
        imports.withdraw(session, receipt.kind, out, by=username, why=notice_kinds.IMPORT_UNDONE, at=now)
        imports.change(session, receipt.kind, [{"id": one, **_standing(now)} for one in back])
        ledger.append(session, kind=UNDONE, actor=username, role=actor.role, subject=f"import:{receipt.id}", at=now,
                      notices=receipt.kind, file=receipt.file_name, withdrawn=len(out), restored=len(changed),
                      back=len(back))  # fmt: skip
        put = [*(row.id for row in changed), *back]
        change = IndexChange(receipt.kind, put, out, before=before, after=index_upkeep.expected(office, session))
    index_upkeep.refresh(office, change)
    return len(rows)


def may_be_undone(session: Session, receipt: ImportReceipt) -> bool:
    """Whether it is the last import of a kind that can be undone, and still stands."""
    return _fault(session, receipt) == ""


def _last(session: Session, receipt_id: int) -> ImportReceipt:
    receipt = session.get(ImportReceipt, receipt_id)
    fault = _fault(session, receipt) if receipt else "没有这次导入。"
    if receipt is None or fault:
        raise Conflict(fault)
    return receipt


def _fault(session: Session, receipt: ImportReceipt) -> str:
    if receipt.kind not in notice_kinds.FOUND:
        return "门户网站的条目已经计入统计，不能撤销。请把表改对再导入一次，编号相同的会更新。"
    last = imports.last_receipt(session, [receipt.kind])
    if last is None or last.id != receipt.id:
        return "只能撤销最近的一次导入。请把表改对再导入一次，编号相同的会更新。"
    if imports.in_ledger(session, UNDONE, [f"import:{receipt.id}"]):
        return "这次导入已经撤销过了。"
    return ""


def _leaves(row: TouchedRow) -> bool:
    """Whether it was not offered before: it was new, or came back from being withdrawn."""
    return not row.gone and (row.new or row.fields is None)


def _restore(office: Office, session: Session, kind: str, rows: list[TouchedRow], now: datetime, username: str) -> None:
    """Former rows are read once more, as a further version."""
    if not rows:
        return
    imports.keep_versions(session, kind, [row.id for row in rows], now)
    sheet = InputSheet(rows=[Row(row.id, json.loads(row.fields or "{}")) for row in rows])
    found = notice_rows.entries(kind, sheet, office.settings.zone)
    work = notice_import.columns_of(office, kind, found, actor=username)
    versions = {row.id: row.version + 1 for row in rows}
    values: list[dict[str, Any]] = [
        {"id": entry.row, "version": versions[entry.row], **work(session, entry)} for entry in found.entries.values()
    ]
    imports.change(session, kind, values)


def _standing(now: datetime) -> dict[str, Any]:
    return {"changed_at": now, "withdrawn_at": None, "withdrawn_by": "", "withdrawn_why": ""}
