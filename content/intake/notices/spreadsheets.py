"""Tables: .csv in the encodings that offices meet, with line breaks inside quotes, and .xlsx."""

from __future__ import annotations

import csv
import io
import itertools
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

import openpyxl

from content.intake import decoding
from content.intake.rows import HEADING_ROWS, InputSheet, RowFault, heading, rows_under_headings
from content.rules.errors import BadInput

LONGEST_CELL = 50_000_000  # characters; Python's own limit of 131,072 is shorter than long documents are
LARGEST_UNPACKED = 1_000_000_000  # bytes; a workbook that unpacks to more is no list of notices
OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")


def read_csv(data: bytes, name: str) -> InputSheet:
    """The rows of a .csv file; a row whose quotes do not close is refused. Raises BadInput."""
    csv.field_size_limit(LONGEST_CELL)
    text = decoding.lines(data, name)
    refused = [
        RowFault(number, "", "这一行的文字编码有误，没有读进来。请另存为“CSV UTF-8”。")
        for number, line in enumerate(text, start=1)
        if line is None
    ]
    records = _records([line if line is not None else "" for line in text], _delimiter(text), refused)
    sheet = rows_under_headings(records, name)
    sheet.refused = sorted([*sheet.refused, *refused], key=lambda fault: fault.row)
    return sheet


def read_xlsx(data: bytes, name: str) -> InputSheet:
    """The rows of the first worksheet that has the needed headings. Raises BadInput."""
    sheets = _worksheets(data, name)
    for _title, lines in sheets:
        try:
            return rows_under_headings(lines, name)
        except BadInput as error:
            fault = error
    raise fault


def _delimiter(text: Sequence[str | None]) -> str:
    """The separator that shows the most known headings; Excel writes tabs and semicolons too."""
    head = [line for line in text[:HEADING_ROWS] if line]
    return max(",\t;", key=lambda mark: max((_known(line, mark) for line in head), default=0))


def _known(line: str, mark: str) -> int:
    return len({heading(cell.strip('" ')) for cell in line.split(mark)} & {"key", "title"})


def _records(text: list[str], delimiter: str, refused: list[RowFault]) -> Iterator[tuple[int, list[str]]]:
    """Numbered records; after a record whose quotes are wrong, reading goes on with the next line."""
    start = 0
    while start < len(text):
        lines = (line + "\n" for line in itertools.islice(text, start, None))
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        first = start
        try:
            for record in reader:
                yield first + 1, record
                first = start + reader.line_num
            return
        except csv.Error:
            message = "这一行的双引号没有成对，没有读进来。格子里的双引号要写成两个。"
            refused.append(RowFault(first + 1, "", message))
            start = first + 1


def _worksheets(data: bytes, name: str) -> list[tuple[str, Iterator[tuple[int, Sequence[Any]]]]]:
    if data.startswith(OLD_EXCEL):
        raise BadInput(f"“{name}”是旧版 Excel（.xls）或者加了密码。请去掉密码，另存为 .xlsx 再导入。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > LARGEST_UNPACKED:
            raise BadInput(f"“{name}”太大了。请分成几个文件导入。")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [(sheet.title, _lines(sheet, name)) for sheet in book.worksheets]
    except BadInput:
        raise
    except Exception as error:  # openpyxl lets any error of zipfile, XML and its own through
        raise BadInput(f"“{name}”不是完好的 .xlsx 文件。请用 Excel 打开后另存为 .xlsx 再导入。") from error
    if not sheets:
        raise BadInput(f"“{name}”里没有工作表。")
    return sheets


def _lines(sheet: Any, name: str) -> Iterator[tuple[int, Sequence[Any]]]:
    sheet.reset_dimensions()  # some programs write a wrong size, which would cut rows off
    rows = sheet.iter_rows(values_only=True)
    for number in itertools.count(1):
        try:
            yield number, next(rows)
        except StopIteration:
            return
        except Exception as error:  # a damaged part shows only when its rows are read
            raise BadInput(f"“{name}”从第 {number} 行起读不出来。请用 Excel 打开后另存为 .xlsx 再导入。") from error
