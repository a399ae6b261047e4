"""Plain text, as copied from a page or out of a PDF: tabs or bars part cells, everything else is lines."""

from __future__ import annotations

from collections.abc import Iterator

from content.intake.reports.blocks import Block, lines, row_or_lines


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a text, line by line."""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        bar = next((bar for bar in ("\t", "|", "│", "┃") if bar in line), "")
        if bar:
            yield from row_or_lines(_framed(line, bar).split(bar))
        else:
            yield from lines(line)


def _framed(line: str, bar: str) -> str:
    """A line without the frame around it: | a | b | → a | b."""
    bare = line.strip()
    return line if bar == "\t" or not bare.startswith(bar) else bare[1:].removesuffix(bar)
