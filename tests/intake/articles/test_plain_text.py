"""Plain text stands as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.intake.articles.documents import from_text
from content.rules.publishing.markup import words


@pytest.mark.parametrize(
    "line",
    ["价格5*3*2元", "* 星号", "# 号码", "1. 一", "2026. 12. 1", "===", "---", "__init__", "见[1](注)", "> 引用", "<b>不粗</b>",
     "a & b &amp; c", "| 甲 | 乙 |", "![图](x.png)", "~~不删~~", "`码`", "\\*", "<单位名称>", "http://a.cn"],
)  # fmt: skip
def test_nothing_is_taken_for_markup(line: str) -> None:
    body = from_text(f"前一行\n{line}\n后一行", "text")
    assert words(body.html) == f"前一行\n{line}\n后一行"
    assert body.html.count("<br>") == 2 and body.notes == ()


@given(st.text(st.characters(exclude_categories=("C", "Z")), min_size=1))
def test_whatever_is_typed_is_there(text: str) -> None:
    assert words(from_text(text, "text").html) == words(f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>")


def test_blanks_keep_words_in_their_place() -> None:
    html = from_text("　　各单位：\n甲      乙\n\n" + " " * 60 + "管委会", "text").html
    assert html == ('<p>　　各单位：<br>甲\u00a0\u00a0\u00a0\u00a0\u00a0 乙</p><p style="text-align:right">管委会</p>')
