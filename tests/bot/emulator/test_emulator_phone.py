"""The phone in a real browser: follow, ask, tap menu and links, read an article."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.bot.emulator.account_side import Wechat, answering, picture, text_reply

pytestmark = pytest.mark.browser
MORE = '找到 3 条：<a href="https://gk.example.gov.cn/d/1">停车收费标准</a> 回复<a href="weixin://bizmsgmenu?msgmenucontent=%E6%9B%B4%E5%A4%9A&msgmenuid=m1">更多</a><b>不是粗体</b>'
MENU = [
    {"type": "click", "name": "招聘", "key": "JOBS"},
    {"name": "公开", "sub_button": [{"type": "click", "name": "最新公开", "key": "NEW"}]},
]


@pytest.fixture(params=[375, 1280])
def phone(request: pytest.FixtureRequest, browser: Browser, wechat: Wechat) -> Iterator[Page]:
    """The phone page, following already, in a browser that reports every fault of the page."""
    wechat.account.reply = answering(lambda message: text_reply(message, _answer(message)).encode())
    wechat.door.act("menu", button=MENU)
    page = browser.new_page(viewport={"width": request.param, "height": 800})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{wechat.url}/phone")
    page.get_by_role("button", name="关注公众号").click()
    expect(page.locator(".row.account .bubble")).to_have_text("欢迎关注")
    yield page
    page.close()
    assert faults == []


def _answer(message: ET.Element) -> str:
    if message.findtext("Event"):
        return {"subscribe": "欢迎关注", "CLICK": f"点了 {message.findtext('EventKey')}"}[
            message.findtext("Event") or ""
        ]
    return MORE if message.findtext("Content") == "停车" else f"您说：{message.findtext('Content') or '一样东西'}"


def ask(page: Page, text: str) -> None:
    if page.locator("#keyboard-toggle").is_visible():
        page.locator("#keyboard-toggle").click()
    page.get_by_role("textbox", name="消息").fill(text)
    page.get_by_role("button", name="发送").click()


def test_a_question_is_answered_with_links_to_tap_and_nothing_else_is_html(phone: Page, wechat: Wechat) -> None:
    ask(phone, "停车")
    bubble = phone.locator(".row.account .bubble").last
    expect(bubble).to_contain_text("<b>不是粗体</b>")
    link = bubble.get_by_role("link", name="停车收费标准")
    assert link.get_attribute("href") == "https://gk.example.gov.cn/d/1"
    assert link.get_attribute("target") == "_blank"
    bubble.get_by_role("link", name="更多").click()
    expect(phone.locator(".row.citizen .bubble").last).to_have_text("更多")
    expect(phone.locator(".row.account .bubble").last).to_have_text("您说：更多")
    assert ET.fromstring(wechat.account.seen[-1][1]).findtext("bizmsgmenuid") == "m1"


def test_the_menu_is_tapped(phone: Page) -> None:
    phone.get_by_role("button", name="招聘").click()
    expect(phone.locator(".row.account .bubble").last).to_have_text("点了 JOBS")
    phone.get_by_role("button", name="公开").click()
    phone.get_by_role("button", name="最新公开").click()
    expect(phone.locator(".row.account .bubble").last).to_have_text("点了 NEW")
    expect(phone.get_by_role("button", name="最新公开")).to_be_hidden()


def test_a_picture_and_a_place_are_sent(phone: Page) -> None:
    phone.locator("#keyboard-toggle").click()
    phone.locator("#more-button").click()
    phone.locator("#picture-input").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": picture("PNG", size=(80, 60))}
    )
    expect(phone.locator('.row.citizen[data-kind="image"] img')).to_be_visible()
    phone.locator("#more-button").click()
    phone.get_by_role("button", name="位置").click()
    expect(phone.locator('.row.citizen[data-kind="location"]')).to_contain_text("办事大厅")
    expect(phone.locator(".row.account .bubble").last).to_have_text("您说：一样东西")


def test_an_article_is_opened_from_the_list_and_closed_again(phone: Page, wechat: Wechat) -> None:
    wechat.published(title="园区停水通知", content_source_url="https://gk.example.gov.cn/a/7")
    phone.get_by_role("tab", name="文章").click()
    opener = phone.locator("#articles").get_by_role("link", name="园区停水通知")
    opener.press("Enter")
    article = phone.frame_locator("#reader-frame")
    expect(article.locator("#activity-name")).to_have_text("园区停水通知")
    assert article.get_by_role("link", name="阅读原文").get_attribute("href") == "https://gk.example.gov.cn/a/7"
    reader = phone.get_by_role("dialog", name="的文章")
    expect(reader).to_contain_text("演练，不是真的微信")
    assert phone.evaluate("document.getElementById('reader').matches(':modal')"), "what is behind cannot be reached"
    expect(phone.get_by_role("button", name="关闭文章")).to_be_focused()
    phone.keyboard.press("Escape")
    expect(phone.locator("#reader")).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_phone_says_that_it_is_a_rehearsal(phone: Page) -> None:
    expect(phone.get_by_text("演练：不是真的微信")).to_be_visible()


def test_a_fault_of_the_service_is_shown_as_wechat_shows_it(phone: Page, wechat: Wechat) -> None:
    wechat.account.reply = lambda query, body: (200, b"{}")
    ask(phone, "在吗")
    expect(phone.locator(".notice")).to_have_text("该公众号提供的服务出现故障，请稍后再试")


def test_leaving_brings_back_the_welcome(phone: Page) -> None:
    phone.get_by_role("button", name="公众号资料").click()
    phone.get_by_role("button", name="不再关注").click()
    expect(phone.locator("#welcome")).to_be_visible()
    expect(phone.locator("#bar")).to_be_hidden()


def test_nothing_runs_over_the_side(phone: Page) -> None:
    ask(phone, "https://gk.example.gov.cn/" + "a" * 300)
    expect(phone.locator(".row.account .bubble").last).to_contain_text("您说：")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert phone.evaluate("(m => m.scrollWidth <= m.clientWidth)(document.getElementById('messages'))")
