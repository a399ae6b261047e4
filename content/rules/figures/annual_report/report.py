"""An annual report as figures, and what a check finds in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from content.rules.figures.annual_report import cell_values, form
from content.rules.figures.annual_report.cell_values import Cell, Reading
from content.rules.figures.annual_report.form import Format

ERROR, QUERY = "error", "query"
BLANK = cell_values.read(None)
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class AnnualReport:
    """The figures of one report as printed. A row that was not found is not in its table.

    `year` and `org` are None and empty where the report does not say; `format` is what the tables show.
    """

    format: Format
    active: Mapping[str, Row]  # table two
    requests: Mapping[str, Row]  # table three, seven cells a row
    cases: Mapping[str, Row]  # table four, five cells a row
    org: str = ""
    year: int | None = None
    narrative: str = ""
    claimed: Format | None = field(default=None)  # the format that a file of figures names, if it names one

    @property
    def other_in_one(self) -> bool:
        """Whether （六）其他处理 stands in one row."""
        return "o" in self.requests

    @property
    def request_rows(self) -> tuple[form.RequestRow, ...]:
        """The rows that table three should have, as it is laid out here."""
        return form.request_rows(self.format, other_in_one=self.other_in_one)

    @cached_property
    def _readings(self) -> dict[str, Reading]:
        tables = {"t2": self.active, "t3": self.requests, "t4": self.cases}
        return {
            f"{table}.{name}.{column}": cell_values.read(cell)
            for table, rows in tables.items()
            for name, row in rows.items()
            for column, cell in enumerate(row)
        }

    def reading(self, cell: str) -> Reading:
        """The figure in a cell by its name; a blank for a row that was not found."""
        return self._readings.get(cell, BLANK)

    def value(self, cell: str) -> int | float | None:
        """The number in a cell, or None."""
        return self.reading(cell).value

    def known(self, names: Sequence[str]) -> bool:
        """Whether no cell holds text that cannot be read as a figure."""
        return all(self.reading(name).kind is not cell_values.Kind.TEXT for name in names)

    def sum(self, names: Sequence[str]) -> int | float:
        """The sum of cells, where a blank adds nothing."""
        return sum(self.value(name) or 0 for name in names)


@dataclass(frozen=True)
class ReportFinding:
    """One thing that is wrong (`error`) or that a person should look at (`query`), with the cells it is about."""

    level: str
    rule: str
    cells: tuple[str, ...]
    message: str


def error(rule: str, cells: Sequence[str], message: str) -> ReportFinding:
    """What cannot be right."""
    return ReportFinding(ERROR, rule, tuple(cells), message)


def query(rule: str, cells: Sequence[str], message: str) -> ReportFinding:
    """What a person should look at."""
    return ReportFinding(QUERY, rule, tuple(cells), message)
