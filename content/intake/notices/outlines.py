"""What a file of tables looks like before it is read: its sheets, their columns with samples, and what was recognised."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from content.intake.notices import cells, sheets
from content.intake.rows import (
    HEADING_ROWS,
    NOTICES,
    ColumnNames,
    SheetChoice,
    found_headings,
    heading,
    is_empty,
    letter,
)
from content.rules.errors import BadInput

LINES = 30  # that are looked at for headings and samples
SAMPLES = 2


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

    @property
    def choice(self) -> SheetChoice:
        """Each column as what it was taken for."""
        return SheetChoice(self.name, self.headings, tuple(column.field for column in self.columns))


def read(data: bytes, name: str, *, fields: Collection[str], names: ColumnNames = NOTICES) -> list[SheetOutline]:
    """The sheets of a file that hold something; none of JSON lines, whose fields have names. Raises BadInput."""
    found = sheets.first_lines(data, name, LINES)
    return [_outline(title, lines, fields, names) for title, lines in found if any(_filled(row) for _, row in lines)]


def _outline(
    title: str, lines: list[tuple[int, Sequence[Any]]], fields: Collection[str], names: ColumnNames
) -> SheetOutline:
    try:
        number = found_headings(lines, title, names).row
    except BadInput:
        number = _likely_headings(lines)
    head = next((cells_ for row, cells_ in lines if row == number), ())
    below = [cells_ for row, cells_ in lines if row > number and _filled(cells_)][:SAMPLES]
    columns, taken = [], set[str]()
    for at in range(max([len(head), *map(len, below)], default=0)):
        told = _cell(head, at)
        field = heading(told, names) if told else ""
        field = field if field in fields and field not in taken else ""
        taken.add(field)
        columns.append(SheetColumn(letter(at + 1), told, tuple(_cell(row, at) for row in below), field))
    while columns and not columns[-1].title and not any(columns[-1].samples):
        columns.pop()
    return SheetOutline(title, number, tuple(columns))


def _likely_headings(lines: list[tuple[int, Sequence[Any]]]) -> int:
    """The row that looks most like headings: among the first, the fullest one."""
    return max(lines[:HEADING_ROWS], key=lambda line: (_filled(line[1]), -line[0]))[0]


def _filled(row: Sequence[Any]) -> int:
    return sum(not is_empty(cell) for cell in row)


def _cell(row: Sequence[Any], at: int) -> str:
    return cells.text(row[at])[:200].strip() if at < len(row) else ""
