"""Bytes of text files to lines: UTF-8 with or without mark, UTF-16, GB18030."""

from __future__ import annotations

import codecs
import json

from content.rules.errors import BadInput

MOST_LINES = 2_000_000  # cells may hold line breaks, so lists have more lines than rows
ZIP = b"PK\x03\x04"
OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")


def lines(data: bytes, name: str) -> list[str | None]:
    """The lines of a text file without their ends; None for a line whose bytes are broken. Raises BadInput."""
    if not data.strip():
        raise BadInput(f"“{name}”是空的。请检查是否导出成功。")
    if data.count(b"\n") > MOST_LINES:
        raise BadInput(f"“{name}”超过 {MOST_LINES} 行，太大了。请分成几个文件导入。")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return list(_split(_strictly(data, "utf-16", name)))
    if data.startswith(ZIP) or data[:4096].count(0) * 10 > len(data[:4096]):
        raise BadInput(f"“{name}”不是文本文件。请另存为 UTF-8 编码的文件，或者用 .xlsx。")
    raw = data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    utf8 = [_line(line, "utf-8") for line in raw]
    broken = sum(line is None for line in utf8)
    with_chinese = sum(not line.isascii() for line in raw)
    if broken * 2 <= with_chinese:  # mostly UTF-8: what is broken are single lines
        return utf8
    return list(_split(_strictly(data, "gb18030", name)))


def json_place(error: Exception) -> str:
    """Where JSON breaks off, in words with brackets; empty where its parser does not say."""
    return f"（第 {error.lineno} 行第 {error.colno} 个字符附近）" if isinstance(error, json.JSONDecodeError) else ""


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInput(f"“{name}”的文字编码认不出来。请用 Excel 另存为“CSV UTF-8”，或者直接用 .xlsx。") from error


def _split(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _line(line: bytes, encoding: str) -> str | None:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return None
