"""Rows → a csv that Excel opens rightly, or an xlsx. No cell becomes a formula, whatever a title begins with."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from content.rules.errors import BadInput
from content.store.disk import atomic_write

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # OWASP, CSV injection


@dataclass(frozen=True)
class OutputSheet:
    """A named table: headings, and rows of texts and whole numbers."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[str | int]]


def write(path: Path, *sheets: OutputSheet) -> None:
    """Writes `.csv` (the first sheet only) or `.xlsx` by the name's ending, whole or not at all. Raises BadInput, GongkaiError."""
    writers: dict[str, Callable[[Path], None]] = {
        ".csv": lambda file: _csv(file, sheets[0]),
        ".xlsx": lambda file: _xlsx(file, sheets),
    }
    if path.suffix.lower() not in writers:
        raise BadInput(f"文件名要以 .csv 或 .xlsx 结尾，现在是“{path.name}”。")
    atomic_write.write(path, writers[path.suffix.lower()])


def _xlsx(path: Path, sheets: Sequence[OutputSheet]) -> None:
    from content.render import workbook  # openpyxl takes a tenth of a second to load, and few commands write one

    workbook.write(path, [(sheet.name, [sheet.headings, *sheet.rows]) for sheet in sheets])


def _csv(path: Path, sheet: OutputSheet) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # the mark tells Excel that it is UTF-8
        writer = csv.writer(file)
        writer.writerow(sheet.headings)
        writer.writerows([_harmless(cell) for cell in row] for row in sheet.rows)


def _harmless(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
