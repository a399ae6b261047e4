"""年度报告 at the console: figures, text, checks, last year's report, two people at one table, reviews, signature, files."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from flask import Flask

from content.intake import reports
from content.rules.figures.annual_report import checks, form
from content.services.office import Office
from tests.bot.console.colleague import Colleague, words
from tests.intake.reports.report_files import as_html, as_word
from tests.rules.figures.annual_report.made_up import changed, report

PAGE = "/console/report/2026"
TABLE_TWO = {"t2.规章": ["0"] * 3, "t2.行政规范性文件": ["2", "0", "7"], "t2.行政许可": ["12"], "t2.行政处罚": ["0"],
             "t2.行政强制": ["0"], "t2.行政事业性收费(万元)": ["3.5"]}  # fmt: skip


@pytest.fixture(scope="module")
def clerk(app: Flask) -> Colleague:
    """何静, who counts."""
    return Colleague(app, "hejing")


def fields(page: str, **typed: Any) -> dict[str, Any]:
    """The fields of a page's form as a browser would send them, with what was typed."""
    from lxml import html

    [sheet] = html.fromstring(page).xpath("//form[@data-check]")
    found = {name: value or "" for name, value in sheet.form_values()} | typed
    return {name: value for name, value in found.items() if name != "csrf"}


def rows(**more: list[str]) -> dict[str, str]:
    """Cells of rows by the names of their fields."""
    return {f"{name}.{at}": cell for name, cells in (TABLE_TWO | more).items() for at, cell in enumerate(cells)}


def test_the_menu_shows_it_to_who_may(clerk: Colleague, editor: Colleague) -> None:
    assert "年度报告" in clerk.reads("/console/more") and "年度报告" in editor.reads("/console/more")
    assert editor.opens(f"{PAGE}/figures").status_code == 403
    assert clerk.opens("/console/report/").location.endswith("/report/2026")


def test_a_year_s_report_from_figures_to_signature(
    clerk: Colleague, editor: Colleague, first: Colleague, second: Colleague, chief: Colleague, office: Office
) -> None:
    start = clerk.reads(PAGE)
    assert "2027年1月31日 周日以前公布；那天不上班，最晚在 2027年1月29日 周五办完" in start
    assert "表二还有 6 行没有填" in start and "要人写" in start
    sheet = clerk.opens(f"{PAGE}/figures").text
    looked = clerk.sends(
        f"{PAGE}/figures", fields(sheet, **rows(**{"t4.review": ["1", "0", "0", "0", "3"]}), action="check")
    )
    assert "结果维持 1 = 1，而总计填的是 3" in words(looked) and "还没有存" in words(looked)
    live = clerk.client.post(f"{PAGE}/figures", data={**fields(sheet, **rows()), "csrf": clerk.token()},
                             headers={"X-Requested-With": "fetch"})  # fmt: skip
    assert live.status_code == 200 and "<html" not in live.text and "没有发现问题" in words(live)
    assert "改了 6 处" in clerk.does(f"{PAGE}/figures", fields(sheet, **rows(), action="save"))
    text = editor.opens(f"{PAGE}/text").text
    assert "照数字草拟的" in text and "【请填写：" in text
    written = {f"text.{number}": "写好了。" for number in (1, 5)}
    assert "改了 2 处" in editor.does(f"{PAGE}/text", fields(text, **written, action="save"))
    assert "接下来初审" in editor.does(f"{PAGE}/submit")
    assert "等您审的年度报告" in first.reads("/console/reviews/")
    for colleague, done in ((first, "初审通过"), (second, "复审通过"), (chief, "三审完成")):
        sha = re.search(r'name="sha256" value="(\w+)"', colleague.opens(f"{PAGE}/review").text)
        assert sha
        assert done in colleague.does(f"{PAGE}/review", {"decision": "pass", "sha256": sha[1]})
    assert "草稿" in chief.opens(f"{PAGE}/file?format=html").text
    assert "已签发，封存码" in chief.does(f"{PAGE}/sign")
    for kind in ("docx", "html", "json"):
        data = clerk.opens(f"{PAGE}/file?format={kind}").data
        back = reports.from_bytes(data, name=f"a.{kind}")
        assert back.active["行政规范性文件"] == (2, 0, 7) and checks.check(back) == [] and "草稿".encode() not in data
    assert "签发年度报告" in clerk.reads("/console/ledger/")
    assert "改了什么" not in words(first.opens(f"{PAGE}/review"))
    again = fields(clerk.opens(f"{PAGE}/figures").text, **{"t2.行政许可.0": "13"}, action="save")
    assert "改了 1 处" in clerk.does(f"{PAGE}/figures", again)
    assert "接下来初审" in clerk.does(f"{PAGE}/submit")
    shown = words(first.opens(f"{PAGE}/review"))
    assert "本年处理决定数量 12" in shown and "本年处理决定数量 13" in shown, shown


def test_two_people_at_one_table_see_the_difference(clerk: Colleague, chief: Colleague) -> None:
    page = "/console/report/2024/figures"
    mine, theirs = clerk.opens(page).text, chief.opens(page).text
    chief.does(page, fields(theirs, **{"t2.行政许可.0": "14"}, action="save"))
    answer = clerk.sends(page, fields(mine, **{"t2.行政许可.0": "13", "t2.行政处罚.0": "5"}, action="save"))
    assert answer.status_code == 409 and "不同的地方" in answer.text
    assert "赵明华：14您填的：13" in words(answer)
    assert 'name="t2.行政许可.0" value="13"' in answer.text and 'name="t2.行政处罚.0" value="5"' in answer.text
    assert "改了 2 处" in clerk.does(page, fields(answer.text, action="save"))
    assert "何静填" in clerk.reads(page)


def test_last_years_report_is_taken_in_and_what_was_carried_over_stands_here(clerk: Colleague) -> None:
    page = "/console/report/2023"
    last = changed(changed(report(year=2022), "t3.out.0", 2), "t3.out.6", 2)
    told = clerk.does(f"{page}/last", {"file": (io.BytesIO(as_word(last)), "去年.docx"), "carry": "yes"})
    assert "收进了 2022 年度的三张表" in told and "已填到今年的“上年结转”" in told
    sheet = clerk.opens(f"{page}/figures").text
    assert 'name="t3.in.0" value="2"' in sheet and "上一年的四是：自然人 2" in words(clerk.opens(f"{page}/figures"))
    wrong = clerk.sends(f"{page}/last", {"file": (io.BytesIO(as_html(report(form.Format.OF_2019))), "老.html")})
    assert wrong.status_code == 409 and "2020 年度" in words(wrong)
    scan = clerk.sends(f"{page}/last", {"file": (io.BytesIO(b"%PDF-1.4"), "a.pdf")})
    assert scan.status_code == 409 and "PDF" in words(scan)
    assert "没有收到文件" in words(clerk.sends(f"{page}/last", {}))


def test_a_row_goes_back_to_the_register_and_a_query_wants_a_word(clerk: Colleague, editor: Colleague) -> None:
    page = "/console/report/2021"
    sheet = clerk.opens(f"{page}/figures").text
    entered = {**rows(**{"t2.行政规范性文件": ["900", "0", "900"]}), "t3.new.0": "1", "t3.new.6": ""}
    clerk.does(f"{page}/figures", fields(sheet, **entered, action="save"))
    shown = clerk.opens(page).text
    [key] = set(re.findall(r'name="finding" value="(\w+)"', shown))
    assert "t3.balance" not in shown and "处错误" in shown
    assert "写一句" in words(editor.sends(f"{page}/explain", {"finding": key, "note": ""}))
    assert "核对过" in editor.does(f"{page}/explain", {"finding": key, "note": "是全市汇总"})
    sheet = clerk.opens(f"{page}/figures").text
    clerk.does(f"{page}/figures", {**fields(sheet, action="save"), "drop": "t3.new"})
    assert "没有错误" in clerk.reads(page)


def test_what_is_typed_is_kept_when_it_cannot_be_saved(clerk: Colleague, editor: Colleague) -> None:
    page = "/console/report/2021/text"
    long = "字" * 20_001
    answer = editor.sends(page, fields(editor.opens(page).text, **{"text.5": long}, action="save"))
    assert answer.status_code == 400 and "太长" in words(answer) and long in answer.text
    assert clerk.opens("/console/report/1999").status_code == 400
    bad = clerk.sends("/console/report/2021/figures", {"was.t2.规章": "{", "action": "save"})
    assert bad.status_code == 400
    assert json.loads(clerk.opens(f"{PAGE}/file?format=json").data)["year"] == 2026
