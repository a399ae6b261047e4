"""Takes the pictures of the docs anew from a running demo: `make run`, then `.venv/bin/python docs/picture.py PASSWORD`.

PASSWORD is the one of the console's logins that the demo prints. The phone stands in docs/phone.png, pages of the console
in docs/console-….png. Other addresses than the demo's: `docs/picture.py PASSWORD PHONE CONSOLE`.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, expect  # noqa: E402

from tests import browser  # noqa: E402

PASSWORD, PHONE, CONSOLE = [*sys.argv[1:], *("", "http://127.0.0.1:8001", "http://127.0.0.1:8000")[len(sys.argv) - 1 :]]
QUESTIONS = ("幼儿园怎么报名", "有电工的工作吗")
DESK, HAND = {"width": 1280, "height": 800}, {"width": 375, "height": 812}


def main() -> None:
    """A new citizen follows the account and asks twice; colleagues look at their first page, the calendar and a review."""
    with browser.launch() as chromium:
        page = chromium.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=2, locale="zh-CN")
        page.goto(f"{PHONE}/phone?user=picture")
        if page.locator("#follow-button").is_visible():
            page.locator("#follow-button").click()
        for question in QUESTIONS:
            ask(page, question)
        page.locator("#menu-toggle").click()
        page.screenshot(path=ROOT / "docs" / "phone.png")
        desk = logged_in(chromium, "linxiaoyu", DESK)
        desk.screenshot(path=ROOT / "docs" / "console-home.png")
        desk.goto(f"{CONSOLE}/console/calendar")
        desk.screenshot(path=ROOT / "docs" / "console-calendar.png")
        hand = logged_in(chromium, "zhoujianguo", HAND)
        hand.goto(f"{CONSOLE}/console/reviews/")
        hand.locator("main a[href*='/console/reviews/']").first.click()
        hand.wait_for_load_state("networkidle")
        hand.screenshot(path=ROOT / "docs" / "console-review.png")


def logged_in(chromium: Browser, username: str, size: dict[str, int]) -> Page:
    """The first page of the console as this colleague sees it."""
    page = chromium.new_page(viewport=size, locale="zh-CN")  # type: ignore[arg-type]
    page.goto(f"{CONSOLE}/console/login")
    page.fill("#username", username)
    page.fill("#password", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_be_visible()
    return page


def ask(page: Page, question: str) -> None:
    """Types, sends, waits for the answer."""
    answers = page.locator("#messages .row.account .bubble")
    expect(answers).not_to_have_count(0)
    before = answers.count()
    if page.locator("#keyboard-toggle").is_visible():
        page.locator("#keyboard-toggle").click()
    page.locator("#message-input").fill(question)
    page.locator("#send-button").click()
    expect(answers).to_have_count(before + 1)


if __name__ == "__main__":
    main()
