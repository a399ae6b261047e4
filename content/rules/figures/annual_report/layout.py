"""Whether the right form was used: the format of the year, rows that are missing, the notice that is cited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.rules.figures.annual_report import form
from content.rules.figures.annual_report.form import Format
from content.rules.figures.annual_report.report import AnnualReport, ReportFinding, error, query

RULE = "format.year"
MISSING = "format.rows"
NOTICES = {Format.OF_2019: "〔2019〕60号", Format.OF_2021: "〔2021〕30号"}
CITED = {
    Format.OF_2019: re.compile(r"[〔\[(（【]2019[〕\])）】]\s*60\s*号"),
    Format.OF_2021: re.compile(r"[〔\[(（【]2021[〕\])）】]\s*30\s*号"),
}
OTHER = {Format.OF_2019: Format.OF_2021, Format.OF_2021: Format.OF_2019}
FIRST_YEAR = form.FIRST_REPORT_YEAR


def findings(report: AnnualReport) -> Iterator[ReportFinding]:
    """What is wrong with the form itself."""
    yield from _year(report)
    yield from _claimed(report)
    if report.format is Format.OF_2021 and report.other_in_one:
        cells = [f"t3.o.{column}" for column in range(len(form.APPLICANTS))]
        yield query(RULE, cells, "表三（六）其他处理只有一行；2021 年起的格式分三行："
                    "逾期不补正、逾期不缴费、其他。数字已照一行核对，请改用新表。")  # fmt: skip
    wrong = OTHER[report.format]
    if CITED[wrong].search(report.narrative) and not CITED[report.format].search(report.narrative):
        yield query(RULE, [], f"正文引用的是国办公开办函{NOTICES[wrong]}，而表格是 {report.format.value} 年格式，"
                    f"这种格式的依据是国办公开办函{NOTICES[report.format]}。")  # fmt: skip
    yield from _missing(report)


def _year(report: AnnualReport) -> Iterator[ReportFinding]:
    if report.year is None or report.year < FIRST_YEAR:
        return
    right = form.format_of_year(report.year)
    if right is not report.format:
        yield error(RULE, [], f"{report.year} 年度的报告应当用 {right.value} 年格式（国办公开办函{NOTICES[right]}），"
                    f"而表格是 {report.format.value} 年格式。")  # fmt: skip


def _claimed(report: AnnualReport) -> Iterator[ReportFinding]:
    if report.claimed and report.claimed is not report.format:
        yield error(RULE, [], f"写明是 {report.claimed.value} 年格式，表二的行却是 {report.format.value} 年格式的。")


def _missing(report: AnnualReport) -> Iterator[ReportFinding]:
    """Rows that were not found are not checked, and that is said."""
    tables = {
        "表二": [row.name for row in form.ACTIVE[report.format] if row.name not in report.active],
        "表三": [row.label for row in report.request_rows if row.name not in report.requests],
        "表四": [words for name, words in form.CASES.items() if name not in report.cases],
    }
    for table, rows in tables.items():
        if rows:
            yield query(MISSING, [], f"{table}有 {len(rows)} 行没有读到，没有核对：{'；'.join(rows)}。")
