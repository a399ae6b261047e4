"""Official layout (GB/T 9704—2012) in WordprocessingML: page, fonts with fallbacks, paragraphs, page numbers.

Every run names its Latin and its East Asian font and asks for the East Asian one, since “ ” … — come out in the Latin font
otherwise. Theme fonts win over named ones, so the theme goes. The fonts of the standard are not free: a machine without one
takes the fallback that the file's font table names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

SONG, FANG, KAI, HEI = "宋体", "仿宋_GB2312", "楷体_GB2312", "黑体"
TITLE_SONG, LATIN = "方正小标宋简体", "Times New Roman"
FALLBACKS = {
    FANG: "仿宋;FangSong;STFangsong;Noto Serif CJK SC",
    KAI: "楷体;KaiTi;STKaiti;Noto Serif CJK SC",
    HEI: "SimHei;Noto Sans CJK SC",
    SONG: "SimSun;Noto Serif CJK SC",
    TITLE_SONG: "方正小标宋_GBK;华文中宋;STZhongsong;Noto Serif CJK SC",
}
MARGINS = {"top_margin": Mm(37), "bottom_margin": Mm(35), "left_margin": Mm(28), "right_margin": Mm(26)}
TEXT_WIDTH = 8844  # twentieths of a point: 156 mm
TITLE_SIZE, BODY_SIZE, PAGE_NUMBER_SIZE = 22.0, 16.0, 14.0  # points: 二号, 三号, 四号
LINE, TITLE_LINE = 560, 700  # twentieths of a point: 28 and 35 points, exactly
TITLE_LENGTH = 20  # characters of a line
RED = "C00000"
SUBHEADING = re.compile(r"（[一二三四五六七八九十]{1,3}）[^。\n]{1,30}。")
UNWANTED_PARTS = ("stylesWithEffects", "theme", "customXml")  # of the template; the theme's fonts would win


@dataclass(frozen=True)
class Type:
    """How a run is set."""

    font: str
    size: float  # points
    bold: bool = False
    colour: str = ""


BODY = Type(FANG, BODY_SIZE)
HEADING = Type(HEI, BODY_SIZE)
SUBHEAD = Type(KAI, BODY_SIZE)
TITLE = Type(TITLE_SONG, TITLE_SIZE)
PAGE_NUMBER = Type(SONG, PAGE_NUMBER_SIZE)
DRAFT_MARK = Type(HEI, PAGE_NUMBER_SIZE, True, RED)


def run_properties(type_: Type) -> str:
    """`w:rPr`: both fonts, the hint, size and language."""
    bold = "<w:b/><w:bCs/>" if type_.bold else ""
    colour = f'<w:color w:val="{type_.colour}"/>' if type_.colour else ""
    size = round(2 * type_.size)
    return (f'<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia={quoteattr(type_.font)} '
            f'w:cs="{LATIN}"/>{bold}{colour}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
            '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>')  # fmt: skip


def run(text: str, type_: Type) -> str:
    """`w:r` with a text."""
    return f'<w:r>{run_properties(type_)}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(runs: str, type_: Type, properties: str) -> str:
    """`w:p`; `properties` are what stands in `w:pPr`, in the order of the schema."""
    return f"<w:p><w:pPr>{properties}{run_properties(type_)}</w:pPr>{runs}</w:p>"


def title(org: str, rest: str) -> str:
    """The report's title, centred, and a blank line. What does not fit on one line is parted behind the office's name."""
    fits = len(org) + len(rest) <= TITLE_LENGTH
    runs = run(org + rest, TITLE) if fits else run(org, TITLE) + _line_end(TITLE) + run(rest, TITLE)
    centred = (
        f'<w:spacing w:before="0" w:after="{LINE}" w:line="{TITLE_LINE}" w:lineRule="exact"/><w:jc w:val="center"/>'
    )
    return paragraph(runs, TITLE, f'<w:pStyle w:val="Title"/>{centred}')


def heading(text: str) -> str:
    """一、总体情况: on the page of what follows it."""
    return paragraph(run(text, HEADING), HEADING, f'<w:pStyle w:val="Heading1"/><w:keepNext/>{_indented()}')


def body(text: str) -> str:
    """A paragraph of the text; what it begins with, （一）…。, is set as a heading."""
    found = SUBHEADING.match(text)
    head = found[0] if found and len(found[0]) < len(text) else ""
    runs = (run(head, SUBHEAD) if head else "") + run(text[len(head) :], BODY)
    return paragraph(runs, BODY, f'{_indented()}<w:jc w:val="both"/>')


def spacer() -> str:
    """What stands between a table and the next heading."""
    return paragraph("", BODY, '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="exact"/>')


def set_page(document: WordFile, *, draft: str) -> None:
    """A4 with the standard's margins, — 1 — on the outer side of each page, and a mark at the head of each if there is one."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, width in MARGINS.items():
        setattr(section, name, width)
    section.header_distance, section.footer_distance = Mm(20), Mm(28)
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        _fill(
            footer,
            paragraph(
                _page_number(), PAGE_NUMBER, f'<w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{side}"/>'
            ),
        )
    for header in (section.header, section.even_page_header):
        _fill(header, paragraph(run(draft, DRAFT_MARK) if draft else "", DRAFT_MARK, '<w:jc w:val="center"/>'))


def strip_theme(document: WordFile) -> None:
    """Takes the template's theme away, names the fonts of every style, and lists fallbacks in the font table."""
    rels = document.part.rels
    for number in [key for key, rel in rels.items() if rel.reltype.rsplit("/", 1)[-1] in UNWANTED_PARTS]:
        del rels[number]
    for root in (document.styles.element, document.settings.element):
        _strip(root)
    types = {"Title": TITLE, "Heading1": HEADING}
    for style in document.styles.element.iter(qn("w:style")):
        type_ = types.get(style.get(qn("w:styleId")))
        if type_:
            _restyle(style, type_)
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
    if defaults is not None:
        defaults.clear()
        defaults.append(parse_xml(run_properties(BODY).replace("<w:rPr>", f"<w:rPr {nsdecls('w')}>", 1)))
    for rel in rels.values():
        if rel.reltype.endswith("/fontTable"):
            rel.target_part._blob = _font_table()


def _strip(root: Any) -> None:
    """No theme, and no font that only Latin letters would be set in."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        for name in [name for name in element.attrib if "heme" in name]:
            del element.attrib[name]
        if element.tag in (qn("w:themeFontLang"), qn("w:clrSchemeMapping")):
            element.getparent().remove(element)
        elif element.tag == qn("w:rFonts"):
            if not element.attrib:
                element.getparent().remove(element)
            else:
                element.set(qn("w:eastAsia"), element.get(qn("w:eastAsia")) or FANG)


def _restyle(style: Any, type_: Type) -> None:
    for child in list(style):
        if child.tag in (qn("w:rPr"), qn("w:pPr")):
            style.remove(child)
    level = '<w:pPr {}><w:outlineLvl w:val="0"/></w:pPr>' if type_ is HEADING else "<w:pPr {}/>"
    style.append(parse_xml(level.format(nsdecls("w"))))
    style.append(
        parse_xml(run_properties(replace(type_, colour="000000")).replace("<w:rPr>", f"<w:rPr {nsdecls('w')}>", 1))
    )


def _font_table() -> bytes:
    fonts = [
        f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    ]
    fonts += [
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(others)}/>"
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, others in FALLBACKS.items()
    ]
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}<w:fonts {nsdecls('w')}>{''.join(fonts)}</w:fonts>".encode()


def _fill(part: Any, markup: str) -> None:
    """Makes a header or footer hold one paragraph."""
    part.is_linked_to_previous = False
    element = part._element
    for child in list(element):
        element.remove(child)
    element.append(parse_xml(markup.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)))


def _page_number() -> str:
    """— 1 —, where the number is a field."""
    properties = run_properties(PAGE_NUMBER)
    pieces = (
        '<w:fldChar w:fldCharType="begin"/>', '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>', "<w:t>1</w:t>", '<w:fldChar w:fldCharType="end"/>',
    )  # fmt: skip
    field = "".join(f"<w:r>{properties}{piece}</w:r>" for piece in pieces)
    return run("— ", PAGE_NUMBER) + field + run(" —", PAGE_NUMBER)


def _line_end(type_: Type) -> str:
    return f"<w:r>{run_properties(type_)}<w:br/></w:r>"


def _indented() -> str:
    return (f'<w:spacing w:before="0" w:after="0" w:line="{LINE}" w:lineRule="exact"/>'
            '<w:ind w:firstLineChars="200" w:firstLine="640"/>')  # fmt: skip
