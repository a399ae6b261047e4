"""Citizens' pages as a phone and a desk show them: nothing sticks out, fingers fit, eyes can read, keys suffice."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests import world
from tests.bot.conftest import DISCLOSURES, POSTINGS
from tests.fixtures.town import Town

pytestmark = pytest.mark.browser

PATHS = ("/", "/search", "/search?q=公租房", "/disclosures", "/disclosures?category=yjgl", "/d/1", "/d/2", "/d/3", "/jobs",
         "/j/1", "/j/2")  # fmt: skip

TOO_SMALL = """() => [...document.querySelectorAll('a, button, input, summary')]
  .filter(e => e.offsetParent && !e.closest('.body') && !e.classList.contains('skip'))
  .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 44).map(([text]) => text)"""

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


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a web process that has something to show, at noon of 22 November 2026."""
    folder = tmp_path_factory.mktemp("site")
    clock = folder / "clock"
    clock.write_text(world.NOON.isoformat())
    town = Town(folder, GONGKAI_TEST_CLOCK=str(clock))
    try:
        town.run("init")
        for kind, rows in (("disclosures", DISCLOSURES), ("postings", POSTINGS)):
            file = folder / f"{kind}.jsonl"
            file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
            town.run("import", kind, file)
        town.start("web")
        yield town.web
    finally:
        town.close()


def look(page: Page, site: str) -> None:
    """Looks at every page in both sizes of type."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    for size in ("normal", "big"):
        page.goto(f"{site}/size?to={size}")
        for path in PATHS:
            page.goto(site + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} sticks out ({size})"
            assert page.evaluate(TOO_SMALL) == [], path
            assert page.evaluate(HARD_TO_READ) == [], path


def test_all_pages_suit_a_phone(page: Page, site: str) -> None:
    look(page, site)


def test_all_pages_suit_a_desk(wide_page: Page, site: str) -> None:
    look(wide_page, site)


def test_a_citizen_searches_and_reads_with_keys_alone(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.get_by_role("searchbox").focus()
    page.keyboard.type("公租房怎么申请")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="园区公共租赁住房申请指南").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("园区公共租赁住房申请指南")


def test_the_filters_open_and_lead_to_a_category(page: Page, site: str) -> None:
    page.goto(f"{site}/disclosures")
    page.get_by_text("按分类、年份挑着看").click()
    page.get_by_role("link", name="应急管理（7）").click()
    expect(page.get_by_text("共 7 条")).to_be_visible()


def test_type_grows_by_a_tap_and_stays_large(page: Page, site: str) -> None:
    page.goto(f"{site}/jobs")
    before = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.get_by_role("link", name="大字").click()
    expect(page).to_have_url(f"{site}/jobs")
    page.get_by_role("link", name="公开", exact=True).click()
    page.wait_for_url(f"{site}/disclosures")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > 1.3 * before
