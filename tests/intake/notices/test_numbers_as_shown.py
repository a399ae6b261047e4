"""A sheet's numbers are read as the sheet shows them; what cannot be is named with its cell."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from content.intake.notices import number_formats
from content.intake.workbook_looks import date_formats
from tests.intake.notices.sheet_files import book, read, saved, told


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (7, "0000", "0007"),
        (0.075, "0.0%", "7.5%"),
        (12, '"江园发〔2026〕"0"号"', "江园发〔2026〕12号"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (-5, "0;(0)", "(5)"),
        (0, '0;-0;"零"', "零"),
        (1234567, r'0\.0,"万"', "123.5万"),
        (1234, "[$¥-804]#,##0.00", "¥1,234.00"),
        (75581234567, "0000-00000000", "0755-81234567"),
        (3.1, "0.##", "3.1"),
        (123, "0.00E+00", "1.23E+02"),
        (1234, "#,##0_);(#,##0)", "1,234"),
        (2.675, "0.00", "2.68"),
        (-0.001, "0.0", "0.0"),
        (5, ";;;", ""),
        (100203, "[DBNum1][$-804]General", "一十万〇二百〇三"),
        (2026, "[DBNum1]0", "二〇二六"),
        (1205, '[DBNum2][$-804]General"元整"', "壹仟贰佰零伍元整"),
        (330106199001011234, "0", "330106199001011000"),
        (0.5, "# ?/?", None),
    ],
)
def test_a_number_under_a_format(value: float, code: str, shown: str | None) -> None:
    assert number_formats.number(value, code) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1 / 3, "0.333333333"), (0.1 + 0.2, "0.3"), (330106199001011234, "3.30106E+17"), (1234567.891234, "1234567.891"),
     (-2.5, "-2.5"), (0.0000123, "0.0000123"), (1.23456e-7, "1.23456E-07"), (99999999999, "99999999999")],
)  # fmt: skip
def test_a_number_without_a_format(value: float, shown: str) -> None:
    assert number_formats.general(value) == shown


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_no_digit_is_shown_that_is_not_in_the_number(value: float) -> None:
    assert float(number_formats.general(value)) == pytest.approx(value, rel=1e-5, abs=1e-9)
    assert len(number_formats.general(value).lstrip("-")) <= 12


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('m"月"d"日" h:mm', "11月3日 9:05"),
        ("h:mm", "9:05"),
        ('[DBNum1][$-804]yyyy"年"m"月"d"日";@', "二〇二六年十一月三日"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2026年11月3日"),
        ("yyyy/mm/dd hh:mm:ss", "2026/11/03 09:05:07"),
        ('上午/下午h"时"mm"分"', "上午9时05分"),
        ("[$-804]aaaa;@", "星期二"),
        ("yy.m.d", "26.11.3"),
    ],
)
def test_a_moment_under_a_format(code: str, shown: str) -> None:
    assert date_formats.is_day(code)
    assert date_formats.shown(datetime(2026, 11, 3, 9, 5, 7), code) == shown


@pytest.mark.parametrize("code", ["General", '0"day"', "#,##0.00", "[Red]0", "0.00E+00", '"第"0"号"', "[DBNum1]0"])
def test_what_is_no_moment(code: str) -> None:
    assert not date_formats.is_day(code)


def test_cells_stand_as_the_sheet_shows_them() -> None:
    made = book(
        ("表", [["编号", "标题", "文号", "类别", "备注"], [7, "通知", 12, 0.075, "密"], [8, "公告", 5, "#REF!", 1]])
    )
    sheet = made.active
    sheet["A2"].number_format = sheet["A3"].number_format = "0000"
    sheet["C2"].number_format, sheet["D2"].number_format = '"江园发〔2026〕"0"号"', "0.0%"
    sheet["C3"].number_format, sheet["E2"].number_format = "# ?/?", ";;;"
    sheet["B2"] = CellRichText("通知", TextBlock(InlineFont(strike=True), "（草稿）"))
    sheet["E3"].font = Font(strike=True)
    found = read(saved(made))
    assert list(found.entries) == ["0007", "0008"]
    first = found.entries["0007"]
    assert (first.columns["document_no"], first.category, first.columns["title"]) == (
        "江园发〔2026〕12号",
        "7.5%",
        "通知（草稿）",
    )
    assert "密" not in str(first.fields)
    assert "C3的数字格式认不出" in told(found) and "E2里有内容" in told(found)
    assert "B2、E3里有划掉的字" in told(found) and "#REF!" in told(found)


def test_a_place_on_the_map_is_not_rounded() -> None:
    made = book(("表", [["编号", "标题", "纬度"], ["1", "焊工", 26.074512]]))
    made.active["C2"].number_format = "0.00"
    assert read(saved(made), kind="posting").entries["1"].columns["lat"] == 26.074512


def test_days_are_shown_as_formatted_and_read_as_days() -> None:
    made = book(("表", [["编号", "标题", "发布日期", "生效日期", "内容", "分类"],
                        ["1", "通知", datetime(2026, 11, 30), datetime(2026, 12, 1), datetime(2026, 11, 30, 9, 30), 46356]]))  # fmt: skip
    sheet = made.active
    sheet["C2"].number_format = sheet["D2"].number_format = 'm"月"d"日"'
    sheet["E2"].number_format, sheet["F2"].number_format = 'm"月"d"日" h:mm', "mm-dd-yy"
    entry = read(saved(made)).entries["1"]
    assert (entry.columns["published_on"], entry.fields["effective_on"]) == (date(2026, 11, 30), "2026-12-01")
    assert (entry.columns["body"], entry.category) == ("11月30日 9:30", "2026/11/30")


def test_a_long_number_shows_no_digit_that_excel_has_not() -> None:
    made = book(("表", [["编号", "标题", "内容", "分类", "文号"], ["1", "甲", 330106199001011234, 330106199001011234, 571876543210],
                        [330106199001011234, "乙", 0.1 + 0.2]]))  # fmt: skip
    made.active["D2"].number_format = "0"
    found = read(saved(made))
    entry = found.entries.pop("1")
    assert not found.entries and found.refused[0].row == 3
    assert (entry.columns["body"], entry.category) == ("3.30106E+17", "330106199001011000")
    assert entry.columns["document_no"] == "571876543210"
    assert "C2、D2、A3是很长的数字" in told(found) and "E2是很长的数字，表里缩成了" in told(found)
