"""Markdown as Chinese offices write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.intake.articles.documents import from_text
from content.intake.articles.markdown import to_html
from content.rules.publishing.markup import tree, words


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
        ("5*8小时，7*24小时，3*4*5米", "5*8小时，7*24小时，3*4*5米"),
        ("（3*人数*单价），看*这里*。", "（3*人数*单价），看<em>这里</em>。"),
        ("张*三 138****1234，李*四 139****5678", "张*三 138****1234，李*四 139****5678"),
        ("3706**********001X 与 3706**********0025", "3706**********001X 与 3706**********0025"),
        ("3*(4+5)*2，*2026*，**5*8**小时", "3*(4+5)*2，<em>2026</em>，<strong>5*8</strong>小时"),
        ("snake_case_name", "snake_case_name"),
        ("看`**码**`", "看<code>**码**</code>"),
        ("~~删~~", "<s>删</s>"),
        ("~~旧价100元。~~新价80元", "<s>旧价100元。</s>新价80元"),
        ("原~~“甲”~~改“乙”，5~10元，~~ 不 ~~", "原<s>“甲”</s>改“乙”，5~10元，~~ 不 ~~"),
        ("__注意：__请带身份证，_（见附件）_谢谢", "<strong>注意：</strong>请带身份证，<em>（见附件）</em>谢谢"),
        ("附件_（终稿）_2026.docx，见`_（甲）_`乙", "附件_（终稿）_2026.docx，见<code>_（甲）_</code>乙"),
    ],
)
def test_bold_works_beside_chinese_punctuation(text: str, html: str) -> None:
    assert to_html(text) == f"<p>{html}</p>\n"


@given(st.text("“”《》（）：，。、一二三", min_size=1), st.text("“”《》（）：，。、一二三"), st.text("《》，。一二三"))
def test_stars_around_chinese_are_always_bold(inside: str, before: str, after: str) -> None:
    assert to_html(f"{before}**{inside}**{after}") == f"<p>{before}<strong>{inside}</strong>{after}</p>\n"


@given(
    st.lists(st.from_regex(r"[0-9]{1,3}(?:米|个|天)?", fullmatch=True), min_size=2, max_size=5), st.text("，。 约共")
)
def test_no_star_of_a_product_is_lost(factors: list[str], around: str) -> None:
    assert words(to_html(f"数{around}{'*'.join(factors)}")).count("*") == len(factors) - 1


@pytest.mark.parametrize(("typed", "said"), [
    ("尺寸长*宽*高", "如果是乘号"), ("*[GDP]: 国内生产总值\n\nGDP", "GDP：国内生产总值"), ("见官网\n\n[1]: https://a.cn/x", "https://a.cn/x"),
])  # fmt: skip
def test_what_the_marks_swallow_is_told(typed: str, said: str) -> None:
    assert said in "".join(from_text(typed, "markdown").notes)


@pytest.mark.parametrize(("typed", "seen"), [
    ("1. 甲\n3. 丙\n5. 戊", "1 甲 3 丙 5 戊"), ("1. 甲\n1. 乙", "1 甲 2 乙"), ("3. 甲\n4. 乙", "3 甲 4 乙"),
])  # fmt: skip
def test_list_numbers_are_those_that_were_typed(typed: str, seen: str) -> None:
    shown: list[str] = []
    for listed in tree(from_text(typed, "markdown").html).iter("ol"):
        shown += [f"{int(listed.get('start') or 1) + at} {item.text}" for at, item in enumerate(listed)]
    assert " ".join(shown) == seen


def test_what_only_looks_like_a_mark_stands() -> None:
    assert words(to_html("[注]: 本办法自发布之日起施行。\n\n选<A>级，1) 甲\n\n1) 一\n2) 二")) == (
        "[注]: 本办法自发布之日起施行。\n选<A>级，1) 甲\n1) 一\n2) 二"
    )


def test_cells_beyond_the_heading_are_kept() -> None:
    html = to_html("| 岗位 | 人数 |\n|---|---|\n| 文员 | 3 | 限**本市** |\n| 司机 |")
    assert "<strong>本市</strong></td>" in html and html.count("<td>") == 6 and html.count("<th>") == 3


@pytest.mark.parametrize("kind", ["markdown", "text"])
def test_a_new_page_begins_a_paragraph(kind: str) -> None:
    assert words(from_text("特此通知。\f附件\v", kind).html) == "特此通知。\n附件"


def test_a_chinese_line_that_goes_on_gets_no_blank() -> None:
    assert to_html("第一行\n第二行\nline\nthree") == "<p>第一行第二行\nline\nthree</p>\n"


def test_an_indent_of_four_blanks_is_no_code() -> None:
    assert to_html("    缩进的一段") == "<p>缩进的一段</p>\n"
    assert "<pre><code>一\n二\n" in to_html("```\n一\n二\n```")


def test_a_table_is_a_table() -> None:
    html = to_html("| 项目 | 数 |\n| - | - |\n| **“岗位”** | 3 |")
    assert html.count("<td>") == 2
    assert "<strong>“岗位”</strong>" in html


def test_html_inside_counts_and_other_brackets_are_words() -> None:
    body = from_text(
        "<u>划线</u> <font color='red'>红</font>，填写<单位名称>或<name>\n\n<script>alert(1)</script>", "markdown"
    )
    assert "<u>划线</u>" in body.html and "红</font>" in body.html
    assert words(body.html) == "划线 红，填写<单位名称>或<name>"


def test_links_that_run_something_are_words() -> None:
    assert 'href="javascript' not in to_html("[x](javascript:alert(1))")


def test_footnotes_stand_at_the_end() -> None:
    html = to_html("见说明[^1]，再见[^甲]。\n\n[^1]: 说明**文字**\n\n[^甲]: 第二条\n")
    assert words(html) == "见说明[1]，再见[2]。\n[1] 说明文字\n[2] 第二条"


def test_tasks_have_boxes() -> None:
    assert words(to_html("- [ ] 未办\n- [x] 已办")) == "□ 未办\n☑ 已办"


def test_what_html_hides_in_markdown_is_hidden() -> None:
    body = from_text('正文<span style="display:none">批示</span>\n\n<div hidden>内情</div>', "markdown")
    assert words(body.html) == "正文" and "隐藏" in body.notes[0] and "批示" not in body.notes[0]


@pytest.mark.parametrize("end", ["---", "..."])
def test_front_matter_is_left_out_and_told(end: str) -> None:
    body = from_text(f"---\ntitle: 内部题\nauthor: 张三\ntags:\n  - 甲\n{end}\n\n# 通知\n", "markdown")
    assert words(body.html) == "通知" and "---" in body.notes[0] and "张三" not in body.notes[0]


def test_a_line_across_at_the_top_is_no_front_matter() -> None:
    body = from_text("---\n\n请注意，以下内容：\n\n---\n\n正文\n", "markdown")
    assert words(body.html) == "请注意，以下内容：\n正文" and not body.notes
