"""A report's document as blocks in reading order: lines of text, and rows of cells. A merged cell stands once, where it begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from content.rules.errors import BadInput

PAGE_NUMBER = re.compile(r"[-—–·\s]+\d{1,3}[-—–·\s]+|第\s*\d{1,3}\s*页(?:\s*[,，]?\s*共\s*\d{1,3}\s*页)?")


@dataclass(frozen=True)
class Line:
    """A line of running text."""

    text: str


@dataclass(frozen=True)
class CellRow:
    """The cells of one row; a cell set letter by letter keeps its line ends."""

    cells: tuple[str, ...]


Block = Line | CellRow

NARROWEST = 4  # cells of a row of the form, but for those of table two that hold one figure
LONGEST_LABEL, SHORT_LABEL = 60, 12  # characters of the form's labels: of the longest, and of those with one figure

MOST_BLOCKS = 20_000
MOST_TEXT = 500_000  # characters; a report of a whole province has some 20,000


def bounded(blocks: Iterable[Block], *, name: str) -> list[Block]:
    """The blocks of a document that is no longer than a report can be. Raises BadInput."""
    kept: list[Block] = []
    length = 0
    for block in blocks:
        kept.append(block)
        length += len(block.text) if isinstance(block, Line) else sum(map(len, block.cells)) + len(block.cells)
        if len(kept) > MOST_BLOCKS or length > MOST_TEXT:
            raise BadInput(f"“{name}”的文字太多，不像一份年报，没有读完。请只留年报的正文再试。")
    return kept


def row_or_lines(cells: Iterable[str]) -> Iterator[Block]:
    """A row; one with a single filled cell is text in a box, and becomes lines, unless it looks like a label with blanks."""
    row = tuple(cell.strip() for cell in cells)
    filled = [cell for cell in row if cell]
    longest = LONGEST_LABEL if len(row) >= NARROWEST else SHORT_LABEL
    is_boxed = len("".join(filled)) > longest or "。" in "".join(filled)
    if len(filled) == 1 and (len(row) == 1 or (is_boxed and len(filled[0]) > 1)):
        yield from lines(filled[0])
    elif filled:
        yield CellRow(row)


def lines(text: str) -> Iterator[Line]:
    """The lines of a text that say something; page numbers do not."""
    for line in text.splitlines():
        if line.strip() and not PAGE_NUMBER.fullmatch(line.strip()):
            yield Line(line.strip())
