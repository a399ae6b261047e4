"""Rows of the form found among blocks: a label that is known, and the figures behind it.

A row whose cells are at hand is read by its cells, blanks and all. What is left, such as rows that were broken over several lines,
is read as one stream of words and figures: there a row counts only if exactly as many figures follow its label as it has cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from content.intake.reports.blocks import Block, CellRow, Line
from content.rules.figures.annual_report.cell_values import looks_filled, squeezed

NOUGHTS = re.compile(r"0{2,}")
GLUED = re.compile(r"(.*[\u4e00-\u9fff)”\"'])(\d+)")

Match = Callable[[str], str]  # the name of the row that a label belongs to; empty for none


def find(
    blocks: Sequence[Block], match: Match, *, width: Callable[[str], int], from_left: bool
) -> list[tuple[str, tuple[str, ...]]]:
    """(name of the form's row, its cells as printed), in the order of the document.

    The name is empty for figures as many as `width("")` whose label is not known.
    `from_left`: superfluous blanks are taken away before the figures first, as a flattened merged label leaves them.
    """
    labelled = [_labelled(block, match, width) if isinstance(block, CellRow) else None for block in blocks]
    tail = min((_tail(cells, width(name)) for name, cells in filter(None, labelled)), default=0)
    found: list[tuple[str, tuple[str, ...]]] = []
    left: list[Block] = []
    for block, row in zip(blocks, labelled, strict=True):
        cells = fitted(row[1][: len(row[1]) - tail], width(row[0]), from_left=from_left) if row else None
        if row is None or cells is None:
            left.append(block)
            continue
        found += _streamed(left, match, width)
        found.append((row[0], cells))
        left = []
    return found + _streamed(left, match, width)


def first(found: Sequence[tuple[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """The rows by name; the first of several counts."""
    return {name: cells for name, cells in reversed(found) if name}


def _streamed(left: Sequence[Block], match: Match, width: Callable[[str], int]) -> list[tuple[str, tuple[str, ...]]]:
    named = ((match(label), tuple(figures)) for label, figures in records(left))
    return [(name, figures) for name, figures in named if len(figures) == width(name)]


def records(blocks: Sequence[Block]) -> Iterator[tuple[str, list[str]]]:
    """(words, the figures that follow them), in order."""
    label, figures = "", list[str]()
    for token in tokens(blocks):
        if looks_filled(token):
            figures.append(token)
            continue
        if figures:
            yield label, figures
            label, figures = "", []
        label += token
    if figures:
        yield label, figures


def tokens(blocks: Sequence[Block]) -> Iterator[str]:
    """The words and figures of blocks; a cell set letter by letter is one word, figures that were run together are parted."""
    for block in blocks:
        parts = block.text.split() if isinstance(block, Line) else [one for cell in block.cells for one in _cell(cell)]
        for part in parts:
            text = squeezed(part)
            if NOUGHTS.fullmatch(text):
                yield from text
            elif not looks_filled(text) and (glued := GLUED.fullmatch(text)):
                yield from (glued[1], *(glued[2] if NOUGHTS.fullmatch(glued[2]) else (glued[2],)))
            elif text:
                yield text


def fitted(cells: Sequence[str], width: int, *, from_left: bool) -> tuple[str, ...] | None:
    """Exactly `width` cells: superfluous blanks at both ends are taken away. None if that cannot be."""
    kept = list(cells)
    for end in (0, -1) if from_left else (-1, 0):
        while len(kept) > width and not kept[end]:
            kept.pop(end)
    return tuple(kept) if len(kept) == width else None


def _labelled(row: CellRow, match: Match, width: Callable[[str], int]) -> tuple[str, tuple[str, ...]] | None:
    """The row of the form that cells belong to, and all that stands behind its label; None if it is no whole row."""
    for at in range(len(row.cells) - 1, -1, -1):
        cell = row.cells[at]
        name = "" if not cell or looks_filled(cell) else match(squeezed(cell))
        behind = row.cells[at + 1 :]
        if name and behind and fitted(behind, width(name), from_left=True) is not None:
            return name, behind
    return None


def _tail(behind: Sequence[str], width: int) -> int:
    """How many blanks at the end of a row are superfluous; those that all rows have are the layout's, not the form's."""
    blanks = next((at for at, cell in enumerate(reversed(behind)) if cell), len(behind))
    return min(blanks, len(behind) - width)


def _cell(cell: str) -> list[str]:
    parts = cell.split()
    return parts if len(parts) > 1 and all(map(looks_filled, parts)) else [cell]
