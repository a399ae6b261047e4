"""Opening a Word file: what is no Word file, or too much of one, is refused in words."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from content.intake.articles.notes import Notes
from content.intake.articles.word import revisions, wording
from content.intake.articles.word.blocks import Blocks
from content.intake.articles.word.footnotes import Footnotes
from content.intake.articles.word.inline import Inline
from content.intake.articles.word.numbering import Numbering
from content.intake.articles.word.repairs import repaired
from content.intake.articles.word.styles import Backdrop, Styles
from content.rules.errors import BadInput

UNPACKED = 200 * 1024 * 1024  # bytes that a Word file may unpack to
OLD_WORD = b"\xd0\xcf\x11\xe0"  # OLE: what Word wrote before 2007, and what it still writes with a password
OTHERS = ((b"{\\rtf", "RTF 文件"), (b"%PDF", "PDF 文件"), (b"<", "网页文件"))
V_TEXT = "{urn:schemas-microsoft-com:vml}textpath"


def to_html(data: bytes, *, name: str) -> tuple[str, dict[str, bytes], tuple[str, ...]]:
    """HTML, its pictures by the address it uses for them, and what could not be taken over. Raises BadInput."""
    notes = Notes()
    document = _open(data, name, notes)
    try:
        html, pictures = _read(document, notes)
    except (ValueError, TypeError, LookupError, RecursionError) as error:  # numbers that are none, endless nesting
        raise BadInput(f"“{name}”的结构读不懂。请用 Word 打开，另存一份再用。") from error
    return html, pictures, notes.sentences()


def _read(document: Document, notes: Notes) -> tuple[str, dict[str, bytes]]:
    revisions.settle(document.element)
    inline = Inline(document.part, Styles(document), Footnotes(document.part))
    inline.notes = notes
    inline.backdrop = _page(document)
    blocks = Blocks(inline, Numbering(document))
    html = blocks.html(document.element.body) + blocks.notes()
    if _says_something_in_margins(document):
        notes.add(wording.MARGINS)
    return html, inline.pictures


def _open(data: bytes, name: str, notes: Notes) -> Document:
    if data.startswith(OLD_WORD):
        raise BadInput(f"“{name}”是旧格式，或者设了打开密码。请在 Word 里去掉密码，另存为 .docx。")
    for start, kind in OTHERS:
        if data[:400].lstrip(b"\xef\xbb\xbf\r\n\t ").lower().startswith(start.lower()):
            raise BadInput(f"“{name}”其实是{kind}，只是改了名字。请用 Word 打开，另存为 .docx。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > UNPACKED:
                raise BadInput(f"“{name}”展开以后太大，不能使用。请压缩里面的图片后再试。")
        return docx.Document(io.BytesIO(repaired(data, name, notes)))
    except (zipfile.BadZipFile, PackageNotFoundError, LxmlError, KeyError, ValueError, OSError, RuntimeError,
            AttributeError) as error:  # fmt: skip
        raise BadInput(f"“{name}”不是完好的 Word 文件（.docx）。请用 Word 打开看看，再另存一份。") from error


def _page(document: Document) -> Backdrop:
    """A coloured page is not carried over: nothing on it counts as hidden, and white letters lose their colour."""
    background = document.element.find(qn("w:background"))
    return Backdrop() if background is None else Backdrop(None, carried=False)


def _says_something_in_margins(document: Document) -> bool:
    """Whether a header or footer holds more than page numbers."""
    sections = document.element.iter(qn("w:headerReference"), qn("w:footerReference"))
    names = dict.fromkeys(section.get(qn("r:id")) for section in sections)
    parts: list[Any] = [document.part.rels[name].target_part for name in names if name in document.part.rels]
    return any(_speaks(part.element) for part in parts if hasattr(part, "element"))


def _speaks(root: Any) -> bool:
    words = "".join(text.text or "" for text in root.iter(qn("w:t")))
    words += "".join(each.get("string", "") for each in root.iter(V_TEXT))
    return bool(re.sub(r"[\W\d_]|第|页|共", "", words)) or next(root.iter(qn("a:blip")), None) is not None
