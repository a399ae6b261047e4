"""What must foot in tables three and four.

The form prints one rule: 第一项加第二项之和，等于第三项加第四项之和, column by column. The layout says the others: each total is the
sum of its parts. A blank total proves nothing and is no error; a blank part adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from content.rules.figures import form
from content.rules.figures.cells import Kind
from content.rules.figures.form import APPLICANTS, CARRIED_IN, CARRIED_OUT, CASE_COLUMNS, CASES, NEW, TOTAL
from content.rules.figures.report import AnnualReport, ReportFinding, error, query


def findings(report: AnnualReport) -> Iterator[ReportFinding]:
    """All that does not foot."""
    outcomes = [row.name for row in report.request_rows if row.group]
    for column, applicant in enumerate(APPLICANTS):
        yield from _column(report, column, outcomes)
        yield from _balance(report, column, outcomes, applicant)
    for row in report.request_rows:
        yield from _request_row(report, row)
    for name, words in CASES.items():
        yield from _case_row(report, name, words)


def _column(report: AnnualReport, column: int, outcomes: Sequence[str]) -> Iterator[ReportFinding]:
    whole = f"t3.{TOTAL}.{column}"
    parts = [f"t3.{name}.{column}" for name in outcomes]
    if report.value(whole) is None or not _complete(report, outcomes) or not report.known(parts):
        return
    if report.sum(parts) != report.value(whole):
        terms = _terms(report, parts, [form.REQUEST_ROWS[name].label for name in outcomes])
        yield error("t3.column_sum", [whole, *_filled(report, parts)],
                    f"表三“{APPLICANTS[column]}”列：（一）至（六）各项相加 {terms} = {report.sum(parts)}，"
                    f"而（七）总计填的是 {report.value(whole)}，{_apart(report.value(whole), report.sum(parts))}。")  # fmt: skip


def _balance(report: AnnualReport, column: int, outcomes: Sequence[str], applicant: str) -> Iterator[ReportFinding]:
    """The printed rule. Where the total is blank, what was counted stands in for it."""
    new, carried, total, out = (f"t3.{name}.{column}" for name in (NEW, CARRIED_IN, TOTAL, CARRIED_OUT))
    parts = [f"t3.{name}.{column}" for name in outcomes]
    if not _complete(report, (NEW, CARRIED_IN, CARRIED_OUT)) or not report.known([new, carried, total, out]):
        return
    handled, words = report.value(total), "（七）总计"
    if handled is None:
        if not _filled(report, parts) or not _complete(report, outcomes) or not report.known(parts):
            return
        handled, words = report.sum(parts), "（一）至（六）相加（总计空着）"
    received, settled = report.sum([new, carried]), handled + report.sum([out])
    if received != settled:
        yield error("t3.balance", [new, carried, total, out],
                    f"表三“{applicant}”列：一（本年新收）{report.sum([new])} + 二（上年结转）{report.sum([carried])} = {received}，"
                    f"而三{words} {handled} + 四（结转下年度）{report.sum([out])} = {settled}，{_apart(received, settled)}。")  # fmt: skip


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
    yield error(
        rule,
        names,
        f"{place}：{_terms(report, parts, columns)} = {found}，而总计填的是 {given}，{_apart(given, found)}。",
    )


def _complete(report: AnnualReport, rows: Sequence[str]) -> bool:
    """Whether all these rows of table three were found."""
    return all(name in report.requests for name in rows)


def _filled(report: AnnualReport, names: Sequence[str]) -> list[str]:
    return [name for name in names if report.value(name)]


def _terms(report: AnnualReport, names: Sequence[str], labels: Sequence[str]) -> str:
    """A sum in words: 自然人 3 + 商业企业 1; noughts are left out."""
    terms = [f"{label} {report.value(name)}" for name, label in zip(names, labels, strict=False) if report.value(name)]
    return " + ".join(terms) or "0"


def _apart(one: int | float | None, other: int | float | None) -> str:
    return f"相差 {abs((one or 0) - (other or 0))}"
