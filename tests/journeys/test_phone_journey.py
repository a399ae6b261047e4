"""A citizen with a phone, in a real browser: follows, asks, taps, reads."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.fixtures.office_processes import OfficeProcesses

pytestmark = pytest.mark.browser


class Phone:
    """What a citizen does with the phone page."""

    def __init__(self, page: Page, processes: OfficeProcesses, name: str) -> None:
        self.page = page
        page.goto(f"{processes.emulator}/phone?user={name}")

    @property
    def answers(self) -> Locator:
        """The bubbles of the account."""
        return self.page.locator("#messages .row.account .bubble")

    def follow(self) -> None:
        """Taps 关注公众号 and waits for the greeting."""
        self.page.locator("#follow-button").click()
        expect(self.answers).to_have_count(1)

    def say(self, text: str) -> str:
        """Types, sends, and reads the answer."""
        before = self.answers.count()
        if self.page.locator("#keyboard-toggle").is_visible():
            self.page.locator("#keyboard-toggle").click()
        self.page.locator("#message-input").fill(text)
        self.page.locator("#send-button").click()
        return self._answer(before)

    def tap(self, top: str, sub: str) -> None:
        """Opens a menu button and taps what is under it."""
        if self.page.locator("#menu-toggle").is_visible():
            self.page.locator("#menu-toggle").click()
        self.page.locator("#menu .top > button", has_text=top).click()
        self.page.locator("#menu .sub:visible button", has_text=sub).click()

    def tap_and_read(self, top: str, sub: str) -> str:
        """The answer to a tap."""
        before = self.answers.count()
        self.tap(top, sub)
        return self._answer(before)

    def _answer(self, before: int) -> str:
        expect(self.answers).to_have_count(before + 1)
        return self.answers.nth(before).inner_text()


@pytest.fixture
def phone(page: Page, informed: OfficeProcesses, request: pytest.FixtureRequest) -> Phone:
    """The phone of a citizen who is new to the account."""
    return Phone(page, informed, request.node.name)


def test_who_follows_the_account_is_greeted_and_told_how_it_goes(phone: Phone) -> None:
    phone.follow()
    expect(phone.answers.first).to_contain_text("欢迎")


def test_a_question_finds_the_right_disclosure_and_its_page(phone: Phone) -> None:
    phone.follow()
    answer = phone.say("幼儿园怎么报名")
    assert "2026年临江实验幼儿园招生报名办法" in answer
    link = phone.answers.last.locator("a", has_text="幼儿园").first
    with phone.page.context.expect_page() as opened:
        link.click()
    expect(opened.value.locator("h1")).to_contain_text("幼儿园招生报名办法")
    expect(opened.value.locator("body")).to_contain_text("预防接种证")


def test_a_question_finds_the_right_posting(phone: Phone) -> None:
    phone.follow()
    answer = phone.say("有没有电工的工作")
    assert "高压电工" in answer
    assert "食堂厨师" not in answer


def test_a_number_opens_that_item_and_more_goes_on(phone: Phone) -> None:
    phone.follow()
    first = phone.say("道路改造政府采购结果")
    titles = set(re.findall(r"第\d标段", first))
    assert len(titles) == 3
    assert "道路改造" in phone.say("2")
    onward = set(re.findall(r"第\d标段", phone.say("更多")))
    assert onward and not onward & titles


def test_what_nobody_knows_is_answered_kindly_and_kept(phone: Phone, informed: OfficeProcesses) -> None:
    phone.follow()
    before = informed.tally()["questions"]
    assert "没找到" in phone.say("鲸鱼翅膀")
    after = informed.tally()["questions"]
    assert after["asked"] == before["asked"] + 1
    assert after["unanswered"] == before["unanswered"] + 1


def test_the_menu_lists_the_newest_and_opens_pages(phone: Phone) -> None:
    phone.follow()
    assert "焊工" in phone.tap_and_read("找工作", "最新招聘")
    with phone.page.context.expect_page() as opened:
        phone.tap("问公开", "公开目录")
    expect(opened.value.locator("body")).to_contain_text("部门预算公开")


def test_an_article_that_passed_three_reviews_is_in_the_list_and_opens(phone: Phone, informed: OfficeProcesses) -> None:
    title = "园区便民服务日安排"
    number = informed.queue(title, "## 时间\n\n每周**三**下午，办事大厅。\n")
    informed.approve(number)
    informed.await_state(number, "published")
    phone.follow()
    phone.page.locator("#tab-articles").click()
    phone.page.locator("#articles .card a", has_text=title).click()
    article = phone.page.frame_locator("#reader-frame")
    expect(article.locator("h1")).to_have_text(title)
    expect(article.locator("body")).to_contain_text("每周三下午，办事大厅。")


def test_who_leaves_is_let_go_and_may_come_back(phone: Phone) -> None:
    phone.follow()
    phone.page.locator("#profile-button").click()
    phone.page.locator("#unfollow-button").click()
    expect(phone.page.locator("#follow-button")).to_be_visible()
    phone.page.locator("#follow-button").click()
    expect(phone.answers).to_have_count(2)


def test_the_phone_also_fits_a_wide_screen(wide_page: Page, informed: OfficeProcesses) -> None:
    phone = Phone(wide_page, informed, "wide")
    phone.follow()
    assert "部门预算" in phone.say("今年的预算")
    assert wide_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
