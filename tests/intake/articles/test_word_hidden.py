"""What nobody sees in Word is not published, and a warning says so without quoting it."""

from __future__ import annotations

import io
import re

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Inches
from PIL import Image

from content.intake.articles.word import to_html
from content.rules.publishing.markup import words
from tests.intake.articles.word_files import SPACES, blocks, new, of, saved

PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
SECRET = "领导批示原文"
RUN = "<w:r><w:rPr>{}</w:rPr><w:t>" + SECRET + "</w:t></w:r>"
SEEN = "<w:r><w:t>请按时参加。</w:t></w:r>"


def read(document: object) -> tuple[str, str]:
    html, _, notes = to_html(saved(document), name="稿.docx")  # type: ignore[arg-type]
    return words(html), "\n".join(notes)


@pytest.mark.parametrize(
    "looks",
    [
        "<w:vanish/>",
        '<w:color w:val="FFFFFF"/>',
        '<w:color w:val="FDFDFD"/>',
        '<w:sz w:val="2"/>',
        '<w:color w:val="000000"/><w:highlight w:val="black"/>',
        '<w:color w:val="FFFF00"/><w:shd w:val="clear" w:fill="FFFF00"/>',
        "<w14:textFill><w14:noFill/></w14:textFill>",
        '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="100000"/></w14:srgbClr>'
        "</w14:solidFill></w14:textFill>",
    ],
)
def test_a_run_that_nobody_sees(looks: str) -> None:
    text, told = read(of(SEEN + RUN.format(looks)))
    assert text == "请按时参加。"
    assert "第 1 段" in told and "隐藏" in told and SECRET not in told


@pytest.mark.parametrize(
    "looks",
    [
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="C00000"/>',
        '<w:color w:val="FFFFFF"/><w:highlight w:val="red"/>',
        '<w:vanish w:val="0"/>',
        '<w:color w:val="auto"/><w:highlight w:val="black"/>',
        '<w:color w:val="C00000"/>',
        "<w:webHidden/>",
    ],
)
def test_a_run_that_is_seen(looks: str) -> None:
    assert read(of(RUN.format(looks))) == (SECRET, "")


@pytest.mark.parametrize("kind", ["paragraph", "character"])
@pytest.mark.parametrize("looks", ["<w:vanish/>", '<w:color w:val="FFFFFF"/>'])
def test_a_style_that_hides_through_the_one_it_builds_on(kind: str, looks: str) -> None:
    tag = "w:pPr><w:pStyle" if kind == "paragraph" else "w:r><w:rPr><w:rStyle"
    inside = (f'<{tag} w:val="deep"/></w:pPr><w:r><w:t>{SECRET}</w:t></w:r>' if kind == "paragraph"
              else f'<{tag} w:val="deep"/></w:rPr><w:t>{SECRET}</w:t></w:r>')  # fmt: skip
    document = of(SEEN, inside)
    for name, base, more in (("base", "", looks), ("deep", '<w:basedOn w:val="base"/>', "")):
        document.styles.element.append(parse_xml(
            f'<w:style {SPACES} w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{base}'
            f"<w:rPr>{more}</w:rPr></w:style>"))  # fmt: skip
    text, told = read(document)
    assert text == "请按时参加。" and "隐藏" in told


ROW = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"


@pytest.mark.parametrize(
    ("properties", "told"),
    [
        ('<w:trPr><w:del w:id="1" w:author="张"/></w:trPr>', "修订"),
        ("<w:trPr><w:hidden/></w:trPr>", "隐藏"),
        ('<w:trPr><w:trHeight w:val="1" w:hRule="exact"/></w:trPr>', "隐藏"),
    ],
)
def test_a_row_that_nobody_sees(properties: str, told: str) -> None:
    text, notes = read(blocks(f"<w:tbl>{ROW.format('', '可见')}{ROW.format(properties, SECRET)}</w:tbl>"))
    assert text == "可见" and told in notes and "第 1 个表格" in notes


def test_what_stands_in_a_cell_that_another_covers() -> None:
    cell = "<w:tr><w:tc><w:tcPr><w:vMerge{}/></w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    above, below = cell.format(' w:val="restart"', "可见"), cell.format("", SECRET)
    text, notes = read(blocks(f"<w:tbl>{above}{below}</w:tbl>"))
    assert text == "可见" and "隐藏" in notes


@pytest.mark.parametrize("goes_on", ["<w:hMerge/>", '<w:hMerge w:val="continue"/>'])
def test_what_stands_in_a_cell_that_the_one_at_its_left_covers(goes_on: str) -> None:
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = cell.format('<w:hMerge w:val="restart"/>', "可见") + cell.format(goes_on, SECRET)
    text, notes = read(blocks(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"))
    assert text == "可见" and "隐藏" in notes


def test_white_letters_on_a_dark_cell_are_seen_and_stay_readable() -> None:
    cell = ('<w:tr><w:tc><w:tcPr><w:shd w:val="clear" w:fill="1F4E79"/></w:tcPr><w:p><w:r><w:rPr><w:color '
            'w:val="FFFFFF"/></w:rPr><w:t>表头</w:t></w:r></w:p></w:tc></w:tr>')  # fmt: skip
    html, _, notes = to_html(saved(blocks(f"<w:tbl>{cell}</w:tbl>")), name="稿.docx")
    assert "表头" in html and "background-color:#1f4e79" in html and "color:#ffffff" in html and not notes


def test_white_letters_before_what_is_not_carried_lose_their_colour() -> None:
    box = ('<w:r><w:pict><v:rect fillcolor="#c00000"><v:textbox><w:txbxContent><w:p><w:r><w:rPr><w:color '
           'w:val="FFFFFF"/></w:rPr><w:t>红底白字</w:t></w:r></w:p></w:txbxContent></v:textbox></v:rect></w:pict></w:r>')  # fmt: skip
    html, _, _ = to_html(saved(of(box)), name="稿.docx")
    assert "红底白字" in html and "#ffffff" not in html


def test_a_deleted_end_joins_two_paragraphs() -> None:
    gone = '<w:pPr><w:rPr><w:del w:id="1" w:author="张"/></w:rPr></w:pPr>'
    text, _ = read(of(f"{gone}<w:r><w:t>前半</w:t></w:r>", "<w:r><w:t>后半</w:t></w:r>"))
    assert text == "前半后半"


def test_a_paragraph_that_was_moved_away_leaves_no_number_behind() -> None:
    item = '<w:pPr><w:pStyle w:val="ListNumber"/>{}</w:pPr>'
    gone = item.format('<w:rPr><w:moveFrom w:id="1" w:author="张"/></w:rPr>')
    moved = f'<w:p>{gone}<w:moveFrom w:id="2" w:author="张"><w:r><w:t>搬走的</w:t></w:r></w:moveFrom></w:p>'
    first, last = (f"<w:p>{item.format('')}<w:r><w:t>{words}</w:t></w:r></w:p>" for words in ("第一", "第二"))
    between = '<w:moveFromRangeStart w:id="3" w:name="移"/>', '<w:moveFromRangeEnd w:id="3"/>'
    html, _, _ = to_html(saved(blocks("".join((first, between[0], moved, between[1], last)))), name="稿.docx")
    assert re.findall(r"<ol[^>]*>", html) == ["<ol>"]
    assert "搬走的" not in html and "第二" in html


def halves() -> bytes:
    """Red at the left, blue at the right."""
    image = Image.new("RGB", (200, 100), "blue")
    image.paste("red", (0, 0, 100, 100))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def pictured(change: str, into: str = "pic:blipFill") -> tuple[list[Image.Image], str]:
    document = new()
    document.add_picture(io.BytesIO(halves()), width=Inches(1))
    [element] = document.element.body.iter(PICTURE)
    inside = element.find(into, element.nsmap)
    new_one = parse_xml(change.replace("/>", f" {nsdecls('a')}/>", 1))
    old = [each for each in inside if each.tag == new_one.tag]
    if old:
        inside.replace(old[0], new_one)
    else:
        inside.insert(1, new_one)
    html, pictures, notes = to_html(saved(document), name="稿.docx")
    assert all(address in html for address in pictures)
    return [Image.open(io.BytesIO(data)).convert("RGB") for data in pictures.values()], "\n".join(notes)


def test_what_was_cropped_away_is_cut_off_the_picture() -> None:
    [image], told = pictured('<a:srcRect l="50000"/>')
    assert image.size == (100, 100) and image.getpixel((0, 50)) == (0, 0, 255) and "裁" in told


def test_a_picture_is_turned_and_mirrored_as_in_word() -> None:
    [image], _ = pictured('<a:xfrm rot="5400000"/>', "pic:spPr")
    assert image.size == (100, 200) and image.getpixel((50, 10)) == (255, 0, 0)
    [image], _ = pictured('<a:xfrm flipH="1"/>', "pic:spPr")
    assert image.getpixel((10, 50)) == (0, 0, 255)


def test_of_a_round_picture_the_corners_are_gone() -> None:
    [image], _ = pictured('<a:prstGeom prst="ellipse"/>', "pic:spPr")
    assert image.getpixel((0, 0)) == (255, 255, 255) and image.getpixel((50, 50)) == (255, 0, 0)


@pytest.mark.parametrize(
    ("change", "into", "told"),
    [
        ('<a:prstGeom prst="heart"/>', "pic:spPr", "特殊形状"),
        ('<a:srcRect l="60000" r="60000"/>', "pic:blipFill", "隐藏"),
    ],
)
def test_a_picture_of_which_the_seen_part_cannot_be_cut_out_is_named(change: str, into: str, told: str) -> None:
    images, notes = pictured(change, into)
    assert images == [] and told in notes


def test_a_hidden_picture_does_not_come() -> None:
    document = new()
    document.add_picture(io.BytesIO(halves()), width=Inches(1))
    for element in document.element.body.iter():
        if str(element.tag).endswith("}docPr"):
            element.set("hidden", "1")
    _, pictures, notes = to_html(saved(document), name="稿.docx")
    assert not pictures and "隐藏" in notes[0]


@pytest.mark.parametrize(
    ("own", "text"), [("", SECRET), ("<w:vanish/>", ""), ('<w:vanish w:val="0"/>', SECRET), ("<w:b/>", SECRET)]
)
def test_a_style_of_characters_turns_round_what_the_style_of_the_paragraph_hides(own: str, text: str) -> None:
    document = of(f'<w:pPr><w:pStyle w:val="p"/></w:pPr><w:r><w:rPr><w:rStyle w:val="c"/>{own}</w:rPr>'
                  f"<w:t>{SECRET}</w:t></w:r><w:r><w:t>密</w:t></w:r>")  # fmt: skip
    for kind, name in (("paragraph", "p"), ("character", "c")):
        document.styles.element.append(parse_xml(
            f'<w:style {SPACES} w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>'
            "<w:rPr><w:vanish/></w:rPr></w:style>"))  # fmt: skip
    assert read(document)[0] == text


def test_a_deleted_cell_goes_with_its_place() -> None:
    cell = "<w:tc>{}<w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    gone = cell.format('<w:tcPr><w:cellDel w:id="1" w:author="张"/></w:tcPr>', SECRET)
    document = blocks(f"<w:tbl><w:tr>{gone}{cell.format('', '甲')}</w:tr><w:tr>{gone}</w:tr></w:tbl>")
    html, _, notes = to_html(saved(document), name="稿.docx")
    assert html.count("<td") == html.count("<tr") == 1 and words(html) == "甲" and "修订" in notes[0]


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


@pytest.mark.parametrize(
    ("between", "after"),
    [
        (f'<w:del w:id="1" w:author="张">{FIELD.format("end")}</w:del>', "<w:r><w:t>不是链接</w:t></w:r>"),
        ("", ""),
        (f'<w:del w:id="1" w:author="张">{FIELD.format("begin")}</w:del><w:del w:id="2" w:author="张">'
         f'{FIELD.format("end")}</w:del>{FIELD.format("end")}', "<w:r><w:t>不是链接</w:t></w:r>"),
    ],
)  # fmt: skip
def test_a_link_ends_with_its_paragraph_even_where_its_end_is_deleted(between: str, after: str) -> None:
    begin = (FIELD.format("begin") + '<w:r><w:instrText> HYPERLINK "https://a.cn/" </w:instrText></w:r>'
             + FIELD.format("separate"))  # fmt: skip
    document = of(f"{begin}<w:r><w:t>窗口</w:t></w:r>{between}{after}", "<w:r><w:t>另一段</w:t></w:r>")
    html, _, _ = to_html(saved(document), name="稿.docx")
    assert '<a href="https://a.cn/">窗口</a>' in html and html.count("<a ") == 1


def test_a_code_without_end_hides_only_its_paragraph_and_is_told() -> None:
    text, told = read(of(FIELD.format("begin") + "<w:r><w:instrText> DATE </w:instrText></w:r>", SEEN))
    assert text == "请按时参加。" and "F9" in told
