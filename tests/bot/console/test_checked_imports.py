"""Rows that must not be public, what becomes of stored ones, and looking after them one by one."""

from __future__ import annotations

import io
import json
import re

import pytest
from lxml import html
from openpyxl import load_workbook
from sqlalchemy import select

from content.rules.checks.id_numbers import is_id_number
from content.services.answers import notice_search
from content.services.office import Office
from content.store.figures import ledger
from content.store.tables import Posting
from tests.bot.console.colleague import Colleague, words
from tests.bot.console.job_sheets import action, book, fields, imported, postings, uploaded

UNLAWFUL = ("编号", "岗位名称", "招聘单位", "任职要求", "联系电话")
BY_CHECKS = [("c1", "搬运工", "江城物流", "限男性，35岁以下", "13812345678"), ("c2", "保洁员", "江城物流", "身份证号{}的先报名", ""),
             ("c3", "收银员", "江城物流", "非本地户籍勿扰，18岁以上", "0591-83812345"),
             ("c4", "叉车工", "江城物流", "有意的找小王13987654321", "")]  # fmt: skip


def an_id_number() -> str:
    """A number with the right check digit; none stands in the source."""
    body = "35010219900101112"
    return body + next(each for each in "0123456789X" if is_id_number(body + each))


def test_rows_that_must_not_be_public_stay_out_until_they_are_put_right(clerk: Colleague, office: Office) -> None:
    rows = [[cell.format(an_id_number()) for cell in row] for row in BY_CHECKS]
    data = book(("岗位", [UNLAWFUL, *rows]))
    page = clerk.opens(uploaded(clerk, data)).text
    shown = words(clerk.sends(action(page), fields(page)))
    assert "看了前 4 行，其中 1 行会这样收进来" in shown
    assert "D2 格（第 2 行 D 列“任职要求”）：限制性别“限男性”。就业促进法第三条" in shown
    assert "D3 格（第 3 行 D 列“任职要求”）：完整的身份证号“35*************" in shown and an_id_number() not in shown
    assert "D4 格（第 4 行 D 列“任职要求”）：限制户籍" in shown, "what is to be looked at stops nothing"
    receipt = imported(clerk, data)
    assert "新增 1，更新 0，没变 0，不收 3" in clerk.reads(receipt)
    assert {key for key in postings(office) if key.startswith("c")} == {"c3"}
    sheet = load_workbook(io.BytesIO(clerk.opens(f"{receipt}/faults.xlsx").data)).worksheets[0]
    refused = [row[0].value for row in sheet.iter_rows(min_row=2) if "没有收" in str(row[-1].value)]
    assert refused == ["c1", "c2", "c4"]
    bare = clerk.sends(f"{receipt}/excuse", {"reason": " "})
    assert bare.status_code == 400 and "请写明为什么照样收" in words(bare)
    excused = clerk.awaits(clerk.sends(f"{receipt}/excuse", {"reason": "井下作业，女职工劳动保护特别规定"}))
    assert "新增 2，更新 0，没变 1，不收 1" in clerk.reads(excused.location)
    assert {key for key in postings(office) if key.startswith("c")} == {"c1", "c3", "c4"}, (
        "a full ID number never goes in"
    )
    with office.store.read() as session:
        [entry] = ledger.since(session, 0, "notices.excused")
        assert "井下作业" in entry.data


def test_a_row_that_asks_for_money_or_papers_stays_out(clerk: Colleague, office: Office) -> None:
    rows = [("k1", "普工", "江城物流", "须交押金500元", ""), ("k2", "普工", "江城物流", "服装费自理，入职扣押身份证", ""),
            ("k3", "普工", "江城物流", "不收押金，不押证件", "")]  # fmt: skip
    told = clerk.reads(imported(clerk, book(("岗位", [UNLAWFUL, *rows]))))
    assert "向求职者收钱“须交押金" in told and "扣押证件“扣押身份证”" in told and "劳动合同法第九条" in told
    assert {key for key in postings(office) if key.startswith("k")} == {"k3"}


def test_a_posting_is_put_right_and_taken_down_and_an_old_sheet_does_not_bring_it_back(
    clerk: Colleague, office: Office
) -> None:
    row = ("t1", "配菜员", "临江大酒店", "会切菜", "")
    data = book(("岗位", [UNLAWFUL, row]))
    imported(clerk, data)
    listed = clerk.opens("/console/notices/?kind=posting&q=配菜").text
    [where] = html.fromstring(listed).xpath("//main//table//a/@href")
    version = re.findall(r'name="version" value="(\d+)"', clerk.opens(where).text)[0]
    bad = clerk.sends(where, {"version": version, "description": f"身份证号{an_id_number()}", "note": "有依据"})
    assert bad.status_code == 400 and "完整的身份证号" in words(bad) and "身份证号3501" in bad.text, (
        "what was typed stays"
    )
    assert "改好了" in clerk.does(where, {"version": version, "description": "会切菜、配菜", "note": "补全"})
    assert clerk.sends(where, {"version": version, "description": "x"}).status_code == 400, "somebody else changed it"
    number = int(where.rpartition("/")[2])
    assert found(office, "配菜 会切菜") == ["配菜员"]
    assert "请写明为什么撤下" in words(clerk.sends(f"{where}/down", {"note": ""}))
    assert "撤下了" in clerk.does(f"{where}/down", {"note": "单位说不招了"})
    assert found(office, "配菜") == []
    assert "单位说不招了" in clerk.reads("/console/notices/?kind=posting&gone=yes")
    same = book(("岗位", [UNLAWFUL, (*row[:3], "会切菜、配菜", "")]))
    assert "以前有人撤下过（单位说不招了）" in clerk.reads(imported(clerk, same))
    assert postings(office)["t1"] == ("配菜员", False)
    assert "恢复了" in clerk.does(f"{where}/back") and found(office, "配菜") == ["配菜员"]
    with office.store.read() as session:
        kinds = [entry.kind for entry in ledger.about(session, f"posting:{number}")]
    assert kinds == ["notice.corrected", "notice.withdrawn", "notice.restored"]


def test_columns_are_remembered_and_a_column_that_is_not_chosen_leaves_what_is_stored(
    clerk: Colleague, office: Office
) -> None:
    head = ("编号", "岗位", "公司", "会什么")
    first = book(("岗位", [head, ("m1", "厨师", "江城餐饮", "会粤菜")]))
    imported(clerk, first, **{"column-3": "description"})
    again = clerk.opens(uploaded(clerk, first)).text
    assert fields(again)["column-3"] == "description" and "已经照那一次对好" in again
    changed = book(("岗位", [head, ("m1", "厨师长", "江城餐饮", "会粤菜")]))
    page = clerk.opens(uploaded(clerk, changed)).text
    told = {**fields(page), "column-3": ""}
    rows = clerk.sends(action(page), told)
    assert (
        "更新：职位名称" in words(rows) and "描述" in words(rows).partition("没有对应的列")[2].partition("保持原样")[0]
    )
    clerk.awaits(clerk.sends(action(rows.text), fields(rows.text)))
    with office.store.read() as session:
        row = session.scalars(select(Posting).where(Posting.key == "m1")).one()
        assert row.title == "厨师长" and json.loads(row.fields)["description"] == "会粤菜"


def test_one_posting_and_one_disclosure_are_added_by_a_form(clerk: Colleague, office: Office) -> None:
    assert "/console/notices/posting/new" in clerk.opens("/console/notices/?kind=posting").text
    page = clerk.opens("/console/notices/posting/new").text
    assert "添一条招聘信息" in page and "例如 2026-12-01" in page
    new = {"title": "腌菜师傅", "employer": "青河酱园", "area": "东街", "description": "会腌萝卜"}
    bad = clerk.sends("/console/notices/posting/new", {**new, "description": "须交押金500元"})
    assert bad.status_code == 400 and "向求职者收钱" in words(bad) and "青河酱园" in bad.text
    assert "请写标题" in words(clerk.sends("/console/notices/posting/new", {**new, "title": ""}))
    assert "添好了" in clerk.does("/console/notices/posting/new", new)
    assert found(office, "腌菜")[0] == "腌菜师傅"
    [key] = [key for key, (title, _) in postings(office).items() if title == "腌菜师傅"]
    again = clerk.sends("/console/notices/posting/new", new)
    assert again.status_code == 400 and f"编号“{key}”已经有了一条" in words(again)
    head = ("职位名称", "公司", "地区", "岗位描述")
    row = ("腌菜师傅", "青河酱园", "东街", "会腌萝卜")
    assert "新增 0，更新 0，没变 1" in clerk.reads(imported(clerk, book(("岗位", [head, row]))))
    told = clerk.does("/console/notices/disclosure/new", {"title": "关于东街修路的通告", "key": "青政〔2026〕9"})
    assert "添好了" in told and "青政〔2026〕9" in told
    with office.store.read() as session:
        assert [entry.kind for entry in ledger.since(session, 0, "notice.added")] == ["notice.added"] * 2


def found(office: Office, question: str) -> list[str]:
    """The titles of the postings that a citizen is told."""
    return [result.title for result in notice_search.rank(office, question) if result.kind == "posting"]


@pytest.mark.parametrize("kind", ["posting", "disclosure", "portal", "post"])
def test_the_sample_sheet_is_taken_as_it_is(clerk: Colleague, kind: str) -> None:
    data = clerk.opens(f"/console/imports/sample/{kind}.xlsx").data
    page = clerk.opens(uploaded(clerk, data, "样表.xlsx", kind)).text
    rows = clerk.sends(action(page), fields(page))
    assert rows.status_code == 200 and "看了前 1 行，其中 1 行会这样收进来" in words(rows)
