"""Rows → a csv that Excel opens rightly, or an xlsx. No cell becomes a formula, whatever a title begins with."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from content.rules.errors import BadInput
from content.store import whole

NOT_IN_XLSX = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0 has no place for them
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # OWASP, CSV injection
WIDEST = 60  # characters


@dataclass(frozen=True)
class Sheet:
    """A named table: headings, and rows of texts and whole numbers."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[str | int]]


def write(path: Path, *sheets: Sheet) -> None:
    """Writes `.csv` (the first sheet only) or `.xlsx` by the name's ending, whole or not at all. Raises BadInput, GongkaiError."""
    writers: dict[str, Callable[[Path], None]] = {
        ".csv": lambda file: _csv(file, sheets[0]),
        ".xlsx": lambda file: _xlsx(file, sheets),
    }
    if path.suffix.lower() not in writers:
        raise BadInput(f"文件名要以 .csv 或 .xlsx 结尾，现在是“{path.name}”。")
    whole.write(path, writers[path.suffix.lower()])


def _csv(path: Path, sheet: Sheet) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # the mark tells Excel that it is UTF-8
        writer = csv.writer(file)
        writer.writerow(sheet.headings)
        writer.writerows([_harmless(cell) for cell in row] for row in sheet.rows)


def _harmless(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def _xlsx(path: Path, sheets: Iterable[Sheet]) -> None:
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.freeze_panes = "A2"
        rows = [sheet.headings, *sheet.rows]
        for number, width in enumerate(_widths(rows), start=1):
            page.column_dimensions[get_column_letter(number)].width = width
        for number, row in enumerate(rows):
            page.append([_cell(page, value, bold=number == 0) for value in row])
    book.save(path)


def _widths(rows: Sequence[Sequence[str | int]]) -> list[int]:
    longest = [max(len(str(cell)) for cell in column) for column in zip(*rows, strict=True)]
    return [min(WIDEST, 2 * length + 2) for length in longest]  # Chinese characters are two wide


def _cell(page: Any, value: str | int, *, bold: bool) -> Any:
    if isinstance(value, int):
        return WriteOnlyCell(page, value)
    cell = WriteOnlyCell(page, NOT_IN_XLSX.sub("", value))
    cell.data_type = "s"  # openpyxl would make a formula of what begins with "="
    if bold:
        cell.font = Font(bold=True)
    return cell
