"""What the platform leaves of an article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.emulator.html_filter import clean, visible_text

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


@given(st.text(alphabet="<>/=\"' abpscriptonclickimgsrchref&;#x", max_size=80))
def test_nothing_dangerous_survives_and_a_second_pass_changes_nothing(text: str) -> None:
    once = clean(text, base_url=BASE)
    assert "<script" not in once.lower()
    assert "<form" not in once.lower()
    assert clean(once, base_url=BASE) == once


def test_the_text_of_an_article_is_what_a_reader_sees() -> None:
    assert visible_text("<p>停水&amp;停电</p>\n<script>x</script><p>明天</p>") == "停水&停电 明天"
