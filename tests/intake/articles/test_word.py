"""Word files: what stands in them arrives, the numbers that Word adds included, and what cannot is told."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Inches, RGBColor
from hypothesis import given
from hypothesis import strategies as st

from content.intake.articles.word import to_html
from content.intake.articles.word.numbering import spell
from content.rules.errors import BadInput
from content.rules.publishing.markup import words
from tests import factories
from tests.intake.articles import word_files
from tests.intake.articles.word_files import SPACES, link, new, numbered, numbering, of, raw, saved


def html_of(document: object) -> str:
    return to_html(saved(document), name="稿.docx")[0]  # type: ignore[arg-type]


def test_headings_paragraphs_and_looks_arrive() -> None:
    document = new()
    document.add_heading("稳岗通知", 0)
    document.add_heading("总体要求", 2)
    paragraph = document.add_paragraph("请")
    for text in ("各企业", "务必"):  # Word cuts one bold phrase into many runs
        paragraph.add_run(text).bold = True
    paragraph.add_run("报送 <名单> & 表").italic = True
    paragraph.add_run("三日内").font.color.rgb = RGBColor(0xC0, 0, 0)
    paragraph.add_run("不粗").bold = False
    assert html_of(document) == (
        "<h1>稳岗通知</h1><h2>总体要求</h2><p>请<strong>各企业务必</strong><em>报送 &lt;名单&gt; &amp; 表</em>"
        '<span style="color:#c00000">三日内</span>不粗</p>'
    )


def test_where_a_paragraph_stands_arrives() -> None:
    document = new()
    document.add_paragraph("临江工业园区管委会").alignment = 2
    assert html_of(document) == '<p style="text-align:right">临江工业园区管委会</p>'


def test_a_link_arrives_with_its_address() -> None:
    document = new()
    link(document, document.add_paragraph("见"), "https://www.gov.cn/x?a=1&b=2", "原文")
    assert html_of(document) == '<p>见<a href="https://www.gov.cn/x?a=1&amp;b=2">原文</a></p>'


def test_lists_go_on_counting_after_an_interruption() -> None:
    document = new()
    for text, style in (("一", "List Number"), ("二", "List Number"), ("插话", None), ("三", "List Number"),
                        ("点", "List Bullet")):  # fmt: skip
        document.add_paragraph(text, style=style)
    assert html_of(document) == (
        '<ol><li>一</li><li>二</li></ol><p>插话</p><ol start="3"><li>三</li></ol><ul><li>点</li></ul>'
    )


def test_lists_stand_in_one_another() -> None:
    document = new()
    number = numbering(document, ("decimal", "%1."), ("bullet", "•"))
    for text, level in (("一", 0), ("甲", 1), ("乙", 1), ("二", 0)):
        numbered(document, text, number, level)
    assert html_of(document) == "<ol><li>一<ul><li>甲</li><li>乙</li></ul></li><li>二</li></ol>"


def test_the_numbers_of_official_documents_are_kept_as_people_cite_them() -> None:
    document = new()
    number = numbering(document, ("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3．"))
    for text, level in (("总体要求", 0), ("目标", 1), ("岗位", 2), ("任务", 1), ("保障", 0), ("经费", 1)):
        numbered(document, text, number, level)
    assert words(html_of(document)).split("\n") == [
        "一、总体要求", "（一）目标", "1．岗位", "（二）任务", "二、保障", "（一）经费",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "number", "text"),
    [("chineseCounting", 10, "十"), ("chineseCounting", 11, "十一"), ("chineseCounting", 20, "二十"),
     ("chineseCounting", 105, "一百零五"), ("chineseCounting", 110, "一百一十"), ("chineseCounting", 2026, "二千零二十六"),
     ("ideographDigital", 2026, "二〇二六"), ("chineseLegalSimplified", 12, "壹拾贰"), ("ideographTraditional", 3, "丙"),
     ("decimalEnclosedCircle", 3, "③"), ("lowerLetter", 27, "aa"), ("upperRoman", 14, "XIV"), ("decimalZero", 7, "07"),
     ("unheardOf", 5, "5")],
)  # fmt: skip
def test_numbers_are_spelt_as_word_spells_them(kind: str, number: int, text: str) -> None:
    assert spell(number, kind) == text


@given(st.integers(1, 9999))
def test_chinese_numbers_can_be_read_back(number: int) -> None:
    value = digit = 0
    for sign in spell(number, "chineseCounting"):
        if sign in "十百千":
            value += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(sign)
    assert value + digit == number


def test_a_table_keeps_its_merged_cells() -> None:
    document = new()
    table = document.add_table(rows=3, cols=3)
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells.cells):
            cell.text = f"{row}{column}"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "宽"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "高"
    assert html_of(document) == (
        '<table><tr><td>00</td><td colspan="2">宽</td></tr>'
        '<tr><td rowspan="2">高</td><td>11</td><td>12</td></tr><tr><td>21</td><td>22</td></tr></table>'
    )


def test_pictures_come_along() -> None:
    document = new()
    document.add_picture(io.BytesIO(factories.image()), width=Inches(1))
    html, pictures, notes = to_html(saved(document), name="稿.docx")
    [(address, data)] = pictures.items()
    assert html == f'<p><img src="{address}"></p>'
    assert data == factories.image()
    assert notes == ()


W = nsdecls("w")


@pytest.mark.parametrize(
    ("xml", "text", "note"),
    [
        (f"<w:ins {W}><w:r><w:t>新增</w:t></w:r></w:ins>", "新增", "修订"),
        (f"<w:del {W}><w:r><w:delText>删去</w:delText></w:r></w:del>", "", "修订"),
        (f"<w:r {W}><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>", "", "隐藏"),
        (f'<w:r {W}><w:t>注</w:t><w:footnoteReference w:id="2"/></w:r>', "注", "脚注"),
        (f"<m:oMath {nsdecls('m')}><m:r><m:t>a+b</m:t></m:r></m:oMath>", "a+b", "公式"),
        (
            f"<w:r {W}><w:pict><w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
            "框里",
            "文本框",
        ),
        (f"<w:smartTag {W}><w:r><w:t>标签里的字</w:t></w:r></w:smartTag>", "标签里的字", ""),
    ],
)
def test_what_word_hides_in_corners_is_found_or_told(xml: str, text: str, note: str) -> None:
    document = new()
    raw(document, xml)
    html, _, notes = to_html(saved(document), name="稿.docx")
    assert words(html) == text
    assert [note in sentence for sentence in notes] == ([True] if note else [])


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old word", b"plain text"])
def test_what_is_no_word_file_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(BadInput, match=r"另存"):
        to_html(data, name="稿.docx")


def test_a_word_file_without_its_parts_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("hello.txt", "你好")
    with pytest.raises(BadInput, match="不是完好的 Word 文件"):
        to_html(buffer.getvalue(), name="稿.docx")


def test_a_word_file_that_unpacks_without_end_is_refused() -> None:
    buffer = io.BytesIO(word_files.saved(new()))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/zeros.bin", b"\0" * (201 * 1024 * 1024))
    with pytest.raises(BadInput, match="太大"):
        to_html(buffer.getvalue(), name="稿.docx")


def test_articles_count_on_through_chapters_where_the_list_says_so() -> None:
    document = new()
    number = numbering(document, ("chineseCounting", "第%1章"), ("chineseCounting", "第%2条"), ("decimal", "%3）"))
    levels = document.part.numbering_part.element.findall(f".//{qn('w:lvl')}")
    for level, value in ((levels[1], "0"), (levels[2], "1")):
        level.insert(2, parse_xml(f'<w:lvlRestart {nsdecls("w")} w:val="{value}"/>'))
    for text, level in (("甲", 0), ("乙", 1), ("丙", 2), ("丁", 1), ("戊", 2), ("己", 0), ("庚", 1), ("辛", 2)):
        numbered(document, text, number, level)
    assert words(html_of(document)).split("\n") == [
        "第一章 甲", "第一条 乙", "1）丙", "第二条 丁", "2）戊", "第二章 己", "第三条 庚", "1）辛",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [("Wingdings", "F0DF", "←"), ("Wingdings", "F0E0", "→"), ("Wingdings", "F0E1", "↑"), ("Wingdings", "F0E2", "↓"),
     ("某字库", "E123", "□")],
)  # fmt: skip
def test_signs_that_phones_have_stand_for_those_they_lack(font: str, code: str, shown: str) -> None:
    html, _, notes = to_html(saved(of(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>')), name="稿.docx")
    assert words(html) == shown and (("第 1 段" in "".join(notes)) == (shown == "□"))


def test_a_letter_that_only_the_writer_s_font_knows_is_told() -> None:
    html, _, notes = to_html(saved(of("<w:r><w:t>王\ue863</w:t></w:r>")), name="稿.docx")
    assert words(html) == "王□" and "符号" in notes[0]


def test_raised_and_lowered_letters() -> None:
    def run(text: str, height: int = 0) -> str:
        return f'<w:r><w:rPr><w:position w:val="{height}"/></w:rPr><w:t>{text}</w:t></w:r>'

    html = html_of(of(run("10") + run("4", 12) + run("m，H") + run("2", -6) + run("O", -2), run("整行", 8)))
    assert "10<sup>4</sup>m，H<sub>2</sub>O" in html and "<p>整行</p>" in html


def test_a_list_that_begins_anew_right_after_another() -> None:
    document = new()
    number = numbering(document, ("decimal", "%1."))
    root = document.part.numbering_part.element
    for own, change in (("901", '<w:startOverride w:val="1"/>'), ("902", '<w:startOverride w:val="12"/>'),
                        ("903", '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="第%1项"/></w:lvl>')):  # fmt: skip
        root.append(parse_xml(
            f'<w:num {SPACES} w:numId="{own}"><w:abstractNumId w:val="{number}"/>'
            f'<w:lvlOverride w:ilvl="0">{change}</w:lvlOverride></w:num>'))  # fmt: skip
    for at, own in enumerate((number, number, "901", "901", "902", "903")):
        numbered(document, f"第{at}段", own)
    assert html_of(document) == (
        "<ol><li>第0段</li><li>第1段</li></ol><ol><li>第2段</li><li>第3段</li></ol>"
        '<ol start="12"><li>第4段</li></ol><p>第13项 第5段</p>'
    )
