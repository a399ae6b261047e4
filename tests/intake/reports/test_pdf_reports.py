"""Reports in PDF: tables with lines come back cell by cell, rows that a page breaks too; what holds no text is named."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image
from playwright.sync_api import Browser

from content.intake import reports
from content.intake.reports import pdf_pages
from content.rules.errors import BadInput
from content.rules.figures.annual_report import checks
from content.rules.figures.annual_report.report import AnnualReport
from tests.intake.reports.report_files import as_html
from tests.intake.reports.sample_reports import NEW, OLD, WITH_BLANKS, WITH_TEXT, compared
from tests.rules.figures.annual_report.made_up import changed

STYLE = "<style>table{border-collapse:collapse}td{font-size:13px} p{text-indent:2em} td p{text-indent:0} tr{break-inside:avoid}</style></head>"


def printed(browser: Browser, made: AnnualReport) -> bytes:
    """A report as a browser prints it."""
    page = browser.new_page()
    page.set_content(as_html(made, vertical=True).decode().replace("</head>", STYLE))
    data = page.pdf(format="A4", margin={"top": "20mm", "bottom": "20mm", "left": "25mm", "right": "25mm"})
    page.close()
    return data


@pytest.mark.browser
def test_cells_come_back_from_a_pdf_with_lines(browser: Browser) -> None:
    for made in (NEW, OLD, WITH_BLANKS, WITH_TEXT, changed(NEW, "t3.u1.6", 99)):
        read = reports.from_bytes(printed(browser, made), name="年报.pdf")
        assert compared(read) == compared(made)
        assert {one.rule for one in checks.check(read) if one.level == "error"} == {
            one.rule for one in checks.check(made) if one.level == "error"
        }


@pytest.mark.browser
def test_a_sentence_that_goes_on_in_the_next_line_is_one_sentence(browser: Browser) -> None:
    long = "全年" + "认真做好政府信息公开各项工作，" * 12 + "收到政府信息公开申请1777件。"
    read = reports.from_bytes(printed(browser, replace(NEW, narrative=long)), name="年报.pdf")
    assert long in read.narrative


def test_a_row_that_a_page_breaks_is_one_row() -> None:
    blank = [""] * 7
    pages = pdf_pages.Pages()
    pages.table([[None, "（四）", "2.没有现", "4", *["0"] * 5, "4"]], on_top=False)
    pages.table([["", "", "成信息需要另行制作", *blank], [None, "", "3.补正后申请内容仍不明确", *blank]], on_top=True)
    pages.table([["", "", "4.无正当理由大量反复申请", *blank]], on_top=True)
    assert [cell for row in pages.found for cell in row if cell and len(cell) > 4] == [
        "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确", "4.无正当理由大量反复申请"]  # fmt: skip


def scan() -> bytes:
    """A page that is a picture."""
    file = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(file, "PDF")
    return file.getvalue()


@pytest.mark.parametrize(("data", "said"), [
    (scan(), "是扫描件或者图片"), (b"%PDF-1.4 rubbish", "不是完好的 PDF"), (b"no pdf at all", "不是完好的 PDF"),
])  # fmt: skip
def test_a_pdf_that_cannot_be_read_is_named_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        reports.from_bytes(data, name="年报.pdf")
