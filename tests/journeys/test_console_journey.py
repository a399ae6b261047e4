"""The whole story at the console, on a fresh database, with a real browser: from setting it up to the count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from importlib import resources
from itertools import product
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from content.intake.articles import documents
from content.services import articles
from content.services.articles import PostForm
from content.services.people import first_admin
from content.services.setup import prepare
from tests import factories, world
from tests.fixtures.hands import Hands
from tests.fixtures.layouts import MANNER_OF_135, MANNER_OF_135_CARDS
from tests.fixtures.office_processes import PROCESSES, OfficeProcesses
from tests.fixtures.pages import DESK, PHONE, open_page
from tests.fixtures.pictures import difference

pytestmark = pytest.mark.browser

PASSWORD = "correct horse"
COLLEAGUES = {"linxiaoyu": ("林晓雨", "编辑"), "sunhao": ("孙浩", "编辑"), "zhoujianguo": ("周建国", "审核"),
              "zhaominghua": ("赵明华", "终审")}  # fmt: skip
AXE = resources.files("axe_playwright_python") / "axe.min.js"
GRAVE = {"serious", "critical"}
SCHEMES = {"light": None, "dark": ["color-contrast"]}  # all rules, or those that colours can break
FAULTS = """async only => (await axe.run(document, {resultTypes: ['violations'], ...(only && {runOnly: only})})).violations
  .map(v => [v.impact, v.id, v.nodes.slice(0, 3).map(n => n.target.join(' '))])"""
COPY = """html => document.addEventListener('copy', event => {
  event.clipboardData.setData('text/html', html); event.preventDefault(); })"""
TITLE = "稳岗补贴12月1日开始申报"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeProcesses]:
    """An office with a store and nobody in it, and all its processes."""
    folder = tmp_path_factory.mktemp("fresh")
    processes = OfficeProcesses(folder, hands=Hands(folder / "now", world.NOON))
    try:
        with processes.office() as office:
            prepare(office)
        processes.start(*PROCESSES)
        yield processes
    finally:
        processes.close()


class Desk:
    """The browsers of all colleagues: each is logged in on a page of her own."""

    def __init__(self, browser: Browser, processes: OfficeProcesses) -> None:
        self.browser, self.processes = browser, processes
        self._pages, self._open = dict[str, Page](), ExitStack()

    def page(self, username: str, size: dict[str, int] = DESK) -> Page:
        """The page of a colleague."""
        if username not in self._pages:
            page = self._open.enter_context(open_page(self.browser, size))
            self._pages[username] = page
            page.goto(f"{self.processes.web}/console/login")
            if username != "hejing":
                page.fill("#username", username)
                page.fill("#password", PASSWORD)
                page.get_by_role("button", name="登录").click()
                expect(page.locator("h1")).to_contain_text("做")
        return self._pages[username]

    def close(self) -> None:
        """Closes all; none of them had an error."""
        self._open.close()


@pytest.fixture(scope="module")
def desk(browser: Browser, fresh: OfficeProcesses) -> Iterator[Desk]:
    """The colleagues, who have joined: the administrator set the console up and gave each a slip."""
    desk = Desk(browser, fresh)
    try:
        _set_up(desk, fresh)
        yield desk
    finally:
        desk.close()


def _set_up(desk: Desk, fresh: OfficeProcesses) -> None:
    boss = desk.page("hejing")
    with fresh.office() as office:
        code = first_admin.code(office)
    for name, value in {
        "code": code,
        "office_name": "北河经济开发区管理委员会",
        "name": "何静",
        "username": "hejing",
        "password": PASSWORD,
        "again": PASSWORD,
    }.items():
        boss.fill(f"#{name}", value)
    boss.get_by_role("button", name="设为管理员").click()
    expect(boss.get_by_text("您是第一位管理员")).to_be_visible()
    for username, (name, role) in COLLEAGUES.items():
        _join(desk, boss, username, name, role)


def _join(desk: Desk, boss: Page, username: str, name: str, role: str) -> None:
    boss.get_by_role("link", name="人员", exact=True).first.click()
    boss.fill("#name", name)
    boss.fill("#username", username)
    boss.get_by_role("checkbox", name=re.compile(role)).first.check()
    boss.get_by_role("button", name="加入，拿条子").click()
    slip = boss.locator("[data-copy-from]").get_attribute("href")
    assert slip
    with open_page(desk.browser, PHONE) as phone:
        phone.goto(slip)
        phone.fill("#password", PASSWORD)
        phone.fill("#again", PASSWORD)
        phone.get_by_role("button", name="设好密码").click()
        expect(phone.get_by_text(f"{name}，欢迎加入")).to_be_visible()


def word_file(folder: Path) -> Path:
    """A Word file with a picture."""
    document = docx.Document()
    document.add_paragraph("申报的企业请看下面的说明。")
    picture = folder / "picture.png"
    picture.write_bytes(factories.image())
    document.add_picture(str(picture))
    document.save(str(folder / "稳岗补贴.docx"))
    return folder / "稳岗补贴.docx"


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


def look_and_decide(page: Page, button: str, note: str = "") -> None:
    """Opens the first article of the queue, reads to the end and decides."""
    page.goto(page.url.split("/console")[0] + "/console/reviews/")
    page.locator(".work .title a").first.click()
    expect(page.frame_locator("iframe.phone").locator("h1.title")).to_have_text(TITLE)
    if note:
        page.fill("#note", note)
    page.get_by_role("button", name=button).click()


def test_the_story_from_an_empty_store_to_the_count(desk: Desk, fresh: OfficeProcesses, tmp_path: Path) -> None:
    year = str(world.NOON.year)
    before = fresh.json("tally", year)["articles"]
    writer = desk.page("linxiaoyu")
    writer.get_by_role("link", name="写一篇").first.click()
    writer.fill("#title", TITLE)
    writer.set_input_files("#file", str(word_file(tmp_path)))
    expect(writer.frame_locator("[data-phone]").locator("body")).to_contain_text("申报的企业请看下面的说明")
    writer.get_by_role("button", name="存成草稿").click()
    expect(writer.get_by_text("存好了，第 1 稿")).to_be_visible()

    writer.get_by_role("link", name="修改", exact=True).first.click()
    with copied(writer, MANNER_OF_135_CARDS + MANNER_OF_135):
        writer.locator("[data-editor]").click()
        writer.keyboard.press("Control+End")
        writer.keyboard.press("Control+V")
    expect(writer.frame_locator("[data-phone]").locator("body")).to_contain_text("一楼大厅")
    writer.fill("#at", "2026-11-25T09:00")
    writer.get_by_role("button", name="存成新的一稿").click()
    expect(writer.get_by_text("存好了，第 2 稿")).to_be_visible()
    number = int(writer.url.rstrip("/").rsplit("/", 1)[-1])
    writer.get_by_role("button", name="送审").click()
    expect(writer.get_by_text("接下来初审")).to_be_visible()

    phone = desk.page("sunhao", PHONE)
    look_and_decide(phone, "退回作者", note="请写明过期怎么办")
    expect(phone.get_by_text("已退回作者")).to_be_visible()
    writer.goto(f"{fresh.web}/console/")
    expect(writer.get_by_text("请写明过期怎么办")).to_be_visible()
    writer.locator(".work .title a").first.click()
    writer.get_by_role("link", name="修改", exact=True).first.click()
    writer.fill("#digest", "12月1日至20日，过期不补，咨询 80001234。")
    writer.get_by_role("button", name="存成新的一稿").click()
    writer.get_by_role("button", name="送审").click()

    look_and_decide(phone, "通过初审")
    expect(phone.get_by_text("初审通过")).to_be_visible()
    look_and_decide(desk.page("zhoujianguo"), "通过复审")
    chief = desk.page("zhaominghua")
    look_and_decide(chief, "通过终审")
    expect(chief.get_by_text("三审完成")).to_be_visible()

    chief.get_by_role("link", name="日历", exact=True).first.click()
    chief.locator(".tile").first.drag_to(chief.locator('[data-day="2026-11-24"]'))
    expect(chief.locator("h1")).to_contain_text("排到 11月24日 周二 9:00：到时发布，不占群发额度")
    chief.get_by_role("button", name="排到 11月24日 周二 9:00").click()
    expect(chief.get_by_role("status").first).to_contain_text("改到 11月24日 周二 9:00")

    assert fresh.hands
    fresh.hands.set(world.NOON + timedelta(days=1, hours=21, seconds=5))
    shown = fresh.await_state(number, "published")
    assert [item["title"] for item in fresh.published()] == [TITLE]
    chief.goto(f"{fresh.web}/console/articles/{number}/")
    for step in ("终审通过", "复审通过", "初审通过", "退回", "送审", "写了第 1 稿"):
        expect(chief.locator(".timeline")).to_contain_text(step)
    with open_page(desk.browser, PHONE) as reader:
        reader.goto(shown["url"])
        expect(reader.locator("body")).to_contain_text("过期不补")
        out = reader.locator("#js_content")
        words, picture = out.inner_text(), out.screenshot()
        with fresh.office() as office:
            reader.set_content(articles.preview(office, number))
        looked = reader.locator("main")
        assert words == looked.inner_text()
        assert difference(picture, looked.screenshot()) < 0.001
    assert fresh.json("tally", year)["articles"] == before + 1


PAGES = ("/", "/articles/", "/articles/new", "/articles/1/", "/articles/{own}/edit", "/articles/1/history", "/reviews/",
         "/reviews/1", "/calendar", "/calendar?view=week", "/calendar?view=list", "/two-step/", "/roster/", "/articles/{own}/time", "/alarms/", "/letters/", "/questions/",
         "/more", "/password")  # fmt: skip
ADMIN_PAGES = ("/staff/", "/staff/sunhao")


def test_axe_finds_nothing_grave_on_any_page(desk: Desk, fresh: OfficeProcesses) -> None:
    with fresh.office() as office:
        own = articles.add(office, PostForm("无障碍", documents.from_text("正文一段。")), username="linxiaoyu").id
    for username, paths in (("linxiaoyu", PAGES), ("hejing", ADMIN_PAGES)):
        page = desk.page(username)
        for path in (path.format(own=own) for path in paths):
            page.goto(f"{fresh.web}/console{path}")
            page.evaluate(AXE.read_text(encoding="utf-8"))
            for size, scheme in product((DESK, PHONE), SCHEMES):
                page.set_viewport_size(size)  # type: ignore[arg-type]
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                where = f"{path} {scheme} {size['width']}"
                assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), where
                faults = page.evaluate(FAULTS, SCHEMES[scheme])
                assert [fault for fault in faults if fault[0] in GRAVE] == [], where
