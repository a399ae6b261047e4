"""The report's files: what a reader of its own finds in them is what was put in, cell by cell."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from random import Random
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.intake import reports
from content.render.annual_report import figures_file, official_layout, web_page, word_file, workbook_file
from content.render.annual_report.report_document import DRAFT, ReportDocument, printed
from content.rules.figures.annual_report import checks, drafted_text, form
from content.rules.figures.annual_report.drafted_text import YearsWork
from content.rules.figures.annual_report.form import Format
from content.rules.figures.annual_report.report import AnnualReport
from tests import world
from tests.render.annual_report import word_reader
from tests.render.annual_report.word_reader import W
from tests.rules.figures.annual_report.made_up import changed, consistent, report

BOTH = pytest.mark.parametrize("shape", list(Format), ids=lambda shape: shape.value)
AS_PRINTED = ("减4", "22（其中修订16件）", "251000元", "/", None, 0, 59237.2449, -7, 1_000_000, "=1+1", "a<b&\"c\"")  # fmt: skip


def document(made: AnnualReport, *, draft: bool = False) -> ReportDocument:
    """The document of a report, its text drafted."""
    return ReportDocument(made, drafted_text.draft(made, YearsWork()), draft)


def filled(seed: int) -> AnnualReport:
    """A report with all kinds of cells in table two, and figures of its own in every cell of tables three and four."""
    chance = Random(seed)
    shape = chance.choice(list(Format))
    made = report(shape)
    active = {name: tuple(chance.choice(AS_PRINTED) for _ in row) for name, row in made.active.items()}
    requests = {name: tuple(chance.choice((0, 3, 12, None, "/")) for _ in row) for name, row in made.requests.items()}
    cases = {name: tuple(chance.choice((0, 1, 25, None)) for _ in row) for name, row in made.cases.items()}
    return replace(made, active=active, requests=requests, cases=cases)


def read_word(data: bytes, shape: Format) -> dict[str, list[str]]:
    """The figures of a Word file by the names of the form's rows: each is the end of its row."""
    two, three, four = word_reader.tables(data)
    found: dict[str, list[str]] = {}
    for row in form.ACTIVE[shape]:
        [cells] = [cells for cells in two if cells[0] == row.name.removesuffix("(万元)")]
        found[f"t2.{row.name}"] = cells[1:]
    names = [row.name for row in form.REQUESTS[shape]]
    for name, cells in zip(names, three[3:], strict=True):
        found[f"t3.{name}"] = cells[-7:]
    for at, name in enumerate(form.CASES):
        found[f"t4.{name}"] = four[-1][5 * at : 5 * at + 5]
    return found


def expected(made: AnnualReport) -> dict[str, list[str]]:
    """The same of a report."""
    tables = {"t2": made.active, "t3": made.requests, "t4": made.cases}
    return {f"{table}.{name}": [printed(cell) for cell in row]
            for table, rows in tables.items() for name, row in rows.items()}  # fmt: skip


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32).map(filled))
def test_a_word_file_says_in_every_cell_what_was_put_there(made: AnnualReport) -> None:
    assert read_word(word_file.write(document(made), at=world.NOON), made.format) == expected(made)


@settings(max_examples=40, deadline=None)
@given(consistent().filter(lambda made: not made.other_in_one or made.format is Format.OF_2019))
def test_the_checker_reads_every_file_back_as_it_was_and_finds_nothing_wrong(made: AnnualReport) -> None:
    made = replace(made, year=2020 if made.format is Format.OF_2019 else 2024)
    for data, name in ((web_page.write(document(made)), "a.html"), (figures_file.write(document(made)), "a.json")):
        back = reports.from_bytes(data, name=name)
        assert (back.active, back.requests, back.cases) == (made.active, made.requests, made.cases)
        assert (back.org, back.year, back.format) == (made.org, made.year, made.format)
        assert checks.check(back) == checks.check(made) == []


@BOTH
def test_the_checker_reads_a_word_file_back_too(shape: Format) -> None:
    made = report(shape, cells={"t3.new.0": 2, "t3.new.6": 2, "t3.d3.0": 2, "t3.d3.6": 2, "t3.total.0": 2,
                                "t3.total.6": 2, "t4.suit_after.3": 1, "t4.suit_after.4": 1})  # fmt: skip
    back = reports.from_bytes(word_file.write(document(made), at=world.NOON), name="a.docx")
    assert (back.active, back.requests, back.cases, back.org) == (made.active, made.requests, made.cases, made.org)
    assert checks.check(back) == []


@BOTH
def test_each_label_stands_in_a_cell_of_its_own_and_each_row_of_the_form_in_a_row(shape: Format) -> None:
    two, three, four = word_reader.tables(word_file.write(document(report(shape)), at=world.NOON))
    assert len(three) == 3 + len(form.REQUESTS[shape])
    assert [cells for cells in three if "1.属于国家秘密" in cells] == [
        ["", "（三）不予公开", "1.属于国家秘密", *["0"] * 7]
    ]
    assert three[5][0] == "三、本年度办理结果" and three[5][1] == "（一）予以公开"
    assert len(four) == 4 and four[-1] == ["0"] * 15
    assert sum(cells[0] == "信息内容" for cells in two) == (5 if shape is Format.OF_2019 else 4)


@BOTH
def test_every_run_names_both_fonts_and_asks_for_the_east_asian_one(shape: Format) -> None:
    data = word_file.write(document(report(shape), draft=True), at=world.NOON)
    known = {font.get(f"{W}name") for font in word_reader.part(data, "word/fontTable.xml").iter(f"{W}font")}
    found = 0
    for name, run in word_reader.runs(data):
        [fonts] = run.iterfind(f"{W}rPr/{W}rFonts")
        assert fonts.get(f"{W}hint") == "eastAsia", name
        assert {fonts.get(f"{W}eastAsia"), fonts.get(f"{W}ascii"), fonts.get(f"{W}hAnsi")} <= known, name
        found += 1
    assert found > 200


def test_no_theme_font_is_left_and_every_font_has_a_fallback() -> None:
    data = word_file.write(document(report()), at=world.NOON)
    for name, root in word_reader.parts(data).items():
        themed = [
            key for element in root.iter() if isinstance(element.tag, str) for key in element.attrib if "heme" in key
        ]
        assert not themed and "theme" not in name, name
    table = word_reader.part(data, "word/fontTable.xml")
    fallbacks = {font.get(f"{W}name"): font.find(f"{W}altName") for font in table.iter(f"{W}font")}
    assert set(official_layout.FALLBACKS) <= set(fallbacks)
    assert all(fallbacks[name] is not None for name in official_layout.FALLBACKS)


def test_the_page_is_as_the_standard_has_it() -> None:
    data = word_file.write(document(report()), at=world.NOON)
    section = word_reader.part(data, "word/document.xml").find(f".//{W}sectPr")
    margins = {
        side: round(int(section.find(f"{W}pgMar").get(f"{W}{side}")) / 56.693)
        for side in ("top", "bottom", "left", "right")
    }
    assert margins == {"top": 37, "bottom": 35, "left": 28, "right": 26}
    body = next(
        p for p in word_reader.part(data, "word/document.xml").iter(f"{W}p") if "主动公开情况" in "".join(p.itertext())
    )
    assert (body.find(f".//{W}spacing").get(f"{W}line"), body.find(f".//{W}spacing").get(f"{W}lineRule")) == (
        "560",
        "exact",
    )
    fonts = {run.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") for run in body.iter(f"{W}r")}
    assert fonts == {official_layout.KAI, official_layout.FANG}
    footers = [root for name, root in word_reader.parts(data).items() if name.startswith("word/footer")]
    assert len(footers) == 2 and all("PAGE" in "".join(root.itertext()) for root in footers)


@pytest.mark.parametrize("draft", [True, False])
def test_a_draft_is_marked_on_every_page_and_nothing_else_is(draft: bool) -> None:
    made = document(report(), draft=draft)
    word = word_file.write(made, at=world.NOON)
    headers = [root for name, root in word_reader.parts(word).items() if name.startswith("word/header")]
    assert len(headers) == 2
    assert [DRAFT in "".join(root.itertext()) for root in headers] == [draft] * 2
    book = openpyxl.load_workbook(io.BytesIO(workbook_file.write(made)))
    assert [DRAFT in (sheet.oddHeader.center.text or "") for sheet in book] == [draft] * 4
    page = web_page.write(made).decode()
    assert (f'class="draft">{DRAFT}' in page) is draft
    assert (json.loads(figures_file.write(made)).get("draft") is True) is draft


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**32).map(filled))
def test_a_workbook_holds_numbers_as_numbers_and_no_formula(made: AnnualReport) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_file.write(document(made))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    figures: list[Any] = [cell.value for cell in book["表四"][6]]
    assert figures == [cell for row in made.cases.values() for cell in row]
    names = [row.name for row in form.REQUESTS[made.format]]
    rows = [[cell.value for cell in row][-7:] for row in book["表三"].iter_rows(min_row=6)]
    assert dict(zip(names, rows, strict=True)) == {name: list(made.requests[name]) for name in names}


def test_a_long_name_and_odd_characters_do_no_harm() -> None:
    made = replace(changed(report(), "t2.规章.0", "<0> & “零”"), org="甲<乙>&丙")
    back = web_page.write(document(made)).decode()
    assert "甲&lt;乙&gt;&amp;丙" in back and "&lt;0&gt; &amp; “零”" in back
    assert "甲<乙>&丙" in word_reader.part(word_file.write(document(made), at=world.NOON), "word/document.xml").xpath(
        "string()"
    )


def test_rows_with_one_column_are_a_number_in_json() -> None:
    shape = figures_file.shape(report(cells={"t2.行政许可.0": 12, "t2.行政事业性收费(万元).0": 3.5}))
    assert (shape["t2"]["行政许可"], shape["t2"]["行政事业性收费(万元)"], shape["t2"]["规章"]) == (12, 3.5, [0, 0, 0])
