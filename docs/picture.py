"""Takes docs/phone.png anew from a running demo: `make run`, then `.venv/bin/python docs/picture.py [ADDRESS]`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, expect  # noqa: E402

from tests import browser  # noqa: E402

PHONE = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8001"
QUESTIONS = ("幼儿园怎么报名", "有电工的工作吗")


def main() -> None:
    """A new citizen follows the account and asks twice."""
    with browser.launch() as chromium:
        page = chromium.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=2, locale="zh-CN")
        page.goto(f"{PHONE}/phone?user=picture")
        if page.locator("#follow-button").is_visible():
            page.locator("#follow-button").click()
        for question in QUESTIONS:
            ask(page, question)
        page.locator("#menu-toggle").click()
        page.screenshot(path=ROOT / "docs" / "phone.png")


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
