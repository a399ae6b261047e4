"""What must foot in tables three and four.

The form prints one rule: 第一项加第二项之和，等于第三项加第四项之和, column by column. The layout says the others: each total is the
sum of its parts. A blank total proves nothing and is no error; a blank part adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from content.rules.figures.annual_report import form
from content.rules.figures.annual_report.cell_values import Kind
from content.rules.figures.annual_report.form import (
    APPLICANTS,
    CARRIED_IN,
    CARRIED_OUT,
    CASE_COLUMNS,
    CASES,
    NEW,
    TOTAL,
)
from content.rules.figures.annual_report.report import AnnualReport, ReportFinding, error, query


def findings(report: AnnualReport) -> Iterator[ReportFinding]:
    """All that does not foot."""
    outcomes = [row.name for row in report.request_rows if row.group]
    for column in range(len(APPLICANTS)):
        yield from _column(report, column, outcomes)
        yield from _balance(report, column, outcomes)
    for row in report.request_rows:
        yield from _request_row(report, row)
    for name, words in CASES.items():
        yield from _case_row(report, name, words)


def _column(report: AnnualReport, column: int, outcomes: Sequence[str]) -> Iterator[ReportFinding]:
    whole = f"t3.{TOTAL}.{column}"
    given, counted = report.value(whole), _counted(report, column, outcomes)
    if given is None or counted is None or counted == given:
        return
    figures = [(form.short_label(form.REQUEST_ROWS[name]), _figure(report, name, column)) for name in outcomes]
    cells = [whole, *(f"t3.{name}.{column}" for name in outcomes if _figure(report, name, column))]
    yield error("t3.column_sum", cells,
                f"表三“{APPLICANTS[column]}”列：（一）至（六）各项相加 {_terms(figures)} = {counted}，"
                f"而（七）总计填的是 {given}，{_apart(given, counted)}。")  # fmt: skip


def _balance(report: AnnualReport, column: int, outcomes: Sequence[str]) -> Iterator[ReportFinding]:
    """The printed rule. Where the total is blank, what was counted stands in for it."""
    new, carried, out = (_counted(report, column, [row]) for row in (NEW, CARRIED_IN, CARRIED_OUT))
    total = f"t3.{TOTAL}.{column}"
    handled, words = _figure(report, TOTAL, column), "（七）总计"
    if handled is None and report.known([total]):
        handled, words = _counted(report, column, outcomes), "（一）至（六）相加（总计空着）"
    if new is None or carried is None or out is None or handled is None or new + carried == handled + out:
        return
    received, settled = new + carried, handled + out
    yield error("t3.balance", [f"t3.{row}.{column}" for row in (NEW, CARRIED_IN, TOTAL, CARRIED_OUT)],
                f"表三“{APPLICANTS[column]}”列：一（本年新收）{new} + 二（上年结转）{carried} = {received}，"
                f"而三{words} {handled} + 四（结转下年度）{out} = {settled}，{_apart(received, settled)}。")  # fmt: skip


def _counted(report: AnnualReport, column: int, rows: Sequence[str]) -> int | float | None:
    """The sum of rows in a column; None where a row is missing, a cell is no figure."""
    cells = [cell for row in rows for cell in _source(report, row, column)]
    if not all(row in report.requests for row in rows) or not report.known(cells):
        return None
    return report.sum(cells)


def _figure(report: AnnualReport, row: str, column: int) -> int | float | None:
    """A cell's figure, or what stands in for a blank total at the end of a row; None for nothing."""
    cells = _source(report, row, column)
    return report.sum(cells) if any(report.value(cell) is not None for cell in cells) else None


def _source(report: AnnualReport, row: str, column: int) -> list[str]:
    """The cell, or the parts of the row if the cell is the row's total and left blank."""
    last = len(APPLICANTS) - 1
    cell = f"t3.{row}.{column}"
    if column == last and report.reading(cell).kind in (Kind.BLANK, Kind.NONE):
        return [f"t3.{row}.{part}" for part in range(last)]
    return [cell]


def _request_row(report: AnnualReport, row: form.RequestRow) -> Iterator[ReportFinding]:
    names = [f"t3.{row.name}.{column}" for column in range(len(APPLICANTS))]
    yield from _row(report, "t3.row_sum", names, f"表三“{row.label}”行", APPLICANTS)


def _case_row(report: AnnualReport, name: str, words: str) -> Iterator[ReportFinding]:
    names = [f"t4.{name}.{column}" for column in range(len(CASE_COLUMNS))]
    yield from _row(report, "t4.row_sum", names, f"表四“{words}”", CASE_COLUMNS)


def _row(
    report: AnnualReport, rule: str, names: Sequence[str], place: str, columns: Sequence[str]
) -> Iterator[ReportFinding]:
    """The last cell of a row is the sum of the others."""
    *parts, whole = names
    given, found = report.value(whole), report.sum(parts)
    if given is None or found == given or not report.known(parts):
        return
    if all(report.reading(part).kind is Kind.BLANK for part in parts):
        yield query(rule, names, f"{place}：只填了总计 {given}，分项都空着，没法核对。请补上分项，没有的填 0。")
        return
    figures = [(column, report.value(part)) for column, part in zip(columns, parts, strict=False)]
    yield error(rule, names, f"{place}：{_terms(figures)} = {found}，而总计填的是 {given}，{_apart(given, found)}。")


def _terms(figures: Sequence[tuple[str, int | float | None]]) -> str:
    """A sum in words: 自然人 3 + 商业企业 1; noughts are left out."""
    return " + ".join(f"{label} {figure}" for label, figure in figures if figure) or "0"


def _apart(one: int | float | None, other: int | float | None) -> str:
    return f"相差 {abs((one or 0) - (other or 0))}"
