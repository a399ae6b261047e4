"""The words inside an attachment, hidden ones too: it goes out whole, and personal data leaks there most often."""

from __future__ import annotations

import ctypes
import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePath

from lxml import etree

from content.intake.articles.documents import decode
from content.rules.errors import BadInput

UNPACKED = 200 * 1024 * 1024  # bytes that a file of Office may unpack to
MOST_PAGES = 500  # of a PDF that are read
FEWEST = 20  # characters of a PDF's page; with fewer it is a picture of a page
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT_W = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
WORDS = frozenset({f"{space}{name}" for space in (W, STRICT_W) for name in ("t", "delText", "instrText")})
PARAGRAPHS = frozenset({f"{W}p", f"{STRICT_W}p"})
CONCEALED = {"vanish": "隐藏的文字", "del": "修订痕迹（删掉的文字还在里面）", "comment": "批注"}


def text_of(name: str, data: bytes) -> str | None:
    """The words of a .docx, .xlsx, .csv, .txt or .pdf, hidden ones too; None for what cannot be read (a scan, a picture)."""
    reader = {".docx": _word, ".xlsx": _excel, ".csv": _plain, ".txt": _plain, ".pdf": _pdf}.get(_ending(name))
    try:
        return reader(name, data) if reader else None
    except BadInput:
        return None


def concealed(name: str, data: bytes) -> list[str]:
    """What an attachment holds that nobody sees who opens it, by kind: 隐藏的文字, 批注, 隐藏的工作表, …"""
    try:
        if _ending(name) == ".docx":
            tags = {etree.QName(element).localname for root in _parts(name, data) for element in root.iter("{*}*")}
            return [word for tag, word in CONCEALED.items() if tag in tags]
        if _ending(name) == ".xlsx":
            return _hidden_in_workbook(name, data)
    except BadInput:
        return []
    return []


def _ending(name: str) -> str:
    return PurePath(name).suffix.lower()


def _word(name: str, data: bytes) -> str:
    return "\n".join("".join(_paragraph_words(root)) for root in _parts(name, data))


def _paragraph_words(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        if element.tag in PARAGRAPHS:
            yield "\n"
        elif element.tag in WORDS:
            yield element.text or ""


def _parts(name: str, data: bytes) -> list[etree._Element]:
    """The parts of a Word file that may hold words: text, headers, notes, comments."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    with _package(name, data) as package:
        names = [each for each in package.namelist() if each.startswith("word/") and each.endswith(".xml")]
        try:
            return [etree.fromstring(package.read(each), parser) for each in names if "theme" not in each]
        except (etree.XMLSyntaxError, zipfile.BadZipFile, OSError, RuntimeError) as error:
            raise BadInput(f"“{name}”打不开") from error


def _package(name: str, data: bytes) -> zipfile.ZipFile:
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError) as error:
        raise BadInput(f"“{name}”打不开") from error
    if sum(part.file_size for part in package.infolist()) > UNPACKED:
        raise BadInput(f"“{name}”展开以后太大")
    return package


def _plain(name: str, data: bytes) -> str:
    return decode(data, name)[0]


def _excel(name: str, data: bytes) -> str:
    import openpyxl  # takes a tenth of a second to load, and few posts bring a workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        _package(name, data).close()
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
        return "\n".join("\t".join(str(cell) for cell in row if cell is not None) for row in rows)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, OSError, SyntaxError) as error:
        raise BadInput(f"“{name}”打不开") from error


def _hidden_in_workbook(name: str, data: bytes) -> list[str]:
    with _package(name, data) as package:
        parts = {each: package.read(each) for each in package.namelist() if each.endswith(".xml")}
    sheets = b"".join(part for each, part in parts.items() if each.startswith("xl/worksheets/"))
    found = ["隐藏的工作表"] if b"idden" in parts.get("xl/workbook.xml", b"") else []
    found += ["隐藏的行或列"] if b'hidden="1"' in sheets or b'hidden="true"' in sheets else []
    return found + (["批注"] if any(each.startswith("xl/comments") for each in parts) else [])


def _pdf(name: str, data: bytes) -> str:
    """The words of a PDF. Raises BadInput for a broken or locked one, a scan, or one of too many pages."""
    import pypdfium2  # loads a library of some megabytes, and few posts bring a PDF

    try:
        document = pypdfium2.PdfDocument(data)
        try:
            if len(document) > MOST_PAGES:
                raise BadInput(f"“{name}”超过 {MOST_PAGES} 页")
            pages = [page.get_textpage().get_text_bounded() for page in document]
        finally:
            document.close()
    except (pypdfium2.PdfiumError, ValueError, ctypes.ArgumentError) as error:
        raise BadInput(f"“{name}”打不开") from error
    if any(len("".join(page.split())) < FEWEST for page in pages):
        raise BadInput(f"“{name}”里有的页只是图片")
    return "\n".join(pages)
