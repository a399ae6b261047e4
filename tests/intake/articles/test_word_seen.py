"""What is seen in Word arrives or is named: signs, pinyin, fields, drawings, footnotes, and elements never heard of."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from content.intake.articles.word import to_html
from content.intake.articles.word.fields import enclosed, equation
from content.rules.errors import BadInput
from content.rules.publishing.markup import words
from tests import factories
from tests.intake.articles import word_files
from tests.intake.articles.word_files import SPACES, blocks, new, of, rewritten, saved, with_part


def read(document: object) -> tuple[str, str]:
    html, _, notes = to_html(saved(document), name="稿.docx")  # type: ignore[arg-type]
    return words(html), "\n".join(notes)


def t(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def sym(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def field(code: str, result: str | None = None, begin: str = "") -> str:
    """A field in Word's long spelling; `result` None: it stores none."""
    shown = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{t(result)}'
    return (f'<w:r><w:fldChar w:fldCharType="begin">{begin}</w:fldChar></w:r><w:r><w:instrText xml:space="preserve">'
            f'{code}</w:instrText></w:r>{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>')  # fmt: skip


def box(ticked: str) -> str:
    return field(
        " FORMCHECKBOX ", begin=f'<w:ffData><w:checkBox><w:default w:val="0"/>{ticked}</w:checkBox></w:ffData>'
    )


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (sym("Wingdings", "F0FE") + t("线上") + sym("Wingdings", "F0A8") + t("线下"), "☑线上□线下"),
        (sym("Wingdings", "F028") + sym("Symbol", "F0B1") + t("5%"), "☎±5%"),
        (sym("Wingdings 2", "F052") + sym("Wingdings 2", "F0A3"), "☑□"),
        (sym("宋体", "2460"), "①"),
        ('<w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>\uf0fe\uf06f</w:t></w:r>', "☑□"),
        ('<w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>þ</w:t></w:r>', "☑"),
        ("<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>zhòng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>重</w:t></w:r>"
         "</w:rubyBase></w:ruby></w:r>" + t("点"), "重（zhòng）点"),
        (t("第") + field(r"eq \o\ac(○,3)") + t("项"), "第③项"),
        (field(r' EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(jī),机)'), "机（jī）"),
        (field(r"eq \f(1,2)"), "1/2"),
        (box("<w:checked/>") + t("是") + box(""), "☑是□"),
        (field("FORMDROPDOWN", begin='<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/>'
               '<w:listEntry w:val="乙"/></w:ddList></w:ffData>'), "乙"),
        (field(' SYMBOL 254 \\f "Wingdings" \\s 12'), "☑"),
        (field("MACROBUTTON NoMacro [单击填写]"), "[单击填写]"),
        (field('TC "目录项"') + t("见"), "见"),
        (field("PAGE", "3"), "3"),
        (field("IF 1 = 1 \"是\"", "是"), "是"),
        ('<w:fldSimple w:instr="DATE"><w:r><w:t>2026年</w:t></w:r></w:fldSimple>', "2026年"),
        ('<w:customXml w:element="n"><w:r><w:t>刘主任</w:t></w:r></w:customXml>', "刘主任"),
        ('<w:dir w:val="ltr"><w:r><w:t>上午</w:t></w:r></w:dir>', "上午"),
        ("<w:sdt><w:sdtPr><w14:checkbox/></w:sdtPr><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>", "☒"),
        ('<w:r><mc:AlternateContent><mc:Choice Requires="w14"><w:t>新</w:t></mc:Choice><mc:Fallback><w:t>旧</w:t>'
         "</mc:Fallback></mc:AlternateContent></w:r>", "新"),
        ('<mc:AlternateContent><mc:Choice Requires="zz"><w:r><w:t>新</w:t></w:r></mc:Choice><mc:Fallback><w:r>'
         "<w:t>旧</w:t></w:r></mc:Fallback></mc:AlternateContent>", "旧"),
        ('<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t xml:space="preserve">      </w:t></w:r>', "______"),
        ("<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
         "(a+b)/2"),
        ("<m:oMathPara><m:oMath><m:sSup><m:e><m:r><m:t>m</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
         "</m:oMath></m:oMathPara>", "m²"),
    ],
)  # fmt: skip
def test_it_arrives_as_it_is_seen(xml: str, text: str) -> None:
    found, told = read(of(xml))
    assert found == text
    assert not told or "公式" in told


def test_a_link_that_is_a_field_keeps_its_address() -> None:
    html, _, notes = to_html(
        saved(of(t("见") + field(' HYPERLINK "https://www.gov.cn/x" \\o "提示" ', "原文"))), name="a.docx"
    )
    assert html == '<p>见<a href="https://www.gov.cn/x">原文</a></p>' and not notes


def test_a_field_may_span_paragraphs_and_hold_another() -> None:
    begun = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r><w:r>'
             '<w:fldChar w:fldCharType="separate"/></w:r>')  # fmt: skip
    text, _ = read(of(begun + t("一、总则") + field("PAGEREF _Toc1", "1"), t("二、附则") +
                      '<w:r><w:fldChar w:fldCharType="end"/></w:r>', t("正文")))  # fmt: skip
    assert text == "一、总则1\n二、附则\n正文"


@pytest.mark.parametrize(("around", "inside", "sign"), [
    ("○", "1", "①"), ("○", "21", "㉑"), ("○", "50", "㊿"), ("○", "三", "㊂"), ("○", "A", "Ⓐ"), ("○", "密", "（密）"), ("□", "1", "[1]"),
])  # fmt: skip
def test_rings(around: str, inside: str, sign: str) -> None:
    assert enclosed(around, inside) == sign


@given(st.text(r"\(),;abofrxs○1 机", max_size=40))
def test_no_equation_makes_it_stumble(code: str) -> None:
    assert isinstance(equation(f"EQ {code}"), str)


GROUP = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing><wp:inline><a:graphic><a:graphicData><wpg:wgp>'
    '<pic:pic><pic:nvPicPr><pic:cNvPr id="2" name="p"/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{}"/></pic:blipFill>'
    "</pic:pic><wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>图1　位置</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
    "</wps:wsp></wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    "<v:group/></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_a_group_gives_its_pictures_and_its_words() -> None:
    document = new()
    relation, _ = document.part.get_or_add_image(io.BytesIO(factories.image()))
    document.element.body.insert(0, parse_xml(f"<w:p {SPACES}>{GROUP.format(relation)}</w:p>"))
    html, pictures, notes = to_html(saved(document), name="a.docx")
    assert len(pictures) == 1 and html.count("<img") == 1 and html.count("图1　位置") == 1 and "文本框" in notes[0]


WORDART = '<w:r><w:pict><v:shape type="#_x0000_t136"><v:textpath string="管委会文件"/></v:shape></w:pict></w:r>'


def test_wordart_is_words() -> None:
    assert read(of(WORDART)) == ("管委会文件", "")


DRAWING = (
    "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData>{}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


@pytest.mark.parametrize(
    ("xml", "told"),
    [
        (DRAWING.format('<c:chart r:id="rId99"/>'), "图表"),
        (DRAWING.format('<dgm:relIds r:dm="rId99"/>'), "SmartArt"),
        (DRAWING.format("<wps:wsp><wps:spPr/></wps:wsp>"), "线条"),
        ('<w:r><w:pict><v:line from="0,0" to="9,9"/></w:pict></w:r>', "线条"),
        ('<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>', "嵌入的对象"),
        ('<w:r><w:object><w:control r:id="rId99"/></w:object></w:r>', "控件"),
        ('<w:r><w:commentReference w:id="0"/></w:r>', "批注"),
        (field("LISTNUM"), "域"),
        ('<w:r><w:contentPart r:id="rId9"/></w:r>', "contentPart"),
        ("<w:r><w:dayLong/></w:r>", "dayLong"),
        ("<w:neverHeardOf/>", "neverHeardOf"),
        (sym("Wingdings 3", "F0FF"), "符号"),
        (DRAWING.format('<pic:pic><pic:blipFill><a:blip r:link="rId7"/></pic:blipFill></pic:pic>'), "链接"),
    ],
)  # fmt: skip
def test_what_cannot_come_is_named_with_its_place(xml: str, told: str) -> None:
    _, notes = read(of(t("前一段"), t("见图") + xml))
    assert told in notes and "第 2 段" in notes


def test_blocks_that_are_not_known_are_named() -> None:
    text, notes = read(
        blocks('<w:altChunk r:id="rId9"/><w:zzz/><w:customXml><w:p><w:r><w:t>里面</w:t></w:r></w:p></w:customXml>')
    )
    assert text == "里面" and "并入" in notes and "zzz" in notes


def test_footnotes_and_endnotes_stand_at_the_end() -> None:
    document = of(
        t("正文") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + t("又") + '<w:r><w:endnoteReference w:id="3"/></w:r>'
    )
    for kind, number, text in (("footnote", 2, "脚注说明"), ("endnote", 3, "尾注说明")):
        with_part(document, f"{kind}s", f"{kind}s.xml",
                  f'<w:{kind}s {SPACES}><w:{kind} w:id="-1" w:type="separator"><w:p/></w:{kind}><w:{kind} w:id="{number}">'
                  f"<w:p><w:r><w:footnoteRef/></w:r>{t(text)}</w:p></w:{kind}></w:{kind}s>")  # fmt: skip
    text, notes = read(document)
    assert text == "正文[1]又[i]\n[1] 脚注说明\n[i] 尾注说明" and "文章末尾" in notes


@pytest.mark.parametrize(
    ("text", "css"),
    [
        ("　　各有关单位：现将事项通知如下，请认真贯彻执行并按时反馈情况。", "text-indent:2em"),
        ("    各有关单位：现将事项通知如下，请认真贯彻执行并按时反馈情况。", "text-indent:2em"),
        ("　　　　　　　　　　　　　　　关于停水的通知", "text-align:center"),
        (" " * 60 + "管委会办公室", "text-align:right"),
        ("各有关单位：", ""),
    ],
)
def test_blanks_that_place_words_keep_them_there(text: str, css: str) -> None:
    html, _, _ = to_html(saved(of(t(text))), name="a.docx")
    assert html == f"<p{f' style={chr(34)}{css}{chr(34)}' if css else ''}>{text.strip()}</p>"


def test_blanks_between_words_and_an_indent_by_the_style_stay() -> None:
    xml = '<w:pPr><w:ind w:firstLineChars="200" w:firstLine="640"/></w:pPr>' + t("联系人：刘某      电话：123")
    html, _, _ = to_html(saved(of(xml)), name="a.docx")
    assert html == '<p style="text-indent:2em">联系人：刘某\u00a0\u00a0\u00a0\u00a0\u00a0 电话：123</p>'


def test_a_header_with_words_is_named() -> None:
    document = of(t("正文"))
    document.sections[0].header.paragraphs[0].text = "江民发〔2026〕18号"
    document.sections[0].first_page_header.paragraphs[0].text = "用不着的"  # shown only where the first page differs
    assert "页眉" in read(document)[1] and "“江民发〔2026〕18号”" in read(document)[1]
    assert "用不着的" not in read(document)[1]
    document.sections[0].header.paragraphs[0].text = "第 1 页 共 2 页"
    assert read(document)[1] == ""
    footer = document.sections[0].footer
    footer.paragraphs[0].text = "电话：0731-8888666\t传真"
    footer.add_paragraph()._p.append(parse_xml(f'<w:fldSimple {SPACES} w:instr=" PAGE ">{t("7")}</w:fldSimple>'))
    for child in parse_xml(f"<w:p {SPACES}>{field(' NUMPAGES ', '8')}{t('抄送')}</w:p>"):
        footer.paragraphs[1]._p.append(child)
    assert "“电话：0731-8888666 传真 抄送”" in read(document)[1]


STRICT = {
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships":
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    b"http://schemas.openxmlformats.org/drawingml/2006/": b"http://purl.oclc.org/ooxml/drawingml/",
}  # fmt: skip


def strict(name: str, part: bytes) -> bytes:
    for usual, spelling in STRICT.items():
        part = part.replace(usual, spelling) if name.endswith((".xml", ".rels")) else part
    return part


def pictured() -> bytes:
    document = of(t("严格格式的正文"))
    document.add_picture(io.BytesIO(factories.image()))
    return saved(document)


def test_a_strict_file_is_read() -> None:
    html, pictures, _ = to_html(rewritten(pictured(), strict), name="a.docx")
    assert words(html) == "严格格式的正文" and len(pictures) == 1


@pytest.mark.parametrize(
    "kind",
    [b"application/vnd.ms-word.document.macroEnabled.main+xml",
     b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
     b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml"],
)  # fmt: skip
def test_macro_files_and_templates_are_read(kind: bytes) -> None:
    usual = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    html, _, notes = to_html(rewritten(pictured(), lambda _, part: part.replace(usual, kind)), name="a.docm")
    assert words(html) == "严格格式的正文" and ("宏" in "".join(notes)) == (b"macro" in kind)


def test_missing_declarations_and_broken_links_are_mended() -> None:
    def broken(name: str, part: bytes) -> bytes | None:
        if name == "[Content_Types].xml":
            return part.replace(b'Extension="png"', b'Extension="xyz"').replace(
                b"/word/document.xml", b"/word/other.xml"
            )
        return part.replace(b'Target="styles.xml"', b'Target="NULL"') if name.endswith(".rels") else part

    html, pictures, _ = to_html(rewritten(pictured(), broken), name="a.docx")
    assert words(html) == "严格格式的正文" and len(pictures) == 1
    html, _, _ = to_html(
        rewritten(pictured(), lambda name, part: None if "Content_Types" in name else part), name="a.docx"
    )
    assert words(html) == "严格格式的正文"


@pytest.mark.parametrize(("data", "said"), [
    (b"{\\rtf1 x}", "RTF"), (b"%PDF-1.7", "PDF"), (b"<html><body>x", "网页"),
])  # fmt: skip
def test_a_file_with_another_name_says_what_it_is(data: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        to_html(data, name="a.docx")


def test_a_workbook_called_word_says_what_it_is() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("[Content_Types].xml", "<Types>…spreadsheetml…</Types>")
        package.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(BadInput, match="Excel"):
        to_html(buffer.getvalue(), name="a.docx")


def test_a_million_paragraphs_in_a_small_file_are_refused() -> None:
    def much(name: str, part: bytes) -> bytes:
        return part.replace(b"<w:sectPr", b"<w:p/>" * 1_000_000 + b"<w:sectPr") if name == "word/document.xml" else part

    with pytest.raises(BadInput, match="多段"):
        to_html(rewritten(word_files.saved(new()), much), name="a.docx")


def test_an_element_with_masses_of_attributes_is_refused() -> None:
    attributes = b"".join(b' a%d="1"' % at for at in range(200_000))

    def much(name: str, part: bytes) -> bytes:
        return (
            part.replace(b"<w:sectPr", b"<w:p" + attributes + b"/><w:sectPr") if name == "word/document.xml" else part
        )

    with pytest.raises(BadInput, match="不正常"):
        to_html(rewritten(word_files.saved(new()), much), name="a.docx")


def test_what_a_list_is_when_it_is_not_in_the_file_its_style_says() -> None:
    document = new()
    paragraph = document.add_paragraph("一项", style="List Bullet")
    paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {SPACES}><w:numId w:val="5555"/></w:numPr>'))
    assert to_html(saved(document), name="a.docx")[0] == "<ul><li>一项</li></ul>"


def test_capitals_dots_and_a_large_first_letter() -> None:
    def run(looks: str, text: str) -> str:
        return f"<w:r><w:rPr>{looks}</w:rPr><w:t>{text}</w:t></w:r>"

    xml = run("<w:caps/>", "vip") + run('<w:em w:val="dot"/>', "重点")
    assert to_html(saved(of(xml)), name="a.docx")[0] == "<p>VIP<strong>重点</strong></p>"
    frame = '<w:pPr><w:framePr w:dropCap="drop"/></w:pPr>'
    assert read(of(frame + t("为"), t("方便群众"))) == ("为方便群众", "")


@pytest.mark.parametrize(
    "xml",
    ['<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="many"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>',
     "<w:tbl><w:tr><w:tc>" * 400 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 400],
    ids=["number", "deep"],
)  # fmt: skip
def test_what_word_would_not_open_is_refused(xml: str) -> None:
    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"<w:sectPr", xml.encode() + b"<w:sectPr") if name == "word/document.xml" else part

    with pytest.raises(BadInput, match="另存"):
        to_html(rewritten(saved(new()), change), name="a.docx")


def test_a_row_that_begins_or_ends_within_the_table_stands_under_its_headings() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>".format
    table = f"""<w:tbl {SPACES}><w:tblGrid>{'<w:gridCol w:w="1000"/>' * 3}</w:tblGrid>
        <w:tr>{cell("优秀")}{cell("合格")}{cell("差")}</w:tr>
        <w:tr><w:trPr><w:gridBefore w:val="1"/><w:wBefore w:w="1000" w:type="dxa"/></w:trPr>{cell("甲")}{cell("乙")}</w:tr>
        <w:tr><w:trPr><w:wBefore w:w="2000" w:type="dxa"/></w:trPr>{cell("丙")}</w:tr>
        <w:tr><w:trPr><w:gridAfter w:val="2"/></w:trPr>{cell("丁")}</w:tr></w:tbl>"""
    html, _, _ = to_html(saved(blocks(table)), name="a.docx")
    assert re.sub("</?table>|</tr>", "", html).split("<tr>")[2:] == [
        "<td></td><td>甲</td><td>乙</td>", '<td colspan="2"></td><td>丙</td>', '<td>丁</td><td colspan="2"></td>'
    ]  # fmt: skip


def test_a_new_page_or_column_begins_a_paragraph() -> None:
    broken = t("特此通知。") + '<w:r><w:br w:type="page"/></w:r>' + t("附件1") + '<w:r><w:br w:type="column"/></w:r>'
    assert to_html(saved(of(broken)), name="a.docx")[0] == "<p>特此通知。</p><p>附件1</p>"


def test_numbers_in_figures_by_rule_and_bullets_that_are_ticks() -> None:
    document = new()
    number = word_files.numbering(
        document, ("chineseCounting", "第%1章"), ("decimal", "%1.%2"), ("bullet", "\uf0fe"), ("bullet", "\uf0d8")
    )
    levels = document.part.numbering_part.element[0].findall(qn("w:lvl"))
    levels[1].append(parse_xml(f"<w:isLgl {SPACES}/>"))
    for level in levels[2:]:
        level.append(parse_xml(f'<w:rPr {SPACES}><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'))
    for at, text in enumerate(("总则", "目的", "已办", "点")):
        word_files.numbered(document, text, number, at)
    html, _, _ = to_html(saved(document), name="a.docx")
    assert words(html) == "第一章 总则\n1.1 目的\n☑ 已办\n点" and "<li>点</li>" in html


@pytest.mark.parametrize(("kind", "font", "shown"), [
    ("paragraph", '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>', "☑中文"),
    ("character", '<w:rFonts w:hAnsi="Wingdings 2"/>', "☑中文"),
    ("character", '<w:rFonts w:eastAsia="宋体"/><w:b/>', "R中文"),
    ("character", '<w:rFonts w:asciiTheme="minorHAnsi" w:ascii="Wingdings 2"/>', "R中文"),
])  # fmt: skip
def test_a_symbol_font_may_come_from_a_style(kind: str, font: str, shown: str) -> None:
    inside = ('<w:pPr><w:pStyle w:val="deep"/></w:pPr><w:r><w:t>R中文</w:t></w:r>' if kind == "paragraph"
              else '<w:r><w:rPr><w:rStyle w:val="deep"/></w:rPr><w:t>R中文</w:t></w:r>')  # fmt: skip
    document = of(inside)
    for name, base, more in (("base", "", font), ("deep", '<w:basedOn w:val="base"/>', "")):
        document.styles.element.append(parse_xml(
            f'<w:style {SPACES} w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{base}'
            f"<w:rPr>{more}</w:rPr></w:style>"))  # fmt: skip
    assert read(document) == (shown, "")
