"""The words inside an attachment, hidden ones too: it goes out whole, and personal data leaks there most often."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from content.intake.articles.attachments import pdf_file, plain_file, word_file, workbook
from content.rules.checks.finding import CheckFinding, Passage
from content.rules.errors import BadInput

_READERS = {".docx": word_file.read, ".xlsx": workbook.read, ".csv": plain_file.read, ".txt": plain_file.read,
            ".pdf": pdf_file.read}  # fmt: skip
_MASKS = {".docx": word_file.masked, ".xlsx": workbook.masked, ".csv": plain_file.masked, ".txt": plain_file.masked}
_CONCEALED = {".docx": word_file.concealed, ".xlsx": workbook.concealed}


def part_of(name: str) -> str:
    """What the checks call an attachment."""
    return f"附件“{name}”"


def read(name: str, data: bytes) -> list[Passage] | None:
    """The passages of a .docx, .xlsx, .csv, .txt or .pdf, hidden ones too; None for what cannot be read (a scan, a picture)."""
    reader = _READERS.get(_ending(name))
    try:
        return reader(part_of(name), data) if reader else None
    except BadInput:
        return None


def concealed(name: str, data: bytes) -> list[str]:
    """What an attachment holds that nobody sees who opens it, by kind: 隐藏的文字, 批注, 隐藏的工作表, …"""
    look = _CONCEALED.get(_ending(name))
    try:
        return look(data) if look else []
    except BadInput:
        return []


def masked(name: str, data: bytes, findings: Iterable[CheckFinding]) -> bytes | None:
    """The file with what was found in it masked; None if a file of this kind cannot be changed here."""
    change = _MASKS.get(_ending(name))
    own = [finding for finding in findings if finding.passage.part == part_of(name) and finding.instead]
    try:
        return change(part_of(name), data, own) if change else None
    except BadInput:
        return None


def _ending(name: str) -> str:
    return PurePath(name).suffix.lower()
