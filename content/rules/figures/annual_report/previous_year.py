"""This year's report against last year's: what was carried over, documents in force, and jumps."""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.rules.errors import BadInput
from content.rules.figures.annual_report import form
from content.rules.figures.annual_report.cell_values import Kind
from content.rules.figures.annual_report.form import APPLICANTS, CARRIED_IN, CARRIED_OUT, Format
from content.rules.figures.annual_report.report import AnnualReport, ReportFinding, error, query

TIMES = 5  # a figure that became more than five times as large, or less than a fifth, is asked about
SMALL = 10  # below this, on both sides, a jump says nothing


def findings(report: AnnualReport, previous: AnnualReport) -> Iterator[ReportFinding]:
    """What does not follow from last year's report. Raises BadInput if it is not last year's."""
    if report.year is not None and previous.year is not None and previous.year != report.year - 1:
        raise BadInput(
            f"要和 {report.year} 年度的报告对照，请给 {report.year - 1} 年度的；给的是 {previous.year} 年度的。"
        )
    found = [*_requests(report, previous)]
    if report.format is previous.format is Format.OF_2021:
        found += _documents(report, previous)
    found += _jumps(report, previous)
    if _is_of_another(report.org, previous.org):
        yield query("carry.office", [], f"这份是“{report.org}”的，给的上一年报告是“{previous.org}”的，请核对是不是同一个机关"
                                        "（改过名的算同一个）。不是同一个，下面和上一年的对照都不算。")  # fmt: skip
        found = [query(one.rule, one.cells, one.message) for one in found]
    yield from found


def _is_of_another(org: str, other: str) -> bool:
    """Whether two names are of two bodies; one may be the short form of the other, and an unknown name is of none."""
    ours, theirs = (re.sub(r"[\s（()）]|人民政府|办公室|管理委员会|管委会", "", name) for name in (org, other))
    return bool(ours and theirs) and ours not in theirs and theirs not in ours


def _requests(report: AnnualReport, previous: AnnualReport) -> Iterator[ReportFinding]:
    """This year's 二 is last year's 四, column by column."""
    if CARRIED_IN not in report.requests or CARRIED_OUT not in previous.requests:
        return
    for column, applicant in enumerate(APPLICANTS):
        into, out = f"t3.{CARRIED_IN}.{column}", f"t3.{CARRIED_OUT}.{column}"
        now, before = report.value(into), previous.value(out)
        if now is not None and before is not None and now != before:
            yield error("carry.applications", [into],
                        f"表三“{applicant}”列：二（上年结转）填的是 {now}，而上一年报告的四（结转下年度）是 {before}，"
                        f"相差 {abs(now - before)}。")  # fmt: skip


def _documents(report: AnnualReport, previous: AnnualReport) -> Iterator[ReportFinding]:
    """In force now = in force last year + made − repealed. Cells with remarks are only asked about."""
    for row in (form.RULES, form.DOCUMENTS[Format.OF_2021]):
        names = [f"t2.{row}.{column}" for column in range(3)]
        made, repealed, valid = (report.value(name) for name in names)
        before = previous.value(names[2])
        if before is None or valid is None or before + (made or 0) - (repealed or 0) == valid:
            continue
        expected = before + (made or 0) - (repealed or 0)
        sentence = (f"表二“{row}”：上一年现行有效 {before} + 本年制发 {made or 0} − 本年废止 {repealed or 0} = {expected}，"
                    f"而现行有效填的是 {valid}，相差 {abs(expected - valid)}。")  # fmt: skip
        plain = all(report.reading(name).kind is Kind.NUMBER for name in names)
        plain = plain and previous.reading(names[2]).kind is Kind.NUMBER
        if plain:
            yield error("carry.documents", names, sentence)
        else:
            yield query("carry.documents", names, f"{sentence}格里有说明或空着，请核对修订、自然失效的是怎么计的。")


def _jumps(report: AnnualReport, previous: AnnualReport) -> Iterator[ReportFinding]:
    before = _comparable(previous)
    for words, name in _comparable(report).items():
        now, then = report.value(name), previous.value(before[words]) if words in before else None
        if now is None or then is None or now < 0 or then < 0:
            continue
        low, high = sorted((now, then))
        if high >= SMALL and low * TIMES < high:
            yield query(
                "t2.jump",
                [name],
                f"{form.label(name, report.format)}今年 {now}，上一年 {then}，相差超过 {TIMES} 倍，请核对口径和单位。",
            )


def _comparable(report: AnnualReport) -> dict[str, str]:
    """Cells that mean the same in both formats, by what they mean."""
    found = {"made": f"t2.{form.DOCUMENTS[report.format]}.0"}
    last = 2 if report.format is Format.OF_2019 else 0
    found |= {row: f"t2.{row}.{last}" for row in ("行政许可", "行政处罚", "行政强制")}
    if report.format is Format.OF_2021:
        found["fees"] = f"t2.{form.FEES[Format.OF_2021]}.0"
    return found
