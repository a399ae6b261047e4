"""Files from offices: .jsonl, .csv, .tsv, .xlsx, what is called .xls, and saved web pages become rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from content.intake import jsonl
from content.intake.notices import exports, portal_pages, spreadsheets
from content.intake.rows import InputSheet, SheetChoice
from content.rules.errors import BadInput

READERS = {
    ".csv": spreadsheets.read_csv, ".tsv": spreadsheets.read_csv, ".txt": spreadsheets.read_csv,
    ".xls": exports.read,
    ".html": portal_pages.read, ".htm": portal_pages.read,
}  # fmt: skip
WORKBOOKS = (".xlsx", ".xlsm")
NAMED = (".jsonl", ".html", ".htm")  # files without columns: their fields have names
SAVE_AS = {".et": "WPS 表格", ".ods": "ODS 表格", ".xlsb": "二进制的 Excel 文件", ".numbers": "Numbers 表格"}


def load(path: Path) -> bytes:
    """The bytes of a file. Raises BadInput."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"打不开文件“{path}”：{error.strerror}。请检查路径和权限。") from error


def read(data: bytes, name: str, choice: SheetChoice | None = None) -> InputSheet:
    """The rows of a file; what kind of file it is says the ending of its name. Raises BadInput."""
    suffix = _suffix(name)
    if suffix in WORKBOOKS:
        from content.intake.notices import workbooks  # openpyxl loads slowly, and few files are workbooks

        return workbooks.read(data, name, choice)
    return jsonl.read(data, name) if suffix == ".jsonl" else READERS[suffix](data, name, choice)


def first_lines(data: bytes, name: str, most: int) -> list[tuple[str, list[tuple[int, Sequence[Any]]]]]:
    """The first lines of each sheet of a file, under the sheet's name; none of what names its fields. Raises BadInput."""
    suffix = _suffix(name)
    if suffix in NAMED:
        return []
    if suffix in WORKBOOKS or exports.is_workbook(data):
        from content.intake.notices import workbooks  # which says what is wrong with one that is none

        return workbooks.first_lines(data, name, most)
    if suffix == ".xls" and exports.is_page(data):
        return exports.first_lines(data, name, most)
    return [("", list[tuple[int, Sequence[Any]]](spreadsheets.first_lines(data, name, most)))]


def _suffix(name: str) -> str:
    suffix = Path(name).suffix.lower()
    if suffix in READERS or suffix in WORKBOOKS or suffix == ".jsonl":
        return suffix
    what = SAVE_AS.get(suffix)
    if what:
        raise BadInput(f"“{name}”是{what}，不能直接读。请打开后另存为 .xlsx 再导入。")
    raise BadInput(f"认不出“{name}”是哪种文件。请用 .xlsx、.csv、.jsonl，或者保存下来的网页（.html）。")
