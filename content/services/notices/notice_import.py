"""Importing disclosures, postings and portal items: upsert by key, one transaction for a file, a receipt."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from content.intake.notices import sheets
from content.intake.notices.notice_rows import NoticeRow, NoticeRows
from content.intake.rows import RowFault, SheetChoice, column_fault
from content.rules import notice_kinds
from content.rules.errors import BadInput
from content.services.answers import index_upkeep
from content.services.answers.index_upkeep import IndexChange
from content.services.notices import checked_rows
from content.services.notices.checked_rows import HoldBack, OnProgress
from content.services.office import Office
from content.store import people
from content.store.figures import ledger
from content.store.notices import imports
from content.store.notices.imports import KnownRow
from content.store.tables import ImportReceipt

OPERATOR, CLOCK = "operator", "clock"  # who acts when nobody is named
AT_ONCE = 2000  # new rows that are written with one statement
OPENING, WRITING, INDEXING = "正在打开文件", "正在写入", "正在更新搜索"  # steps of an import, beside those of reading


BLANK = ("cell", "column", "held")  # of a fault, left out of the receipt where there is none
MACHINE_REASONS = frozenset({"", notice_kinds.MISSING, notice_kinds.IMPORT_UNDONE})


@dataclass
class NoticeImportReceipt:
    """What an import did (or, in a dry run, would do)."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    warnings: list[RowFault] = field(default_factory=list)
    refused: list[RowFault] = field(default_factory=list)
    ended: int = 0  # postings that nobody will find, since their last day is over

    def to_json(self) -> dict[str, Any]:
        """As the command prints it."""
        told = {name: value for name, value in asdict(self).items() if name != "ended"}
        shown = ("row", "field", "message")
        return told | {
            name: [{part: fault[part] for part in shown} for fault in told[name]] for name in ("warnings", "refused")
        }

    def kept(self) -> dict[str, Any]:
        """As it is kept: with the cell of each fault where there is one."""
        told = {name: value for name, value in asdict(self).items() if name != "ended" or value}
        return told | {name: [{part: value for part, value in fault.items() if value or part not in BLANK}
                              for fault in told[name]] for name in ("warnings", "refused")}  # fmt: skip


@dataclass
class _Plan:
    """What has to be done: `back` are rows that were withdrawn and return as they were."""

    new: list[NoticeRow] = field(default_factory=list)
    changed: list[tuple[NoticeRow, KnownRow]] = field(default_factory=list)
    back: list[tuple[NoticeRow, KnownRow]] = field(default_factory=list)
    unchanged: int = 0
    gone: list[int] = field(default_factory=list)


def import_file(
    office: Office,
    kind: str,
    path: Path,
    *,
    complete: bool = False,
    even_if_empty: bool = False,
    dry_run: bool = False,
    username: str | None = None,
    choice: SheetChoice | None = None,
    hold_back: HoldBack | None = None,
    on_progress: OnProgress = lambda step, done, total: None,
) -> NoticeImportReceipt:
    """Takes in a file of `kind` disclosure, posting or portal; when it returns, answers come from the new rows.

    `complete`: what the file does not hold is withdrawn. `choice`: what a person said of its columns. `hold_back`: keeps rows
    out in which the checks find what must not be public. `on_progress` hears how far it is, and may stop it by raising:
    nothing is written then, unless the index is being built already, which is made up for at the next question. Raises
    BadInput if the file cannot be read at all.
    """
    data = sheets.load(path)
    on_progress(OPENING, 0, 0)
    found = checked_rows.read(office, kind, sheets.read(data, path.name, choice), choice=choice, hold_back=hold_back,
                              on_progress=on_progress)  # fmt: skip
    if complete and found.unread:
        raise BadInput(
            f"“{path.name}”没有读全：{''.join(found.unread)}"
            "--complete 会把没有读到的也撤下，所以没有执行。请整理好文件，或者不用 --complete。"
        )
    if complete and not found.entries and not even_if_empty:
        raise BadInput(
            f"“{path.name}”里没有一条能用的内容，而 --complete 会撤下所有已有的条目，所以没有执行。"
            "若确实要全部撤下，请再加上 --even-if-empty。"
        )
    if dry_run:
        with office.store.read() as session:
            return _receipt(found, _compare(found, imports.known(session, kind), complete))
    work = _Import(office, kind, found, complete=complete, actor=username or OPERATOR, on_progress=on_progress,
                   reason=hold_back.reason if hold_back else "")  # fmt: skip
    receipt, change = work.run(path.name, hashlib.sha256(data).hexdigest())
    del data, found, work  # a long list is not needed in memory while the index is built
    if kind in notice_kinds.FOUND:
        index_upkeep.refresh(office, change, on_entries=functools.partial(on_progress, INDEXING))
    return receipt


def import_portal(office: Office, found: NoticeRows, *, name: str, sha256: str) -> NoticeImportReceipt:
    """Takes in what the portal itself tells; nothing is withdrawn, and nothing is written when nothing is new."""
    with office.store.read() as session:
        plan = _compare(found, imports.known(session, "portal"), complete=False)
    if not (plan.new or plan.changed or plan.back):
        return _receipt(found, plan)
    return _Import(office, "portal", found, complete=False, actor=CLOCK).run(name, sha256)[0]


def columns_of(
    office: Office, kind: str, found: NoticeRows, *, actor: str
) -> Callable[[Session, NoticeRow], dict[str, Any]]:
    """What makes the store's columns of an entry, standing from now on."""
    return _Import(office, kind, found, complete=False, actor=actor).columns


class _Import:
    """One import, inside one transaction."""

    def __init__(
        self, office: Office, kind: str, found: NoticeRows, *,
        complete: bool, actor: str, on_progress: OnProgress = lambda step, done, total: None, reason: str = "",
    ) -> None:  # fmt: skip
        self.reason = reason
        self.office, self.kind, self.found, self.complete = office, kind, found, complete
        self.actor, self.on_progress = actor, on_progress
        self.at = office.clock.now()
        self.names: dict[tuple[str, str], tuple[int | None, str]] = {}

    def run(self, name: str, sha256: str) -> tuple[NoticeImportReceipt, IndexChange]:
        """Writes everything, or nothing; the receipt, and what the index has to follow."""
        with self.office.store.write() as session:
            if self.actor not in (OPERATOR, CLOCK):
                people.find(session, self.actor)
            imports.lock(session)
            plan = _compare(self.found, imports.known(session, self.kind), self.complete)
            self.write(session, plan)
            receipt, before = _receipt(self.found, plan), index_upkeep.expected(self.office, session)
            self.sign(session, receipt, name=name, sha256=sha256)
            return receipt, self.change(session, plan, before)

    def change(self, session: Session, plan: _Plan, before: str) -> IndexChange:
        """What the index has to follow."""
        new = imports.numbers(session, self.kind, [entry.key for entry in plan.new])
        put = [*new.values(), *(known.id for _, known in plan.changed + plan.back)]
        return IndexChange(self.kind, put, plan.gone, before=before, after=index_upkeep.expected(self.office, session))

    def write(self, session: Session, plan: _Plan) -> None:
        """The rows, their former versions, and what counts as published on the portal."""
        imports.keep_versions(session, self.kind, [known.id for _, known in plan.changed], self.at)
        for start in range(0, len(plan.new), AT_ONCE):
            self.on_progress(WRITING, start, len(plan.new))
            chunk = plan.new[start : start + AT_ONCE]
            imports.add(session, self.kind, [self.new(session, entry) for entry in chunk])
        imports.change(session, self.kind, [self.changed(session, *pair) for pair in plan.changed])
        imports.change(session, self.kind, [{"id": known.id, **self.standing()} for _, known in plan.back])
        imports.withdraw(session, self.kind, plan.gone, by=self.actor, why=notice_kinds.MISSING, at=self.at)
        if self.kind == "portal":
            self.publish(session, plan)

    def new(self, session: Session, entry: NoticeRow) -> dict[str, Any]:
        """The columns of a row that was not there."""
        return {"key": entry.key, "first_seen_at": self.at, "version": 1, **self.columns(session, entry)}

    def changed(self, session: Session, entry: NoticeRow, known: KnownRow) -> dict[str, Any]:
        """The columns of a row that says something else than before."""
        return {"id": known.id, "version": known.version + 1, **self.columns(session, entry)}

    def columns(self, session: Session, entry: NoticeRow) -> dict[str, Any]:
        """What the store keeps of an entry."""
        coded: dict[str, Any] = {}
        if self.kind != "posting":
            coded["category_id"] = self.coded(session, "category", entry.category)[0]
            coded["department_id"] = self.coded(session, "department", entry.department)[0]
        return {
            **entry.columns, **coded, **self.standing(),
            "fields": entry.fields_json, "fingerprint": entry.fingerprint,
        }  # fmt: skip

    def standing(self) -> dict[str, Any]:
        """The columns of a row that is not withdrawn (any more)."""
        return {"changed_at": self.at, "withdrawn_at": None, "withdrawn_by": "", "withdrawn_why": ""}

    def coded(self, session: Session, what: str, name: str) -> tuple[int | None, str]:
        """The id and code of a category or department; looked up once for each name."""
        if (what, name) not in self.names:
            row = (people.keep_category if what == "category" else people.keep_department)(session, name)
            self.names[what, name] = (row.id, row.code) if row else (None, "")
        return self.names[what, name]

    def publish(self, session: Session, plan: _Plan) -> None:
        """One ledger entry for each item, when it first has a day of publication; it is never counted twice."""
        dated = [entry for entry in plan.new if entry.columns["published_on"]]
        dated += [entry for entry, known in plan.changed if entry.columns["published_on"] and not known.published_on]
        if not dated:
            return
        numbers = imports.numbers(session, self.kind, [entry.key for entry in dated])
        subjects = {entry.key: f"portal:{numbers[entry.key]}" for entry in dated}
        counted = imports.in_ledger(session, "portal.published", list(subjects.values()))
        ledger.append_many(session, [
            self.published(session, entry, subjects[entry.key]) for entry in dated
            if subjects[entry.key] not in counted
        ])  # fmt: skip

    def published(self, session: Session, entry: NoticeRow, subject: str) -> ledger.NewEntry:
        """The ledger entry of one portal item."""
        data = {
            "channel": "portal",
            "title": entry.columns["title"],
            "url": entry.columns["url"],
            "category": self.coded(session, "category", entry.category)[1],
            "department": self.coded(session, "department", entry.department)[1],
            "published_on": entry.columns["published_on"].isoformat(),
        }
        return ledger.NewEntry("portal.published", self.actor, subject, self.at, data)

    def sign(self, session: Session, receipt: NoticeImportReceipt, *, name: str, sha256: str) -> None:
        """The receipt and its ledger entry."""
        row = ImportReceipt(
            kind=self.kind,
            file_name=name[:1024],
            file_sha256=sha256,
            complete=self.complete,
            receipt=json.dumps(receipt.kept(), ensure_ascii=False),
            at=self.at,
            actor=self.actor,
        )
        session.add(row)
        session.flush()
        ledger.append(
            session,
            kind="notices.imported",
            actor=self.actor,
            subject=f"import:{row.id}",
            at=self.at,
            notices=self.kind,
            file=name,
            sha256=sha256,
            new=receipt.new,
            changed=receipt.changed,
            withdrawn=receipt.withdrawn,
            refused=len(receipt.refused),
        )
        if self.reason:
            ledger.append(session, kind="notices.excused", actor=self.actor, subject=f"import:{row.id}", at=self.at,
                          notices=self.kind, file=name, note=self.reason)  # fmt: skip


def _compare(found: NoticeRows, known: dict[str, KnownRow], complete: bool) -> _Plan:
    plan = _Plan()
    for entry in found.entries.values():
        before = known.get(entry.key)
        if before is None:
            plan.new.append(entry)
        elif before.fingerprint != entry.fingerprint:
            plan.changed.append((entry, before))
        elif before.withdrawn and before.withdrawn_why in MACHINE_REASONS:
            plan.back.append((entry, before))
        elif before.withdrawn:
            plan.unchanged += 1
            found.warnings.append(_taken_down(entry, before))
        else:
            plan.unchanged += 1
    if complete:
        plan.gone = _missing(known, found.present)
    return plan


def _taken_down(entry: NoticeRow, before: KnownRow) -> RowFault:
    message = checked_rows.TAKEN_DOWN.format(why=before.withdrawn_why)
    return column_fault(entry.sheet_columns, entry.row, "key", message=entry.place + message)


def _missing(known: dict[str, KnownRow], present: Iterable[str]) -> list[int]:
    seen = set(present)
    return [before.id for key, before in known.items() if key not in seen and not before.withdrawn]


def _receipt(found: NoticeRows, plan: _Plan) -> NoticeImportReceipt:
    return NoticeImportReceipt(
        new=len(plan.new),
        changed=len(plan.changed) + len(plan.back),
        unchanged=plan.unchanged,
        withdrawn=len(plan.gone),
        warnings=found.warnings,
        refused=found.refused,
        ended=found.ended,
    )
