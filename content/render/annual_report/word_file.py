"""The annual report as .docx in official layout."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from content.render.annual_report import official_layout as layout
from content.render.annual_report import word_table
from content.render.annual_report.report_document import DRAFT, ReportDocument


def write(document: ReportDocument, *, at: datetime) -> bytes:
    """The file; `at`: when it was made, in UTC."""
    file = Document()
    layout.strip_theme(file)
    layout.set_page(file, draft=DRAFT if document.draft else "")
    body = file.element.body
    for markup in _body(document):
        tag = markup[: markup.index(">")].split(" ")[0]
        body.insert_element_before(parse_xml(markup.replace(tag, f"{tag} {nsdecls('w')}", 1)), "w:sectPr")
    properties = file.core_properties
    properties.title, properties.author, properties.language = document.title, document.report.org, "zh-CN"
    properties.comments = DRAFT if document.draft else ""
    properties.created = properties.modified = at.replace(tzinfo=None)
    properties.last_modified_by = ""
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _body(document: ReportDocument) -> Iterator[str]:
    org = document.report.org
    yield layout.title(org, document.title.removeprefix(org))
    for heading, section, grid in document.parts():
        yield layout.heading(heading)
        for paragraph in section:
            yield layout.body(paragraph)
        if grid:
            yield word_table.table(grid)
            yield layout.spacer()
