"""Writing in a real browser: what a paste keeps of a layout, what never runs, and that the phone shows what readers will see."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from bot.emulator.articles import html_filter
from content.services import articles
from content.services.office import Office
from tests.bot.console.colleague import PASSWORD
from tests.fixtures.layouts import LAYOUTS
from tests.fixtures.pages import DESK, PHONE, open_page

pytestmark = pytest.mark.browser

SHARE = 0.98  # of the style declarations that the platform keeps
COPY = """html => document.addEventListener('copy', event => {
  event.clipboardData.setData('text/html', html); event.preventDefault(); })"""
# Every declaration of every element as the browser understands it: rgb(255,0,0), red and #f00 are one.
DECLARATIONS = """html => Array.from(new DOMParser().parseFromString(html, 'text/html').body.querySelectorAll('[style]'))
  .flatMap(element => Array.from(element.style).map(name => {
    const probe = document.createElement('i'); document.body.append(probe);
    const said = element.style.getPropertyValue(name); probe.style.setProperty(name, said);
    const value = /color$/.test(name) && getComputedStyle(probe).getPropertyValue(name) || said;
    probe.remove(); return name + ':' + value.replace(/['"\\s]/g, ''); }))"""


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    """The console on a port of this machine."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/console"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="module")
def writer(browser: Browser, address: str) -> Iterator[Page]:
    """林晓雨 at her desk."""
    with open_page(browser, DESK) as page:
        page.goto(f"{address}/login")
        page.fill("#username", "linxiaoyu")
        page.fill("#password", PASSWORD)
        page.click("button.primary")
        yield page


@pytest.fixture(scope="module")
def sheet(browser: Browser) -> Iterator[Page]:
    """An empty page without a policy, to ask the browser how it understands HTML."""
    with open_page(browser, PHONE) as page:
        yield page


@contextmanager
def copied(page: Page, html: str) -> Iterator[None]:
    """The layout is on the clipboard, put there as editors of layouts do it when one presses their 复制."""
    other = page.context.new_page()
    other.set_content("<p>复制</p>")
    other.evaluate(COPY, html)
    other.keyboard.press("Control+A")
    other.keyboard.press("Control+C")
    other.close()
    page.bring_to_front()
    yield


def paste(page: Page, address: str, title: str, html: str) -> None:
    """Pastes into an empty form."""
    page.goto(f"{address}/articles/new")
    page.fill("#title", title)
    with copied(page, html):
        page.locator("[data-editor]").click()
        page.keyboard.press("Control+V")


def saved(page: Page) -> int:
    """Keeps the draft; its number."""
    page.get_by_role("button", name="存成草稿").click()
    expect(page.get_by_text("存好了")).to_be_visible()
    return int(page.url.rstrip("/").rsplit("/", 1)[-1])


def declarations(page: Page, html: str) -> Counter[str]:
    """The style declarations of an HTML, as the browser understands them."""
    return Counter(page.evaluate(DECLARATIONS, html))


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_that_is_pasted_keeps_its_styles(
    writer: Page, sheet: Page, address: str, office: Office, name: str
) -> None:
    paste(writer, address, f"版式 {name}", LAYOUTS[name])
    body = articles.preview(office, saved(writer)).partition("<main>")[2].partition("</main>")[0]
    wanted = declarations(sheet, html_filter.clean(LAYOUTS[name], base_url=address))
    lost = wanted - declarations(sheet, body)
    share = 1 - lost.total() / wanted.total()
    print(f"{name}: {share:.1%} of {wanted.total()} declarations kept")  # noqa: T201
    assert share >= SHARE, (f"{share:.1%} of {wanted.total()}", lost)
