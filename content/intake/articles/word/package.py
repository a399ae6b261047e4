"""Opening a Word file: what is no Word file, or too much of one, is refused in words."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from lxml.etree import LxmlError

from content.intake.articles.word.blocks import Blocks
from content.intake.articles.word.inline import Inline
from content.intake.articles.word.numbering import Numbering
from content.rules.errors import BadInput

UNPACKED = 200 * 1024 * 1024  # bytes that a Word file may unpack to
OLD_WORD = b"\xd0\xcf\x11\xe0"  # OLE: what Word wrote before 2007, and what it still writes with a password


def to_html(data: bytes, *, name: str) -> tuple[str, dict[str, bytes], tuple[str, ...]]:
    """HTML, its pictures by the address it uses for them, and what could not be taken over. Raises BadInput."""
    document = _open(data, name)
    inline = Inline(document.part)
    html = Blocks(inline, Numbering(document)).html(document.element.body)
    return html, inline.pictures, tuple(inline.notes)


def _open(data: bytes, name: str) -> Document:
    if data.startswith(OLD_WORD):
        raise BadInput(f"“{name}”是旧格式，或者设了打开密码。请在 Word 里去掉密码，另存为 .docx。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > UNPACKED:
                raise BadInput(f"“{name}”展开以后太大，不能使用。请压缩里面的图片后再试。")
        return docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, LxmlError, KeyError, ValueError, OSError, RuntimeError) as error:
        raise BadInput(f"“{name}”不是完好的 Word 文件（.docx）。请用 Word 打开看看，再另存一份。") from error
