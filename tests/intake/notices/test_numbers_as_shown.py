"""A sheet's numbers are read as the sheet shows them; what cannot be is named with its cell."""

from __future__ import annotations

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from content.intake.notices import number_formats
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
        (5, "[DBNum1]General", None),
        (0.5, "# ?/?", None),
    ],
)
def test_a_number_under_a_format(value: float, code: str, shown: str | None) -> None:
    assert number_formats.number(value, code) == shown


def test_cells_stand_as_the_sheet_shows_them() -> None:
    made = book(
        ("表", [["编号", "标题", "文号", "类别", "备注"], [7, "通知", 12, 0.075, "密"], [8, "公告", 5, "#REF!", 1]])
    )
    sheet = made.active
    sheet["A2"].number_format = sheet["A3"].number_format = "0000"
    sheet["C2"].number_format, sheet["D2"].number_format = '"江园发〔2026〕"0"号"', "0.0%"
    sheet["C3"].number_format, sheet["E2"].number_format = "[DBNum1]General", ";;;"
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
