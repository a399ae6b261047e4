"""The form for an application for disclosure (条例 art. 29), as data for the page and as a Word file to fill in.

It asks for no purpose: since 2019 none may be demanded.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from docx import Document
from docx.document import Document as WordFile
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

FONT = "宋体"
BOX = "□"
WIDTHS = (Cm(3.2), Cm(13.2))


@dataclass(frozen=True)
class FormField:
    """One row: what to fill in, or what to tick; `tall` leaves room for several lines."""

    name: str
    choices: tuple[str, ...] = ()
    tall: bool = False


@dataclass(frozen=True)
class FormPart:
    """Rows under one heading."""

    name: str
    fields: tuple[FormField, ...]


TITLE = "政府信息公开申请表"
PARTS = (
    FormPart("申请人是公民的，填这里", (
        FormField("姓名"), FormField("证件名称"), FormField("证件号码"), FormField("联系电话"), FormField("通信地址"), FormField("邮政编码"),
        FormField("电子邮箱"),
    )),
    FormPart("申请人是法人或者其他组织的，填这里", (
        FormField("名称"), FormField("统一社会信用代码"),
        FormField("类别", ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")),
        FormField("法定代表人"), FormField("联系人"), FormField("联系电话"), FormField("通信地址"), FormField("邮政编码"), FormField("电子邮箱"),
    )),
    FormPart("需要的政府信息", (
        FormField("名称、文号，或者便于查询的其他特征", tall=True),
        FormField("要什么形式（可多选）", ("纸质", "电子文档", "光盘")),
        FormField("怎么给您（可多选）", ("自行领取", "邮寄", "电子邮件", "当场阅读、抄录", "传真")),
    )),
    FormPart("签名", (FormField("申请人签名或者盖章"), FormField("申请日期"))),
)  # fmt: skip
NOTES = (
    "公民申请，附身份证件复印件；法人或者其他组织申请，附登记证照复印件。",
    "一份表只申请一项内容的，办得快一些。文件名称、文号不清楚的，写明大概时间、单位和内容。",
    "自己填写有困难的，可以到受理机构口头申请，由工作人员代填。",
)


def word_file(office_name: str, addressee: str) -> bytes:
    """The form as .docx, addressed to whoever takes applications."""
    document = Document()
    _page(document)
    _line(document, TITLE, size=18, centred=True)
    _line(document, f"受理机构：{addressee or office_name}")
    for part in PARTS:
        _part(document, part)
    _line(document, "填表说明")
    for number, note in enumerate(NOTES, start=1):
        _line(document, f"{number}. {note}", size=10.5)
    document.core_properties.author = office_name
    document.core_properties.title = TITLE
    document.core_properties.comments = ""
    document.core_properties.language = "zh-CN"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: WordFile) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin = section.bottom_margin = Cm(1.8)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)


def _line(document: WordFile, text: str, *, size: float = 11, centred: bool = False) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), centred
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _part(document: WordFile, part: FormPart) -> None:
    table = document.add_table(rows=1 + len(part.fields), cols=2)
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = width
    head = table.rows[0].cells[0].merge(table.rows[0].cells[1])
    head.paragraphs[0].add_run(part.name).bold = True
    for row, field in zip(table.rows[1:], part.fields, strict=True):
        row.height = Cm(2.4 if field.tall else 0.68)
        row.cells[0].text = field.name
        row.cells[1].text = "　".join(f"{BOX}{choice}" for choice in field.choices)
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width, cell.vertical_alignment = width, WD_ALIGN_VERTICAL.CENTER
    _line(document, "", size=4)
