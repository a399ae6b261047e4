"""An .xlsx of texts and whole numbers. No cell becomes a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

NOT_IN_XLSX = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0 has no place for them
WIDEST = 60  # characters

Row: TypeAlias = Sequence[str | int]


def write(path: Path, sheets: Iterable[tuple[str, Sequence[Row]]]) -> None:
    """A workbook of named sheets; the first row of each is its headings."""
    book = Workbook(write_only=True)
    for name, rows in sheets:
        page = book.create_sheet(name)
        page.freeze_panes = "A2"
        for number, width in enumerate(_widths(rows), start=1):
            page.column_dimensions[get_column_letter(number)].width = width
        for number, row in enumerate(rows):
            page.append([_cell(page, value, bold=number == 0) for value in row])
    book.save(path)


def _widths(rows: Sequence[Row]) -> list[int]:
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
