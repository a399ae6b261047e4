"""Table two: who can make 规章, units, columns that are misread; and the form of the year."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.rules.figures.annual_report import checks, form
from content.rules.figures.annual_report.form import Format
from content.rules.figures.annual_report.report import AnnualReport
from content.rules.figures.annual_report.rule_makers import Maker, maker_of_rules
from tests.rules.figures.annual_report.made_up import report


def told(made: AnnualReport) -> list[tuple[str, str, str]]:
    """(level, rule, first cell) of every finding."""
    return [(finding.level, finding.rule, (*finding.cells, "")[0]) for finding in checks.check(made)]


@pytest.mark.parametrize(("org", "maker"), [
    ("云岭省人民政府", Maker.CAN), ("云岭市(全市汇总)", Maker.CAN), ("云岭市人民政府办公厅（代市政府）", Maker.CAN),
    ("国家林业局", Maker.CAN), ("交通运输部", Maker.CAN), ("国家市场监督管理总局", Maker.CAN), ("西山壮族自治州", Maker.CAN),
    ("东河自治区人民政府", Maker.CAN),
    ("望江县人民政府", Maker.CANNOT), ("云岭市高桥区人民政府", Maker.CANNOT), ("云岭市教育局", Maker.CANNOT),
    ("云岭省财政厅", Maker.CANNOT), ("石桥镇人民政府", Maker.CANNOT), ("云岭工业园区管理委员会", Maker.CANNOT),
    ("云岭市市场监督管理局", Maker.CANNOT), ("国家税务总局云岭市税务局", Maker.CANNOT), ("河东街道办事处", Maker.CANNOT),
    ("", Maker.UNCLEAR), ("江北指南", Maker.UNCLEAR),
])  # fmt: skip
def test_a_name_tells_who_can_make_rules(org: str, maker: Maker) -> None:
    assert maker_of_rules(org) is maker


def test_rules_of_a_body_that_cannot_make_them_are_an_error_by_law() -> None:
    cells = {"t2.规章.0": 2, "t2.规章.2": 2}
    assert told(report(cells=cells)) == [("error", "t2.rules_by_body", "t2.规章.0")]
    assert told(report(cells=cells, org="云岭市人民政府")) == []
    assert told(report(cells=cells, org="")) == [("query", "t2.rules_by_body", "t2.规章.0")]
    # in the older form the last column counts what was made public, which may be others' rules
    assert told(report(Format.OF_2019, cells={"t2.规章.2": 2})) == [("query", "t2.rules_by_body", "t2.规章.2")]


@pytest.mark.parametrize(("cell", "value"), [
    ("t2.行政事业性收费(万元).0", "251000元"), ("t2.行政事业性收费(万元).0", 4_674_560), ("t2.行政许可.0", "12万元"),
    ("t2.行政规范性文件.0", 1230),
])  # fmt: skip
def test_units_are_asked_about(cell: str, value: int | str) -> None:
    assert told(report(cells={cell: value})) == [("query", "t2.unit", cell)]


@pytest.mark.parametrize(("cells", "asked"), [
    ({"t2.政府集中采购.0": 3, "t2.政府集中采购.1": "251000元"}, "t2.政府集中采购.1"),
    ({"t2.政府集中采购.0": 3, "t2.政府集中采购.1": 251_000}, "t2.政府集中采购.1"),
    ({"t2.政府集中采购.0": 1, "t2.政府集中采购.1": 25_100}, "t2.政府集中采购.1"),
    ({"t2.行政事业性收费.0": 4_674_560}, "t2.行政事业性收费.0"),
    ({"t2.行政事业性收费.0": "251000元"}, "t2.行政事业性收费.0"),
])  # fmt: skip
def test_units_of_the_older_form_are_asked_about(cells: dict[str, int | str], asked: str) -> None:
    assert told(report(Format.OF_2019, cells=cells)) == [("query", "t2.unit", asked)]


def test_money_may_have_decimals_and_its_unit_and_remarks_are_kept() -> None:
    assert told(report(cells={"t2.行政事业性收费(万元).0": 4068.208})) == []
    assert told(report(cells={"t2.行政事业性收费(万元).0": "4068.208万元"})) == []
    assert told(report(cells={"t2.行政规范性文件.1": "55（含自然失效29件）", "t2.行政规范性文件.0": None})) == []
    assert told(report(Format.OF_2019, cells={"t2.行政许可.0": 6, "t2.行政许可.1": "减4", "t2.行政许可.2": 9})) == []
    assert told(report(cells={"t2.行政许可.0": 1.5})) == [("error", "cell.not_a_count", "t2.行政许可.0")]


@pytest.mark.parametrize("row", [(40, 25, 65), (6, "减4", 2), (0, "增加8", 8), ("12", -3, 9)])
def test_decisions_that_are_last_year_plus_the_change_are_asked_about(row: tuple[int | str, ...]) -> None:
    cells = {f"t2.行政许可.{column}": value for column, value in enumerate(row)}
    made = report(Format.OF_2019, cells=cells)
    assert told(made) == [("query", "t2.decisions", "t2.行政许可.0")]
    assert "处理决定数量正好是上一年项目数量加增减" in checks.check(made)[0].message


def test_the_form_must_be_that_of_the_year() -> None:
    assert told(report(Format.OF_2019, year=2022)) == [("error", "format.year", "")]
    assert told(report(year=2020)) == [("error", "format.year", "")]
    assert told(report(year=2021)) == told(report(Format.OF_2019, year=2019)) == told(report(year=None)) == []
    assert told(replace(report(), claimed=Format.OF_2019)) == [("error", "format.year", "")]
    cited = "根据国办公开办函〔2019〕60号的要求编制本报告。"
    assert told(report(narrative=cited)) == [("query", "format.year", "")]
    assert told(report(Format.OF_2019, narrative=cited)) == []


def test_every_cell_has_a_name_that_people_read() -> None:
    assert form.label("t3.total.6", Format.OF_2021) == "表三“（七）总计”行“总计”列"
    assert form.label("t4.suit_after.3", Format.OF_2021) == "表四“行政诉讼（复议后起诉）”的“尚未审结”"
    assert form.label("t2.行政许可.0", Format.OF_2021) == "表二“行政许可”行“本年处理决定数量”"
