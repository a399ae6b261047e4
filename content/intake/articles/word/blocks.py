"""The blocks of a Word document in order: headings, paragraphs, lists, tables."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from content.intake.articles.word.inline import REVISIONS, Inline
from content.intake.articles.word.numbering import Label, Numbering, style_id

HEADING = re.compile(r"(?:heading|标题) ?([1-6])", re.IGNORECASE)
ALIGNMENTS = {"center": "center", "right": "right", "end": "right"}
NO_SPACE_AFTER = tuple("、，。：；）)】〕．")


@dataclass(frozen=True)
class ListParagraph:
    """A paragraph of a list that HTML can count itself."""

    label: Label
    html: str


class Blocks:
    """Turns block elements into HTML."""

    def __init__(self, inline: Inline, numbering: Numbering) -> None:
        self.inline = inline
        self.numbering = numbering
        self._names = {style.style_id: style.name or "" for style in inline.part.document.styles}

    def html(self, parent: Any) -> str:
        """The HTML of all blocks below an element."""
        return "".join(_lists(self._blocks(parent)))

    def _blocks(self, parent: Any) -> Iterator[ListParagraph | str]:
        for child in parent:
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield self._table(child)
            elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
                yield from self._blocks(child)
            elif child.tag in (qn("w:del"), qn("w:moveFrom")):
                self.inline.note(REVISIONS)

    def _paragraph(self, paragraph: Any) -> Iterator[ListParagraph | str]:
        content, label = self.inline.html(paragraph), self.numbering.label(paragraph)
        tag = self._tag(paragraph)
        boxes, self.inline.boxes = self.inline.boxes, []
        if content and label and label.plain and tag == "p":
            yield ListParagraph(label, content)
        elif content:
            yield f"<{tag}{_style(paragraph)}>{_labelled(label, content)}</{tag}>"
        for box in boxes:
            yield from self._blocks(box)

    def _tag(self, paragraph: Any) -> str:
        name = self._names.get(style_id(paragraph), "")
        if name in ("Title", "标题"):
            return "h1"
        found = HEADING.match(name)
        return f"h{found.group(1)}" if found else "p"

    def _table(self, table: Any) -> str:
        rows = [row for row in table.iter(qn("w:tr")) if _owner(row) is table]
        cells = [list(_cells(row)) for row in rows]
        lines = []
        for number, row in enumerate(rows):
            head = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
            parts = [self._cell(cells, number, column, head) for column in range(len(cells[number]))]
            lines.append(f"<tr>{''.join(parts)}</tr>")
        return f"<table>{''.join(lines)}</table>" if any(cells) else ""

    def _cell(self, cells: list[list[tuple[int, int, Any]]], row: int, column: int, head: bool) -> str:
        at, width, cell = cells[row][column]
        if _merge(cell) == "continue":
            return ""
        height = 1 + _continued(cells[row + 1 :], at)
        spans = (f' colspan="{width}"' if width > 1 else "") + (f' rowspan="{height}"' if height > 1 else "")
        tag = "th" if head else "td"
        content = self.html(cell)
        only = re.fullmatch(r"<p( style=\"[^\"]*\")?>((?:(?!</?p[ >]).)*)</p>", content, re.DOTALL)
        if only:  # a paragraph alone needs no paragraph around it
            return f"<{tag}{spans}{only.group(1) or ''}>{only.group(2)}</{tag}>"
        return f"<{tag}{spans}>{content}</{tag}>"


def _lists(blocks: Iterable[ListParagraph | str]) -> Iterator[str]:
    open_tags: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            yield from _close(open_tags, 0)
            if block:
                yield block
            continue
        depth = min(block.label.level, len(open_tags))
        tag = "ul" if block.label.bullet else "ol"
        yield from _close(open_tags, depth + 1)
        if len(open_tags) > depth and open_tags[depth] != tag:
            yield from _close(open_tags, depth)
        if len(open_tags) > depth:
            yield f"</li><li>{block.html}"
        else:
            open_tags.append(tag)
            start = f' start="{block.label.number}"' if tag == "ol" and block.label.number != 1 else ""
            yield f"<{tag}{start}><li>{block.html}"
    yield from _close(open_tags, 0)


def _close(open_tags: list[str], depth: int) -> Iterator[str]:
    while len(open_tags) > depth:
        yield f"</li></{open_tags.pop()}>"


def _labelled(label: Label | None, content: str) -> str:
    if label is None:
        return content
    text = "•" if label.bullet else label.text
    return html.escape(text) + ("" if text.endswith(NO_SPACE_AFTER) else " ") + content


def _style(paragraph: Any) -> str:
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:jc')}")
    align = ALIGNMENTS.get(found.get(qn("w:val"))) if found is not None else None
    return f' style="text-align:{align}"' if align else ""


def _owner(row: Any) -> Any:
    parent = row.getparent()
    while parent is not None and parent.tag != qn("w:tbl"):
        parent = parent.getparent()
    return parent


def _cells(row: Any) -> Iterator[tuple[int, int, Any]]:
    """(first column, columns, cell) of a row."""
    at = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
    for cell in row.iter(qn("w:tc")):
        if _row_of(cell) is not row:
            continue
        width = _number(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1)
        yield at, width, cell
        at += width


def _row_of(cell: Any) -> Any:
    parent = cell.getparent()
    while parent.tag != qn("w:tr"):
        parent = parent.getparent()
    return parent


def _merge(cell: Any) -> str:
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return "" if found is None else str(found.get(qn("w:val"), "continue"))


def _continued(below: list[list[tuple[int, int, Any]]], column: int) -> int:
    count = 0
    for row in below:
        if not any(at == column and _merge(cell) == "continue" for at, _, cell in row):
            break
        count += 1
    return count


def _number(element: Any, default: int) -> int:
    return default if element is None else int(element.get(qn("w:val"), default))
