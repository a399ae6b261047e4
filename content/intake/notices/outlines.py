"""What a file of tables looks like before it is read: its sheets, their columns with samples, and what was recognised."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from content.intake.notices import cells, sheets
from content.intake.rows import (
    COUNTERS,
    HEADING_ROWS,
    NOTICES,
    ColumnNames,
    SheetChoice,
    found_headings,
    guess,
    heading,
    is_empty,
    letter,
)
from content.rules.errors import BadInput

LINES = 30  # that are looked at for headings and samples
SAMPLES = 2


@dataclass(frozen=True)
class SheetColumn:
    """One column: its letter, its heading, some cells, and the field that it was taken for (empty: none).

    `is_guess`: its heading is not known, only what it ends in.
    """

    letter: str
    title: str
    samples: tuple[str, ...]
    field: str
    is_guess: bool = False

    @property
    def counts(self) -> bool:
        """Whether it only counts the rows."""
        return self.title in COUNTERS

    @property
    def says_something(self) -> bool:
        """Whether anything is lost when nobody uses it."""
        return not self.counts and any(self.samples)


@dataclass(frozen=True)
class SheetOutline:
    """One sheet: its name, the row of its headings, its columns."""

    name: str
    headings: int
    columns: tuple[SheetColumn, ...]

    @property
    def recognised(self) -> int:
        """How many columns were recognised."""
        return sum(bool(column.field) and not column.is_guess for column in self.columns)

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
    number = _headings(lines, title, names)
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
    return SheetOutline(title, number, tuple(_guessed(columns, {*fields} - taken, names)))


def _guessed(columns: Sequence[SheetColumn], free: set[str], names: ColumnNames) -> Iterator[SheetColumn]:
    """The columns; those that were not recognised as what they most likely are, none twice."""
    for column in columns:
        field = "" if column.field or column.counts else guess(column.title, free, names)
        free.discard(field)
        yield replace(column, field=field, is_guess=True) if field else column


def _headings(lines: list[tuple[int, Sequence[Any]]], title: str, names: ColumnNames) -> int:
    """The row of the headings: where all stands that is needed, else a title, else what looks most like it."""
    for looked_for in (names, replace(names, needed=("title",))):
        with contextlib.suppress(BadInput):
            return found_headings(lines, title, looked_for).row
    return _likely_headings(lines)


def _likely_headings(lines: list[tuple[int, Sequence[Any]]]) -> int:
    """The row that looks most like headings: among the first, the fullest one."""
    return max(lines[:HEADING_ROWS], key=lambda line: (_filled(line[1]), -line[0]))[0]


def _filled(row: Sequence[Any]) -> int:
    return sum(not is_empty(cell) for cell in row)


def _cell(row: Sequence[Any], at: int) -> str:
    return cells.text(row[at])[:200].strip() if at < len(row) else ""
