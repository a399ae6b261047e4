"""Real Word files, made as Word makes them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HYPERLINK = f"{OFFICE}/hyperlink"
SPACES = (
    f'{nsdecls("w", "r", "a", "pic", "wp", "m", "c", "dgm")} xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)


def saved(document: Document) -> bytes:
    """The bytes of the file."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def link(document: Document, paragraph: Any, url: str, text: str) -> None:
    """A hyperlink at the end of a paragraph."""
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), document.part.relate_to(url, HYPERLINK, is_external=True))
    element.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>{text}</w:t></w:r>"))
    paragraph._p.append(element)


def numbering(document: Document, *levels: tuple[str, str]) -> str:
    """A list of the document with levels of (numFmt, lvlText); its numId."""
    root = document.part.numbering_part.element
    number = str(len(root) + 100)
    lvls = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text) in enumerate(levels)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{lvls}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))
    return number


def numbered(document: Document, text: str, number: str, level: int = 0) -> None:
    """A paragraph that Word numbers by itself."""
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def raw(document: Document, xml: str) -> None:
    """A paragraph with this content, in Word's own XML."""
    document.add_paragraph()._p.append(parse_xml(xml))


def write(path: Path, document: Document) -> Path:
    """The file on disk."""
    path.write_bytes(saved(document))
    return path


def new() -> Document:
    """An empty document."""
    return docx.Document()


def of(*paragraphs: str) -> Document:
    """A document with these paragraphs, each given as the XML inside `w:p`."""
    document = new()
    for inside in paragraphs:
        document.element.body.insert(len(document.element.body) - 1, parse_xml(f"<w:p {SPACES}>{inside}</w:p>"))
    return document


def blocks(xml: str) -> Document:
    """A document with this body."""
    document = new()
    for child in parse_xml(f"<w:body {SPACES}>{xml}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, child)
    return document


def rewritten(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The file with each part as `change(name, data)` makes it; None leaves it out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new_file:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new_file.writestr(name, part)
    return buffer.getvalue()


def with_part(document: Document, kind: str, name: str, xml: str) -> str:
    """Adds a part such as footnotes to the document; the id of its relation."""
    part = Part(PackURI(f"/word/{name}"), f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml",
                xml.encode(), document.part.package)  # fmt: skip
    return document.part.relate_to(part, f"{OFFICE}/{kind}")
