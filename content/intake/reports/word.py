"""A Word report to blocks, by way of HTML; what unpacks to too much is refused before anything parses it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from content.intake import office_package
from content.intake.articles import word
from content.intake.reports import web
from content.intake.reports.blocks import Block
from content.rules.errors import BadInput

MOST_PARTS = 2_000
MOST_TAGS = 400_000  # end tags and attributes included; a report has some tens of thousands
UNPACKED = 60 * 1024 * 1024  # bytes of all parts
MOST_PIECES = 30_000  # paragraphs and runs of the body; a report has some thousands
LARGEST_PART = 8 * 1024 * 1024  # bytes of one part in XML; reports have well under one million
CELL = re.compile(rb"<(?:[^\s<>/:]+:)?tc[\s>]")  # whatever prefix the file gives the namespace
PIECE = re.compile(rb"<(?:[^\s<>/:]+:)?[pr][\s/>]")


def blocks(data: bytes, *, name: str) -> Iterator[Block]:
    """The blocks of a Word file. Raises BadInput."""
    if data.startswith(b"PK"):  # anything else is refused by the reader of Word files, in words
        _refuse_too_much(data, name)
    try:
        html, _, _ = word.to_html(data, name=name)
    except (RecursionError, ValueError, KeyError, AttributeError, zlib.error) as error:
        raise BadInput(f"“{name}”的表格结构读不懂。请用 Word 打开另存一份，或者复制文字存成 .txt。") from error
    yield from web.blocks(f"<div>{html}</div>", name=name)


def _refuse_too_much(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED:
                raise BadInput(f"“{name}”展开以后太大，不能读。请去掉里面的图片，或者复制文字存成 .txt。")
            markup = list(office_package.markup_parts(package))
            if any(part.file_size > LARGEST_PART for part in markup):
                raise BadInput(f"“{name}”的正文太大，不像一份年报，没有读。请只留年报的正文再试。")
            tags = pieces = cells = 0
            for part in markup:
                data = package.read(part)
                _refuse_dtd(data, name)
                tags += data.count(b"<") + data.count(b"=")
                pieces += sum(1 for _ in PIECE.finditer(data))
                cells += sum(1 for _ in CELL.finditer(data))
    except office_package.BROKEN as error:
        raise BadInput(f"“{name}”不是完好的 Word 文件（.docx）。请用 Word 打开看看，再另存一份。") from error
    if pieces > MOST_PIECES or tags > MOST_TAGS:
        raise BadInput(f"“{name}”的正文太大，不像一份年报，没有读。请只留年报的正文再试。")
    if cells > web.MOST_CELLS:
        raise BadInput(f"“{name}”里的表格超过 {web.MOST_CELLS} 格，不像一份年报，没有读。请只留年报的正文。")


def _refuse_dtd(part: bytes, name: str) -> None:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\0" in part[:64]:  # Word writes UTF-8 and no DTD
        raise BadInput(f"“{name}”里有自定义的实体（DTD），不是 Word 存的文件，没有读。请用 Word 另存一份。")
