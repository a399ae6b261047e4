"""Citizens' pages as a phone and a desk show them: nothing sticks out, fingers fit, eyes can read, keys and no script suffice."""

from __future__ import annotations

import re
from importlib import resources
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from content.render.annual_report import web_page
from content.render.annual_report.report_document import ReportDocument
from content.rules.figures.annual_report import drafted_text
from content.rules.figures.annual_report.drafted_text import YearsWork
from tests.fixtures.pages import DESK, PHONE
from tests.fixtures.shown import Shown
from tests.intake.reports.report_files import as_word
from tests.rules.figures.annual_report.made_up import changed, report

pytestmark = pytest.mark.browser

AXE = resources.files("axe_playwright_python") / "axe.min.js"
SMALLEST = {"width": 320, "height": 640}
HEAVIEST = 100_000  # bytes of a page with everything that it loads

FAULTS = """async only => (await axe.run(document, {resultTypes: ['violations'], ...(only && {runOnly: only})})).violations
  .map(v => [v.impact, v.id, v.nodes.slice(0, 3).map(n => n.target.join(' '))])"""

WEIGHTS = """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .map(entry => entry.decodedBodySize)"""

TOO_SMALL = """least => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')]
  .filter(e => e.offsetParent && !e.closest('.body') && !e.classList.contains('skip'))
  .map(e => [e.textContent.trim() || e.name, (e.closest('.rows .title') ? e.closest('li') : e).getBoundingClientRect()])
  .filter(([, box]) => box.height < least || box.width < 44).map(([text]) => text)"""

HARD_TO_READ = """() => {
  const parts = color => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => { const [x, y, z] = [r, g, b].map(c => c / 255)
    .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4); return 0.2126 * x + 0.7152 * y + 0.0722 * z; };
  const behind = e => { for (; e; e = e.parentElement) { const c = parts(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
  const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  return [...document.querySelectorAll('body *')]
    .filter(e => e.offsetParent && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
    .map(e => [e.textContent.trim().slice(0, 20),
               ratio(light(parts(getComputedStyle(e).color)), light(behind(e)))])
    .filter(([, found]) => found < 4.5);
}"""


def sticks_out(page: Page) -> bool:
    """Whether one would have to push the page sideways."""
    assert page.viewport_size
    return bool(page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"])


MORE_OF_THE_SAME = {
    "/d/2",
    "/d/12",
    "/d/12?part=2",
    "/d/999",
    "/disclosures",
    "/disclosures?page=2",
    "/jobs",
    "/a/2",
    "/search?q=公租房&kind=posting",
    "/articles?month=2026-11",
}  # another argument, the same parts
SCHEMES = {"light": None, "dark": ["color-contrast"]}  # all rules, or those that colours can break


def test_every_page_is_free_of_faults_on_both_screens_in_both_schemes(browser: Browser, shown: Shown) -> None:
    context = browser.new_context(viewport=PHONE, locale="zh-CN")  # type: ignore[arg-type]
    context.add_init_script(AXE.read_text(encoding="utf-8"))
    page = context.new_page()
    faults: list[Any] = []
    for path in shown.paths:
        if path in MORE_OF_THE_SAME:
            continue
        page.goto(shown.url + path)
        for width, scheme in product((PHONE, DESK), SCHEMES):
            page.set_viewport_size(width)  # type: ignore[arg-type]
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found = page.evaluate(FAULTS, SCHEMES[scheme])
            found += page.evaluate(HARD_TO_READ) if width is PHONE else []
            faults += [(unquote(path), width["width"], scheme, fault) for fault in found]
    context.close()
    assert faults == []


@pytest.mark.parametrize(("size", "tap"), [("normal", 44), ("big", 60)])
def test_every_page_suits_every_finger_and_fits_every_screen(
    browser: Browser, shown: Shown, size: str, tap: int
) -> None:
    context = browser.new_context(viewport=PHONE, locale="zh-CN")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{shown.url}/size?to={size}")
    for path in shown.paths:
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        page.goto(shown.url + path)
        where = f"{unquote(path)} ({size})"
        assert page.evaluate(TOO_SMALL, tap) == [], where
        for width in (PHONE, DESK, SMALLEST):
            page.set_viewport_size(width)  # type: ignore[arg-type]
            assert not sticks_out(page), f"{where} at {width['width']}"
    context.close()


FIRST_ANSWERS = [  # what a visitor came for, and how far down its top may stand on a phone of 375 × 812
    ("/", ".rows li", 400),
    ("/jobs?q=电工", ".rows li", 400),
    ("/search?q=公租房", ".rows li", 400),
    ("/disclosures", ".rows li", 400),
    ("/articles", ".rows li", 400),
    ("/apply", ".banner", 200),
    ("/d/2", ".body p", 400),
    ("/j/1", ".wage", 300),
    ("/a/1", ".body p", 400),
]


@pytest.mark.parametrize(("path", "what", "deepest"), FIRST_ANSWERS)
def test_the_first_screen_answers(page: Page, shown: Shown, path: str, what: str, deepest: int) -> None:
    page.goto(shown.url + path)
    box = page.locator(what).first.bounding_box()
    assert box and box["y"] <= deepest, box


def test_every_page_is_light_with_all_that_it_loads(page: Page, shown: Shown) -> None:
    for path in (path for path in shown.paths if path not in {"/nowhere", "/d/999"}):
        page.goto(shown.url + path)
        weights = page.evaluate(WEIGHTS)
        assert len(weights) >= 3 and 0 < sum(weights) < HEAVIEST, f"{unquote(path)}: {weights}"


def test_everything_works_without_a_script(browser: Browser, shown: Shown) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(shown.url)
    page.get_by_role("searchbox").fill("公租房怎么申请")
    page.get_by_role("button", name="搜一搜").click()
    page.get_by_role("link", name="园区公共租赁住房申请指南").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("园区公共租赁住房申请指南")
    expect(page.get_by_role("button", name="复制链接")).to_be_hidden()
    page.get_by_role("link", name="大字", exact=True).click()
    expect(page.locator("html")).to_have_class("big")
    page.get_by_role("navigation", name="栏目").get_by_role("link", name="招聘").click()
    page.get_by_label("工种或关键词").fill("普工")
    page.get_by_text("地点、工资、学历、食宿").click()
    page.get_by_label("每月工资").select_option("6000")
    page.get_by_role("button", name="按这些条件找").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("5 个职位符合")
    expect(page.get_by_role("link", name="普工24")).to_be_visible()
    context.close()


def test_a_citizen_searches_and_reads_with_keys_alone(page: Page, shown: Shown) -> None:
    page.goto(shown.url)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.get_by_role("searchbox").focus()
    page.keyboard.type("公租房怎么申请")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="园区公共租赁住房申请指南").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("园区公共租赁住房申请指南")


def test_whatever_has_the_focus_shows_it(page: Page, shown: Shown) -> None:
    page.goto(f"{shown.url}/jobs?q=宇航员&pay=20000")
    for _ in range(16):
        page.keyboard.press("Tab")
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 2, page.evaluate("document.activeElement.outerHTML")


def test_the_catalogue_leads_to_a_category_and_a_year_and_back(page: Page, shown: Shown) -> None:
    page.goto(f"{shown.url}/disclosures")
    page.get_by_text("按分类、部门、年份挑着看").click()
    page.get_by_role("link", name="应急管理 7").click()
    expect(page.get_by_text("7 条，新的在前")).to_be_visible()
    page.get_by_text("按分类、部门、年份挑着看").click()
    expect(page.get_by_role("list", name="年份").get_by_role("link")).to_have_text(
        ["全部年份", "2026年 7", "2025年 0", "2024年 0", "2019年 0"]
    )
    page.get_by_role("link", name="去掉条件：应急管理").click()
    expect(page).to_have_url(f"{shown.url}/disclosures")


def test_what_narrows_too_far_can_be_taken_back(page: Page, shown: Shown) -> None:
    page.goto(f"{shown.url}/jobs?q=电工&pay=20000")
    page.get_by_role("link", name="不限工资（1 个职位）").click()
    expect(page.get_by_role("link", name="维修电工")).to_be_visible()
    assert "pay" not in page.url


def test_pages_keep_the_conditions(page: Page, shown: Shown) -> None:
    page.goto(f"{shown.url}/jobs?q=普工&pay=3000")
    page.get_by_role("link", name="下一页").click()
    page.wait_for_url(re.compile("page=2"))
    expect(page.get_by_text("第 2 页，共 2 页").first).to_be_visible()
    expect(page.get_by_label("每月工资")).to_have_value("3000")


def test_type_grows_by_a_tap_and_stays_large(page: Page, shown: Shown) -> None:
    page.goto(f"{shown.url}/jobs")
    before = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.get_by_role("link", name="大字", exact=True).click()
    expect(page).to_have_url(f"{shown.url}/jobs")
    page.get_by_role("link", name="公开", exact=True).click()
    page.wait_for_url(f"{shown.url}/disclosures")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > 1.3 * before


def test_a_link_is_copied_by_a_tap(browser: Browser, shown: Shown) -> None:
    context = browser.new_context(viewport=PHONE, permissions=["clipboard-read", "clipboard-write"])  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{shown.url}/d/2?from=groupmessage")
    page.get_by_role("button", name="复制链接").click()
    expect(page.get_by_role("status")).to_contain_text("链接已复制")
    assert page.evaluate("navigator.clipboard.readText()") == f"{shown.url}/d/2"
    context.close()


def test_a_phone_that_can_share_shares_title_and_address(page: Page, shown: Shown) -> None:
    page.add_init_script("navigator.share = given => { window.given = given; return Promise.resolve(); }")
    page.goto(f"{shown.url}/j/1")
    page.get_by_role("button", name="转发给别人").click()
    assert page.evaluate("window.given") == {"title": "维修电工", "url": f"{shown.url}/j/1"}


def test_inside_wechat_the_page_points_at_wechats_own_menu(browser: Browser, shown: Shown) -> None:
    context = browser.new_context(viewport=PHONE, user_agent="Mozilla/5.0 (Linux; Android 10) MicroMessenger/8.0.50")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{shown.url}/d/2")
    expect(page.get_by_text("点右上角")).to_be_visible()
    expect(page.get_by_role("button", name="打印")).to_be_hidden()
    context.close()


def test_on_paper_there_is_the_text_and_where_it_is_from_and_nothing_to_tap(page: Page, shown: Shown) -> None:
    page.goto(f"{shown.url}/d/1")
    page.emulate_media(media="print")
    for kept in (
        page.get_by_role("heading", level=1),
        page.get_by_text(f"网址：{shown.url}/d/1"),
        page.get_by_text("LJ-2025-003"),
    ):
        expect(kept).to_be_visible()
    for hidden in (
        page.locator("header"),
        page.get_by_role("button", name="打印"),
        page.get_by_role("link", name="申请公开", exact=True),
    ):
        expect(hidden.first).to_be_hidden()


def test_what_forms_answer_and_the_annual_report_are_as_free_of_faults(
    browser: Browser, shown: Shown, tmp_path: Path
) -> None:
    context = browser.new_context(viewport=PHONE, locale="zh-CN")  # type: ignore[arg-type]
    context.add_init_script(AXE.read_text(encoding="utf-8"))
    page = context.new_page()
    (tmp_path / "report.docx").write_bytes(as_word(changed(report(), "t4.review.4", 2)))
    (tmp_path / "report.html").write_bytes(
        web_page.write(ReportDocument(report(), drafted_text.draft(report(), YearsWork()), True))
    )

    def look() -> None:
        assert (page.evaluate(FAULTS, None), sticks_out(page)) == ([], False), page.url

    page.goto(shown.url + "/apply/online")
    page.get_by_role("button", name="交申请").click()
    expect(page.get_by_role("alert")).to_contain_text("有 4 处要改")
    look()
    for name, words in (
        ("name", "陈秀英"),
        ("identity", "350103199001011234"),
        ("phone", "13800001234"),
        ("wanted", "道路验收报告"),
    ):
        page.fill(f"#{name}", words)
    page.get_by_role("button", name="交申请").click()
    number = re.search(r"2026-\d{4}", page.locator("main").inner_text())
    assert number
    look()
    page.goto(shown.url + "/apply/status")
    page.fill("#number", number[0])
    page.fill("#phone", "138 0000 1234")
    page.get_by_role("button", name="查一下").click()
    expect(page.locator("main")).to_contain_text("等工作人员与您确认")
    look()
    page.goto(shown.url + "/report-check")
    page.set_input_files("#file", tmp_path / "report.docx")
    page.locator("main").get_by_role("button", name="核对").click()
    expect(page.locator("mark").first).to_contain_text("[1]")
    look()
    page.goto(f"file://{tmp_path / 'report.html'}")
    look()
    context.close()
