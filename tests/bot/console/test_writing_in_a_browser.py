"""Writing in a real browser: what a paste keeps of a layout, what never runs, and that the phone shows what readers will see."""

from __future__ import annotations

import io
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from bot.emulator.articles import html_filter
from content.intake.articles import documents
from content.render import article as rendering
from content.render import economy
from content.services import articles
from content.services.office import Office
from tests.bot.console.colleague import PASSWORD
from tests.factories import image
from tests.fixtures.layouts import HOSTILE, LAYOUTS
from tests.fixtures.pages import DESK, PHONE, open_page
from tests.fixtures.pictures import difference

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
    """Pastes into an empty form: what was typed and not saved a moment ago would be there again."""
    page.goto(f"{address}/articles/new")
    anew = page.get_by_role("button", name="不要了，重新开始")
    if anew.is_visible():
        anew.click()
        expect(anew).to_be_hidden()
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


def test_a_finding_stands_beside_its_words_and_leads_to_them(writer: Page, address: str) -> None:
    paste(writer, address, "招聘公告", "<p>第一段。</p><p>招<b>女性</b>收银员2名。</p>")
    finding = writer.locator("[data-findings] .findings button", has_text="限制性别")
    expect(finding).to_contain_text("正文第 2 段")
    finding.click()
    assert writer.evaluate("getSelection().toString()") == "招女性"
    expect(writer.frame_locator("[data-phone]").locator("[data-found]")).to_have_text("招女性收银员2名。")
    expect(writer.locator("[data-count]")).to_contain_text("处要改")


def test_one_press_in_the_editor_puts_right_exactly_the_place_that_was_found(writer: Page, address: str) -> None:
    text = "<p>报名截止今年底。</p><p>截止今年，共报名<b>八</b>人；截<i>止今</i>年，录取三人。</p>"
    paste(writer, address, "报名情况", text)
    presses = writer.locator("[data-findings] .findings button", has_text="改成“截至今年”")
    expect(presses).to_have_count(3)
    presses.nth(2).click()
    expect(writer.locator("[data-editor]")).to_contain_text(
        "报名截止今年底。截止今年，共报名八人；截至今年，录取三人。"
    )
    expect(presses).to_have_count(2)


def test_a_picture_that_did_not_come_along_stays_in_sight_until_it_is_dealt_with(writer: Page, address: str) -> None:
    text = "<p>第一段。</p><p><img src='file:///C:/Users/x/clip_image001.png' width=300></p><p>第二段。</p>"
    paste(writer, address, "从 Word 贴来", text)
    box = writer.locator("[data-editor] img.missing")
    expect(box).to_be_visible()
    expect(writer.frame_locator("[data-phone]").locator("body")).to_contain_text("第二段。")
    expect(writer.locator("[data-count]")).to_contain_text("1 处要改")
    expect(writer.locator("[data-kept]")).to_contain_text("存")
    writer.reload()
    expect(box).to_be_visible()
    writer.get_by_role("button", name="删掉没有过来的图片").click()
    expect(box).to_have_count(0)
    saved(writer)


def test_a_picture_too_heavy_to_send_is_made_smaller_or_told_beside_its_field(writer: Page, address: str) -> None:
    paste(writer, address, "大图", "<p>一段。</p>")
    writer.get_by_role("button", name="图片", exact=True).click()
    dialog, field = writer.locator("#ask-picture"), writer.locator("#picture-file")
    field.set_input_files([{"name": "坏图.jpg", "mimeType": "image/jpeg", "buffer": b"x" * 11_000_000}])
    expect(dialog).to_contain_text("“坏图.jpg”有 10 MB")
    expect(dialog).to_contain_text("在这里缩不了")
    noise = io.BytesIO()
    Image.frombytes("RGB", (1900, 1900), os.urandom(1900 * 1900 * 3)).save(noise, "PNG", compress_level=0)
    field.set_input_files([{"name": "大图.png", "mimeType": "image/png", "buffer": noise.getvalue()}])
    expect(dialog).to_contain_text("已经缩小", timeout=30_000)
    writer.fill("#picture-words", "雪花")
    dialog.get_by_role("button", name="放进来").click()
    expect(writer.locator("[data-editor] img[alt=雪花]")).to_be_visible(timeout=30_000)
    expect(writer.locator("[data-kept]")).to_contain_text("已存", timeout=30_000)
    writer.goto(f"{address}/articles/new")
    writer.get_by_role("button", name="不要了，重新开始").click()  # a picture as large would lie under the next click


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


def test_markup_that_is_spared_changes_nothing_that_is_seen(sheet: Page) -> None:
    for name, layout in LAYOUTS.items():
        whole = rendering.clean(documents.from_text(layout, "html").html).html
        fits = iter([False, True])
        light, given_up = economy.simplified(whole, lambda _, fits=fits: next(fits))  # type: ignore[misc]
        pictures = []
        for html in (whole, light):
            sheet.set_content(rendering.for_preview(html, {}, title=name))
            pictures.append(sheet.locator("main").screenshot())
        assert len(light) < len(whole) and not given_up
        assert difference(*pictures) == 0, name


def test_what_is_pasted_never_runs_and_is_named(writer: Page, address: str, office: Office) -> None:
    paste(writer, address, "不该运行", HOSTILE)
    expect(writer.locator("[data-removed]")).to_contain_text("脚本 1 处")
    for name in ("嵌入的网页 1 处", "会自己运行的代码 4 处", "表单 1 处"):
        expect(writer.locator("[data-removed]")).to_contain_text(name)
    writer.locator("[data-editor] img.missing").click()
    writer.set_input_files("#picture-file", {"name": "大厅.webp", "mimeType": "image/webp", "buffer": image("WEBP")})
    writer.fill("#picture-words", "办事大厅")
    writer.get_by_role("button", name="好了").click()
    expect(writer.locator("[data-editor] img[src*='/console/files/']")).to_have_attribute("alt", "办事大厅")
    expect(writer.frame_locator("[data-phone]").locator("main")).to_contain_text("报名表")
    number = saved(writer)
    writer.goto(f"{address}/articles/{number}/edit")
    assert writer.evaluate("window.ran || ''") == ""
    page = articles.preview(office, number)
    assert not any(trap in page for trap in ("window.ran", "<iframe", "onerror", "<svg", "javascript:"))
    assert 'alt="办事大厅"' in page and "data:image/" in page


def test_writing_by_hand_with_the_toolbar_a_file_and_a_theme(writer: Page, address: str, office: Office) -> None:
    writer.goto(f"{address}/articles/new")
    writer.locator("form#writing").evaluate("form => form.editor.post(form.dataset.typing + '/forget', new FormData())")
    writer.get_by_role("link", name="通知", exact=True).click()
    expect(writer.locator("#title")).to_have_value("关于〔事项〕的通知")
    expect(writer.locator("[data-editor] h2").first).to_have_text("时间和范围")
    writer.fill("#title", "供热试水")
    pane = writer.locator("[data-editor]")
    pane.click()
    writer.keyboard.press("Control+A")
    writer.keyboard.type("各小区：")
    writer.keyboard.press("Enter")
    writer.keyboard.press("Control+B")
    writer.keyboard.type("家里留人")
    expect(writer.get_by_role("button", name="加粗")).to_have_attribute("aria-pressed", "true")
    writer.get_by_role("button", name="居中").click()
    writer.keyboard.press("Control+Z")
    writer.keyboard.press("Control+Z")
    expect(pane).to_have_text("各小区：")
    writer.keyboard.press("Control+Y")
    expect(pane).to_contain_text("家里留人")
    writer.get_by_role("button", name="表格").click()
    writer.fill("#table-rows", "2")
    writer.get_by_role("button", name="放进来").locator("visible=true").click()
    expect(pane.locator("tr")).to_have_count(2)
    writer.set_input_files(
        "#file", {"name": "续.md", "mimeType": "text/markdown", "buffer": "## 咨询\n\n- 80001234".encode()}
    )
    expect(pane.locator("h2")).to_have_text("咨询")
    writer.select_option("#theme", "清爽")
    expect(writer.frame_locator("[data-phone]").locator("main h2").last).to_have_css(
        "border-bottom", "2px solid rgb(11, 79, 138)"
    )
    page = articles.preview(office, saved(writer))
    assert "border-bottom:2px solid #0b4f8a" in page and "家里留人</b>" in page
