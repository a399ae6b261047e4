"""The tables of a report with what a check found in them: which findings speak of which cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.render.annual_report import report_document
from content.render.annual_report.report_document import Grid
from content.rules.figures.annual_report.report import ERROR, AnnualReport, ReportFinding


@dataclass(frozen=True)
class MarkedTables:
    """`rows`: (number, level, message, cells) of each finding, from 1. `marks`: cell → numbers; `wrong`: numbers of errors."""

    rows: tuple[tuple[int, str, str, tuple[str, ...]], ...]
    grids: tuple[Grid, ...]
    marks: dict[str, list[int]]
    wrong: tuple[int, ...]

    @property
    def queries(self) -> int:
        """How many findings are queries."""
        return len(self.rows) - len(self.wrong)


def mark(report: AnnualReport, findings: Sequence[ReportFinding]) -> MarkedTables:
    """The tables that the report has, and its findings numbered."""
    marks: dict[str, list[int]] = {}
    for number, finding in enumerate(findings, start=1):
        for cell in finding.cells:
            marks.setdefault(cell, []).append(number)
    tables = ((report.active, report_document.active_grid), (report.requests, report_document.request_grid),
              (report.cases, report_document.case_grid))  # fmt: skip
    return MarkedTables(
        tuple((number, one.level, one.message, one.cells) for number, one in enumerate(findings, start=1)),
        tuple(grid(report) for rows, grid in tables if rows),
        marks,
        tuple(number for number, one in enumerate(findings, start=1) if one.level == ERROR),
    )
