"""Every page of the console in a real browser: all of it by keyboard, and the pages that no other test looks at with axe."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date
from importlib import resources
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from bot.console.family import access_of
from content.intake.articles.documents import from_text
from content.rules.applications.receipt import ReceiptChannel
from content.rules.people import Role
from content.services import articles
from content.services.applications import receiving
from content.services.articles import PostForm, reviews
from content.services.catalogue import catalogue_sheets
from content.services.citizens import letters, office_files, question_log
from content.services.citizens.letters import CitizenMessage
from content.services.notices import sheet_import
from content.services.office import Office
from content.services.people import invitations, staff
from content.store.redis import keys
from content.store.tables import Posting
from tests.bot.console.colleague import PASSWORD, Colleague
from tests.fixtures.pages import DESK, PHONE, open_page
from tests.services.applications.applicants import form

pytestmark = pytest.mark.browser

AXE = resources.files("axe_playwright_python") / "axe.min.js"
FAULTS = """async only => (await axe.run('main', {resultTypes: ['violations'], ...(only && {runOnly: only})})).violations
  .filter(v => ['serious', 'critical'].includes(v.impact)).map(v => [v.id, v.nodes.slice(0, 3).map(n => n.target.join(' '))])"""
SCHEMES = {"light": None, "dark": ["color-contrast"]}  # all rules, or those that colours can break
LOOKED_AT = ("/articles", "/reviews", "/calendar", "/two-step", "/alarms", "/more", "/password", "/count", "/ledger",
             "/reconciliation", "/report")  # fmt: skip
NOBODY = "console.shell.nowhere"  # takes every other address, and is closed to all
ME = "everybody"  # who holds every role
# Notes each control that gets the focus, and whether it is seen then: an outline or a shadow, and nothing before it.
WATCH = """() => {
  const shown = e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length;
  const group = e => e.type === 'radio' && e.name ? 'radio:' + (e.form ? [...document.forms].indexOf(e.form) : '') + e.name : e;
  const all = [...document.querySelectorAll(
    'main a[href], main button, main input:not([type=hidden]), main select, main textarea, main summary, main [tabindex="0"], main [contenteditable=true], nav.foot a')]
    .filter(e => shown(e) && !e.disabled && e.tabIndex >= 0);
  window.left = new Map(all.map(e => [group(e), e]));
  window.unseen = [];
  document.addEventListener('focusin', event => {
    const e = event.target, style = getComputedStyle(e);
    if (e.id === 'main') return;  // where the page's beginning is, not a control
    window.left.delete(group(e));
    const rect = (e.matches('input[type=file], input[type=checkbox], input[type=radio]') && e.closest('label') || e).getBoundingClientRect();
    const seen = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
    const inside = rect.bottom > 0 && rect.top < innerHeight && rect.right > 0 && rect.left < innerWidth;
    if (!seen || !inside) window.unseen.push(e.outerHTML.slice(0, 120) + (seen ? ' is off the screen' : ' shows no focus'));
  });
  document.getElementById('main').focus();
  return window.left.size;
}"""
LEFT = "() => [[...window.left.values()].map(e => e.outerHTML.slice(0, 120)), window.unseen]"


def _sheet() -> bytes:
    book, held = Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    for row in (("编号", "岗位名称", "截止日期"), ("z1", "电焊工", "2027-13-01"), ("z2", "钢筋工", "2027-03-01")):
        sheet.append(row)
    book.save(held)
    return held.getvalue()


@pytest.fixture(scope="module")
def values(office: Office) -> dict[str, dict[str, Any]]:
    """A few of everything; what the addresses of each family of pages name."""
    staff.take_on(office, ME, name="样样都管", roles=list(Role), password=PASSWORD)
    post = PostForm("给键盘看的一篇", from_text("# 一\n\n正文一段。"))
    mine, waiting = (articles.add(office, post, username=name).id for name in (ME, "linxiaoyu"))
    reviews.submit(office, waiting, username="linxiaoyu")
    now = office.clock.now()
    letter = letters.hear(
        office, CitizenMessage(asker="a1", openid="o1", delivery="d1", at=now, origin="转来：入学"), "插班要带什么？"
    )
    question_log.keep(office, question_log.pack(mark="m1", text="公租房怎么退租", asker="a1", answered=False, offered=[],
                                                kind="text", at=now))  # fmt: skip
    application = receiving.by_hand(
        office, form(), channel=ReceiptChannel.COUNTER, arrived=date(2026, 11, 2), username="hejing"
    )
    table = "序号,一级事项,二级事项,公开内容(要素),公开依据,公开时限,公开主体\n1,财政预决算,部门预算,收支,预算法,批准后20日内,财政金融局\n"
    catalogue_sheets.take_in_bytes(office, table.encode(), "目录.csv", username="hejing")
    key = sheet_import.keep(office, "岗位.xlsx", _sheet())
    choice = sheet_import.outline(office, key, "posting")[0].choice
    receipt = sheet_import.run(
        office, key, "posting", choice, username=ME, on_progress=lambda step, done, total: None
    ).id
    with office.store.read() as session:
        posting = session.scalars(select(Posting.id).order_by(Posting.id)).first()
    for answer in ("一", "二"):
        text = f'[[guide]]\nname = "停车"\nwords = ["停车"]\nanswer = "{answer}"\n'
        office_files.change(office, "guides", lambda _before, text=text: text, username=ME)
    work = {
        "owner": ME,
        "title": "正在导入",
        "target": "/console/",
        "step": "正在写入",
        "done": 1,
        "total": 9,
        "state": "running",
    }
    office.redis.client.set(keys.console_work("0" * 32), json.dumps(work))
    office.redis.client.set(keys.console_work(f"{'0' * 32}:alive"), "")
    former = office_files.former(office, "guides")[0].key
    entry = {"name": "guides", "table": "guide"}
    return {
        "article": {"number": mine}, "writing": {"number": mine, "sha256": "0" * 64}, "calendar": {"number": mine}, "reviews": {"number": waiting},
        "letters": {"number": letter}, "application": {"number": 1, "key": application, "kind": "receipt"}, "catalogue": {"number": 1},
        "imports": {"key": key, "number": receipt, "kind": "posting"}, "notice_list": {"kind": "posting", "number": posting}, "office_files": {**entry, "key": former},
        "file_entries": {**entry, "number": 1}, "annual_report": {"number": 2026}, "staff": {"username": "linxiaoyu"},
        "templates": {"kind": "receipt"}, "work": {"key": "0" * 32}, "account": {"slip": _slip(office)},
    }  # fmt: skip


def _slip(office: Office) -> str:
    staff.take_on(office, "newcomer", name="新来的", roles=[Role.EDITOR], password=PASSWORD)
    return invitations.invite(office, "newcomer", by="hejing")


@pytest.fixture(scope="module")
def addresses(app: Flask, values: dict[str, dict[str, Any]]) -> list[str]:
    """Each address of the console that answers with a page."""
    me, urls, found = Colleague(app, ME), app.url_map.bind("localhost"), []
    for rule in app.url_map.iter_rules():
        access = access_of(app.view_functions[rule.endpoint])
        if not str(rule).startswith("/console") or "GET" not in (rule.methods or ()) or rule.endpoint == NOBODY:
            continue
        family = next((known for name, known in values.items() if rule.endpoint.startswith(f"console.{name}")), {})
        if not rule.arguments <= family.keys():
            pytest.fail(f"no value is given for {rule}")
        wanted = {name: value for name, value in family.items() if name in rule.arguments or name == "kind"}
        where = str(urls.build(rule.endpoint, wanted))
        answer = me.opens(where)
        if answer.status_code == 200 and b'id="main"' in answer.data and access and access.login:
            found.append(where.removeprefix("/console"))
    return found


@pytest.fixture(scope="module")
def desk(browser: Browser, address: str, values: dict[str, dict[str, Any]]) -> Iterator[Page]:
    """Somebody who may open every page, at a desk."""
    with open_page(browser, DESK) as page:
        page.goto(f"{address}/login")
        page.fill("#username", ME)
        page.fill("#password", PASSWORD)
        page.click("button.primary")
        yield page


def _faults_of_tabbing(page: Page) -> list[str]:
    """Presses Tab from the page's beginning until every control had the focus; those that had none, or showed none."""
    missing = page.evaluate(WATCH)
    for _ in range(12):
        for _ in range(min(missing + 2, 60)):
            page.keyboard.press("Tab")
        left, unseen = page.evaluate(LEFT)
        if not left:
            break
        missing = len(left)
    return [*unseen, *(f"never has the focus: {control}" for control in left)]


def test_every_control_of_every_page_has_the_focus_seen_and_lets_it_go(
    desk: Page, address: str, addresses: list[str]
) -> None:
    faults: dict[str, list[str]] = {}
    for where in addresses:
        desk.goto(f"{address}{where}")
        if found := _faults_of_tabbing(desk):
            faults[where] = found[:4]

    assert faults == {} and len(addresses) > 50


def test_dialogs_and_menus_close_by_escape_and_give_the_focus_back(desk: Page, address: str) -> None:
    desk.goto(f"{address}/articles/new")
    for name in ("链接", "图片", "表格"):
        opener = desk.get_by_role("toolbar").get_by_role("button", name=name).first
        opener.focus()
        desk.keyboard.press("Enter")
        expect(desk.locator("dialog[open]")).to_be_visible()
        desk.keyboard.press("Escape")
        expect(desk.locator("dialog[open]")).to_have_count(0)
        assert desk.evaluate("document.activeElement.matches('button, [contenteditable=true]')"), name
    menu = desk.locator("details.menu summary")
    menu.focus()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Escape")
    expect(desk.locator("details.menu[open]")).to_have_count(0)
    expect(menu).to_be_focused()


def test_pages_that_no_other_test_looks_at_have_no_grave_fault_in_either_scheme_on_either_screen(
    desk: Page, address: str, addresses: list[str]
) -> None:
    faults: list[Any] = []
    for where in (where for where in addresses if not where.startswith(LOOKED_AT)):
        desk.goto(f"{address}{where}")
        desk.route("**/*", lambda route: route.fulfill(status=204))  # a page that loads itself anew stays as it is
        desk.evaluate(AXE.read_text(encoding="utf-8"))
        for size in (PHONE, DESK):
            desk.set_viewport_size(size)  # type: ignore[arg-type]
            if desk.evaluate("document.documentElement.scrollWidth > innerWidth"):
                faults.append((where, size["width"], "sticks out"))
            for scheme, only in SCHEMES.items():
                desk.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                faults += [(where, size["width"], scheme, fault) for fault in desk.evaluate(FAULTS, only)]
        desk.unroute_all()
    assert faults == []
