"""A report in PDF to blocks. Another process reads it, with so much time and memory: a hostile file costs seconds, no more."""

from __future__ import annotations

import json
from collections.abc import Iterator

from content.intake import limited_process
from content.intake.reports import pdf_pages
from content.intake.reports.blocks import Block, lines, row_or_lines
from content.rules.errors import BadInput

COPY = "请把文字连表格一起复制到 .txt 里，或者用 Word 打开后另存为 .docx 再试"
TROUBLE = {
    pdf_pages.LOCKED: f"有密码，打不开。请先去掉密码；{COPY}。",
    limited_process.TOO_MUCH: f"太大，不像一份年报，没有读完。请只留年报的正文；{COPY}。",
    pdf_pages.UNREADABLE: f"不是完好的 PDF。{COPY}。",
    pdf_pages.NO_TEXT: "里面没有文字，是扫描件或者图片，程序读不了。请换成有文字的文件（.docx、.html、.txt，或由 Word 另存的 PDF）。",
}


def blocks(data: bytes, *, name: str) -> Iterator[Block]:
    """The blocks of a PDF. Raises BadInput."""
    try:
        done = limited_process.run(pdf_pages.__name__, data)
    except TimeoutError:
        raise BadInput(f"“{name}”：{limited_process.BUSY}。") from None
    if done.returncode:
        raise BadInput(f"“{name}”{TROUBLE.get(done.returncode, TROUBLE[limited_process.TOO_MUCH])}")
    for block in json.loads(done.stdout.decode()):
        if isinstance(block, str):
            yield from lines(block)
        else:
            yield from row_or_lines(cell for cell in block if cell is not None)
