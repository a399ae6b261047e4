"""Reports of all kinds of files and layouts come back with the cells that were put in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from content.intake import reports
from content.rules.errors import BadInput
from content.rules.figures.annual_report import checks, form
from content.rules.figures.annual_report.form import Format
from content.rules.figures.annual_report.report import AnnualReport
from tests.intake.reports import report_files
from tests.intake.reports.report_files import as_html, as_text, as_word, letters
from tests.intake.reports.sample_reports import BLANK_ROWS, EMPTY, NEW, OLD, ONE_ROW, WITH_BLANKS, WITH_TEXT, compared
from tests.rules.figures.annual_report.made_up import changed, consistent

Writer = Callable[[AnnualReport], bytes]


def text_of(**ways: Any) -> Writer:
    """A writer of plain text."""
    return lambda made: as_text(made, **ways).encode()


def one_a_line(made: AnnualReport) -> bytes:
    """Every cell on a line of its own: what some viewers' copies are."""
    return as_text(made, flat=False, tab="\n").encode()


def full_width(made: AnnualReport) -> bytes:
    """Full-width figures, blanks inside labels, GB18030."""
    text = as_text(made).replace("予以公开", "予 以 公 开").replace("总计", "总　计")
    return re.sub(
        r"(?<=\t)\d+(?=[\t\n])",
        lambda found: found[0].translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        text,
    ).encode("gb18030")


def broken_rows(made: AnnualReport) -> bytes:
    """Rows broken in the middle of labels and of figures, with page numbers between."""
    text = as_text(made, flat=False, tab=" ").replace("需要另行", "需要另行\n").replace("重新出具", "重新\n出具")
    lines = text.splitlines()
    broken = [
        line.replace(" 0 0 0", " 0 0\n— 3 —\n0", 1) if number % 4 == 0 else line for number, line in enumerate(lines)
    ]
    return "\r\n".join(broken).encode("utf-8-sig")


WAYS: dict[str, tuple[str, Writer]] = {
    "page": (".html", as_html),
    "page with letters under one another": (".html", lambda made: as_html(made, vertical=True)),
    "page laid out by a table": (".htm", lambda made: as_html(made, outer=True)),
    "page pasted from Word": (".html", lambda made: as_html(made, paragraphs_in_cells=True)),
    "Word": (".docx", as_word),
    "Word with letters under one another": (".docx", lambda made: as_word(made, vertical=True)),
    "Word with table four in two": (".docx", lambda made: as_word(made, split_cases=True)),
    "text with tabs": (".txt", text_of()),
    "text with tabs and no empty cells": (".txt", text_of(flat=False, end="\r\n")),
    "text with bars": (".txt", text_of(tab=" | ")),
    "text in full width and GB18030": (".txt", full_width),
}
WITHOUT_BLANKS: dict[str, tuple[str, Writer]] = {
    "text with one cell a line": (".txt", one_a_line),
    "text with broken rows": (".txt", broken_rows),
    "text with blanks between": (".txt", text_of(flat=False, tab="  ")),
}


@pytest.mark.parametrize("made", [NEW, OLD, ONE_ROW, WITH_TEXT, WITH_BLANKS, BLANK_ROWS, EMPTY],
                         ids=["2021", "2019", "one row", "text in cells", "blanks", "blank rows", "noughts"])  # fmt: skip
@pytest.mark.parametrize("way", WAYS)
def test_cells_come_back_from_every_layout(way: str, made: AnnualReport) -> None:
    ending, write = WAYS[way]
    read = reports.from_bytes(write(made), name=f"年报{ending}")
    assert compared(read) == compared(made)
    assert all(line in read.narrative for line in made.narrative.splitlines())
    assert [one.rule for one in checks.check(read) if one.level == "error"] == \
        [one.rule for one in checks.check(made) if one.level == "error"]  # fmt: skip


@pytest.mark.parametrize("made", [NEW, OLD, ONE_ROW, EMPTY], ids=["2021", "2019", "one row", "noughts"])
@pytest.mark.parametrize("way", WITHOUT_BLANKS)
def test_cells_come_back_from_text_that_lost_its_rows(way: str, made: AnnualReport) -> None:
    ending, write = WITHOUT_BLANKS[way]
    assert compared(reports.from_bytes(write(made), name=f"年报{ending}")) == compared(made)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(consistent())
def test_any_figures_come_back_from_a_page(made: AnnualReport) -> None:
    assert compared(reports.from_bytes(as_html(made), name="年报.html")) == compared(made)


def test_rows_whose_labels_stand_around_the_figures_are_known_by_their_place() -> None:
    text = as_text(NEW, flat=False, tab="  ")
    for label in (
        "2.没有现成信息需要另行制作",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "4.无正当理由大量反复申请",
    ):
        lines = [line for line in text.splitlines() if label in line]
        figures = lines[0].partition(label)[2]
        text = text.replace(lines[0], f"{label[:9]}\n{label[9:13]} {figures}\n{label[13:]}")
    assert compared(reports.from_bytes(text.encode(), name="年报.txt")) == compared(NEW)


def test_a_bare_page_number_between_two_rows_is_no_figure() -> None:
    text = as_text(NEW, flat=False, tab="  ").replace("（七）总计", "12\n（七）总计")
    assert compared(reports.from_bytes(text.encode(), name="年报.txt")) == compared(NEW)


def test_what_cannot_be_read_in_broken_text_is_said_and_not_guessed() -> None:
    text = as_text(NEW, flat=False, tab="  ").replace("8.属于行政查询事项  0", "8.属于行政查询事项", 1)
    found = checks.check(reports.from_bytes(text.encode(), name="年报.txt"))
    assert [(one.level, one.rule) for one in found] == [("query", "format.rows")] and "行政查询事项" in found[0].message


def test_a_header_that_a_copy_set_letter_by_letter_is_no_figure() -> None:
    text = as_text(OLD)
    for head in form.CASE_COLUMNS[:-1]:
        text = text.replace(head, letters(head, " "))
    assert compared(reports.from_bytes(text.encode(), name="年报.txt")) == compared(OLD)


@pytest.mark.parametrize(("title", "org", "year"), [
    ("石桥镇人民政府2022年度政府信息公开工作年度报告", "石桥镇人民政府", 2022),
    ("望江县财政局\n2023年政府信息公开年度报告", "望江县财政局", 2023),
    ("2024年云岭市教育局政府信息公开工作年度报告", "云岭市教育局", 2024),
    ("首页 > 政务公开 > 云岭工业园区二〇二五年政府信息公开工作年度报告", "云岭工业园区", 2025),
    ("当前位置：首页\n２０２１ 年 政府信息公开工作年度报告", "", 2021),
    ("关于工作的几点说明", "", None),
])  # fmt: skip
def test_the_title_tells_whose_report_it_is(title: str, org: str, year: int | None) -> None:
    text = as_text(NEW).replace(report_files.title(NEW), title)
    read = reports.from_bytes(text.encode(), name="年报.txt")
    assert (read.org, read.year) == (org, year)


def test_figures_as_json_keep_numbers_blanks_and_text_apart() -> None:
    document = {"org": "望江县", "year": 2024, "format": "2021", "t2": {"规章": ["22（其中修订16件）", None, 0], "行政许可": 5},
                "t3": {"new": [0, None, "/", 0, 0, 0, 0], "in": []}, "t4": {}, "narrative": ["甲。", "乙。"]}  # fmt: skip
    read = reports.from_bytes(json.dumps(document).encode(), name="x.json")
    assert read.active == {"规章": ("22（其中修订16件）", None, 0), "行政许可": (5,)}
    assert read.requests == {"new": (0, None, "/", 0, 0, 0, 0)} and read.narrative == "甲。\n乙。"


@pytest.mark.parametrize(("change", "said"), [
    ({"t3": {"new": [0, 0]}}, "t3.new 要有 7 格，给了 2 格"), ({"t3": {"zzz": [0]}}, "“zzz”不是表里的行"),
    ({"t4": {"review": [0, 0, 0, 0, {}]}}, "有一格看不懂"), ({"t4": {"review": [0, 0, 0, 0, True]}}, "有一格看不懂"),
    ({"year": "去年"}, "year 是"), ({"format": "2020"}, "只能是 2019 或 2021"), ({"t2": [1]}, "t2 要写成"),
    ({"t2": {"行政许可": [1, 2]}}, "要有 1 格"),
])  # fmt: skip
def test_json_that_is_not_the_form_is_refused_in_words(change: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        reports.from_bytes(json.dumps({"format": "2021", "t3": {}} | change).encode(), name="x.json")


def test_the_rows_tell_the_format_and_a_false_claim_is_an_error() -> None:
    document = {"year": 2024, "format": "2019", "t2": {"行政规范性文件": [0, 0, 0]}, "t3": {}}
    read = reports.from_bytes(json.dumps(document).encode(), name="x.json")
    assert read.format is Format.OF_2021
    assert [one.rule for one in checks.check(read) if one.level == "error"] == ["format.year"]


def test_a_table_of_contents_hides_no_table() -> None:
    contents = "目录\n" + "\n".join(report_files.HEADINGS) + "\n"
    assert compared(reports.from_bytes((contents + as_text(NEW)).encode(), name="年报.txt"))[3:] == compared(NEW)[3:]


def test_other_headings_and_none_at_all_lead_to_the_tables() -> None:
    text = as_text(NEW).replace(
        "四、政府信息公开行政复议、行政诉讼情况", "四、因政府信息公开申请行政复议、提起行政诉讼情况"
    )
    assert compared(reports.from_bytes(text.encode(), name="年报.txt")) == compared(NEW)
    for heading in report_files.HEADINGS:
        text = text.replace(heading, "")
    assert compared(reports.from_bytes(text.encode(), name="年报.txt")) == compared(NEW)


def test_blanks_at_the_ends_of_rows_are_not_mistaken_for_the_layouts() -> None:
    made = changed(changed(NEW, "t3.d1.0", None), "t3.d1.6", None)
    for end in ("\t\n", " | \n", "|\n"):
        text = as_text(made, tab="\t" if "\t" in end else "|", end=end)
        assert compared(reports.from_bytes(text.encode(), name="年报.txt")) == compared(made)


def test_the_heads_empty_cells_are_no_row_of_figures() -> None:
    page = as_html(NEW).replace(b"<tr><td colspan=\"1\" rowspan=\"1\">3</td>", b"<tr>" + b"<td></td>" * 15 + b"</tr>"
                                b"<tr><td colspan=\"1\" rowspan=\"1\">3</td>", 1)  # fmt: skip
    assert compared(reports.from_bytes(page, name="年报.html")) == compared(NEW)
