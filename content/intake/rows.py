"""Rows of a file under known names, each with the number that a person sees; what cannot be read is named."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from config import reference
from content.rules.errors import BadInput

HEADING_ROWS = 10  # a title, a note and blank rows may stand above the headings


@dataclass(frozen=True)
class RowFault:
    """What is wrong with one row; `row` counts as the person sees it: sheet row, or line of the file."""

    row: int
    field: str
    message: str


@dataclass(frozen=True)
class Row:
    """One row: its number and its cells that are not empty, as the file holds them."""

    number: int
    cells: dict[str, Any]


@dataclass
class InputSheet:
    """What a file holds. `seen_keys` are keys that could still be made out in refused rows."""

    rows: list[Row] = field(default_factory=list)
    refused: list[RowFault] = field(default_factory=list)
    warnings: list[RowFault] = field(default_factory=list)
    seen_keys: set[str] = field(default_factory=set)


def is_empty(value: Any) -> bool:
    """Whether a cell holds nothing."""
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], {})


@functools.lru_cache(maxsize=1024)
def heading(text: str) -> str:
    """The field that a column heading stands for: `* 发布日期（必填）` → `published_on`; else the heading itself."""
    folded = unicodedata.normalize("NFKC", text).strip().strip("*").strip()
    bare = re.sub(r"\(.*?\)|[\s:*]", "", folded)
    for candidate in (folded, bare, bare.lower()):
        if candidate in _headings():
            return _headings()[candidate]
    return folded


def rows_under_headings(lines: Iterable[tuple[int, Sequence[Any]]], name: str) -> InputSheet:
    """Numbered lines of cells, the headings among the first, as rows. Raises BadInput if there are no headings."""
    sheet = InputSheet()
    remaining = iter(lines)
    number, columns = _find_headings(remaining, name)
    _warn_of_doubles(sheet, number, columns)
    for number, cells in remaining:
        filled: dict[str, Any] = {}
        for column, cell in zip(columns, cells, strict=False):
            if column and not is_empty(cell):
                filled.setdefault(column, cell)
        surplus = [cell for cell in cells[len(columns) :] if not is_empty(cell)]
        if surplus:
            message = f"这一行比表头多出 {len(surplus)} 格，多出的没有用上。若内容里有逗号，请给整格加上英文双引号。"
            sheet.warnings.append(RowFault(number, "", message))
        if filled:
            sheet.rows.append(Row(number, filled))
    return sheet


def _find_headings(lines: Iterator[tuple[int, Sequence[Any]]], name: str) -> tuple[int, list[str]]:
    best: set[str] = set()
    for tried, (number, cells) in enumerate(lines):
        columns = [heading(str(cell)) if not is_empty(cell) else "" for cell in cells]
        if {"key", "title"} <= set(columns):
            return number, columns
        best = max(best, {"key", "title"} & set(columns), key=len)
        if tried + 1 >= HEADING_ROWS:
            break
    missing = [word for column, word in (("key", "key（编号）"), ("title", "title（标题）")) if column not in best]
    raise BadInput(f"“{name}”里没有找到{'和'.join(missing)}这样的列。请在第一行写上列名，至少要有编号和标题两列。")


def _warn_of_doubles(sheet: InputSheet, number: int, columns: list[str]) -> None:
    doubled = {column for column in columns if column and columns.count(column) > 1}
    sheet.warnings += [
        RowFault(number, column, f"有好几列都是“{column}”，每行只取第一个有内容的。") for column in sorted(doubled)
    ]


@functools.cache
def _headings() -> dict[str, str]:
    table = reference.table("headings")
    return {name: column for column, names in table.items() for name in (column, *names)}
