"""Importing a sheet step by step: the file is kept, its columns are told, some rows are read, then all are taken in."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from config import reference
from content.intake.notices import cells, notice_rows, sheets
from content.intake.notices.notice_rows import FIELDS, NoticeRows
from content.intake.rows import HEADING_ROWS, RowFault, SheetChoice, found_headings, heading, is_empty
from content.render import spreadsheet
from content.rules.errors import BadInput, NotFound
from content.services.notices import notice_import
from content.services.notices.notice_import import OnProgress
from content.services.office import Office
from content.store.notices import imports
from content.store.tables import ImportReceipt

KINDS = ("disclosure", "posting", "portal")
KEPT_S = 7 * 24 * 3600  # how long an uploaded file waits
LINES = 30  # that are looked at for headings and samples
SAMPLES = 2
SHOWN = 10  # rows that are read before everything is
LONGEST_NAME = 120
_HARMFUL = re.compile(r"[^\w.()（）《》【】 -]")


@dataclass(frozen=True)
class SheetColumn:
    """One column: its letter, its heading, some cells, and the field that it was taken for (empty: none)."""

    letter: str
    title: str
    samples: tuple[str, ...]
    field: str


@dataclass(frozen=True)
class SheetOutline:
    """One sheet: its name, the row of its headings, its columns."""

    name: str
    headings: int
    columns: tuple[SheetColumn, ...]

    @property
    def recognised(self) -> int:
        """How many columns were recognised."""
        return sum(bool(column.field) for column in self.columns)


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


def outlines(office: Office, key: str, kind: str) -> list[SheetOutline]:
    """The sheets of a kept file that hold something; none of JSON lines, whose fields have names."""
    path = file_of(office, key)
    found = sheets.first_lines(path.read_bytes(), path.name, LINES)
    return [_outline(title, lines, kind) for title, lines in found if any(_filled(cells_) for _, cells_ in lines)]


def first_rows(office: Office, key: str, kind: str, choice: SheetChoice | None) -> NoticeRows:
    """The first rows as they would be taken in; nothing is stored."""
    path = file_of(office, key)
    few = SheetChoice(choice.sheet, choice.headings, choice.fields, most=SHOWN) if choice else None
    found = sheets.read(path.read_bytes(), path.name, few)
    found.rows = found.rows[:SHOWN]
    entries = notice_rows.entries(kind, found, office.settings.zone)
    notice_rows.warn_of_future(entries, office.clock.today())
    return entries


def run(
    office: Office, key: str, kind: str, choice: SheetChoice | None, *, username: str, on_progress: OnProgress
) -> ImportReceipt:
    """Takes everything in; the receipt. `on_progress` may stop it by raising, see `notice_import.import_file`."""
    path = file_of(office, key)
    notice_import.import_file(office, kind, path, username=username, choice=choice, on_progress=on_progress)
    with office.store.read() as session:
        receipt = imports.last_receipt(session, [kind])
    if receipt is None:
        raise NotFound("没有这次导入的收据。")
    _write_faults(office, path, receipt, choice)
    (_root(office) / f"fields-{receipt.id}.json").write_text(json.dumps(choice.fields if choice else []))
    if choice and choice.sheet:
        (_root(office) / f"sheet-{receipt.id}.txt").write_text(choice.sheet, encoding="utf-8")
    return receipt


def fields_of(office: Office, receipt_id: int) -> tuple[str, ...]:
    """The field of each column in an import that was made here; empty for any other."""
    path = _root(office) / f"fields-{receipt_id}.json"
    return tuple(json.loads(path.read_text())) if path.exists() else ()


def sheet_of(office: Office, receipt_id: int) -> str:
    """The sheet of the workbook that an import was made from here; empty where there was none."""
    path = _root(office) / f"sheet-{receipt_id}.txt"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def faults_file(office: Office, receipt_id: int) -> Path | None:
    """The sheet of the rows of an import that somebody has to look at; None if there is none (any more)."""
    path = _root(office) / f"faults-{receipt_id}.xlsx"
    return path if path.exists() else None


def place(fault: RowFault | dict[str, Any], fields: Sequence[str]) -> str:
    """Where a fault is, in words: D37 格（第 37 行 D 列）."""
    row, name = (fault["row"], fault["field"]) if isinstance(fault, dict) else (fault.row, fault.field)
    if name in fields:
        letter = get_column_letter(list(fields).index(name) + 1)
        return f"{letter}{row} 格（第 {row} 行 {letter} 列）"
    return f"第 {row} 行"


def field_words(kind: str) -> list[tuple[str, str]]:
    """The fields of a kind with their words, for choosing."""
    table = reference.table("headings")
    own = {"title": "职位名称"} if kind == "posting" else {}
    return [(name, own.get(name, table[name][0])) for name in FIELDS[kind]]


def _outline(title: str, lines: list[tuple[int, Sequence[Any]]], kind: str) -> SheetOutline:
    try:
        number, _ = found_headings(lines, title)
    except BadInput:
        number = _likely_headings(lines)
    names = next((cells_ for row, cells_ in lines if row == number), ())
    below = [cells_ for row, cells_ in lines if row > number and _filled(cells_)][:SAMPLES]
    columns, taken = [], set[str]()
    for at in range(max([len(names), *map(len, below)], default=0)):
        told = _cell(names, at)
        field = heading(told) if told else ""
        field = field if field in FIELDS[kind] and field not in taken else ""
        taken.add(field)
        columns.append(SheetColumn(get_column_letter(at + 1), told, tuple(_cell(row, at) for row in below), field))
    while columns and not columns[-1].title and not any(columns[-1].samples):
        columns.pop()
    return SheetOutline(title, number, tuple(columns))


def _likely_headings(lines: list[tuple[int, Sequence[Any]]]) -> int:
    """The row that looks most like headings: among the first, the fullest one."""
    return max(lines[:HEADING_ROWS], key=lambda line: (_filled(line[1]), -line[0]))[0]


def _filled(cells_: Sequence[Any]) -> int:
    return sum(not is_empty(cell) for cell in cells_)


def _cell(row: Sequence[Any], at: int) -> str:
    return cells.text(row[at])[:200].strip() if at < len(row) else ""


def _write_faults(office: Office, path: Path, receipt: ImportReceipt, choice: SheetChoice | None) -> None:
    """The rows that were refused or not read in full, as they stand in the file, each with what is wrong."""
    told = json.loads(receipt.receipt)
    wrong: dict[int, list[str]] = {}
    for fault in [*told["refused"], *told["warnings"]]:
        where = place(fault, choice.fields if choice else ())
        wrong.setdefault(fault["row"], []).append(f"{where}：{fault['message']}")
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
