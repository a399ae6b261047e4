"""Raised figures and the letters of symbol fonts in a sheet stand as a person sees them: 10³ is not 103."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from content.intake.notices import sheets
from content.intake.rows import InputSheet


def read(value: Any, font: Font | None = None) -> InputSheet:
    """What is read of a sheet with this in the title of its one row."""
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["编号", "标题"])
    book.active.append(["1", value])
    if font:
        book.active["B2"].font = font
    book.save(buffer)
    return sheets.read(buffer.getvalue(), "a.xlsx")


def part(words: str, **font: Any) -> TextBlock:
    """Words of a look of their own."""
    return TextBlock(InlineFont(**font), words)


@pytest.mark.parametrize(
    ("value", "font", "seen"),
    [
        (CellRichText("约10", part("3", vertAlign="superscript"), "平方米"), None, "约10³平方米"),
        (CellRichText("CO", part("2", vertAlign="subscript"), "排放"), None, "CO₂排放"),
        (CellRichText(part("þ", rFont="Wingdings"), "线上"), None, "☑线上"),
        ("þ线上", Font(name="Wingdings"), "☑线上"),
        (CellRichText("þ", part("线上", rFont="宋体")), Font(name="Wingdings"), "☑线上"),
        ("þ线上", None, "þ线上"),
    ],
)
def test_a_cell_is_read_as_it_is_seen(value: Any, font: Font | None, seen: str) -> None:
    found = read(value, font)
    assert found.rows[0].cells["title"] == seen
    assert not found.warnings


def test_what_cannot_be_written_raised_is_told() -> None:
    found = read(CellRichText("每米", part("2元", vertAlign="superscript"), "计"))
    assert found.rows[0].cells["title"] == "每米2元计"
    assert "上标" in found.warnings[0].message and "B2" in found.warnings[0].message
    assert "符号" in read("\uf0ff", Font(name="Wingdings 3")).warnings[0].message


@pytest.mark.parametrize("raised", ["<sup>3</sup>", "<span style='vertical-align: super;font-size:60%'>3</span>"])
def test_a_page_called_xls_is_read_so_too(raised: str) -> None:
    page = f"<table><tr><td>编号<td>标题<tr><td>1<td>10{raised}平方米，CO<sub>2</sub></table>"
    found = sheets.read(f"<html><body>{page}</body></html>".encode(), "a.xls")
    assert found.rows[0].cells["title"] == "10³平方米，CO₂"
