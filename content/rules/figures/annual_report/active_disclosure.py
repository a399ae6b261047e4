"""Table two: what a body of this kind cannot have made, cells in a wrong unit, and columns that are often misread."""

from __future__ import annotations

from collections.abc import Iterator

from content.rules.figures.annual_report import cell_values, form, rule_makers
from content.rules.figures.annual_report.form import Format, Holds
from content.rules.figures.annual_report.report import AnnualReport, ReportFinding, error, query
from content.rules.figures.annual_report.rule_makers import Maker

MONEY_UNITS = frozenset({"元", "万元", "亿元"})
MONEY_RIGHT = "万元"
MUCH = 100_000  # 万元, which is 1,000,000,000 yuan: more than a park, a county or a bureau takes or spends
MUCH_FOR_A_CITY = 10 * MUCH
MUCH_EACH = 10_000  # 万元 a purchase
MANY_FEES = 500  # items of fees: the lists of whole provinces are shorter
MANY_DOCUMENTS = 200  # normative documents that one small body makes in a year
MANY_DOCUMENTS_IN_A_CITY = 2_000


def findings(report: AnnualReport) -> Iterator[ReportFinding]:
    """All that table two asks about."""
    yield from _rules(report)
    yield from _units(report)
    yield from _amounts(report)
    yield from _documents(report)
    if report.format is Format.OF_2019:
        yield from _decisions(report)


def _rules(report: AnnualReport) -> Iterator[ReportFinding]:
    """立法法: below the city with districts, and in departments below the State Council, nobody makes 规章."""
    filled = [f"t2.{form.RULES}.{column}" for column in range(3) if report.value(f"t2.{form.RULES}.{column}")]
    who = rule_makers.maker_of_rules(report.org)
    if not filled or who is Maker.CAN:
        return
    figures = "、".join(f"{form.label(cell, report.format)} {report.value(cell)}" for cell in filled)
    law = "只有国务院部门，省、自治区、直辖市、设区的市、自治州的政府能制定规章"
    made = report.format is Format.OF_2021 or filled[0].endswith(".0")
    if who is Maker.CANNOT and made:
        yield error("t2.rules_by_body", filled, f"{figures}，但{law}，“{report.org}”不能。是不是应当填在规范性文件？")
    else:
        yield query("t2.rules_by_body", filled, f"{figures}。{law}，请核对填报的是不是本机关制定的规章。")


def _units(report: AnnualReport) -> Iterator[ReportFinding]:
    """A unit of money where the form wants another one, or a count."""
    for row in form.ACTIVE[report.format]:
        for column, holds in enumerate(row.holds):
            name = f"t2.{row.name}.{column}"
            unit = report.reading(name).unit
            if unit not in MONEY_UNITS or (holds is Holds.MONEY and unit == MONEY_RIGHT):
                continue
            wants = "以万元为单位" if holds is Holds.MONEY else "填数量，不是金额"
            yield query(
                "t2.unit",
                [name],
                f"{form.label(name, report.format)}填的是“{_shown(report, name)}”，而这一格{wants}，请核对。",
            )


def _amounts(report: AnnualReport) -> Iterator[ReportFinding]:
    """Figures so large that they are probably in yuan, or money in a column of counts."""
    limit = MUCH_FOR_A_CITY if rule_makers.is_large(report.org) else MUCH
    money = f"t2.{form.PROCUREMENT}.1" if report.format is Format.OF_2019 else f"t2.{form.FEES[Format.OF_2021]}.0"
    amount = report.value(money) or 0
    purchases = report.value(f"t2.{form.PROCUREMENT}.0") if report.format is Format.OF_2019 else None
    each = amount / purchases if purchases and purchases > 0 else 0
    if not report.reading(money).unit and (amount >= limit or each > MUCH_EACH):
        yield query(
            "t2.unit",
            [money],
            f"{form.label(money, report.format)}是 {amount}，合 {amount / 10_000:.2f} 亿元，请核对单位是不是万元。",
        )
    if report.format is Format.OF_2019:
        fees = f"t2.{form.FEES[Format.OF_2019]}.0"
        number = report.value(fees) or 0
        if number > MANY_FEES and not report.reading(fees).unit:
            yield query(
                "t2.unit",
                [fees],
                f"{form.label(fees, report.format)}是 {number}：这里填收费项目的个数，不填金额，请核对。",
            )


def _documents(report: AnnualReport) -> Iterator[ReportFinding]:
    """The number of items on a web site where the number of normative documents belongs."""
    name = f"t2.{form.DOCUMENTS[report.format]}.0"
    made = report.value(name) or 0
    if made > (MANY_DOCUMENTS_IN_A_CITY if rule_makers.is_large(report.org) else MANY_DOCUMENTS):
        yield query("t2.unit", [name],
                    f"{form.label(name, report.format)}是 {made}：这里填规范性文件的件数，不填网站上发布信息的条数，请核对。")  # fmt: skip


def _decisions(report: AnnualReport) -> Iterator[ReportFinding]:
    """The form's columns are items last year, change, and decisions: no sum links them."""
    for row in form.ACTIVE[Format.OF_2019]:
        if len(row.columns) != 3 or row.columns[2] != "处理决定数量":
            continue
        names = [f"t2.{row.name}.{column}" for column in range(3)]
        before, change, decisions = (report.value(name) for name in names)
        if before is None or change is None or not decisions or before + change != decisions:
            continue
        yield query("t2.decisions", names,
                    f"表二“{row.name}”行：{before} + {change} = {decisions}，处理决定数量正好是上一年项目数量加增减。"
                    "前两栏数的是项目，第三栏数的是全年作出的决定，不该相加得出，请核对。")  # fmt: skip


def _shown(report: AnnualReport, name: str) -> cell_values.Cell:
    _, row, column = name.split(".")
    return report.active[row][int(column)]
