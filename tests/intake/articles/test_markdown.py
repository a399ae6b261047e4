"""Markdown as Chinese offices write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.intake.articles.markdown import to_html
from content.rules.publishing.markup import words


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**“关于”**的通知", "<strong>“关于”</strong>的通知"),
        ("关于**《办法》**的通知", "关于<strong>《办法》</strong>的通知"),
        ("**注意：**请带身份证", "<strong>注意：</strong>请带身份证"),
        ("中文**粗**中文*斜*字", "中文<strong>粗</strong>中文<em>斜</em>字"),
        ("**一、**办理", "<strong>一、</strong>办理"),
        ("a*b*c", "a<em>b</em>c"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case_name", "snake_case_name"),
        ("看`**码**`", "看<code>**码**</code>"),
        ("~~删~~", "<s>删</s>"),
    ],
)
def test_bold_works_beside_chinese_punctuation(text: str, html: str) -> None:
    assert to_html(text) == f"<p>{html}</p>\n"


@given(st.text("“”《》（）：，。、一二三", min_size=1), st.text("“”《》（）：，。、一二三"), st.text("《》，。一二三"))
def test_stars_around_chinese_are_always_bold(inside: str, before: str, after: str) -> None:
    assert to_html(f"{before}**{inside}**{after}") == f"<p>{before}<strong>{inside}</strong>{after}</p>\n"


def test_a_chinese_line_that_goes_on_gets_no_blank() -> None:
    assert to_html("第一行\n第二行\nline\nthree") == "<p>第一行第二行\nline\nthree</p>\n"


def test_in_plain_text_every_line_break_counts() -> None:
    assert words(to_html("第一行\n第二行", breaks=True)) == "第一行\n第二行"


def test_an_indent_of_four_blanks_is_no_code() -> None:
    assert to_html("    缩进的一段") == "<p>缩进的一段</p>\n"
    assert "<pre><code>一\n二\n" in to_html("```\n一\n二\n```")


def test_a_table_is_a_table() -> None:
    html = to_html("| 项目 | 数 |\n| - | - |\n| **“岗位”** | 3 |")
    assert html.count("<td>") == 2
    assert "<strong>“岗位”</strong>" in html


def test_raw_html_is_shown_and_not_obeyed() -> None:
    assert "<script>" not in to_html("<script>alert(1)</script>")
    assert 'href="javascript' not in to_html("[x](javascript:alert(1))")
