"""What the platform leaves of an article."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from bot.emulator.articles.html_filter import clean, visible_text

BASE = "http://127.0.0.1:8001"


@pytest.mark.parametrize(
    ("given_html", "left"),
    [
        ("<p>停水</p>", "<p>停水</p>"),
        ("<p onclick='x()' id='top' class='note'>停水</p>", '<p class="note">停水</p>'),
        ("<p>a</p><script>x()</script><p>b</p>", "<p>a</p><p>b</p>"),
        ("<style>p{}</style><p>a</p>", "<p>a</p>"),
        ("<form action='/x'><input name='a'><p>b</p></form><p>c</p>", "<p>c</p>"),
        ("<iframe src='https://v.qq.com/'></iframe><p>c</p>", "<p>c</p>"),
        ("<!-- note --><p>a</p>", "<p>a</p>"),
        ("<article><nav>a</nav></article>", "a"),
        ('<a href="https://gk.example.gov.cn/d/1">看</a>', "<a>看</a>"),
        ('<a href="https://mp.weixin.qq.com/s/abc">看</a>', '<a href="https://mp.weixin.qq.com/s/abc">看</a>'),
        (f'<a href="{BASE}/s/abc">看</a>', f'<a href="{BASE}/s/abc">看</a>'),
        ('<a href="javascript:alert(1)">看</a>', "<a>看</a>"),
        ('<p>a<img src="https://example.com/a.png">b</p>', "<p>ab</p>"),
        (f'<img src="{BASE}/mmbiz_png/x/0?wx_fmt=png" alt="图">', f'<img alt="图" src="{BASE}/mmbiz_png/x/0?wx_fmt=png">'),
        ('<img src="https://mmbiz.qpic.cn/x">', '<img src="https://mmbiz.qpic.cn/x">'),
        ('<img src="data:image/png;base64,AAAA">', ""),
        ('<p style="color: red; position: fixed; z-index: 9">a</p>', '<p style="color: red;">a</p>'),
        ('<p style="position: absolute">a</p>', "<p>a</p>"),
        ('<p style="background: url(https://example.com/x.png)">a</p>', "<p>a</p>"),
        ("<p style=\"font-family: 'SimSun'\">a</p>", '<p style="font-family: &#39;SimSun&#39;;">a</p>'),
        ('<p style="font-family: &#39;SimSun&#39;;">a</p>', "<p>a</p>"),
        ("<table><tr><td colspan='2'>一</td></tr></table>", '<table><tr><td colspan="2">一</td></tr></table>'),
        ("", ""),
    ],
)  # fmt: skip
def test_what_is_left(given_html: str, left: str) -> None:
    assert clean(given_html, base_url=BASE) == left


PIECES = [
    "<", "</", ">", "p", "svg", "script", "form", "style", " ", "=", '"', "'", "src", "href", "onclick", "javascript:",
    "&#39;", "&lt;", "<p>", "</p>", "<table>", "<td>", "<pre>", "<!--", "-->", "<li>", "<a href='", "\x00", "𠮷",
]  # fmt: skip
TREES = st.recursive(
    st.sampled_from(["字", "<br>", "&amp;", '<span style="color: red;">红</span>']),
    lambda inside: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(["section", "blockquote", "strong", "article", "script"]),
        st.lists(inside, max_size=3),
    ),
    max_leaves=12,
)


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_nothing_dangerous_survives_however_torn_the_html(text: str) -> None:
    left = clean(text, base_url=BASE)
    assert re.search(r"<(script|form|style|iframe)\b", left, re.I) is None
    root = html.fragment_fromstring(left or "<p></p>", create_parent=True)
    assert not [a for e in root.iter() for a in e.attrib if str(a).startswith("on") or a == "href" or a == "id"]


@given(TREES)
def test_a_second_pass_changes_nothing(text: str) -> None:
    once = clean(text, base_url=BASE)
    assert clean(once, base_url=BASE) == once


def test_the_text_of_an_article_is_what_a_reader_sees() -> None:
    assert visible_text("<p>停水&amp;停电</p>\n<script>x</script><p>明天</p>") == "停水&停电 明天"
