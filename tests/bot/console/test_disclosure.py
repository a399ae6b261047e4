"""Disclosure at the console: a letter and its whole life, who sees whom, documents, cases, the catalogue, working days."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from docx import Document
from flask import Flask

from content.services.applications import receiving, register
from content.services.applications.receiving import IncomingFile
from content.services.office import Office
from tests import world
from tests.bot.console.colleague import Colleague, give_passwords, words
from tests.notice_texts import FOR_2026, FOR_2027
from tests.services.applications.applicants import GIVEN
from tests.services.applications.applicants import form as filled

PICTURE = IncomingFile("身份证.png", b"\x89PNG\r\n\x1a\n" + b"0" * 100)
CATALOGUE = """序号,一级事项,二级事项,公开内容(要素),公开依据,公开时限,公开主体
1,财政预决算,部门预算,收支总体情况,预算法,批准后20日内,财政金融局
2,安全生产,执法检查结果,检查对象、结果,安全生产法,及时公开,应急管理局
3,安全生产,,没有名称的,,,
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office on 1 June 2026."""
    folder = tmp_path_factory.mktemp("disclosure")
    (folder / "clock").write_text(datetime(2026, 6, 1, 2, tzinfo=UTC).isoformat())
    opened = Office(world.settings(folder / "home", test_clock=str(folder / "clock")))
    world.furnish(opened)
    give_passwords(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def clerk(app: Flask) -> Colleague:
    """何静, who keeps the register."""
    return Colleague(app, "hejing")


def added(clerk: Colleague, **changes: str) -> str:
    """The address of an application that is entered by hand."""
    answer = clerk.sends("/console/applications/new", {**GIVEN, "channel": "counter", **changes})
    assert answer.status_code == 303, words(answer)
    return str(answer.location)


def test_a_letter_is_taken_in_handled_and_answered(clerk: Colleague, chief: Colleague, office: Office) -> None:
    where = added(clerk)
    number = where.rsplit("/", 1)[-1]
    page = clerk.reads(where)
    assert GIVEN["name"] in page and GIVEN["identity"] in page and "正在办理" in page and "还有 20 个工作日" in page
    assert GIVEN["name"] not in clerk.reads("/console/applications/")
    refused = clerk.sends(where, {"step": "ask_correction", "days": "10"})
    assert refused.status_code == 400 and "请写明要补正什么" in words(refused)
    assert "等补正" in clerk.does(where, {"step": "ask_correction", "days": "10", "note": "请写明工程名称"})
    file = clerk.opens(f"{where}/documents/correction")
    assert "请写明工程名称" in "".join(each.text for each in Document(io.BytesIO(file.data)).paragraphs)
    assert "收到补正" in clerk.does(where, {"step": "correct", "note": "道路改造二期"})
    clerk.does(where, {"step": "ask_extension", "days": "15", "note": "要到档案馆查"})
    assert clerk.sends(where, {"step": "extend", "days": "15", "note": "同意"}).status_code == 400
    assert "请您决定：延期 15 个工作日。 要到档案馆查" in chief.reads(where)
    assert number in chief.reads("/console/")
    assert "还有 35 个工作日" in chief.does(where, {"step": "extend", "days": "15", "note": "同意"})
    clerk.does(where, {"step": "consult", "note": "临江建设有限公司"})
    clerk.does(where, {"step": "hear", "note": "不同意公开报价"})
    unknown = clerk.sends(where, {"step": "answer", "outcome": "zz", "note": "给您。", "sure": "yes"})
    assert unknown.status_code == 400 and "没有“zz”这一行" in words(unknown) and "给您。" in unknown.text
    for lacks, told in (("outcome", "请选办理结果"), ("note", "请写上答复的内容"), ("sure", "请核对一遍")):
        whole = {"step": "answer", "outcome": "p", "note": "报价不公开。", "sure": "yes"}
        assert told in words(clerk.sends(where, {**whole, lacks: ""}))
    done = clerk.does(where, {"step": "answer", "outcome": "p", "note": "报价不公开。", "sure": "yes"})
    assert "还要做一步：下载" in done
    assert "部分公开" in done and "已办结" in done
    assert clerk.opens(f"{where}/documents/answer-p").status_code == 200
    assert clerk.opens(f"{where}/documents/answer-g").status_code == 400
    assert number in clerk.reads("/console/applications/?tab=done") and number not in clerk.reads(
        "/console/applications/"
    )
    assert register.page(office, number, username="hejing").line.application.outcome == "p"


def test_what_a_letter_leaves_out_does_not_keep_it_out_and_what_was_typed_stays(clerk: Colleague) -> None:
    refused = clerk.sends("/console/applications/new", {"kind": "person", "wanted": "某路的验收报告", "phone": "12"})
    assert refused.status_code == 400 and "某路的验收报告" in refused.text
    assert all(word in words(refused) for word in ("有 3 处要改", "请写姓名", "能打通的电话", "怎么来的"))
    where = added(clerk, identity="", phone="", wanted="预算", carrier="", way="")
    assert "申请里没有写：身份证明" in clerk.reads(where) and "一次通知" in clerk.reads(where)
    later = clerk.sends("/console/applications/new", {**GIVEN, "channel": "counter", "arrived": "2999-01-01"})
    assert later.status_code == 400 and "还没有到" in words(later)
    large = IncomingFile("大.png", PICTURE.data + b"0" * 6 * 1024 * 1024)
    refused = clerk.sends(
        "/console/applications/new", {**GIVEN, "channel": "counter", "files": (io.BytesIO(large.data), "大.png")}
    )
    assert refused.status_code == 400 and "超过 5 MB" in words(refused) and GIVEN["name"] in refused.text


def test_only_who_may_sees_an_applicant_and_the_files(clerk: Colleague, editor: Colleague, office: Office) -> None:
    number = receiving.from_web(office, filled(name="王建军"), [PICTURE])
    where = f"/console/applications/{number}"
    for address in (where, f"{where}/files/0", f"{where}/documents/receipt", "/console/applications/"):
        answer = editor.opens(address)
        assert answer.status_code == 403 and "王建军" not in answer.text, address
    file = clerk.opens(f"{where}/files/0")
    assert file.data == PICTURE.data and file.headers["Content-Disposition"].startswith("attachment")
    assert file.mimetype == "application/octet-stream"
    assert (
        clerk.opens(f"{where}/files/9").status_code == 404
        and clerk.opens("/console/applications/2026-9999").status_code == 404
    )
    assert f"申请 {number}" in clerk.reads("/console/") and "要与申请人确认收到" in clerk.reads("/console/")


def test_fees_are_computed_on_the_page(clerk: Colleague) -> None:
    where = added(clerk, identity="350103198512125678")
    free = clerk.sends(where, {"step": "ask_fee", "basis": "item"})
    assert free.status_code == 400 and "当月的第 1 件" in words(free)
    wrong = clerk.sends(where, {"step": "ask_fee", "basis": "page", "pages": "两百"})
    assert wrong.status_code == 400 and "“两百”不是数字" in words(wrong)
    assert "2740 元（按量计收）" in clerk.does(where, {"step": "ask_fee", "basis": "page", "pages": "201"})
    assert "已缴 2740 元" in clerk.does(where, {"step": "pay"})


def test_templates_are_changed_checked_and_brought_back(clerk: Colleague) -> None:
    where = "/console/templates/receipt"
    bad = clerk.sends(where, {"text": "回执\n{姓名}：收到。{申请人}{编号}"})
    assert bad.status_code == 400 and "不认识的“{姓名}”" in words(bad) and "{姓名}：收到。" in bad.text
    clerk.does(where, {"text": "收条\n{申请人}：\n编号{编号}，收到了。"})
    assert "本单位写的" in clerk.reads("/console/templates/")
    clerk.does(where, {"back": "yes", "text": "收条"})
    assert "本单位写的" not in clerk.reads("/console/templates/")


def test_reviews_and_suits_are_entered_and_closed(clerk: Colleague) -> None:
    refused = clerk.sends("/console/cases/", {"kind": "review", "filed": "2999-01-01"})
    assert refused.status_code == 400 and "还没有到" in words(refused)
    page = clerk.does("/console/cases/", {"kind": "review", "reference": "临政复〔2026〕3号"})
    assert "没有审结的 1 件" in page and "临政复〔2026〕3号" in page
    assert clerk.sends("/console/cases/1", {"result": "won"}).status_code == 400
    assert "结果纠正" in clerk.does("/console/cases/1", {"result": "corrected"})


def test_the_catalogue_comes_in_is_edited_and_tells_what_is_due(
    clerk: Colleague, editor: Colleague, office: Office
) -> None:
    taken = clerk.sends("/console/catalogue/import", {"file": (io.BytesIO(CATALOGUE.encode()), "目录.csv")})
    assert "新增 2 项" in words(taken) and "第 4 行：没有写二级事项" in words(taken)
    assert clerk.sends("/console/catalogue/import", {"file": (io.BytesIO(b"x"), "a.pdf")}).status_code == 400
    bad = clerk.sends("/console/catalogue/new", {"first": "就业", "content": "岗位"})
    assert bad.status_code == 400 and "请写二级事项" in words(bad) and 'value="就业"' in bad.text
    assert "岗位信息发布" in clerk.does(
        "/console/catalogue/new", {"first": "就业", "second": "岗位信息发布", "content": "岗位", "body": "社会事务局"}
    )
    twice = clerk.sends("/console/catalogue/new", {"first": "就业", "second": "岗位信息发布", "content": "岗位"})
    assert twice.status_code == 400 and "已经有" in words(twice)
    assert (
        "批准后20日内" in editor.reads("/console/catalogue/")
        and editor.opens("/console/catalogue/1").status_code == 403
    )
    formed = office.clock.today() - timedelta(days=25)
    page = clerk.does("/console/duties/", {"item": "1", "what": "2026 年部门预算", "on": formed.isoformat()})
    assert "2026 年部门预算" in page and "逾期" in page
    assert "2026 年部门预算" in clerk.reads("/console/") and "2026 年部门预算" not in editor.reads("/console/")
    wrong = clerk.sends("/console/duties/1", {"url": "javascript:alert(1)"})
    assert wrong.status_code == 400 and "http://" in words(wrong)
    clerk.does("/console/duties/1", {"url": "https://example.gov.cn/yusuan"})
    assert "没有等着公开的信息" in clerk.reads("/console/duties/") and "晚了" in clerk.reads("/console/duties/?tab=all")
    assert clerk.opens("/console/catalogue/export.xlsx").data.startswith(b"PK")
    clerk.does("/console/catalogue/2", {"withdraw": "yes"})
    assert "执法检查结果" not in clerk.reads("/console/catalogue/")


def test_terms_are_explained_and_a_notice_is_entered_from_its_words(clerk: Colleague, editor: Colleague) -> None:
    page = editor.reads("/console/workdays/?start=2026-09-10&days=7")
    assert "9月20日 周日" in page and "2026-09-20 周日，上班（国庆节调休）：第 7 个工作日" in page
    assert "2027 年的放假安排还没有录入" in editor.reads("/console/workdays/?start=2026-11-23&days=40")
    for wrong in ("start=2026-13-01&days=7", "start=2026-09-10&days=-1", "start=2026-09-10&days=7&known=x"):
        assert "算不出来" in editor.reads(f"/console/workdays/?{wrong}")
    missing = clerk.sends("/console/workdays/notice", {"text": FOR_2027.replace("1月31日（周日）、", "")})
    assert missing.status_code == 400 and "漏了或多了日子" in words(missing) and "还不能录入" in words(missing)
    file = {"file": (io.BytesIO(FOR_2027.encode("gb18030")), "通知.txt")}
    shown = clerk.sends("/console/workdays/notice", file)
    assert shown.status_code == 200 and "2027年2月5日 周五至2027年2月12日 周五" in words(shown)
    clerk.does("/console/workdays/notice", {"text": FOR_2027, "keep": "yes"})
    assert "2027年1月19日 周二" in editor.reads("/console/workdays/?start=2026-11-23&days=40")
    assert editor.sends("/console/workdays/notice", {"text": FOR_2026}).status_code == 403
