"""The six sections as people wrote them: a file's text parted by its headings, and one section edited at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from content.intake.reports import plain_text, sections
from content.intake.reports.blocks import Line
from content.rules.figures.annual_report import form
from content.rules.figures.annual_report.drafted_text import Sections

PROSE_ENDS = ("。", "；", "：", "！")
TABLE_SECTIONS = (2, 3, 4)  # what stands there beside sentences is the table, copied along
NAMES = tuple(f"text.{number}" for number in range(1, len(form.SECTIONS) + 1))  # of the entries


def split(written: str) -> Sections:
    """A text parted by its headings; nothing for a section that it does not have. Without headings it is the first's."""
    parts = sections.split(list(plain_text.blocks(written)))
    found = []
    for number in range(1, len(form.SECTIONS) + 1):
        own = parts.get(number, [])[1:]
        before = parts[0] if number == 1 else []
        lines = [block.text for block in (*before, *own) if isinstance(block, Line)]
        if number in TABLE_SECTIONS:
            lines = [line for line in lines if line.endswith(PROSE_ENDS)]
        found.append(tuple(lines))
    return tuple(found)


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of one section."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def whole(values: Mapping[str, object], drafted: Sections) -> Sections:
    """The six sections: as edited, else as a file brought them, else as drafted. `values`: what was entered, by name."""
    brought = split(str(values.get("narrative") or ""))
    return tuple(_section(values, name, (brought[at], drafted[at])) for at, name in enumerate(NAMES))


def _section(values: Mapping[str, object], name: str, others: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    if name in values:
        return paragraphs(str(values[name]))
    return next((other for other in others if other), ())
