"""Figures, ledger, reconciliation and import in a real browser: no fault for those who hear, no page wider than its screen."""

from __future__ import annotations

from datetime import date
from importlib import resources
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from content.rules.publishing.comparison import DifferenceKind, ListDifference
from content.services.office import Office
from content.services.publishing import differences
from tests import world
from tests.bot.console.colleague import PASSWORD
from tests.bot.console.job_sheets import BAD, GOOD, HEAD, book
from tests.fixtures.pages import DESK, PHONE, open_page
from tests.services import ledger_entries as entries

pytestmark = pytest.mark.browser

AXE = resources.files("axe_playwright_python") / "axe.min.js"
FAULTS = """async only => (await axe.run(document, {resultTypes: ['violations'], ...(only && {runOnly: only})})).violations
  .filter(v => ['serious', 'critical'].includes(v.impact)).map(v => [v.id, v.nodes.slice(0, 3).map(n => n.target.join(' '))])"""
SCHEMES = {"light": None, "dark": ["color-contrast"]}  # all rules, or those that colours can break
PAGES = ("/count/?year=2026", "/count/lines?year=2026", "/count/days?year=2026", "/count/questions?year=2026", "/ledger/",
         "/ledger/print", "/reconciliation/", "/imports/")  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def filled(office: Office) -> None:
    """A few of everything."""
    for number in range(1, 13):
        entries.published(office, number, published_on=f"2026-{(number % 11) + 1:02d}-0{number % 9 + 1}")
        entries.published(office, 100 + number, published_on=f"2025-{number:02d}-07", delivery="mass")
    entries.withdrawn(office, 3, published_on="2026-04-04")
    found = ListDifference(DifferenceKind.ONLY_THEIRS, None, "园区食堂停业一天", "https://mp.weixin.qq.com/s/hand",
                           date(2026, 11, 20), "微信的列表里有这一篇，台账里没有")  # fmt: skip
    with office.store.write() as session:
        differences.keep(session, [found], world.NOON)


def test_no_page_has_a_grave_fault_or_sticks_out_on_either_screen_in_either_scheme(
    browser: Browser, address: str
) -> None:
    faults: list[Any] = []
    with open_page(browser, PHONE) as page:
        page.add_init_script(AXE.read_text(encoding="utf-8"))
        page.goto(f"{address}/login")
        page.fill("#username", "hejing")
        page.fill("#password", PASSWORD)
        page.click("button.primary")
        for path, width in product(PAGES, (PHONE, DESK)):
            page.set_viewport_size(width)  # type: ignore[arg-type]
            page.goto(f"{address}{path}")
            for scheme, only in SCHEMES.items():
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                faults += [(path, width["width"], scheme, fault) for fault in page.evaluate(FAULTS, only)]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                faults.append((path, width["width"], "sticks out"))
    assert faults == []


def test_a_sheet_is_imported_and_undone_by_hand(browser: Browser, address: str) -> None:
    with open_page(browser, PHONE) as page:
        page.add_init_script(AXE.read_text(encoding="utf-8"))
        page.goto(f"{address}/login")
        page.fill("#username", "linxiaoyu")
        page.fill("#password", PASSWORD)
        page.click("button.primary")
        page.goto(f"{address}/imports/")
        page.get_by_label("招聘信息").check()
        sheet = {
            "name": "岗位表.xlsx",
            "mimeType": "application/octet-stream",
            "buffer": book(("岗位", [HEAD, *GOOD, *BAD])),
        }
        page.get_by_label("文件").set_input_files(sheet)  # type: ignore[arg-type]
        page.get_by_role("button", name="下一步").click()
        assert page.evaluate(FAULTS) == []
        page.get_by_label("岗位号").select_option(label="编号")
        page.get_by_role("button", name="看前几行").click()
        expect(page.get_by_text("第 4 行 E 列")).to_be_visible()
        assert page.evaluate(FAULTS) == []
        page.get_by_role("button", name="导入收得进来的").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("新增 3")
        assert page.evaluate(FAULTS) == []
        page.get_by_text("撤销这次导入").first.click()
        page.get_by_role("button", name="撤销这次导入").click()
        expect(page.get_by_role("status")).to_contain_text("撤销了，3 条")
