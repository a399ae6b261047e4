"""Sheets to start from: the columns of a kind by the words that the import knows, and one example."""

from __future__ import annotations

from pathlib import Path

from config import reference
from content.render import spreadsheet
from content.services.notices import post_sheet, sheet_import


def write(path: Path, kind: str) -> None:
    """Writes the sheet of a kind: disclosure, posting, portal or post."""
    words = post_sheet.field_words() if kind == post_sheet.KIND else sheet_import.field_words(kind)
    example = reference.table("sample_sheets")[kind]
    spreadsheet.write(path, spreadsheet.OutputSheet("样表", [word for _, word in words],
                                                    [[example.get(name, "") for name, _ in words]]))  # fmt: skip
