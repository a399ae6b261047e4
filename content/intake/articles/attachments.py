"""The words inside an attachment, as far as they can be read: where personal data leaks most often."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePath

from content.intake.articles import word
from content.intake.articles.documents import decode
from content.rules.errors import BadInput
from content.rules.publishing.markup import words

UNPACKED = 200 * 1024 * 1024  # bytes that a workbook may unpack to


def text_of(name: str, data: bytes) -> str | None:
    """The words of a .docx, .xlsx, .csv or .txt, hidden sheets too; None for what cannot be read (a PDF, a picture)."""
    reader = {".docx": _word, ".xlsx": _excel, ".csv": _plain, ".txt": _plain}.get(PurePath(name).suffix.lower())
    try:
        return reader(name, data) if reader else None
    except BadInput:
        return None


def _word(name: str, data: bytes) -> str:
    return words(word.to_html(data, name=name)[0])


def _plain(name: str, data: bytes) -> str:
    return decode(data, name)[0]


def _excel(name: str, data: bytes) -> str:
    import openpyxl  # takes a tenth of a second to load, and few posts bring a workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > UNPACKED:
                raise BadInput(f"“{name}”展开以后太大")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
        return "\n".join("\t".join(str(cell) for cell in row if cell is not None) for row in rows)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, OSError, SyntaxError) as error:
        raise BadInput(f"“{name}”打不开") from error
