"""Workbooks (.xlsx) as people see them: all sheets with rows, merged cells, nothing that is hidden."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import openpyxl
from openpyxl.utils import column_index_from_string

from content.intake import decoding, sheet_parts
from content.intake.notices.shown_cells import ShownCells
from content.intake.rows import InputSheet, RowFault, SheetChoice, TooWide, is_empty, is_too_wide, rows_under_headings
from content.intake.workbook_looks import sheet_facts
from content.intake.workbook_looks.sheet_facts import SheetFacts
from content.rules.errors import BadInput

LARGEST_UNPACKED = 1_000_000_000  # bytes; a workbook that unpacks to more is no list of notices
LARGEST_SHEET = 400_000_000
MOST_ROWS = 300_000
LAST_ROW = 1_048_576  # of a sheet, by Excel's own limit
CHUNK = 1 << 20
SHEETS = "xl/worksheets/"
SHARED = "xl/sharedStrings.xml"
ESCAPED_MARK = b"_x005F_"  # how a sheet writes a `_` that begins no escape

_A_ROW, _A_CELL = re.compile(rb"<(?:\w+:)?row\b"), re.compile(rb"<(?:\w+:)?c[ >/]")
_FAR = re.compile(rb"""<(?:\w+:)?c [^>]*?\br=["']([A-Z]{2,3})(\d+)["']""")
_LOOKS = re.compile(
    rb'<(?:\w+:)?(?:strike\b|color\b|vertAlign\b|sz val="[12]"|rFont val="(?:Wing|Web|Sym|Marl))', re.IGNORECASE
)


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
            sheet_parts.leave_unread(
                apart, f"工作表“{sheet.title}”是隐藏的，没有读。要用的请先取消隐藏，不用的请删掉。"
            )
            continue
        try:
            found.append((f"工作表“{sheet.title}”：", _sheet(sheet, data, name)))
        except TooWide:
            raise
        except BadInput as error:
            faults.append(error)
            if any(not is_empty(cell) for _, cells in itertools.islice(_lines(sheet, name), 50) for cell in cells):
                sheet_parts.leave_unread(apart, f"工作表“{sheet.title}”没有读：里面没有编号和标题两列。")
    if not found:
        raise faults[0] if faults else BadInput(f"“{name}”里没有工作表。")
    return sheet_parts.together(found, apart)


def _sheet(sheet: Any, data: bytes, name: str, choice: SheetChoice | None = None) -> InputSheet:
    facts = _facts(data, _path(sheet), name)
    hidden_rows: list[int] = []
    hidden_columns: set[int] = set()
    seen = ShownCells(facts, sheet.parent)

    def shown() -> Iterator[tuple[int, Sequence[Any]]]:
        for number, row in _rows(sheet, name):
            if number not in facts.hidden_rows:
                cells = seen.row(row)
                hidden_columns.update(at for at in facts.layout.hidden_columns if not is_empty(_at(cells, at)))
                yield number, cells
            elif any(not is_empty(cell.value) for cell in row):
                hidden_rows.append(number)

    read_rows = rows_under_headings(shown(), name, facts.layout, choice=choice)
    read_rows.warnings += seen.faults()
    if hidden_rows:
        sheet_parts.leave_unread(read_rows, sheet_parts.hidden_rows_left(hidden_rows))
    sentences = _left_out(facts, hidden_columns)
    read_rows.warnings += [RowFault(row, "", sentence) for row, sentence in sentences]
    return read_rows


def _left_out(facts: SheetFacts, hidden_columns: set[int]) -> Iterator[tuple[int, str]]:
    """What of a sheet is not read, with the row where it is told."""
    if hidden_columns:
        yield 1, sheet_parts.hidden_columns_left(hidden_columns)
    if facts.unsolved:
        more = f"等 {len(facts.unsolved)} 格" if len(facts.unsolved) > 3 else ""
        cells = f"{'、'.join(facts.unsolved[:3])}{more}"
        message = f"{cells}的公式没有存下结果，读不到。请用 Excel 或 WPS 打开，保存一次再导入。"
        yield int(re.sub(r"\D", "", facts.unsolved[0])), message
    if facts.has_drawings:
        yield 1, "表里的图片、图形和文本框没有读，里面的字要用的请填到格子里。"


def _at(cells: Sequence[Any], at: int) -> Any:
    return cells[at] if at < len(cells) else None


def _path(sheet: Any) -> str:
    """Where the sheet's XML lies in the workbook; openpyxl has no public name for it."""
    return str(sheet._worksheet_path).lstrip("/")


def _facts(data: bytes, path: str, name: str) -> SheetFacts:
    folder, _, part = path.rpartition("/")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = _counted(archive, path, name).replace(ESCAPED_MARK, ESCAPED_MARK.lower())
        names = set(archive.namelist())
        about = f"{folder}/_rels/{part}.rels"
        relations = archive.read(about) if about in names else b""
        tables = [f"xl/tables/{table}" for table in sheet_facts.table_names(relations)]
        return sheet_facts.read(xml, relations, tuple(archive.read(table) for table in tables if table in names))


def _counted(archive: zipfile.ZipFile, path: str, name: str) -> bytes:
    """The XML of a sheet. Raises BadInput as soon as it is too much; in its usual folder that was seen as the file was opened."""
    chunks = _chunks(archive, path)
    xml = b"".join(chunks if path.startswith(SHEETS) else _demand_list(chunks, name))
    if sheet_facts.last_row(xml) > LAST_ROW:
        raise BadInput(f"“{name}”有 {MOST_ROWS} 多行，太大了。请分成几个文件导入。")
    return xml


def _chunks(archive: zipfile.ZipFile, path: str) -> Iterator[bytes]:
    """The XML of a sheet in parts that end with a tag."""
    rest = b""
    with archive.open(path) as part:
        while chunk := part.read(CHUNK):
            whole, mark, rest = (rest + chunk).rpartition(b">")
            yield whole + mark
    yield rest


def _demand_list(chunks: Iterable[bytes], name: str) -> Iterator[bytes]:
    """The chunks of a sheet's XML. Raises BadInput as soon as they hold too many rows, or cells to look at.

    What is read of a row reaches to its last cell, so one in column XFD counts as 16,384.
    """
    rows = cells = far = size = 0
    last = 0, 0  # row, column of the last cell beyond Z
    for chunk in chunks:
        rows += sum(1 for _ in _A_ROW.finditer(chunk))
        cells += sum(1 for _ in _A_CELL.finditer(chunk))
        for found in _FAR.finditer(chunk):
            column, row = column_index_from_string(found[1].decode()), int(found[2])
            far += last[1] if row != last[0] else 0
            last = row, column
        if is_too_wide(max(cells, far + last[1]), rows):
            raise TooWide(name)
        size += len(chunk)
        if rows > MOST_ROWS or size > LARGEST_SHEET:
            raise BadInput(f"“{name}”有 {MOST_ROWS} 多行，太大了。请分成几个文件导入。")
        yield chunk


def _opened(data: bytes, name: str) -> Any:
    if data.startswith(decoding.OLD_EXCEL):
        raise BadInput(f"“{name}”是旧版 Excel（.xls）或者加了密码。请去掉密码，另存为 .xlsx 再导入。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            texts = _texts(archive, name)
        # Only where words within some cell are struck out or coloured the parts of each text are read, which takes longer.
        rich = bool(_LOOKS.search(texts))
        whole = _escaped(data, texts) if ESCAPED_MARK in texts else data
        return openpyxl.load_workbook(io.BytesIO(whole), read_only=True, data_only=True, rich_text=rich)
    except BadInput:
        raise
    except Exception as error:  # openpyxl lets any error of zipfile, XML and its own through
        raise BadInput(f"“{name}”不是完好的 .xlsx 文件。请用 Excel 打开后另存为 .xlsx 再导入。") from error


def _texts(archive: zipfile.ZipFile, name: str) -> bytes:
    """The XML of the texts of all cells. Raises BadInput for what is no list: openpyxl walks through each sheet as it opens it."""
    if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
        raise BadInput(f"“{name}”太大了。请分成几个文件导入。")
    for path in archive.namelist():
        if path.startswith(SHEETS):
            for _ in _demand_list(_chunks(archive, path), name):
                pass
    return archive.read(SHARED) if SHARED in archive.namelist() else b""


def _escaped(data: bytes, texts: bytes) -> bytes:
    """The workbook with `_x005F_` in small letters: openpyxl drops the other spelling, and `_x000D_` as words looks escaped."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            is_texts = name == SHARED
            new.writestr(name, texts.replace(ESCAPED_MARK, ESCAPED_MARK.lower()) if is_texts else old.read(name))
    return buffer.getvalue()


def _lines(sheet: Any, name: str) -> Iterator[tuple[int, Sequence[Any]]]:
    seen = ShownCells(book=sheet.parent)
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
