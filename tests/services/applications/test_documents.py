"""Documents as Word files: every kind, what the law wants in it, fonts, faulty templates."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from config import document_templates
from content.rules.applications import document_template
from content.rules.applications.receipt import ReceiptChannel
from content.rules.applications.steps import Step
from content.rules.errors import BadInput, NotAllowed
from content.rules.figures.annual_report import form
from content.services.applications import documents, handling, receiving
from content.services.applications.handling import StepToTake
from content.services.office import Office
from tests.services.applications.applicants import GIVEN
from tests.services.applications.applicants import form as filled

On = Callable[[date], None]
START = date(2026, 3, 2)


@pytest.fixture
def number(office: Office, on: On) -> str:
    """An application that somebody handed in."""
    on(date(2026, 4, 20))
    return receiving.by_hand(office, filled(), channel=ReceiptChannel.COUNTER, arrived=START, username="hejing")


def take(office: Office, number: str, step: Step, on: date = START, username: str = "hejing", **more: Any) -> None:
    """A step on that day."""
    handling.take(office, number, StepToTake(step, on, **more), username=username)


def text(office: Office, number: str, kind: str) -> str:
    """What a document says."""
    made = documents.make(office, number, kind, username="hejing")
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(made.data)).paragraphs)


def test_each_document_says_what_its_step_says(office: Office, number: str) -> None:
    take(office, number, Step.ASK_CORRECTION, note="请写明工程名称", days=10)
    said = text(office, number, "correction")
    assert "请写明工程名称" in said and "10个工作日内" in said and "2026年3月2日" in said and GIVEN["name"] in said
    take(office, number, Step.CORRECT)
    take(office, number, Step.ASK_EXTENSION, days=10, note="要到档案馆查。")
    take(office, number, Step.EXTEND, username="zhaominghua", days=10, note="同意")
    assert "因要到档案馆查，不能按期答复" in text(office, number, "extension")
    assert "延长10个工作日，将于2026年4月14日前答复" in text(office, number, "extension")
    take(office, number, Step.CONSULT, note="某某公司")
    asked = text(office, number, "consult")
    assert asked.split("\n")[2 - 1].startswith("某某公司：") and GIVEN["name"] not in asked
    take(office, number, Step.HEAR)
    take(office, number, Step.ASK_FEE, basis="page", pages=40)
    assert "按量计收信息处理费，共计100元" in text(office, number, "fee")
    assert number in text(office, number, "receipt")


@pytest.mark.parametrize("outcome", [row.name for row in form.REQUESTS[form.Format.OF_2021] if row.group])
def test_every_outcome_has_its_answer_with_ground_and_remedy(office: Office, number: str, outcome: str) -> None:
    before = {"u3": Step.ASK_CORRECTION, "o1": Step.ASK_CORRECTION, "o2": Step.ASK_FEE, "n4": Step.ASK_REASONS}
    if step := before.get(outcome):
        take(office, number, step, note="请说明", days=5, basis="page", pages=31)
    if outcome == "u3":
        take(office, number, Step.CORRECT)
    take(office, number, Step.ANSWER, outcome=outcome, note="理由在此。")
    said = text(office, number, f"answer-{outcome[0]}")
    assert (
        "理由在此。" in said
        and ("条例》第" in said or "109号" in said or "条例》的规定" in said)
        and "行政复议" in said
    )
    assert ("自收到复议决定书之日起十五日内" in said) is outcome.startswith("d")
    assert outcome == "p" or document_template.REASONS[outcome] in said
    assert "{" not in said and "。。" not in said and "，。" not in said
    other = "answer-d" if outcome[0] != "d" else "answer-g"
    with pytest.raises(BadInput, match="现在还没有"):
        documents.make(office, number, other, username="hejing")


def test_every_run_names_an_east_asian_font_and_no_theme_is_left(office: Office, number: str) -> None:
    made = documents.make(office, number, "receipt", username="hejing")
    file = Document(io.BytesIO(made.data))
    runs = list(file.element.body.iter(qn("w:r")))
    assert runs and all(run.rPr.rFonts.get(qn("w:eastAsia")) in ("仿宋_GB2312", "方正小标宋简体") for run in runs)
    assert all(run.rPr.rFonts.get(qn("w:hint")) == "eastAsia" for run in runs)
    assert "heme" not in file.styles.element.xml and file.sections[0].top_margin.mm == pytest.approx(37, abs=0.1)
    assert "电话" in made.blanks and "单位" not in made.blanks and made.name.endswith(f"{number}.docx")


def test_a_faulty_template_is_named_and_what_the_office_writes_is_used(office: Office, number: str) -> None:
    for state in documents.templates(office):
        assert state.faults == (), state.template.kind
    with pytest.raises(BadInput, match=r"第 2 行有不认识的“\{姓名\}”"):
        documents.change(office, "receipt", "回执\n{姓名}：\n{申请人}{编号}", username="hejing")
    with pytest.raises(BadInput, match="不成对"):
        documents.change(office, "receipt", "回执\n{申请人：\n{申请人}{编号}", username="hejing")
    with pytest.raises(NotAllowed):
        documents.change(office, "receipt", "回执\n{申请人}{编号}", username="linxiaoyu")
    documents.change(office, "receipt", "收条\n{申请人}：\n编号{编号}，收到了。\n> {单位}", username="hejing")
    assert text(office, number, "receipt").startswith(f"收条\n{GIVEN['name']}：\n编号{number}，收到了。")
    document_templates.path(office.home, "receipt").write_text("只有标题", encoding="utf-8")
    with pytest.raises(BadInput, match="“受理回执”有错：至少要有标题"):
        documents.make(office, number, "receipt", username="hejing")
    documents.change(office, "receipt", "", username="hejing")
    assert "受理回执" in text(office, number, "receipt")


def test_what_a_citizen_wrote_can_not_change_the_layout() -> None:
    filled_in = document_template.fill("标题\n{申请人}：\n{申请内容}\n> {单位}",
                                       {"申请人": "甲", "申请内容": "> 一\n{单位}", "单位": "某办"})  # fmt: skip
    assert [(line.text, line.right) for line in filled_in.lines] == [
        ("甲：", False), ("> 一", False), ("{单位}", False), ("某办", True),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "lines", "blanks"), [
    ("予以公开。\n{说明}", ["予以公开。"], ()),
    ("共计 9 元。{说明}", ["共计 9 元。"], ()),
    ("不予公开，理由如下：\n{说明}", ["不予公开，理由如下：", document_template.BLANK], ("说明",)),
    ("{说明}：\n请答复。", [f"{document_template.BLANK}：", "请答复。"], ("说明",)),
    ("因{说明}，不能按期答复。", [f"因{document_template.BLANK}，不能按期答复。"], ("说明",)),
])  # fmt: skip
def test_a_word_that_is_not_given_is_left_blank_where_the_sentence_needs_it(
    text: str, lines: list[str], blanks: tuple[str, ...]
) -> None:
    made = document_template.fill(f"标题\n{text}", {"说明": ""})
    assert ([line.text for line in made.lines], made.blanks) == (lines, blanks)
