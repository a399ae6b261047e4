"""JSON lines: one object on each line; a broken line is a refused row and the rest goes on."""

from __future__ import annotations

import json
import re
from typing import Any

from content.intake import decoding
from content.intake.rows import NOTICES, ColumnNames, InputSheet, Row, RowFault, heading, is_empty

KEY = re.compile(r'"key"\s*:\s*(?:"((?:[^"\\]|\\.)*)"|(\d+))')


def read(data: bytes, name: str, names: ColumnNames = NOTICES) -> InputSheet:
    """The objects of a .jsonl file, its fields by the names that `names` knows. Raises BadInput if it is empty or no text."""
    sheet = InputSheet()
    for number, line in enumerate(decoding.lines(data, name), start=1):
        if line is None:
            sheet.refused.append(RowFault(number, "", "这一行的文字编码有误，没有读进来。请用 UTF-8 重新导出。"))
        elif line.strip():
            _take(sheet, number, line, names)
    return sheet


def _take(sheet: InputSheet, number: int, line: str, names: ColumnNames) -> None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        place = f"（第 {error.colno} 个字符附近）" if isinstance(error, json.JSONDecodeError) else ""
        sheet.refused.append(
            RowFault(number, "", f"这一行不是完整的 JSON{place}，没有读进来。请检查引号、逗号和括号。")
        )
        sheet.seen_keys |= {_unescaped(found) for found in KEY.findall(line)[:1]}
        return
    if not isinstance(value, dict):
        message = "这一行不是 {…} 这样的一个对象，没有读进来。请每行写一条，从 { 开始，到 } 结束。"
        sheet.refused.append(RowFault(number, "", message))
        return
    cells: dict[str, Any] = {}
    for column, cell in value.items():
        if not is_empty(cell):
            cells.setdefault(heading(column, names), cell)
    sheet.rows.append(Row(number, cells))


def _unescaped(found: tuple[str, str]) -> str:
    try:
        return str(json.loads(f'"{found[0]}"')) if found[0] else found[1]
    except ValueError:
        return found[0]
