"""Article HTML: nothing that the platform strips or a browser would obey gets through, and it is told what goes."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from content.render import covers, html_sanitizer
from content.render.article import clean, for_platform, for_preview, image_hashes, links, with_images
from content.rules.publishing.markup import tree, words

SHA = "a" * 64
PICTURE = f'<img src="file:{SHA}">'
ADDRESS = "https://mmbiz.qpic.cn/x?wx_fmt=png&n=1"

HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg><script>1</script></svg>",
    "<a href='java&#9;script:alert(1)'>x</a>", "<p style='position:fixed;background:url(http://x/y)'>x</p>",
    "<iframe src=//x></iframe>", "<form action=//x><input name=a></form>", "<style>p{color:red}</style>",
    "<p id=a class=b onclick=c>x</p>", "<math><mtext><table><mglyph><style><img src=x onerror=1>",
    "<noscript><p title='</noscript><img src=x onerror=1>'>", "<template><b>x</b></template>", "<base href=//x>",
    "<p style=\"color:expression(alert(1))\">x</p>", "<a href='http://[x'>x</a><img src='http://[x'>", "<object data=x></object><embed src=x>", "<!--[if IE]>x<![endif]-->",
]  # fmt: skip


def every_part_is_allowed(html: str) -> None:
    for element in tree(html).iterdescendants():
        assert element.tag in html_sanitizer.TAGS, element.tag
        names = html_sanitizer.ATTRIBUTES.get(element.tag, set()) | html_sanitizer.ATTRIBUTES["*"]
        assert set(element.attrib) <= names
        properties = [part.partition(":")[0] for part in element.get("style", "").split(";") if part]
        assert set(properties) <= html_sanitizer.STYLES
        assert not re.search(r"url|expression|['\"]", element.get("style", ""))
        assert not element.get("href", "").lower().startswith(("javascript", "data", "vbscript", "file"))
        if element.tag == "img":
            assert html_sanitizer.IMAGE.fullmatch(element.get("src", ""))


@pytest.mark.parametrize("html", HOSTILE)
def test_hostile_html_comes_out_harmless(html: str) -> None:
    cleaned = clean(f"<p>前</p>{html}<p>后</p>").html
    every_part_is_allowed(cleaned)
    assert "alert" not in cleaned


@given(
    st.lists(
        st.sampled_from(
            [*HOSTILE, "文", "<a href=http://[1>", "<p>", "</div>", "<table><tr><td>", PICTURE, "&lt;", "<b>"]
        ),
        max_size=8,
    )
)
def test_no_mixture_gets_through_and_cleaning_again_changes_nothing(parts: list[str]) -> None:
    cleaned = clean("".join(parts)).html
    every_part_is_allowed(cleaned)
    assert words(clean(cleaned).html) == words(cleaned)


@given(st.text())
def test_no_text_makes_it_stumble(text: str) -> None:
    every_part_is_allowed(clean(text).html)


@pytest.mark.parametrize("reference", ["&#8;", "&#x8;", "&#0", "&#11", "&#x1F;", "&#127;", "&#xD800;", "&#1114112;"])
def test_a_control_character_however_written_is_left_out(reference: str) -> None:
    html = clean(f'前{reference}后<p style="color:red{reference}" align="center{reference}">{reference}</p>').html
    assert not set(words(html)) & {chr(code) for code in (*range(9), *range(11, 32), 127)}
    assert words(html).startswith("前")


def test_words_and_looks_stay() -> None:
    html = '<h2>一</h2><p style="color:red;text-align:center;font-family:宋体">二<b>三</b></p><center>四</center>'
    cleaned = clean(html).html
    assert words(cleaned) == "一\n二三\n四"
    assert "color:red;text-align:center" in cleaned
    assert cleaned.count("text-align:center") == 2
    assert "font-family:宋体" in cleaned


@pytest.mark.parametrize("style", [
    "display:inline-block", "display:flex;justify-content:space-between", "border-radius:20px", "box-shadow:0 2px 4px #ccc",
    "background-image:linear-gradient(90deg,rgb(11,79,138) 0%,rgb(26,100,64) 100%)", "transform:rotate(-3deg)", "float:left",
    "width:calc(100% - 20px)", "color:hsl(0, 50%, 40%)", "background:rgba(0,0,0,.1) no-repeat center", "color:tomato",
    "margin:-10px auto 0 -2em", "text-indent:2em", "transform:translate3d(-50%,0,0) scale(1.2)", "letter-spacing:1.5px",
    "grid-template-columns:repeat(2,1fr)", "background-size:100% 2px", "font-size:smaller", "height:auto",
    "min-height:1em", "opacity:0.8", "border:64px solid red", "flex-flow:row nowrap", "margin:0;margin-top:5px", "line-height:1.75em",
])  # fmt: skip
def test_the_looks_of_a_layout_stay(style: str) -> None:
    assert f'<section style="{style}">' in clean(f'<section style="{style}">字</section>').html


def test_the_cascade_of_a_style_stays() -> None:
    html = clean(
        '<p style="margin-top:3px;margin:9px!important;margin:1px;font-family:&quot;PingFang SC&quot;,1x">字</p>'
    )
    assert 'style="margin-top:3px;margin:9px;font-family:PingFang SC"' in html.html


@pytest.mark.parametrize("style", [
    "display:none", "display:contents", "visibility:hidden", "opacity:0", "opacity:.01", "transform:scale(0)x",
    "transform:rotateY(90deg)", "transform:matrix(0,0,0,0,0,0)", "overflow:hidden;height:20px", "clip-path:circle(0)",
    "background-clip:text", "position:absolute", "color:var(--x)", "background:url(x)", "filter:opacity(0)",
    "overflow:hidden;white-space:nowrap", "font-size:calc(0px)", "font-size:min(0px,10px)", "font-size:1%", "font-size:.01em",
    "color:lab(100 0 0)", "color:color-mix(in srgb,white,white)", "color:light-dark(#fff,#fff)", "color:canvas",
    "color:rgb(calc(255),255,255)", "background:linear-gradient(lab(1 0 0),red)", "background:field",
    "background-image:linear-gradient(90deg,window,window)", "transform:translate(0,0) scale(.001)",
    "transform:scale(.4) scale(.4)", "transform:translate(-2000px)", "text-indent:calc(-999em)", "text-indent:3000px",
    "margin:0 0 -40px", "margin-top:-200px", "margin:0 0 0 -9999px", "padding-left:9999px", "padding:0 0 0 9999px",
    "letter-spacing:-2em", "height:calc(0px)", "overflow:hidden;width:20px",
    "column-count:999", "direction:rtl", "unicode-bidi:bidi-override", "order:-1", "flex-direction:row-reverse",
    "flex-flow:column wrap-reverse", "grid-template-rows:0px", "grid-template-rows:0fr", "aspect-ratio:9999/1",
    "border-left:400px solid #fff", "border-width:0 300px", "overflow:auto;height:30px", "overflow-y:scroll",
])  # fmt: skip
def test_what_could_hide_words_does_not_stay(style: str) -> None:
    kept = clean(f'<section style="{style}">字</section>').html
    assert style.partition(";")[0] not in kept


def test_a_frame_cuts_pictures_off_and_never_words() -> None:
    frame = '<section style="overflow:hidden;border-radius:8px">{}</section>'
    assert "overflow:hidden" in clean(frame.format(PICTURE)).html
    assert '<section style="border-radius:8px;display:flow-root">' in clean(frame.format("<p>字</p>")).html
    beside = clean('<section style="overflow-x:auto">字<table><tr><td>x</td></tr></table></section>').html
    assert beside.count("overflow-x:auto") == 1 and '<section style="margin:0 0 1em;overflow-x:auto"><table' in beside


def test_what_turns_the_order_of_words_round_is_told() -> None:
    for style in ("direction:rtl", "unicode-bidi:bidi-override", "order:2", "aspect-ratio:9999/1"):
        assert any(style in note for note in clean(f'<p style="{style}">43210008831</p>').notes)


def test_loose_words_get_a_paragraph() -> None:
    assert re.sub(' style="[^"]*"', "", clean("一<b>二</b><br>三<p>四</p>五").html) == (
        "<p>一<b>二</b><br>三</p><p>四</p><p>五</p>"
    )


def test_what_is_lost_is_told() -> None:
    notes = clean('<video src=x></video><iframe></iframe><a href="/rel">相对</a><img src="c:/x.png">').notes
    assert any("视频、嵌入的网页" in note for note in notes)
    assert any("/rel" in note for note in notes)
    assert any("图片没有可用的地址" in note for note in notes)


def test_a_heading_that_repeats_the_title_is_left_out_and_told() -> None:
    cleaned = clean("<h1>停水 通知</h1><p>正文</p>", title="停水通知")
    assert words(cleaned.html) == "正文"
    assert "略去" in cleaned.notes[0]
    assert words(clean("<p>先有一段</p><h1>停水通知</h1>", title="停水通知").html) == "先有一段\n停水通知"


def test_a_wide_table_scrolls_and_a_big_one_stays_small() -> None:
    wide = clean(f"<table><tr>{'<td>x</td>' * 6}</tr></table>").html
    assert "overflow-x:auto" in wide
    assert "min-width:540px" in wide
    big = clean(f"<table>{'<tr><td>1</td><td>2</td></tr>' * 400}</table>").html
    assert "min-width" not in big
    assert len(for_platform(big, {})) < 20_000
    assert 'border="1"' in big


def test_cleaning_twice_is_cleaning_once() -> None:
    html = f'<h1>一</h1>散<table><tr><td colspan="2">x</td></tr></table>{PICTURE}<ol start="3"><li>x</li></ol>'
    once = clean(html).html
    assert clean(once).html == once


def test_the_platform_gets_its_own_addresses_and_foreign_links_as_text() -> None:
    html = clean(
        '<p><a href="https://www.gov.cn/x?a=1&b=2">原文</a> <a href="https://mp.weixin.qq.com/s/1">推文</a> '
        f'<a href="https://b.cn/">https://b.cn</a> <a href="tel:12345">12345</a></p>{PICTURE}'
    ).html
    sent = for_platform(html, {SHA: ADDRESS})
    assert words(sent) == "原文（https://www.gov.cn/x?a=1&b=2） 推文 https://b.cn 12345"
    assert [link.get("href") for link in tree(sent).iter("a")] == ["https://mp.weixin.qq.com/s/1"]
    assert [image.get("src") for image in tree(sent).iter("img")] == [ADDRESS]
    assert links(html) == ["https://www.gov.cn/x?a=1&b=2", "https://b.cn/", "tel:12345"]


def test_a_picture_without_an_address_never_goes_out() -> None:
    assert image_hashes(PICTURE * 2) == [SHA]
    with pytest.raises(KeyError):
        with_images(PICTURE, {})


def test_a_preview_is_a_page_of_its_own_that_runs_nothing() -> None:
    page = for_preview(clean(PICTURE).html, {SHA: "data:image/png;base64,AA"}, title="<script>x</script>", author="a&b",
                       date="2026-11-22", more="附件：<b>")  # fmt: skip
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "a&amp;b · 2026-11-22" in page
    assert 'src="data:image/png;base64,AA"' in page
    assert "default-src 'none'" in page


def test_a_category_has_its_own_cover_and_always_the_same() -> None:
    drawn = covers.draw("jyzp")
    assert Image.open(io.BytesIO(drawn)).size == (900, 383)
    assert Image.open(io.BytesIO(drawn)).format == "JPEG"
    assert len(drawn) < 64 * 1024
    assert covers.draw("jyzp") == drawn
    assert covers.draw("tzgg") != drawn


def test_what_does_not_stay_since_it_could_hide_words_is_named() -> None:
    cleaned = clean('<p style="letter-spacing:-3em;color:red">字</p><p>前\u202e后\U000e0041&#x2066;尾</p>')
    assert words(cleaned.html) == "字\n前后尾" and "color:red" in cleaned.html
    assert any("letter-spacing:-3em" in note for note in cleaned.notes)
    assert any("控制字符" in note for note in cleaned.notes)
