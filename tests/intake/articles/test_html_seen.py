"""HTML as a person sees it: hidden text stays out however it is hidden, media are named, a saved page is its article."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.intake.articles import hidden_styles, html_limits, html_page
from content.intake.articles.documents import from_text
from content.render.article import clean
from content.rules.errors import BadInput
from content.rules.publishing.markup import tree, words

SECRET = "领导批示原文"


def read(html: str) -> tuple[str, str]:
    """(the words of the article that comes of it, what is told)."""
    body = from_text(html, "html")
    cleaned = clean(body.html)
    return words(cleaned.html), "\n".join((*body.notes, *cleaned.notes))


HIDING = [
    "display:none", "DISPLAY : NONE !important", "display:none;display:none", "visibility:hidden", "visibility:collapse",
    "opacity:0", "opacity:.01", "opacity:0%", "filter:opacity(0)", "filter:opacity(0%)", "font-size:0", "font-size:1px",
    "font-size:0.05em", "color:#fff", "color:white", "color:rgb(255,255,255)", "color:rgba(0,0,0,0)", "color:transparent",
    "color:hsl(0,0%,100%)", "background-color:#000;color:#000", "background:yellow;color:#ff0",
    "height:0;overflow:hidden", "max-height:0px;overflow:hidden", "width:0;overflow:hidden", "height:0;overflow-y:scroll",
    "position:absolute;left:-9999px", "position:fixed;top:-5000px", "text-indent:-9999px", "margin-left:-9999px",
    "clip:rect(0,0,0,0);position:absolute", "clip-path:inset(100%)", "clip-path:circle(0)", "transform:scale(0)",
    "transform:translateX(-9999px)", "transform:translate(0, -9999px)", "mso-hide:all", "content-visibility:hidden",
    "dis/**/play:none;display:/*x*/none", "background:url(data:image/png;base64,AAAA);display:none",
]  # fmt: skip


@pytest.mark.parametrize("style", HIDING)
def test_a_style_that_hides(style: str) -> None:
    text, told = read(f'<p>各位居民：</p><p style="{style}">{SECRET}</p><p>请参加。</p>')
    assert text == "各位居民：\n请参加。"
    assert "隐藏" in told and "“各位居民：”之后" in told and SECRET not in told


@pytest.mark.parametrize("style", HIDING)
def test_a_rule_of_a_style_sheet_that_hides(style: str) -> None:
    text, told = read(
        f'<style>.x > b, #y {{{style}}}</style><p>各位</p><p class="x"><b>{SECRET}</b>居民</p><p id="y">{SECRET}</p>'
    )
    assert text == "各位\n居民" and "隐藏" in told


@pytest.mark.parametrize(
    "html",
    [f"<p hidden>{SECRET}</p>", f"<p hidden=until-found>{SECRET}</p>", f"<dialog>{SECRET}</dialog>",
     f"<div style='display:none'><p style='display:block'>{SECRET}</p></div>",
     f"<div style='color:#fff'><p>{SECRET}</p></div>", f"<font color=white>{SECRET}</font>",
     f"<table bgcolor=red><tr><td><font color=#ff0000>{SECRET}</font></td></tr></table>",
     f"<table><tr style='display:none'><td>{SECRET}</td></tr></table>", "<img style='display:none' src=x.png>",
     "<img width=1 height=1 src=x.png>", "<p style='visibility:hidden'><img src=x.png></p>",
     f"<div style='opacity:.2'><div style='opacity:.2'>{SECRET}</div></div>"],
)  # fmt: skip
def test_other_ways_to_hide(html: str) -> None:
    text, told = read(f"<p>见</p>{html}")
    assert text == "见" and "隐藏" in told
    assert "<img" not in from_text(html, "html").html


@pytest.mark.parametrize(
    "html",
    ["<p style='color:#fff;background:#c00'>字</p>", "<div style='background-color:#c00'><p style='color:#fff'>字</p></div>",
     "<td style='background:linear-gradient(90deg,#c00,#900)'><p style='color:#fff'>字</p></td>",
     "<div style='visibility:hidden'><p style='visibility:visible'>字</p></div>",
     "<div style='font-size:0'><span style='font-size:16px'>字</span></div>", "<p style='height:0'>字</p>",
     "<p style='color:#eee;background:url(a.png)'>字</p>", "<p style='position:absolute;left:10px'>字</p>",
     "<p style='-webkit-background-clip:text;color:transparent;background-image:linear-gradient(red,blue)'>字</p>",
     "<p style='color:inherit'>字</p>", "<p aria-hidden=true>字</p>", "<p style='opacity:.8'>字</p>",
     "<style>.a{display:none}</style><p class=b>字</p>", "<style>@media print{p{display:none}}</style><p>字</p>",
     "<p style='display:flex;overflow:hidden'>字</p>", "<p style='max-width:100%;overflow:hidden'>字</p>",
     "<details><summary>字</summary></details>"],
)  # fmt: skip
def test_what_is_seen_stays(html: str) -> None:
    text, told = read(f"<p>见</p>{html}")
    assert text == "见\n字" and "隐藏" not in told


def test_white_letters_keep_what_makes_them_seen() -> None:
    html = from_text("<p style='color:#fff;background:linear-gradient(90deg,#c00,#900)'>字</p>", "html").html
    cleaned = clean(html).html
    assert "color:#fff" in cleaned and "background-color:#cc0000" in cleaned
    cleaned = clean(from_text("<p style='color:#fff;background:url(a.png)'>字</p>", "html").html).html
    assert "#fff" not in cleaned


@pytest.mark.parametrize(
    ("html", "name"),
    [("<mpvoice name=x></mpvoice>", "语音"), ("<mp-common-mpaudio></mp-common-mpaudio>", "语音"),
     ("<mp-common-videosnap data-nickname=x></mp-common-videosnap>", "视频号"),
     ("<mp-common-profile data-nickname=x></mp-common-profile>", "名片"), ("<mp-miniprogram></mp-miniprogram>", "小程序"),
     ("<a data-miniprogram-appid=wx1 href=''>去办理</a>", "小程序"), ("<iframe class=video_iframe></iframe>", "视频"),
     ("<iframe class=vote_iframe></iframe>", "投票"), ("<iframe src=x></iframe>", "网页"), ("<video src=x>不支持</video>", "视频"),
     ("<audio src=x></audio>", "音频"), ("<svg><text>字</text></svg>", "矢量图"), ("<mp-common-new></mp-common-new>", "组件"),
     ("<xyz-card>里面的字</xyz-card>", "<xyz-card>"), ("<blah>里面的字</blah>", "<blah>"), ("<input type=text>", "表单"),
     ("<p style='background-image:url(a.png)'>字</p>", "背景图片"), ("<object data=x></object>", "对象"),
     ("<v:shape></v:shape>", "图形"), ("<details>里面的字</details>", "折叠")],
)  # fmt: skip
def test_what_cannot_come_is_named_with_its_place(html: str, name: str) -> None:
    text, told = read(f"<p>请看下面</p>{html}<p>完</p>")
    assert name in told and "“请看下面”之后" in told
    assert ("里面的字" in text) == ("里面的字" in html)


def test_a_box_that_only_shows_a_picture_is_a_picture() -> None:
    assert '<img src="https://a.cn/x.png">' in from_text(
        '<section style="background-image:url(&quot;https://a.cn/x.png&quot;);height:200px"></section>', "html").html  # fmt: skip


def test_a_picture_that_a_script_would_show_is_seen() -> None:
    html = from_text("<img data-src='https://a.cn/x' style='visibility:hidden !important;opacity:0'>", "html")
    assert "<img" in html.html and html.notes == ()
    assert read("<p style='opacity:0;animation:fade 1s forwards'>进入</p>") == ("进入", "")


@pytest.mark.parametrize(
    ("rule", "seen", "said"),
    [
        (".t::before{color:red;content:'★ '}", "★ 标题", "“★”"),
        (".t:after{content:'（' attr(data-n) '）'}", "标题（一）", "“（一）”"),
        (".t::after{content:''}", "标题", ""),
        (".t::after{content:'藏';display:none} .t::before{content:'.';visibility:hidden;height:0}", "标题", ""),
        (".t::before{content:'藏';color:#fff}", "标题", ""),
        (".t::before{content:counter(x)}", "标题", "用样式加上的符号"),
        (".t::before{content:'\\e601'}", "标题", "用样式加上的符号"),
    ],
)
def test_words_that_a_style_adds_are_there_or_named(rule: str, seen: str, said: str) -> None:
    text, told = read(f"<style>{rule}</style><p class=t data-n=一>标题</p>")
    assert text == seen and (said in told if said else not told)


@pytest.mark.parametrize(
    "rules",
    [":root{--d:none} #y{display:var(--d)}", "#y{display:var(--no, none)}", "div{--c:var(--w)} body{--w:#fff} #y{color:var(--c)}",
     "@supports (display:grid){#y{display:none}}", "@media screen and (min-width:800px){#y{display:none}}",
     "@media (400px <= width) and (orientation:landscape){#y{display:none}}", "@media not print{#y{display:none}}",
     ".n{ & #y{display:none} }", ".n{ @media screen{ > #y{display:none} } }", "@layer a{#y{display:none}}",
     "@layer a,b; @layer b{#y{display:none}} @layer a{#y{display:block}}", "#y{display:none} @layer a{#y{display:block}}",
     ".n :is(#x, #y){display:none}", ":where(#y){display:none}", "@container (width>1px){#y{display:none}}"],
)  # fmt: skip
def test_a_rule_that_hides_in_modern_spelling(rules: str) -> None:
    text, told = read(f"<style>{rules}</style><p>各位</p><div class=n><p id=y>{SECRET}</p></div>")
    assert text == "各位" and "隐藏" in told


@pytest.mark.parametrize(
    "rules",
    ["@media print{p{display:none}}", "@media (max-width:600px){p{display:none}}", "@media (prefers-color-scheme:dark){p{color:#fff}}",
     "@supports not (display:grid){p{display:none}}", "p{display:block} @layer a{p{display:none}}", "p{display:var(--none)}",
     "p{--d:none}", "@keyframes x{from{opacity:0}} p::selection{color:#fff}", "p{ &.z{display:none} }",
     "</style><style media=print>p{display:none}"],
)  # fmt: skip
def test_a_rule_that_does_not_hide_on_a_screen(rules: str) -> None:
    assert read(f"<style>{rules}</style><p>各位</p>") == ("各位", "")


def test_a_hiding_rule_that_cannot_be_followed_is_told() -> None:
    assert "认不出的隐藏规则" in read("<style>p:has(b){display:none}</style><p>各位</p>")[1]


@given(
    st.lists(
        st.sampled_from(
            [
                "{",
                "}",
                ";",
                "@media ",
                "@layer",
                "a",
                "&",
                ":is(",
                ")",
                ",",
                "'",
                "--x:var(--x)",
                "color:red",
                "/*",
                "*/",
            ]
        )
    )
)
def test_no_style_sheet_makes_it_stumble(parts: list[str]) -> None:
    assert read(f"<style>{''.join(parts)}</style><p style='--y:var(--x);top:var(--y)'>字</p>")[0] == "字"


def test_links_start_where_the_page_says() -> None:
    page = "<html><head><base href='https://a.cn/b/'></head><body><article><p>各单位应当按照规定的时间申报，见<a href='1.html'>细则</a>和<a href='#x'>上文</a></p></body></html>"
    assert re.findall('href="([^"]*)"', html_page.read(page)[0]) == ["https://a.cn/b/1.html", "#x"]


def test_what_never_showed_anything_is_no_loss() -> None:
    assert read("<p>正文</p><input type=HIDDEN value=1><canvas id=a></canvas>") == ("正文", "")
    assert "画布" in read("<p>正文</p><canvas id=a></canvas><script>draw()</script>")[1]


def test_pinyin_and_quotes_are_seen() -> None:
    assert read("<p><ruby>重<rp>(</rp><rt>zhòng</rt><rp>)</rp></ruby>点，<q>好</q></p>")[0] == "重（zhòng）点，“好”"


NAVIGATION = (
    "<div class='header'><div class='nav'>"
    + "".join(f"<a href=/{n}>栏目导航{n}</a>" for n in range(30))
    + "</div></div>"
    "<div class='position'>当前位置：首页 &gt; 通知公告</div>"
)
FOOT = "<div class='footer'>主办：江湾示范园区管委会　网站标识码 3715000001</div>"
BODY = "<p>各有关单位：</p><p>现将有关事项通知如下，请认真贯彻执行，并按时反馈落实情况。</p><p>江湾示范园区管委会</p>"


@pytest.mark.parametrize(
    "holder",
    ["<div class='rich_media_content' id='js_content' style='visibility: hidden; opacity: 0; '>{}</div>",
     "<div class='TRS_Editor'><style>p{{text-align:left}}</style>{}</div>", "<div id='zoom'>{}</div>",
     "<div class='article'><div id='vsb_content'><div class='v_news_content'>{}</div></div></div>", "<article>{}</article>",
     "<div class='pages_content' id='UCAP-CONTENT'>{}</div>", "<div class='unheard-of-cms'>{}</div>"],
)  # fmt: skip
def test_of_a_saved_page_the_article_is_taken(holder: str) -> None:
    page = (f"<!DOCTYPE html><html><head><title>通知_门户</title><script>var a='<p>x</p>'</script></head><body>{NAVIGATION}"
            f"<div class='main-box'><h1>关于停水的通知</h1>{holder.format(BODY)}</div>{FOOT}<script>go()</script></body></html>")  # fmt: skip
    text, told = read(page)
    assert text.removeprefix("关于停水的通知\n") == words(BODY)
    assert "只取了其中的正文" in told and "隐藏" not in told


def test_a_page_whose_article_is_not_found_says_what_to_do() -> None:
    with pytest.raises(BadInput, match="请只复制正文部分"):
        from_text(f"<html><body>{NAVIGATION}{FOOT}</body></html>", "html")


def test_a_page_that_is_only_its_article_comes_whole() -> None:
    page = f"<html xmlns:o='urn:x'><head><style>p.MsoNormal{{margin:0}}</style></head><body><div class=WordSection1>{BODY}<o:p></o:p></div></body></html>"
    assert read(page) == (words(BODY), "")


@pytest.mark.parametrize("html", ["<p></p>" * 1_000_000, "<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">字</p>",
                                  "<p b='<' " + " ".join(f"a{n}=1" for n in range(2_000)) + ">字</p>", "<script " * 90_000,
                                  "<div>" * 5_000 + "字"])  # fmt: skip
def test_far_too_much_markup_is_refused(html: str) -> None:
    with pytest.raises(BadInput, match="请只复制正文部分"):
        from_text(html, "html")


@pytest.mark.parametrize("kind", ["text", "markdown"])
def test_far_too_long_a_text_is_refused(kind: str) -> None:
    with pytest.raises(BadInput, match="放不下"):
        from_text("段\n\n" * 1_000_000, kind)


def test_pictures_inside_are_not_counted_as_words() -> None:
    html_limits.check_text("![x](data:image/png;base64," + "A" * 3_000_000 + ")")
    html_limits.check('<img src="data:image/png;base64,' + "A" * 3_000_000 + '">')
    html_limits.check("<script>" + "if (a <b && c) " * 900 + "</script><p>" + "a = b " * 900 + "</p>")


PARTS = st.sampled_from([
    "<p>", "</p>", "<div style='color:#fff'>", "</div>", "字", "<b hidden>", "</b>", "<style>p{color:red}</style>", "<mpvoice>",
    "<table><tr><td>", "<ruby>", "<rt>", "<q>", "<svg>", "<p style='background:url(x)'>", "<details>", "&lt;", "<o:p>", "<input>",
    "<html>", "<body>", "<img>", "<div style='font-size:9e9px;opacity:..'>", "<p style=\"clip:rect(1px,1px\">", "<select><option>",
])  # fmt: skip


@given(st.one_of(st.text(), st.lists(PARTS, max_size=12).map("".join)))
def test_whatever_comes_is_html_or_a_sentence(html: str) -> None:
    try:
        read(html)
    except BadInput as error:
        assert error.message.endswith("。")


@given(st.text(";:()ur l'\"0px-.%!importandisplyne/*", max_size=60))
def test_no_style_makes_it_stumble(style: str) -> None:
    found = hidden_styles.properties(style)
    hidden_styles.hides_all(found)
    hidden_styles.opacity(found)
    hidden_styles.size_of_letters(found, 16)


def test_the_page_keeps_its_looks() -> None:
    html = html_page.read("<style>.c{text-align:center;color:red}</style><p class=c>字</p>")[0]
    assert re.search(r"text-align:\s*center", html) and "red" in html


@pytest.mark.parametrize(
    ("html", "numbers"),
    [
        ("<ol start=5><li>甲<li value=9>乙<li>丙</ol>", [(5, 1), (9, 2)]),
        ("<ol reversed><li>甲<li>乙<li>丙</ol>", [(3, 1), (2, 1), (1, 1)]),
        ("<ol><li value=1>甲<li value=2>乙</ol>", [(1, 2)]),
        ("<ol><li value=x>甲</ol>", [(1, 1)]),
        ("<ol reversed start=2><li>甲<ol><li>子</ol></ol>", [(2, 1), (1, 1)]),
    ],
)
def test_items_keep_the_numbers_that_people_see(html: str, numbers: list[tuple[int, int]]) -> None:
    found = clean(from_text(html, "html").html).html
    lists = list(tree(found).iter("ol"))
    assert [(int(each.get("start", "1")), len(each.findall("li"))) for each in lists] == numbers


@pytest.mark.parametrize(("kind", "style"), [("A", "upper-alpha"), ("a", "lower-alpha"), ("I", "upper-roman")])
def test_lists_keep_letters_as_their_numbers(kind: str, style: str) -> None:
    assert f"list-style-type:{style}" in clean(from_text(f"<ol type={kind}><li>甲</ol>", "html").html).html


@pytest.mark.parametrize(
    ("case", "text"), [("uppercase", "GDP UP"), ("lowercase", "gdp up"), ("capitalize", "Gdp UP"), ("none", "gdp UP")]
)
def test_letters_stand_in_the_case_that_people_see(case: str, text: str) -> None:
    assert read(f"<div style='text-transform:{case}'><p>gdp <b>UP</b></p></div>")[0] == text


@pytest.mark.parametrize(("html", "shown"), [
    ("<picture><source srcset='a.webp' type='image/webp'><img src='a.jpg'></picture>", "a.jpg"),
    ("<picture><source srcset='b.webp'><source srcset='b.jpg 1x, c.jpg 2x'><img></picture>", "b.jpg"),
    ("<p><picture><source srcset='a.webp'><img src='a.jpg'></picture></p>", "a.jpg"),
])  # fmt: skip
def test_a_picture_with_several_sources_is_one_picture(html: str, shown: str) -> None:
    page, _ = html_page.read(f"<p>前文</p>{html}<p>后文</p>")
    assert re.findall(r'src="([^"]*)"', page) == [shown] and page.count("后文") == 1


@pytest.mark.parametrize(("formula", "shown"), [
    ("<mfrac><mn>22</mn><mn>7</mn></mfrac>", "22/7"),
    ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow> <mn>2</mn></mfrac>", "(a+b)/2"),
    ("<semantics><msup><mi>x</mi><mn>2</mn></msup><annotation>x^2</annotation></semantics>", "x2"),
    ("<msqrt><mi>x</mi></msqrt><mo>+</mo><mroot><mi>y</mi><mn>3</mn></mroot>", "√(x)+3√(y)"),
    ("<mfenced><mi>a</mi><mi>b</mi></mfenced><mphantom><mi>c</mi></mphantom>", "(a,b)"),
])  # fmt: skip
def test_a_formula_of_a_page_is_words_and_told_once(formula: str, shown: str) -> None:
    text, told = read(f"<p>约为<math>{formula}</math>。</p>")
    assert text == f"约为{shown}。" and told == f"“约为”之后：{html_page.FORMULAS}"


def test_powers_in_a_formula_are_raised() -> None:
    page, _ = html_page.read("<math><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup></math>")
    assert "x<sub>1</sub><sup>2</sup>" in page


def test_remarks_that_word_saves_into_a_page_stay_out() -> None:
    text, told = read(
        "<html><body><div class=WordSection1><p>补助<a style='mso-comment-reference:A_1'>5000元</a>"
        "<span class=MsoCommentReference><a href='#_msocom_1' name='_msoanchor_1'>[A1]</a></span>。</p></div>"
        f"<div style='mso-element:comment-list'><div style='mso-element:comment'><p>{SECRET}</p></div></div></body></html>"
    )
    assert text == "补助5000元。" and "批注没有带过来" in told


@pytest.mark.parametrize("html", [
    "<span style='font-family:Wingdings'>ü</span>", "<font face=Wingdings>ü</font>", "<span style='font-family:\"Wingdings\",serif'>ü</span>",
    "<span style='font:7.0pt Wingdings'>ü</span>", "<span style='font-family:\"Wingdings 2\"'><b>P</b></span>",
])  # fmt: skip
def test_letters_of_symbol_fonts_in_a_page_are_signs(html: str) -> None:
    text, told = read(f"<p>已公示{html}</p>")
    assert text in ("已公示✔", "已公示✓") and not told


def test_a_symbol_font_ends_where_another_begins_and_what_it_lacks_is_told() -> None:
    text, told = read(
        "<p style='font-family:Wingdings'>ü中文<span style='font:7pt \"Times New Roman\"'>ab</span>\u00ff\uf000</p>"
    )
    assert text.startswith("✔中文ab") and "□" in text and "认不出" in told
