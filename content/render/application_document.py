"""A document of an application as .docx in official layout: title, addressee at the margin, paragraphs, signature at the right."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from content.render.annual_report import official_layout as layout
from content.rules.applications.document_template import FilledDocument

_LINE = f'<w:spacing w:before="0" w:after="0" w:line="{layout.LINE}" w:lineRule="exact"/>'


def write(document: FilledDocument, *, org: str, at: datetime) -> bytes:
    """The file; a first line that ends with ： is the addressee."""
    file = Document()
    layout.strip_theme(file)
    layout.set_page(file, draft="")
    body = file.element.body
    for markup in _body(document):
        body.insert_element_before(parse_xml(markup.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)), "w:sectPr")
    properties = file.core_properties
    properties.title, properties.author, properties.language, properties.comments = document.title, org, "zh-CN", ""
    properties.created = properties.modified = at.replace(tzinfo=None)
    properties.last_modified_by = ""
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _body(document: FilledDocument) -> Iterator[str]:
    yield layout.title("", document.title)
    for number, line in enumerate(document.lines):
        if line.right:
            if not document.lines[number - 1].right:
                yield _at_margin("")
            yield _at_right(line.text)
        elif number == 0 and line.text.endswith("："):
            yield _at_margin(line.text)
        else:
            yield layout.body(line.text)


def _at_margin(text: str) -> str:
    return layout.paragraph(layout.run(text, layout.BODY) if text else "", layout.BODY, _LINE)


def _at_right(text: str) -> str:
    properties = f'<w:keepNext/>{_LINE}<w:ind w:rightChars="400" w:right="1280"/><w:jc w:val="right"/>'
    return layout.paragraph(layout.run(text, layout.BODY), layout.BODY, properties)
