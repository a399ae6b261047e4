"""Cells that cannot hold what the form asks for: counts are whole numbers and not negative; money may have decimals."""

from __future__ import annotations

from collections.abc import Iterator

from content.rules.figures.annual_report import form
from content.rules.figures.annual_report.cell_values import Cell, Kind, Reading, read
from content.rules.figures.annual_report.form import Format, Holds
from content.rules.figures.annual_report.report import AnnualReport, ReportFinding, error, query

RULE = "cell.not_a_count"


def findings(report: AnnualReport) -> Iterator[ReportFinding]:
    """All such cells, in the order of the form."""
    for row in form.ACTIVE[report.format]:
        filled = zip(report.active.get(row.name, ()), row.holds, strict=False)
        for column, (cell, holds) in enumerate(filled):
            yield from _cell(f"t2.{row.name}.{column}", cell, holds, report.format)
    for table, rows in (("t3", report.requests), ("t4", report.cases)):
        for name, cells in rows.items():
            for column, cell in enumerate(cells):
                yield from _cell(f"{table}.{name}.{column}", cell, Holds.COUNT, report.format)


def _cell(name: str, cell: Cell, holds: Holds, shape: Format) -> Iterator[ReportFinding]:
    reading = read(cell)
    fault = _fault(reading, holds)
    if fault:
        yield error(RULE, [name], f"{form.label(name, shape)}填的是“{cell}”：{fault}。")
    elif reading.kind in (Kind.UNIT, Kind.REMARK) and not name.startswith("t2."):
        yield query(RULE, [name], f"{form.label(name, shape)}填的是“{cell}”，这里只要一个数，说明请写到正文里。")


def _fault(reading: Reading, holds: Holds) -> str:
    value = reading.value
    if reading.kind is Kind.TEXT:
        return "看不出是多少，这里要填数字"
    if value is not None and value < 0 and holds is not Holds.CHANGE:
        return "这里不会是负数"
    if value is not None and holds is not Holds.MONEY and not isinstance(value, int):
        return "件数不会有小数"
    return ""
