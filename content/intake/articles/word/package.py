"""Opening a Word file: what is no Word file, or too much of one, is refused in words."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from content.intake import office_package
from content.intake.articles.notes import Notes
from content.intake.articles.word import revisions, wording
from content.intake.articles.word.blocks import Blocks
from content.intake.articles.word.footnotes import Footnotes
from content.intake.articles.word.inline import Inline
from content.intake.articles.word.numbering import Numbering
from content.intake.articles.word.repairs import repaired
from content.intake.articles.word.run_formatting import Backdrop, Styles
from content.rules.errors import BadInput

OLD_WORD = b"\xd0\xcf\x11\xe0"  # OLE: what Word wrote before 2007, and what it still writes with a password
OTHERS = ((b"{\\rtf", "RTF 文件"), (b"%PDF", "PDF 文件"), (b"<", "网页文件"))
OFF = {"0", "false", "off", "none"}
PAGES = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTION|SECTIONPAGES)\b", re.IGNORECASE)  # fields
BREAKS = tuple(map(qn, ("w:tab", "w:ptab", "w:br", "w:cr")))
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
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
    margins = list(_margins(document))
    if margins:
        notes.add(wording.margins(list(dict.fromkeys(words for words in margins if words))))
    return html, inline.pictures


def _open(data: bytes, name: str, notes: Notes) -> Document:
    if data.startswith(OLD_WORD):
        raise BadInput(f"“{name}”是旧格式，或者设了打开密码。请在 Word 里去掉密码，另存为 .docx。")
    for start, kind in OTHERS:
        if data[:400].lstrip(b"\xef\xbb\xbf\r\n\t ").lower().startswith(start.lower()):
            raise BadInput(f"“{name}”其实是{kind}，只是改了名字。请用 Word 打开，另存为 .docx。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check(package, name)
        return docx.Document(io.BytesIO(repaired(data, name, notes)))
    except (zipfile.BadZipFile, PackageNotFoundError, LxmlError, KeyError, ValueError, OSError, RuntimeError,
            AttributeError) as error:  # fmt: skip
        raise BadInput(f"“{name}”不是完好的 Word 文件（.docx）。请用 Word 打开看看，再另存一份。") from error


def _check(package: zipfile.ZipFile, name: str) -> None:
    try:
        office_package.check(package)
    except BadInput as error:
        raise BadInput(
            f"“{name}”不能使用：{error.message}。请压缩里面的图片，只留要发的部分，用 Word 另存一份再试。"
        ) from error


def _page(document: Document) -> Backdrop:
    """A coloured page is not carried over: nothing on it counts as hidden, and white letters lose their colour."""
    background = document.element.find(qn("w:background"))
    return Backdrop() if background is None else Backdrop(None, carried=False)


def _margins(document: Document) -> Iterator[str]:
    """The words of each header and footer that is shown and holds more than page numbers; pictures say nothing."""
    settings = document.settings.element.find(qn("w:evenAndOddHeaders"))
    has_even = settings is not None and settings.get(qn("w:val"), "1") not in OFF
    names: dict[str, None] = {}
    for section in document.element.iter(qn("w:sectPr")):
        title = section.find(qn("w:titlePg"))
        shown = {
            "default": True,
            "even": has_even,
            "first": title is not None and title.get(qn("w:val"), "1") not in OFF,
        }
        for reference in section.iterchildren(qn("w:headerReference"), qn("w:footerReference")):
            if shown.get(reference.get(qn("w:type"), "default"), True):
                names.setdefault(reference.get(qn("r:id")))
    parts: list[Any] = [document.part.rels[name].target_part for name in names if name in document.part.rels]
    for root in (part.element for part in parts if hasattr(part, "element")):
        words = _words(root)
        if re.sub(r"[\W\d_]|第|页|共", "", words) or next(root.iter(qn("a:blip")), None) is not None:
            yield words


def _words(root: Any) -> str:
    """The words of each paragraph, without the numbers of pages."""
    said = [_said(paragraph) for paragraph in root.iter(qn("w:p"))]
    said += [each.get("string", "") for each in root.iter(V_TEXT)]
    return " ".join(" ".join(said).split())


def _said(paragraph: Any) -> str:
    pieces: list[str] = []
    codes: list[str] = []  # of the fields that are open
    for each in paragraph.iter(qn("w:t"), qn("w:instrText"), *BREAKS, qn("w:fldChar")):
        if next(each.iterancestors(qn("w:p"))) is not paragraph or next(each.iterancestors(FALLBACK), None) is not None:
            continue  # the paragraphs of a box have their own turn, and what older programs are to show is the same
        kind = each.get(qn("w:fldCharType"))
        if kind == "begin":
            codes.append("")
        elif kind == "end" and codes:
            codes.pop()
        elif each.tag == qn("w:instrText") and codes:
            codes[-1] += each.text or ""
        elif each.tag in BREAKS:
            pieces.append(" ")
        elif each.tag == qn("w:t") and not _is_hidden(each.getparent()):
            simple = [field.get(qn("w:instr"), "") for field in each.iterancestors(qn("w:fldSimple"))]
            if not any(PAGES.match(code) for code in (*codes, *simple)):
                pieces.append(each.text or "")
    return "".join(pieces)


def _is_hidden(run: Any) -> bool:
    mark = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return mark is not None and mark.get(qn("w:val"), "1") not in OFF
