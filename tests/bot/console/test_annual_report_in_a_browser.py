"""An office of four makes its report of 2026 in a real browser, from its register to the signature, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib import resources
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from content.intake import reports
from content.rules.applications.receipt import ReceiptChannel
from content.rules.applications.steps import Step
from content.rules.figures.annual_report import checks
from content.services.applications import handling, receiving
from content.services.applications.handling import StepToTake
from content.services.office import Office
from tests.bot.console.colleague import PASSWORD
from tests.fixtures.pages import DESK, PHONE, open_page
from tests.intake.reports.report_files import as_word
from tests.rules.figures.annual_report.made_up import changed, report
from tests.services.applications.applicants import form

pytestmark = pytest.mark.browser

AXE = resources.files("axe_playwright_python") / "axe.min.js"
FAULTS = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
  .filter(v => ['serious', 'critical'].includes(v.impact)).map(v => [v.id, v.nodes.slice(0, 3).map(n => n.target.join(' '))])"""
TABLE_TWO = {"规章": "000", "行政规范性文件": "202", "行政许可": "9", "行政处罚": "0", "行政强制": "0"}


@contextmanager
def at_work(browser: Browser, address: str, username: str, size: dict[str, int]) -> Iterator[Page]:
    """A colleague who has logged in."""
    with open_page(browser, size) as page:
        page.add_init_script(AXE.read_text(encoding="utf-8"))
        page.goto(f"{address}/login")
        page.fill("#username", username)
        page.fill("#password", PASSWORD)
        page.click("button.primary")
        page.goto(f"{address}/report/2026")
        yield page


def fit(page: Page) -> list[Any]:
    """What is wrong with a page for those who hear it, and whether it sticks out."""
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*page.evaluate(FAULTS), *(["sticks out"] if wide else [])]


@pytest.fixture(scope="module", autouse=True)
def register(office: Office) -> None:
    """One application of the year, answered."""
    number = receiving.by_hand(
        office, form(), channel=ReceiptChannel.COUNTER, arrived=date(2026, 3, 2), username="hejing"
    )
    handling.take(
        office, number, StepToTake(Step.ANSWER, date(2026, 3, 10), outcome="g", note="发到邮箱"), username="hejing"
    )


def test_from_the_register_to_the_signature(browser: Browser, address: str, office: Office) -> None:
    with at_work(browser, address, "hejing", DESK) as page:  # the office's clerk, who counts
        last = changed(changed(report(year=2025), "t3.out.0", 1), "t3.out.6", 1)
        page.set_input_files(
            "#file", {"name": "去年.docx", "mimeType": "application/octet-stream", "buffer": as_word(last)}
        )
        page.get_by_role("button", name="收进来").click()
        expect(page.get_by_role("status")).to_contain_text("收进了 2025 年度")
        assert fit(page) == []
        page.get_by_role("link", name="填数字").click()
        for row, cells in TABLE_TWO.items():
            for at, cell in enumerate(cells):
                page.locator(f'[name="t2.{row}.{at}"]').fill(cell)
        page.locator('[name="t2.行政事业性收费(万元).0"]').fill("3.5")
        expect(page.locator('[name="t3.new.0"]')).to_have_value("1")  # as the register has it
        page.locator('[name="t3.g.0"]').fill("3")
        expect(page.locator("#findings")).to_contain_text("相差")  # while it is typed, before anything is kept
        page.locator('[name="t3.g.0"]').fill("2")
        page.locator('[name="t3.g.6"]').fill("")
        page.locator('[name="t3.total.0"]').fill("2")
        page.locator('[name="t3.total.6"]').fill("")
        expect(page.locator("#findings")).to_contain_text("没有发现问题")
        assert fit(page) == []
        page.get_by_role("button", name="存", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("存好了")
        page.goto(f"{address}/report/2026/text")
        page.locator('[name="text.1"]').fill("全年主动公开信息 120 条。")
        page.locator('[name="text.5"]').fill("人手少。明年加强培训。")
        page.get_by_role("button", name="存", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("存好了")
        assert fit(page) == []
        page.goto(f"{address}/report/2026")
        page.get_by_role("button", name="送审").click()
        expect(page.get_by_role("status")).to_contain_text("接下来初审")
    for username, done in (("sunhao", "初审通过"), ("zhoujianguo", "复审通过"), ("zhaominghua", "三审完成")):
        with at_work(browser, address, username, PHONE) as page:
            page.get_by_role("link", name="去审").click()
            assert fit(page) == []
            page.get_by_role("button", name="通过").click()
            expect(page.get_by_role("status")).to_contain_text(done)
    with at_work(browser, address, "zhaominghua", PHONE) as page:
        assert fit(page) == []
        page.get_by_role("button", name="签发").click()
        expect(page.get_by_role("status")).to_contain_text("已签发，封存码")
        for kind in ("docx", "html"):
            with page.expect_download() as download:
                page.locator(f'a[href$="format={kind}"]').click()
            read = reports.read(download.value.path().rename(office.home / f"out.{kind}"))
            assert read.requests["in"] == (1, 0, 0, 0, 0, 0, 1) and checks.check(read) == []
    with at_work(browser, address, "hejing", DESK) as page:  # a figure was wrong after all
        page.goto(f"{address}/report/2026/figures")
        page.locator('[name="t2.行政许可.0"]').fill("8")
        page.get_by_role("button", name="存", exact=True).click()
        page.goto(f"{address}/report/2026")
        page.get_by_role("button", name="送审").click()
    with at_work(browser, address, "sunhao", PHONE) as page:
        page.get_by_role("link", name="去审").click()
        expect(page.locator("#changes")).to_contain_text("本年处理决定数量 8")
        assert fit(page) == []
