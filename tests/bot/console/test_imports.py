"""Importing sheets at the console: columns told by hand, cells named, the rows to correct, undone, safe to repeat."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from lxml import html
from openpyxl import load_workbook
from sqlalchemy import select

from content.rules.errors import Stopped
from content.services import articles
from content.services.answers import notice_search
from content.services.notices import import_receipts, post_sheet
from content.services.office import Office
from content.store.tables import Disclosure
from tests.bot.console.colleague import Colleague, words
from tests.bot.console.job_sheets import BAD, GOOD, HEAD, action, book, fields, imported, postings, uploaded
from tests.fixtures import site


def test_a_sheet_goes_in_by_five_steps_and_each_faulty_cell_is_named(clerk: Colleague, office: Office) -> None:
    where = uploaded(clerk, book(("说明", [["请勿修改"]]), ("岗位", [HEAD, *GOOD, *BAD])))
    page = clerk.opens(where).text
    assert "前厅接待员 ／ 钢筋工" in words(clerk.opens(where)) and "工作表“岗位”" in words(clerk.opens(where))
    told = fields(page)
    assert [told[f"column-{at}"] for at in range(6)] == ["", "title", "employer", "salary", "valid_until", ""]
    refused = clerk.sends(action(page), {**told, "column-0": "key", "column-1": ""})
    assert refused.status_code == 400 and "请指出哪一列是标题" in words(refused)
    rows = clerk.sends(action(page), {**told, "column-0": "key", "column-5": "benefits"})
    assert "第 4 行 E 列" in words(rows) and "第 5 行 A 列" in words(rows) and postings(office) == {}
    answer = clerk.sends(action(rows.text), fields(rows.text))
    receipt = clerk.opens(answer.location)
    assert receipt.status_code == 303
    text = clerk.reads(receipt.location)
    assert "新增 3，更新 0，没变 0，不收 2" in text
    assert "第 5 行 A 列" in text and "第 6 行 B 列" in text and "E4 格" in text
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
    assert all(result.key != "z10" for result in notice_search.rank(office, "保洁")), "nobody finds it any more"
    refused = clerk.sends(f"{undone}/undo")
    assert refused.status_code == 409 and "已经撤销过了" in words(refused)
    assert "新增 0，更新 2" in clerk.reads(imported(clerk, more))
    assert postings(office)["z10"] == ("保洁", True)


PLAIN = ("序号", "职位名称", "公司", "人数", "月薪", "工作地点", "岗位基本要求", "食宿情况")
COMPANY = [("1", "缝纫工", "青河制衣", "5", "4000", "东街", "会平车", "包吃住"), ("2", "裁剪工", "青河制衣", "2", "5000", "东街", "", "包吃住"),
           ("3", "缝纫工", "青河制衣", "1", "3000", "西街", "学徒", "")]  # fmt: skip


def test_a_list_without_numbers_goes_in_and_is_known_again(clerk: Colleague, office: Office) -> None:
    before = set(postings(office))
    assert "编号可以没有" in clerk.reads("/console/imports/")
    page = clerk.opens(uploaded(clerk, book(("招工", [PLAIN, *COMPANY]))))
    told = fields(page.text)
    assert [told[f"column-{at}"] for at in range(8)] == [
        "", "title", "employer", "headcount", "salary", "area", "description", ""]  # fmt: skip
    assert "序号，用不着" in words(page) and "猜的，请看一眼" in words(page)
    rows = clerk.sends(action(page.text), told)
    assert "按职位名称、用人单位、地区自动编号" in words(rows) and "没有用上，不会收进来：食宿情况" in words(rows)
    receipt = clerk.awaits(clerk.sends(action(rows.text), fields(rows.text))).location
    assert "新增 3，更新 0，没变 0，不收 0" in clerk.reads(receipt)
    moved = [("7", *COMPANY[2][1:]), ("8", *COMPANY[0][1:4], "4500", *COMPANY[0][5:]), ("9", *COMPANY[1][1:])]
    assert "新增 0，更新 1，没变 2，不收 0" in clerk.reads(imported(clerk, book(("招工", [PLAIN, *moved]))))
    more = [*moved, ("10", "熨烫工", "青河制衣", "1", "3500", "东街", "", "")]
    assert "新增 1，更新 0，没变 3" in clerk.reads(imported(clerk, book(("招工", [PLAIN, *more]))))
    assert len(set(postings(office)) - before) == 4


def test_rows_that_are_alike_without_numbers_are_told_and_kept_apart(clerk: Colleague) -> None:
    rows = [("1", "绣花工", "青河绣坊", "1", "3000", "东街", "", ""), ("2", "绣花工", "青河绣坊", "1", "6000", "东街", "", ""),
            ("3", "绣花工", "青河绣坊", "1", "6000", "东街", "", "")]  # fmt: skip
    data = book(("招工", [PLAIN, *rows]))
    told = clerk.reads(imported(clerk, data))
    assert "新增 2" in told and "和第 2 行一样，别的不同，当作另外一条" in told and "以第 4 行为准" in told
    assert "新增 0，更新 0，没变 2" in clerk.reads(imported(clerk, data))


def test_a_last_day_that_is_over_and_a_mobile_number_to_call_are_told(clerk: Colleague) -> None:
    head = ("编号", "职位名称", "公司", "联系电话", "截止日期")
    rows = [("y1", "质检员", "青河制衣", "13800001234", "2025-01-01"), ("y2", "仓管员", "青河制衣", "13900005678", "2030-01-01"),
            ("y3", "打包工", "青河制衣", "0591-83812345", "")]  # fmt: skip
    told = clerk.reads(imported(clerk, book(("岗位", [head, *rows]))))
    assert "新增 3" in told and "有 1 条已经过了截止日期，群众查不到" in told
    assert "E2 格（第 2 行 E 列“截止日期”）：截止日期 2025-01-01 已经过了" in told
    assert "D2 格（第 2 行 D 列“联系电话”）：要公开的手机号“138****1234”等 2 处" in told and "13800001234" not in told
    assert "已过截止日期" in clerk.reads("/console/notices/?kind=posting&q=质检员")


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


FAULTS = {  # ten faults that people make in a sheet of jobs: the cell, and a word of what is said of it
    "A3": ("", "没有编号"), "B4": ("", "没有标题"), "J5": ("2019-02-30", "没有这一天"), "J6": ("下周三", "看得懂的日期"),
    "K7": ("12月31日", "没有写年份"), "J8": ("3/5/19", "看不出是"), "L9": ("一百二", "不是数字"), "M10": ("200", "-180 到 180"),
    "N11": ("www.example.cn", "http://"), "A12": ("51-2", "相同"),
}  # fmt: skip
JOBS = (
    "编号",
    "职位名称",
    "公司",
    "薪资",
    "工作地点",
    "学历",
    "经验",
    "招聘人数",
    "职位描述",
    "发布日期",
    "截止日期",
    "纬度",
    "经度",
    "网址",
)


def test_each_of_ten_faulty_cells_is_named_with_what_to_do(clerk: Colleague) -> None:
    rows = [[f"51-{row}", f"电工{row}", "临江电气", "5-8千/月", "北环片区", "大专", "1年", "2人", "", "2026-05-10", "2026-12-31",
             "26.07", "119.3", "https://example.cn/1"] for row in range(2, 14)]  # fmt: skip
    for cell, (value, _) in FAULTS.items():
        rows[int(cell[1:]) - 2][ord(cell[0]) - ord("A")] = value
    page = clerk.opens(uploaded(clerk, book(("岗位", [JOBS, *rows])))).text
    told = {**fields(page), "column-2": "employer", "column-11": "lat", "column-12": "lng", "column-13": "url"}
    shown = clerk.sends(action(page), told)
    answer = clerk.sends(action(shown.text), fields(shown.text))
    receipt = clerk.opens(clerk.awaits(answer).location)
    said = {
        line.partition(" 格")[0]: line for line in html.fromstring(receipt.text).xpath("//ul[@class='cells']/li/text()")
    }
    for cell, (_, word) in FAULTS.items():
        named = "A2" if cell == "A12" else cell  # the first of two rows with one number is the one that was not taken
        assert word in said[named], (cell, said)
    assert "工作表“岗位”" in words(receipt)


POSTS = ("栏目", "推文标题", "稿件内容", "几点发", "推送方式", "原文链接")
POST_ROWS = [("招聘信息", "春季招聘会3月5日开", "地点在园区广场。", "2026-12-05 09:00", "发布", ""),
             ("通知公告", "", "没有标题的正文。", "", "", ""), ("通知公告", "停水通知", "", "", "", ""),
             ("通知公告", "停电通知", "请备好蜡烛。", "明天上午", "", ""), ("通知公告", "修路通知", "请绕行。", "2026-12-06", "电报", "not a link"),
             ("通知公告", "绿化通知", "新种了二十棵树。", "", "群发", "")]  # fmt: skip


def queued(office: Office) -> list[str]:
    """The titles of all articles."""
    return [row["title"] for row in articles.listing(office)]


def test_posts_are_queued_from_a_sheet_and_each_faulty_cell_is_named(clerk: Colleague, office: Office) -> None:
    before = queued(office)
    data = book(("十二月", [POSTS, *POST_ROWS]))
    page = clerk.opens(uploaded(clerk, data, "推文.xlsx", "post")).text
    told = fields(page)
    assert [told[f"column-{at}"] for at in range(6)] == ["category", "title", "body", "at", "delivery", "source_url"]
    rows = clerk.sends(action(page), {**told})
    assert "春季招聘会3月5日开" in words(rows) and "D5 格（第 5 行 D 列“几点发”）" in words(rows)
    assert queued(office) == before
    receipt = imported(clerk, data, "推文.xlsx", "post")
    text = clerk.reads(receipt)
    for cell, said in (("B3 格（第 3 行 B 列“推文标题”）", "标题"), ("C4 格（第 4 行 C 列“稿件内容”）", "正文"),
                       ("D5 格（第 5 行 D 列“几点发”）", "看不懂时间“明天上午”"), ("D6 格（第 6 行 D 列“几点发”）", "没有写几点"),
                       ("E6 格（第 6 行 E 列“推送方式”）", "电报"), ("F6 格（第 6 行 F 列“原文链接”）", "网址")):  # fmt: skip
        assert said in text.partition(f"{cell}：")[2].split(" 格")[0], (cell, text)
    assert queued(office) == [*before, "春季招聘会3月5日开", "绿化通知"]
    sheet = load_workbook(io.BytesIO(clerk.opens(f"{receipt}/faults.xlsx").data)).worksheets[0]
    assert [row[1].value or "" for row in sheet.iter_rows(min_row=2)] == ["", "停水通知", "停电通知", "修路通知"]
    again = clerk.reads(imported(clerk, data, "推文.xlsx", "post"))
    assert "新增 0，没变 2" in again and queued(office) == [*before, "春季招聘会3月5日开", "绿化通知"]


def test_posts_that_are_stopped_half_way_go_on_where_they_stopped(clerk: Colleague, office: Office) -> None:
    before = len(queued(office))
    data = book(("很多", [("标题", "正文"), *((f"第{number}篇通知", f"正文第{number}段。") for number in range(70))]))
    key = re.findall(r"/imports/(\w+)/", uploaded(clerk, data, "很多.xlsx", "post"))[0]
    choice = post_sheet.outline(office, key)[0].choice

    def run(stop_at: int) -> dict[str, object]:
        def progress(_step: str, done: int, total: int) -> None:
            assert total == 70
            if done >= stop_at:
                raise Stopped("halt")

        row = post_sheet.run(office, key, choice, username="linxiaoyu", on_progress=progress,
                             fetch=lambda address: None)  # type: ignore[arg-type,return-value]  # fmt: skip
        return dict(json.loads(row.receipt))

    first = run(60)
    assert (first["new"], first["stopped"]) == (50, True) and len(queued(office)) == before + 50
    assert "停下了：已经收进 50 篇" in clerk.reads(
        "/console/imports/receipts/" + str(import_receipts.newest(office)[0].id)
    )
    second = run(1000)
    assert (second["new"], second["unchanged"], second["stopped"]) == (20, 50, False)
    assert len(queued(office)) == before + 70


def test_posts_are_taken_from_sheets_and_json_lines_only_and_only_by_who_writes(clerk: Colleague, app: Flask) -> None:
    page = clerk.sends("/console/imports/", {"kind": "post", "file": (io.BytesIO(b"<html>x</html>"), "页.html")})
    assert page.status_code == 400 and "一行一篇" in words(page)
    lines = '{"title": "一行一篇", "正文": "正文。"}\n'.encode()
    assert "新增 1" in clerk.reads(imported_lines(clerk, lines))
    office_clerk = Colleague(app, "hejing")
    sent = office_clerk.sends("/console/imports/", {"kind": "post", "file": (io.BytesIO(lines), "稿.jsonl")})
    assert (
        sent.status_code == 400
        and "稿件"
        not in office_clerk.opens("/console/imports/").text.partition("<fieldset>")[2].partition("</fieldset>")[0]
    )


def imported_lines(clerk: Colleague, data: bytes) -> str:
    """The receipt's page of a file of posts whose fields have names."""
    rows = clerk.opens(clerk.opens(uploaded(clerk, data, "稿.jsonl", "post")).location)
    return str(clerk.opens(clerk.sends(action(rows.text), fields(rows.text)).location).location)


PAGE = """<!doctype html><html><head><title>{title}-临江区人民政府</title><meta name="ArticleTitle" content="{title}">
<meta name="PubDate" content="{day} 09:00"><meta name="ContentSource" content="规划建设局"></head><body>
<div class="nav"><a href="/">首页</a></div><div id="zoom"><p>{title}，现将有关事项公告如下，请各单位遵照执行。</p>
<p><a href="files/1.pdf">附件</a></p></div><div class="footer">临江区人民政府主办</div></body></html>"""


def test_saved_pages_go_in_with_title_day_text_and_attachments(clerk: Colleague, office: Office) -> None:
    pages = [(io.BytesIO(PAGE.format(title=title, day=day).encode()), f"{title}.html")
             for title, day in (("关于停气的公告", "2026-03-05"), ("关于修路的公告", "2026-03-06"))]  # fmt: skip
    bad = (io.BytesIO(b"<html><body><a href='/'>x</a></body></html>"), "坏的.html")
    answer = clerk.sends("/console/imports/", {"kind": "disclosure", "file": [*pages, bad]})
    rows = clerk.opens(answer.location)
    assert "读到 2 条" in words(rows) and "坏的.html" in words(rows)
    clerk.sends(action(rows.text), fields(rows.text))
    with office.store.read() as session:
        found = {row.title: row for row in session.scalars(select(Disclosure))}
    assert str(found["关于停气的公告"].published_on) == "2026-03-05"
    assert "现将有关事项公告如下" in found["关于修路的公告"].body and "主办" not in found["关于修路的公告"].body


@pytest.fixture
def portal() -> Iterator[str]:
    """A portal with a list of three announcements, of which two have a page; its address."""
    titles = ["关于绿化的公告", "关于路灯的公告", "关于供水的第三个公告"]
    with site.running() as portal:
        for number, title in enumerate(titles[:2], start=1):
            portal.put(f"/{number}.html", PAGE.format(title=title, day=f"2026-04-0{number}"))
        links = "".join(f'<li><a href="{number}.html">{title}</a><span>2026-04-0{number}</span></li>'
                        for number, title in enumerate(titles, start=1))  # fmt: skip
        portal.put("/list.html", f"<!doctype html><html><body><ul>{links}</ul></body></html>")
        yield portal.url


def test_a_list_at_an_address_is_fetched_page_by_page(clerk: Colleague, office: Office, portal: str) -> None:
    answer = clerk.sends("/console/imports/", {"kind": "disclosure", "url": f"{portal}/list.html"})
    for _ in range(200):
        if (shown := clerk.opens(answer.location)).status_code == 303:
            break
    rows = clerk.opens(shown.location)
    assert "读到 3 条" in words(rows) and "没有取到正文" in words(rows)
    clerk.sends(action(rows.text), fields(rows.text))
    with office.store.read() as session:
        found = {row.key: row for row in session.scalars(select(Disclosure)) if row.key.startswith(portal)}
    assert found[f"{portal}/1.html"].body.startswith("关于绿化的公告，现将")
    assert [found[f"{portal}/3.html"].title, found[f"{portal}/3.html"].body] == ["关于供水的第三个公告", ""]


@pytest.mark.parametrize("url", ["ftp://example.cn/", "例子", "http://127.0.0.1:9/none.html"])
def test_an_address_that_gives_nothing_is_told_in_words(clerk: Colleague, url: str) -> None:
    answer = clerk.sends("/console/imports/", {"kind": "disclosure", "url": url})
    for _ in range(200):
        shown = clerk.opens(answer.location)
        if "没有做成" in words(shown):
            break
    assert "网址" in words(shown) or "取不到" in words(shown)
