"""A report's six sections: which blocks stand under which heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from content.intake.reports.blocks import Block, CellRow, Line
from content.rules.figures.annual_report.cell_values import squeezed

HEADINGS = tuple(map(re.compile, (
    "总体情况", "主动公开政府信息", "收到和处理政府信息公开申请", "行政复议.{0,3}行政诉讼", "存在的?(?:主要)?问题", "其他需要报告",
)))  # fmt: skip
LONGEST = 34  # characters of a heading
ONLY_WORDS = re.compile(r"[^\u4e00-\u9fff]")


def split(blocks: Sequence[Block]) -> dict[int, list[Block]]:
    """Blocks by the number of their section, 1 to 6; 0 is what stands before the first heading.

    Sections come in order, so that a heading named in a later text does not begin anything.
    """
    found: dict[int, list[Block]] = {0: []}
    current = 0
    for block in blocks:
        number = _heading(block)
        if number > current:
            current = number
        found.setdefault(current, []).append(block)
    return found


def _heading(block: Block) -> int:
    """The number of the section that a block is the heading of; 0 for none."""
    text = block.text if isinstance(block, Line) else _only_cell(block)
    words = ONLY_WORDS.sub("", text)
    if not text or len(words) > LONGEST or "。" in text:
        return 0
    return next((number for number, name in enumerate(HEADINGS, start=1) if name.search(words)), 0)


def _only_cell(row: CellRow) -> str:
    filled = [cell for cell in row.cells if cell]
    return squeezed(filled[0]) if len(filled) == 1 else ""
