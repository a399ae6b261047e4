"""Workbooks (.xlsx) as people see them: all sheets with rows, merged cells, nothing that is hidden."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import openpyxl
from openpyxl.utils import column_index_from_string

from content.intake.notices.shown_cells import ShownCells
from content.intake.rows import InputSheet, RowFault, SheetChoice, SheetLayout, is_empty, rows_under_headings
from content.rules.errors import BadInput

LARGEST_UNPACKED = 1_000_000_000  # bytes; a workbook that unpacks to more is no list of notices
LARGEST_SHEET = 400_000_000
MOST_ROWS = 300_000
LAST_ROW = 1_048_576  # of a sheet, by Excel's own limit
CHUNK = 1 << 20
OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")
SHARED = "xl/sharedStrings.xml"
TRUE = rb'"(?:1|true)"'

_STRUCK = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+\d+)"[^>/]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?strike\b'
                     rb'(?!\s+val="(?:0|false)")', re.DOTALL)  # fmt: skip
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_NUMBER = re.compile(rb'\br="(\d+)"')
_HIDDEN = re.compile(rb"\bhidden=" + TRUE)
_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_BOUNDS = re.compile(rb'\b(min|max)="(\d+)"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_FORMULA = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+\d+)"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*'
                      rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>")  # fmt: skip


@dataclass(frozen=True)
class SheetFacts:
    """What a sheet's rows do not say: hidden rows, merged cells, formulas without a stored result."""

    layout: SheetLayout
    hidden_rows: frozenset[int]
    unsolved: tuple[str, ...]
    struck: frozenset[str]  # cells with struck words, as far as the sheet itself holds their text


def first_lines(data: bytes, name: str, most: int) -> list[tuple[str, list[tuple[int, Sequence[Any]]]]]:
    """The first lines of each sheet that is shown, as they stand. Raises BadInput."""
    shown = [sheet for sheet in _opened(data, name).worksheets if sheet.sheet_state == "visible"]
    return [(sheet.title, list(itertools.islice(_lines(sheet, name), most))) for sheet in shown]


def read(data: bytes, name: str, choice: SheetChoice | None = None) -> InputSheet:
    """The rows of the chosen sheet, or of every one that has the needed headings; others are named. Raises BadInput."""
    book = _opened(data, name)
    if choice:
        chosen = next((sheet for sheet in book.worksheets if sheet.title == choice.sheet), None)
        if chosen is None:
            raise BadInput(f"“{name}”里没有工作表“{choice.sheet}”。请重新选。")
        return _sheet(chosen, data, name, choice)
    found: list[tuple[str, InputSheet]] = []
    faults: list[BadInput] = []
    apart = InputSheet()
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            _unread(apart, "有隐藏的工作表，没有读。要用的请先取消隐藏，不用的请删掉。")
            continue
        try:
            found.append((sheet.title, _sheet(sheet, data, name)))
        except BadInput as error:
            faults.append(error)
            if any(not is_empty(cell) for _, cells in itertools.islice(_lines(sheet, name), 50) for cell in cells):
                _unread(apart, f"工作表“{sheet.title}”没有读：里面没有编号和标题两列。")
    if not found:
        raise faults[0] if faults else BadInput(f"“{name}”里没有工作表。")
    return _together(found, apart)


def _together(found: list[tuple[str, InputSheet]], apart: InputSheet) -> InputSheet:
    """One list of rows; with several sheets each message says which it is about."""
    whole = apart
    for title, sheet in found:
        place = f"工作表“{title}”：" if len(found) > 1 else ""
        whole.rows += [replace(row, place=place) for row in sheet.rows]
        for faults, own in ((whole.refused, sheet.refused), (whole.warnings, sheet.warnings)):
            faults += [replace(fault, message=place + fault.message) for fault in own]
        whole.unread += [place + sentence for sentence in sheet.unread]
    return whole


def _unread(sheet: InputSheet, sentence: str) -> None:
    if sentence not in sheet.unread:
        sheet.unread.append(sentence)
        sheet.warnings.append(RowFault(1, "", sentence))


def _sheet(sheet: Any, data: bytes, name: str, choice: SheetChoice | None = None) -> InputSheet:
    facts = _facts(data, sheet._worksheet_path, name)  # openpyxl has no public name for it
    hidden: list[int] = []
    seen = ShownCells(facts.struck)

    def shown() -> Iterator[tuple[int, Sequence[Any]]]:
        for number, row in _rows(sheet, name):
            cells = [cell.value for cell in row] if number in facts.hidden_rows else seen.row(row)
            if number not in facts.hidden_rows:
                yield number, cells
            elif any(not is_empty(cell) for cell in cells):
                hidden.append(number)

    read_rows = rows_under_headings(shown(), name, facts.layout, choice=choice)
    read_rows.warnings += seen.faults()
    if hidden:
        _unread(
            read_rows, f"有 {len(hidden)} 行是隐藏的（可能是筛选没有取消），没有读。要用的请先取消隐藏，不用的请删掉。"
        )
    if facts.layout.hidden_columns:
        message = f"有 {len(facts.layout.hidden_columns)} 列是隐藏的，没有读（编号除外）。要用的请先取消隐藏。"
        read_rows.warnings.append(RowFault(1, "", message))
    if facts.unsolved:
        more = f"等 {len(facts.unsolved)} 格" if len(facts.unsolved) > 3 else ""
        message = (
            f"{'、'.join(facts.unsolved[:3])}{more}的公式没有存下结果，读不到。请用 Excel 或 WPS 打开，保存一次再导入。"
        )
        read_rows.warnings.append(RowFault(int(re.sub(r"\D", "", facts.unsolved[0])), "", message))
    return read_rows


def _facts(data: bytes, path: str, name: str) -> SheetFacts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = _counted(archive, path.lstrip("/"), name)
    hidden_rows = {
        int(number[1]) for row in _ROW.findall(xml) if _HIDDEN.search(row) and (number := _NUMBER.search(row))
    }
    columns: set[int] = set()
    for column in _COLUMN.findall(xml):
        bounds = dict(_BOUNDS.findall(column))
        if _HIDDEN.search(column) and len(bounds) == 2:
            columns |= set(range(int(bounds[b"min"]) - 1, min(int(bounds[b"max"]), 200)))
    merged = [
        (int(first), int(last), column_index_from_string(left.decode()) - 1)
        for left, first, _, last in _MERGED.findall(xml)
        if int(last) > int(first)
    ]
    unsolved = tuple(cell.decode() for cell in _FORMULA.findall(xml)) if b"<f" in xml or b":f" in xml else ()
    struck = frozenset(cell.decode() for cell in _STRUCK.findall(xml)) if b"strike" in xml else frozenset[str]()
    return SheetFacts(SheetLayout(merged, frozenset(columns)), frozenset(hidden_rows), unsolved, struck)


def _counted(archive: zipfile.ZipFile, path: str, name: str) -> bytes:
    """The XML of a sheet. Raises BadInput as soon as it is too much."""
    parts: list[bytes] = []
    rows = size = 0
    tail = b""
    with archive.open(path) as part:
        while chunk := part.read(CHUNK):
            rows += (tail + chunk).count(b"<row") - tail.count(b"<row")
            tail = chunk[-3:]
            size += len(chunk)
            if rows > MOST_ROWS or size > LARGEST_SHEET:
                raise BadInput(f"“{name}”有 {MOST_ROWS} 多行，太大了。请分成几个文件导入。")
            parts.append(chunk)
    xml = b"".join(parts)
    last = next((found for row in _ROW.findall(xml[-200_000:])[::-1] if (found := _NUMBER.search(row))), None)
    if last and int(last[1]) > LAST_ROW:
        raise BadInput(f"“{name}”有 {MOST_ROWS} 多行，太大了。请分成几个文件导入。")
    return xml


def _opened(data: bytes, name: str) -> Any:
    if data.startswith(OLD_EXCEL):
        raise BadInput(f"“{name}”是旧版 Excel（.xls）或者加了密码。请去掉密码，另存为 .xlsx 再导入。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            struck = _is_struck(archive) if unpacked <= LARGEST_UNPACKED else False
        if unpacked > LARGEST_UNPACKED:
            raise BadInput(f"“{name}”太大了。请分成几个文件导入。")
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, rich_text=struck)
    except BadInput:
        raise
    except Exception as error:  # openpyxl lets any error of zipfile, XML and its own through
        raise BadInput(f"“{name}”不是完好的 .xlsx 文件。请用 Excel 打开后另存为 .xlsx 再导入。") from error


def _is_struck(archive: zipfile.ZipFile) -> bool:
    """Whether words within some cell are struck out: only then the parts of each text are read, which takes longer."""
    return SHARED in archive.namelist() and any(mark in archive.read(SHARED) for mark in (b"<strike", b":strike"))


def _lines(sheet: Any, name: str) -> Iterator[tuple[int, Sequence[Any]]]:
    seen = ShownCells()
    return ((number, seen.row(row)) for number, row in _rows(sheet, name))


def _rows(sheet: Any, name: str) -> Iterator[tuple[int, Sequence[Any]]]:
    sheet.reset_dimensions()  # some programs write a wrong size, which would cut rows off
    rows = sheet.iter_rows()
    for number in itertools.count(1):
        try:
            yield number, next(rows)
        except StopIteration:
            return
        except Exception as error:  # a damaged part shows only when its rows are read
            raise BadInput(f"“{name}”从第 {number} 行起读不出来。请用 Excel 打开后另存为 .xlsx 再导入。") from error
