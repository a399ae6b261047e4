"""The blocks of a Word document in order: headings, paragraphs, lists, tables, boxes. What is not known is named."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from content.intake.articles import blanks
from content.intake.articles.word import wording
from content.intake.articles.word.inline import DELETED, INSERTED, MATH, NEW_PAGE, NOTHING, THROUGH, Inline
from content.intake.articles.word.numbering import Label, Numbering, style_id
from content.intake.articles.word.run_formatting import background
from content.intake.articles.word.tables import Tables

HEADING = re.compile(r"(?:heading|标题) ?([1-6])", re.IGNORECASE)
ALIGNMENTS = {"center": "center", "right": "right", "end": "right"}
NO_SPACE_AFTER = tuple("、，。：；）)】〕．")
A4_LINE = 8306  # twentieths of a point between the margins of Word's usual A4 page
FIRST_LINE = (240, 1200)  # twentieths of a point that are an indent of about two characters


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
        self.tables = Tables(inline, self.html)
        self._names = {style.style_id: style.name or "" for style in inline.part.document.styles}
        self._line = _line_length(inline.part.document.element.body)
        self._paragraphs = self._tables = self._depth = 0

    def html(self, parent: Any) -> str:
        """The HTML of all blocks below an element."""
        return "".join(_lists(self._blocks(parent)))

    def notes(self) -> str:
        """The HTML of the footnotes and endnotes that were referred to, for the end of the article."""
        written, at = "", 0
        while at < len(self.inline.footnotes.used):
            note = self.inline.footnotes.used[at]
            before, self.inline.part, self.inline.place = self.inline.part, note.part, f"注释 {note.label}"
            inside, self._depth = "", 1
            inside = self.html(note.content)
            self.inline.part, self._depth, at = before, 0, at + 1
            written += f"<p>{html.escape(note.label)} {re.sub(r'^<p[^>]*>', '', inside) or '</p>'}"
        return f"<hr>{written}" if written else ""

    def _blocks(self, parent: Any) -> Iterator[ListParagraph | str]:
        for child in parent:
            tag = child.tag
            if tag == qn("w:p"):
                yield from self._paragraph(child)
            elif tag == qn("w:tbl"):
                yield self._table(child)
            elif tag in THROUGH or tag in INSERTED:
                if tag in INSERTED:
                    self.inline.note(wording.REVISIONS)
                yield from self._blocks(child)
            elif tag in DELETED:
                self.inline.note(wording.REVISIONS)
            elif tag in MATH:
                yield from self._paragraph_around(child)
            elif tag in (qn("w:altChunk"), qn("w:subDoc")):
                self.inline.note(wording.EMBEDDED)
            elif isinstance(tag, str) and tag not in NOTHING and tag != qn("w:tcPr"):
                self.inline.note(wording.unknown(tag.rpartition("}")[2]))

    def _paragraph_around(self, formula: Any) -> Iterator[str]:
        paragraph = formula.makeelement(qn("w:p"))
        formula.addprevious(paragraph)
        paragraph.append(formula)
        yield f"<p>{self.inline.line(paragraph).html.replace(NEW_PAGE, '<br>')}</p>"

    def _paragraph(self, paragraph: Any) -> Iterator[ListParagraph | str]:
        if not self._depth:
            self._paragraphs += next(paragraph.iter(qn("w:t"), qn("w:drawing"), qn("w:pict")), None) is not None
            self.inline.place = f"第 {max(self._paragraphs, 1)} 段"
        line, label = self.inline.line(paragraph), self.numbering.label(paragraph)
        tag = self._tag(paragraph)
        boxes, self.inline.boxes = self.inline.boxes, []
        first, *pages = [page for page in line.html.split(NEW_PAGE) if page.strip()] or [""]
        css = self._style(paragraph, line.blanks, line.width, labelled=label is not None) if first else ""
        style = f' style="{css}"' if css else ""
        if first and label and label.plain and tag == "p":
            yield ListParagraph(label, first)
        elif first:
            yield f"<{tag}{style}>{_labelled(label, first)}</{tag}>"
        yield from (f"<{tag}{style}>{page}</{tag}>" for page in pages)
        for box in boxes:
            around, self.inline.backdrop = self.inline.backdrop, box.backdrop
            yield from self._blocks(box.content)
            self.inline.backdrop = around

    def _tag(self, paragraph: Any) -> str:
        name = self._names.get(style_id(paragraph), "")
        if name in ("Title", "标题"):
            return "h1"
        found = HEADING.match(name)
        return f"h{found.group(1)}" if found else "p"

    def _table(self, table: Any) -> str:
        place = self.inline.place
        if not self._depth:
            self._tables += 1
            self.inline.place = f"第 {self._tables} 个表格"
        self._depth += 1
        written = self.tables.html(table)
        self._depth -= 1
        self.inline.place = place
        return written

    def _style(self, paragraph: Any, lead: float, width: float, *, labelled: bool) -> str:
        """Where a paragraph stands: what its properties say, else what blanks before it do."""
        parts = [background(paragraph.find(qn("w:pPr")))]
        properties = list(self.inline.styles.paragraph(paragraph))
        written = (each.find(qn("w:jc")) for each in properties)
        align = next((str(each.get(qn("w:val"))) for each in written if each is not None), "")
        if align in ALIGNMENTS:
            parts.append(f"text-align:{ALIGNMENTS[align]}")
        elif self._depth == 0 and not labelled:
            line = self._line / (self.inline.styles.font_size(paragraph) * 20)
            parts.append(blanks.place(lead, width, line) or _first_line(properties))
        return ";".join(part for part in parts if part)


def _first_line(properties: list[Any]) -> str:
    """The indent of a first line by two characters, as official documents have it."""
    for each in properties:
        indent = each.find(qn("w:ind"))
        if indent is None:
            continue
        if any(name.startswith(qn("w:hanging")) and length not in ("0", "") for name, length in indent.attrib.items()):
            return ""
        characters, length = (indent.get(qn(name), "") for name in ("w:firstLineChars", "w:firstLine"))
        if characters.isdigit() and int(characters) > 0:
            return "text-indent:2em" if 100 <= int(characters) <= 300 else ""
        if length.isdigit():
            return "text-indent:2em" if FIRST_LINE[0] <= int(length) <= FIRST_LINE[1] else ""
    return ""


def _line_length(body: Any) -> int:
    """How long a line is between the margins, in twentieths of a point."""
    section = body.find(qn("w:sectPr"))
    size, margins = (section.find(qn(name)) if section is not None else None for name in ("w:pgSz", "w:pgMar"))
    if size is None or margins is None:
        return A4_LINE
    numbers = [size.get(qn("w:w")), margins.get(qn("w:left")), margins.get(qn("w:right"))]
    if not all(str(each).isdigit() for each in numbers):
        return A4_LINE
    width, left, right = map(int, numbers)
    return width - left - right if width > left + right else A4_LINE


def _lists(blocks: Iterable[ListParagraph | str]) -> Iterator[str]:
    open_tags: list[str] = []
    numbers: list[int] = []  # the last at each depth
    for block in blocks:
        if isinstance(block, str):
            yield from _close(open_tags, 0)
            if block:
                yield block
            continue
        depth = min(block.label.level, len(open_tags))
        tag, number = "ul" if block.label.bullet else "ol", block.label.number
        yield from _close(open_tags, depth + 1)
        if len(open_tags) > depth and (open_tags[depth] != tag or (tag == "ol" and number != numbers[depth] + 1)):
            yield from _close(open_tags, depth)
        if len(open_tags) > depth:
            yield f"</li><li>{block.html}"
        else:
            open_tags.append(tag)
            start = f' start="{number}"' if tag == "ol" and number != 1 else ""
            yield f"<{tag}{start}><li>{block.html}"
        numbers[depth:] = [number]
    yield from _close(open_tags, 0)


def _close(open_tags: list[str], depth: int) -> Iterator[str]:
    while len(open_tags) > depth:
        yield f"</li></{open_tags.pop()}>"


def _labelled(label: Label | None, content: str) -> str:
    if label is None:
        return content
    text = "•" if label.bullet else label.text
    return html.escape(text) + ("" if text.endswith(NO_SPACE_AFTER) else " ") + content
