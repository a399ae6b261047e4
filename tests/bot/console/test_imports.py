"""Importing sheets at the console: columns told by hand, cells named, the rows to correct, undone, safe to repeat."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from lxml import html
from openpyxl import load_workbook
from sqlalchemy import select

from content.services.office import Office
from content.store.tables import Disclosure, Posting
from tests.bot.console.colleague import Colleague, words
from tests.bot.console.job_sheets import BAD, GOOD, HEAD, book


@pytest.fixture(scope="module")
def clerk(app: Flask) -> Colleague:
    """林晓雨, who imports."""
    return Colleague(app, "linxiaoyu")


def fields(page: str) -> dict[str, str]:
    """What the form of a page would send."""
    [form] = html.fromstring(page).xpath("//main//form[contains(@action, '/imports/')]")
    return {name: value for name, value in form.form_values() if name not in ("csrf", "form_key")}


def action(page: str) -> str:
    """Where it goes."""
    return str(html.fromstring(page).xpath("//main//form[contains(@action, '/imports/')]/@action")[0])


def uploaded(clerk: Colleague, data: bytes, name: str = "岗位表.xlsx", kind: str = "posting") -> str:
    """The page of columns behind an upload."""
    answer = clerk.sends("/console/imports/", {"kind": kind, "file": (io.BytesIO(data), name)})
    assert answer.status_code == 303, words(answer)
    return answer.location


def imported(clerk: Colleague, data: bytes, name: str = "岗位表.xlsx", kind: str = "posting", **changes: str) -> str:
    """The receipt's page, all steps done."""
    page = clerk.opens(uploaded(clerk, data, name, kind)).text
    rows = clerk.sends(action(page), {**fields(page), **changes})
    assert rows.status_code == 200, words(rows)
    answer = clerk.sends(action(rows.text), fields(rows.text))
    for _ in range(200):
        shown = clerk.opens(answer.location)
        if shown.status_code == 303:
            return str(shown.location)
        assert "正在" in words(shown) or "导入" in words(shown)
    raise AssertionError("it never ended")


def postings(office: Office) -> dict[str, tuple[str, bool]]:
    """Title and whether it stands, by key."""
    with office.store.read() as session:
        return {row.key: (row.title, row.withdrawn_at is None) for row in session.scalars(select(Posting))}


def test_a_sheet_goes_in_by_five_steps_and_each_faulty_cell_is_named(clerk: Colleague, office: Office) -> None:
    where = uploaded(clerk, book(("说明", [["请勿修改"]]), ("岗位", [HEAD, *GOOD, *BAD])))
    page = clerk.opens(where).text
    assert "前厅接待员 ／ 钢筋工" in words(clerk.opens(where)) and "工作表“岗位”" in words(clerk.opens(where))
    told = fields(page)
    assert [told[f"column-{at}"] for at in range(6)] == ["", "title", "employer", "salary", "valid_until", ""]
    refused = clerk.sends(action(page), told)
    assert refused.status_code == 400 and "请指出哪一列是编号" in words(refused)
    rows = clerk.sends(action(page), {**told, "column-0": "key", "column-5": "benefits"})
    assert "第 4 行 E 列" in words(rows) and "第 5 行 A 列" in words(rows) and postings(office) == {}
    answer = clerk.sends(action(rows.text), fields(rows.text))
    receipt = clerk.opens(answer.location)
    assert receipt.status_code == 303
    text = clerk.reads(receipt.location)
    assert "新增 3，更新 0，没变 0，不收 2" in text
    assert "第 5 行 A 列" in text and "第 6 行 B 列" in text and "第 4 行 E 列" in text
    assert postings(office) == {"z1": ("前厅接待员", True), "z2": ("钢筋工", True), "z3": ("电焊工", True)}
    sheet = load_workbook(io.BytesIO(clerk.opens(f"{receipt.location}/faults.xlsx").data)).worksheets[0]
    lines = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert lines[0] == [*HEAD, "哪里不对"]
    assert [line[:6] for line in lines[1:]] == [list(row) for row in BAD]


def test_the_last_import_is_undone_and_the_same_may_be_done_again(clerk: Colleague, office: Office) -> None:
    before = postings(office)
    head = ("编号", *HEAD[1:5])
    changed = book(("岗位", [head, ("z1", "大堂接待员", *GOOD[0][2:5]), ("z9", "保安", "临江大酒店", "3000", "")]))
    receipt = imported(clerk, changed)
    assert "新增 1，更新 1" in clerk.reads(receipt)
    assert postings(office) == {**before, "z1": ("大堂接待员", True), "z9": ("保安", True)}
    assert "新增 0，更新 0，没变 2" in clerk.reads(again := imported(clerk, changed))
    assert clerk.sends(f"{receipt}/undo").status_code == 409
    assert "撤销了，0 条" in clerk.does(f"{again}/undo")
    assert postings(office)["z9"] == ("保安", True)
    more = book(("岗位", [head, ("z1", "礼宾员", *GOOD[0][2:5]), ("z10", "保洁", "临江大酒店", "3000", "")]))
    undone = imported(clerk, more)
    assert "撤销了，2 条" in clerk.does(f"{undone}/undo")
    assert postings(office) == {**before, "z1": ("大堂接待员", True), "z9": ("保安", True), "z10": ("保洁", False)}
    refused = clerk.sends(f"{undone}/undo")
    assert refused.status_code == 409 and "已经撤销过了" in words(refused)
    assert "新增 0，更新 2" in clerk.reads(imported(clerk, more))
    assert postings(office)["z10"] == ("保洁", True)


def test_text_with_commas_and_json_lines_go_in_too(clerk: Colleague, office: Office) -> None:
    text = "编号,信息标题,发布机构\nd1,关于停水的通知,党政办公室\n".encode("gbk")
    assert "新增 1" in clerk.reads(imported(clerk, text, "公开.csv", "disclosure"))
    where = uploaded(clerk, '{"key":"d2","title":"关于供热的通知"}\n'.encode(), "公开.jsonl", "disclosure")
    rows = clerk.opens(clerk.opens(where).location)
    assert "关于供热的通知" in words(rows)
    answer = clerk.sends(action(rows.text), fields(rows.text))
    assert "新增 1" in clerk.reads(clerk.opens(answer.location).location)
    with office.store.read() as session:
        assert len(session.scalars(select(Disclosure)).all()) == 2


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [("表.et", b"x", "另存为 .xlsx"), ("表.xlsx", b"PK broken", "不是完好的"), ("图.png", b"\x89PNG", "认不出"), ("", b"", "请先选一个文件"),
     ("旧.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"x", "旧版 Excel"), ("页.xls", b"<html>no</html>", "里面没有表格")],
)  # fmt: skip
def test_what_cannot_be_read_is_told_at_once(clerk: Colleague, name: str, data: bytes, said: str) -> None:
    answer = clerk.sends("/console/imports/", {"kind": "posting", "file": (io.BytesIO(data), name)})
    assert answer.status_code == 400 and said in words(answer)


def test_a_file_that_is_gone_and_forged_forms_are_told_in_words(clerk: Colleague) -> None:
    gone = clerk.opens(f"/console/imports/{'0' * 64}/columns?kind=posting")
    assert gone.status_code == 404 and "已经不在了" in words(gone)
    where = uploaded(clerk, book(("岗位", [HEAD, *GOOD])))
    key = re.findall(r"/imports/(\w+)/", where)[0]
    for form in (
        {"fields": "[[["},
        {"fields": "no"},
        {"columns": "9999999999"},
        {"sheet": "没有", "fields": "key,title"},
    ):
        answer = clerk.sends(f"/console/imports/{key}/rows?kind=posting", form)
        assert answer.status_code in (200, 400), words(answer)
    assert clerk.sends(f"/console/imports/{key}/rows?kind=nothing").status_code == 400
