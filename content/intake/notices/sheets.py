"""Files from offices: .jsonl, .csv, .tsv, .xlsx and what is called .xls become rows."""

from __future__ import annotations

from pathlib import Path

from content.intake import jsonl
from content.intake.notices import exports, spreadsheets, workbooks
from content.intake.rows import InputSheet
from content.rules.errors import BadInput

READERS = {
    ".jsonl": jsonl.read, ".csv": spreadsheets.read_csv, ".tsv": spreadsheets.read_csv, ".txt": spreadsheets.read_csv,
    ".xlsx": workbooks.read, ".xlsm": workbooks.read, ".xls": exports.read,
}  # fmt: skip
SAVE_AS = {".et": "WPS 表格", ".ods": "ODS 表格", ".xlsb": "二进制的 Excel 文件", ".numbers": "Numbers 表格"}


def load(path: Path) -> bytes:
    """The bytes of a file. Raises BadInput."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"打不开文件“{path}”：{error.strerror}。请检查路径和权限。") from error


def read(data: bytes, name: str) -> InputSheet:
    """The rows of a file; what kind of file it is says the ending of its name. Raises BadInput."""
    reader = READERS.get(Path(name).suffix.lower())
    if reader is None:
        what = SAVE_AS.get(Path(name).suffix.lower())
        if what:
            raise BadInput(f"“{name}”是{what}，不能直接读。请打开后另存为 .xlsx 再导入。")
        raise BadInput(f"认不出“{name}”是哪种文件。请用 .xlsx、.csv 或 .jsonl。")
    return reader(data, name)
