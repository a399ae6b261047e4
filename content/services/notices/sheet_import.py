"""Importing a sheet step by step: the file is kept, its columns are told, some rows are read, then all are taken in."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from config import reference
from content.intake.notices import cells, notice_rows, outlines, sheets
from content.intake.notices.notice_rows import DAYS, FIELDS, NoticeRow
from content.intake.notices.outlines import LINES, SheetOutline
from content.intake.rows import InputSheet, SheetChoice, place_words
from content.render import spreadsheet
from content.rules.errors import BadInput, NotFound
from content.services.notices import checked_rows, import_memory, notice_import
from content.services.notices.checked_rows import HoldBack, OnProgress
from content.services.office import Office
from content.store.notices import imports
from content.store.notices.imports import StoredRow
from content.store.tables import ImportReceipt

KINDS = ("disclosure", "posting", "portal")
KEPT_S = 7 * 24 * 3600  # how long an uploaded file waits
SHOWN = 10  # rows that are read before everything is
LONGEST_NAME = 120
_HARMFUL = re.compile(r"[^\w.()（）《》【】 -]")


def keep(office: Office, name: str, data: bytes) -> str:
    """Keeps an uploaded file for some days; the key by which it is found. Raises BadInput if it cannot be read."""
    name = _HARMFUL.sub("_", Path(name.replace("\\", "/")).name)[-LONGEST_NAME:] or "file"
    if not data:
        raise BadInput("请先选一个文件。")
    sheets.first_lines(data, name, LINES)
    key = hashlib.sha256(data + name.encode()).hexdigest()
    folder = _root(office) / key
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    _forget_old(office)
    return key


def file_of(office: Office, key: str) -> Path:
    """Where a kept file lies. Raises NotFound once it is gone."""
    folder = _root(office) / key
    found = next(iter(folder.iterdir()), None) if re.fullmatch(r"[0-9a-f]{64}", key) and folder.is_dir() else None
    if found is None:
        raise NotFound("这个文件已经不在了（上传的文件留 7 天）。请重新选文件。")
    return found


def outline(office: Office, key: str, kind: str) -> list[SheetOutline]:
    """The sheets of a kept file that hold something; none of JSON lines, whose fields have names."""
    path = file_of(office, key)
    return outlines.read(path.read_bytes(), path.name, fields=FIELDS[kind])


@dataclass(frozen=True)
class ShownRow:
    """One row as it would be taken in: its facts as (word, text), and in words what becomes of what is stored under its key."""

    row: int
    title: str
    key: str
    facts: list[tuple[str, str]]
    becomes: str = ""


@dataclass(frozen=True)
class FirstRows:
    """The first rows; `faults` as (where, sentence); `refused` of them are not among the rows.

    `left`: the words of fields that have no column and stay as they are stored. `looked`: how many rows were looked at.
    `numbered_by`: the words of the fields from which numbers were made, where the sheet has none.
    """

    rows: list[ShownRow]
    faults: list[tuple[str, str]]
    refused: int
    left: tuple[str, ...] = ()
    looked: int = 0
    numbered_by: str = ""


def first_rows(office: Office, key: str, kind: str, choice: SheetChoice | None) -> FirstRows:
    """The first rows as they would be taken in; nothing is stored."""
    sheet = few(office, key, choice)
    looked = len(sheet.rows) + len(sheet.refused)
    checked_rows.number(kind, sheet, choice)
    stored = checked_rows.stored_rows(office, kind, sheet)
    entries = checked_rows.read(office, kind, sheet, choice=choice, hold_back=HoldBack())
    all_words = dict(field_words(kind))
    words = [(name, word) for name, word in all_words.items() if name not in ("key", "title")
             and (choice is None or name in choice.fields)]  # fmt: skip
    shown = [
        ShownRow(each.row, each.columns["title"], each.key, _facts(each, words), _becomes(each, stored, all_words))
        for each in entries.entries.values()
    ]
    faults = [(fault.where, fault.message) for fault in (*entries.refused, *entries.warnings)]
    left = checked_rows.unmapped(kind, choice) if choice and stored else []
    own = notice_rows.identity_words(kind) if choice and "key" not in choice.fields else ""
    return FirstRows(shown, faults, len(entries.refused), tuple(all_words[name] for name in left), looked, own)


def _facts(row: NoticeRow, words: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """What stands in its fields; of a day that could not be read nothing."""
    fields, unread = row.fields, {name for name in DAYS if row.columns.get(name, ...) is None}
    return [(word, _as_text(fields[name])) for name, word in words if fields.get(name) and name not in unread]


def _becomes(row: NoticeRow, stored: Mapping[str, StoredRow], words: Mapping[str, str]) -> str:
    before = stored.get(row.key)
    if before is None:
        return "新增"
    old, new = before.fields, row.fields
    other = [words.get(name, name) for name in (*words, *(new.keys() - words)) if old.get(name) != new.get(name)]
    return f"更新：{'、'.join(other)}" if other else "没有变"


def few(office: Office, key: str, choice: SheetChoice | None) -> InputSheet:
    """The first rows of a kept file as they are read."""
    path = file_of(office, key)
    found = sheets.read(path.read_bytes(), path.name, with_few(choice) if choice else None)
    found.rows = found.rows[:SHOWN]
    return found


def with_few(choice: SheetChoice) -> SheetChoice:
    """The same with only the first rows."""
    return replace(choice, most=SHOWN)


def _as_text(value: Any) -> str:
    return "、".join(each["name"] for each in value) if isinstance(value, list) else str(value)


def run(
    office: Office, key: str, kind: str, choice: SheetChoice | None, *,
    username: str, on_progress: OnProgress, reason: str = "",
) -> ImportReceipt:  # fmt: skip
    """Takes in what the checks do not keep out; the receipt. `reason`: why rows with no more than errors go in too.

    `on_progress` may stop it by raising, see `notice_import.import_file`.
    """
    path = file_of(office, key)
    notice_import.import_file(office, kind, path, username=username, choice=choice, on_progress=on_progress,
                              hold_back=HoldBack(reason))  # fmt: skip
    with office.store.read() as session:
        receipt = imports.last_receipt(session, [kind])
    if receipt is None:
        raise NotFound("没有这次导入的收据。")
    keep_faults(office, path, receipt, choice)
    import_memory.remember_origin(office, receipt.id, key, choice)
    remember(office, key, kind, choice)
    return receipt


def remember(office: Office, key: str, kind: str, choice: SheetChoice | None) -> None:
    """Keeps what was said of the columns, for the next sheet with the same headings."""
    for sheet in outline(office, key, kind) if choice else ():
        if choice and sheet.name == choice.sheet:
            import_memory.remember_columns(office, kind, sheet, choice)


def sheet_of(office: Office, receipt_id: int) -> str:
    """The sheet of the workbook that an import was made from here; empty where there was none."""
    path = _root(office) / f"sheet-{receipt_id}.txt"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def faults_file(office: Office, receipt_id: int) -> Path | None:
    """The sheet of the rows of an import that somebody has to look at; None if there is none (any more)."""
    path = _root(office) / f"faults-{receipt_id}.xlsx"
    return path if path.exists() else None


def place(fault: Mapping[str, Any]) -> str:
    """Where a fault of a receipt is, in words: D37 格（第 37 行 D 列“截止日期”）."""
    return place_words(fault["row"], fault.get("cell", ""), fault.get("column", ""))


def field_words(kind: str) -> list[tuple[str, str]]:
    """The fields of a kind with their words, for choosing."""
    table = reference.table("headings")
    own = {"title": "职位名称"} if kind == "posting" else {}
    return [(name, own.get(name, table[name][0])) for name in FIELDS[kind]]


def keep_faults(office: Office, path: Path, receipt: ImportReceipt, choice: SheetChoice | None) -> None:
    """The rows that were refused or not read in full, as they stand in the file, each with what is wrong."""
    if choice and choice.sheet:
        (_root(office) / f"sheet-{receipt.id}.txt").write_text(choice.sheet, encoding="utf-8")
    told = json.loads(receipt.receipt)
    faults = [
        *told["refused"],
        *(told["warnings"] if receipt.kind in KINDS else ()),
    ]  # a post's are seen to in the post
    wrong: dict[int, list[str]] = {}
    for fault in faults:
        wrong.setdefault(fault["row"], []).append(f"{place(fault)}：{fault['message']}")
    if not wrong or choice is None:
        return
    lines = dict(next((rows for title, rows in sheets.first_lines(path.read_bytes(), path.name, max(wrong))
                       if title == choice.sheet), []))  # fmt: skip
    head = [str(_text(cell)) for cell in lines.get(choice.headings, ())]
    rows = [[*(_text(cell) for cell in _padded(lines[row], len(head))), "；".join(faults)]
            for row, faults in sorted(wrong.items()) if row > choice.headings and row in lines]  # fmt: skip
    if rows:
        target = _root(office) / f"faults-{receipt.id}.xlsx"
        spreadsheet.write(target, spreadsheet.OutputSheet("要改的行", [*head, "哪里不对"], rows))


def _padded(row: Sequence[Any], wide: int) -> list[Any]:
    return [*row[:wide], *[None] * (wide - len(row))]


def _text(value: Any) -> str | int:
    return value if isinstance(value, int) and not isinstance(value, bool) else cells.text(value)


def _root(office: Office) -> Path:
    return office.home / "imports"


def _forget_old(office: Office) -> None:
    until = office.clock.real_now().timestamp() - KEPT_S
    for path in _root(office).glob("*/*"):
        if path.stat().st_mtime < until:
            path.unlink(missing_ok=True)
            path.parent.rmdir()
