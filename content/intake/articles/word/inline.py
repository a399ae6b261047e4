"""What stands inside a Word paragraph: runs, links, fields, drawings. What is not known here is named, never dropped."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from docx.oxml.ns import qn
from docx.parts.document import DocumentPart

from content.intake import symbols
from content.intake.articles import blanks
from content.intake.articles.notes import Notes
from content.intake.articles.word import fields, formulas, wording
from content.intake.articles.word.drawings import Drawings, TextBox
from content.intake.articles.word.fields import Field
from content.intake.articles.word.footnotes import Footnotes
from content.intake.articles.word.revisions import RANGES
from content.intake.articles.word.run_formatting import Backdrop, Looks, Styles

Piece = tuple[tuple[str, ...], str]  # the tags around it, and its HTML

DRAWN = {qn("w:drawing"), qn("w:pict"), qn("w:object")}
THROUGH = set(map(qn, ("w:smartTag", "w:sdt", "w:sdtContent", "w:customXml", "w:dir", "w:bdo")))
INSERTED, DELETED = {qn("w:ins"), qn("w:moveTo")}, {qn("w:del"), qn("w:moveFrom")}
MATH = {qn("m:oMath"), qn("m:oMathPara")}
# What shows nothing of itself: it may be passed over.
NOTHING = set(map(qn, [f"w:{name}" for name in (
    *RANGES, "pPr", "rPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "lastRenderedPageBreak", "softHyphen",
    "footnoteRef", "endnoteRef", "annotationRef", "separator", "continuationSeparator", "delText", "delInstrText",
    "fldData", "sectPr")]))  # fmt: skip
LETTERS = {
    qn("w:tab"): "\u3000",
    qn("w:ptab"): "\u3000",
    qn("w:noBreakHyphen"): "-",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
}
NEW_PAGE = "\f"  # what stands behind it begins a paragraph
MARKS = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}


@dataclass(frozen=True)
class ParagraphHtml:
    """The inside of a paragraph: its HTML, the blanks before it and its words, both in em."""

    html: str
    blanks: float
    width: float


class Inline:
    """Reads paragraphs; gathers pictures, boxes and notes on the way."""

    def __init__(self, part: DocumentPart, styles: Styles, footnotes: Footnotes) -> None:
        self.part: Any = part  # the part whose relations hold; footnotes have their own
        self.styles = styles
        self.footnotes = footnotes
        self.pictures: dict[str, bytes] = {}
        self.notes = Notes()
        self.place = ""
        self.backdrop = Backdrop()
        self.boxes: list[TextBox] = []  # met since they were last taken
        self._drawings = Drawings(self.note, self.pictures)
        self._fields: list[Field] = []
        self._deleted_fields = 0  # that began within deleted text and have not ended
        self._paragraph: Any = None

    def line(self, paragraph: Any) -> ParagraphHtml:
        """The inside of a paragraph; neighbouring runs of the same looks become one."""
        before, self._paragraph = self._paragraph, paragraph
        around, self.backdrop = self.backdrop, self.styles.backdrop(paragraph, self.backdrop)
        lead, pieces = _unindented(list(self._pieces(paragraph)))
        self._paragraph, self.backdrop = before, around
        self._leave_fields()
        grouped = groupby(pieces, key=lambda piece: piece[0])
        text = "".join(_wrap(tags, "".join(text for _, text in group)) for tags, group in grouped).rstrip(blanks.BLANKS)
        return ParagraphHtml(
            text.strip(NEW_PAGE),
            lead,
            blanks.width("".join(html.unescape(text) for _, text in pieces if "<" not in text)),
        )

    def note(self, sentence: str) -> None:
        """Keeps a note with the place that is being read."""
        self.notes.add(sentence, self.place)

    def _pieces(self, parent: Any) -> Iterator[Piece]:
        for child in parent:
            tag = child.tag
            if tag == qn("w:r"):
                yield from self._run(child)
            elif tag == qn("w:hyperlink"):
                yield from self._link(child)
            elif tag == qn("w:fldSimple"):
                yield from self._simple_field(child)
            elif tag in INSERTED or tag in DELETED:
                self.note(wording.REVISIONS)
                yield from self._pieces(child) if tag in INSERTED else self._deleted(child)
            elif tag in THROUGH:
                if child.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None:
                    self.note(wording.PLACEHOLDER)
                yield from self._pieces(child)
            elif tag in MATH:
                self.note(wording.FORMULAS)
                yield self._within((), html.escape(formulas.linear(child), quote=False))
            elif isinstance(tag, str) and tag not in NOTHING:
                self.note(wording.unknown(tag.rpartition("}")[2]))

    def _within(self, tags: tuple[str, ...], text: str) -> Piece:
        """A piece inside the fields that are open: nothing of their codes is shown, links go round their results."""
        if any(not each.in_result or each.name in fields.SILENT for each in self._fields):
            if self._fields and not self._fields[-1].in_result:
                self._fields[-1].code += html.unescape(text)
            return tags, ""
        for each in self._fields:
            each.seen |= bool(text.strip(blanks.BLANKS))
        if text == NEW_PAGE:
            return (), text
        link = next((each.link for each in reversed(self._fields) if each.link), "")
        return ((f'a href="{html.escape(link)}"',) if link else ()) + tags, text

    def _link(self, element: Any) -> Iterator[Piece]:
        relation = self.part.rels.get(element.get(qn("r:id")) or "")
        target = relation.target_ref if relation is not None and relation.is_external else ""
        link = (f'a href="{html.escape(target)}"',) if target else ()
        yield from ((link + tags, text) for tags, text in self._pieces(element))

    def _simple_field(self, element: Any) -> Iterator[Piece]:
        self._fields.append(Field(element.find(qn("w:ffData")), element.get(qn("w:instr"), ""), in_result=True))
        yield from self._pieces(element)
        yield self._ended(())

    def _run(self, run: Any) -> Iterator[Piece]:
        looks = self.styles.looks(run, self._paragraph, self.backdrop)
        if looks.hidden:
            self._fields_only(run)
            return
        for child in run:
            text = self._child(child, looks)
            if text is not None:
                yield self._ended(looks.tags) if text is _END else self._within(looks.tags, text)

    def _fields_only(self, run: Any) -> None:
        """A hidden run shows nothing, but fields may begin and end in it."""
        for child in run:
            if child.tag == qn("w:fldChar"):
                if self._field(child) is _END:
                    self._fields.pop()
            elif child.tag == qn("w:instrText") and self._fields:
                self._fields[-1].code += child.text or ""
            elif child.tag not in NOTHING and (child.text or len(child) or child.tag not in LETTERS):
                self.note(wording.HIDDEN)

    def _deleted(self, element: Any) -> Iterator[Piece]:
        """Nothing of it is shown, but a field that began before it may go over to its result, or end, in it."""
        for mark in element.iter(qn("w:fldChar")):
            kind = mark.get(qn("w:fldCharType"))
            if kind == "begin":
                self._deleted_fields += 1
            elif not self._deleted_fields:
                if self._field(mark) is _END:
                    yield self._ended(())
            elif kind == "end":
                self._deleted_fields -= 1

    def _child(self, child: Any, looks: Looks) -> str | None:
        tag = child.tag
        handler = _HANDLERS.get(tag)
        if handler:
            return handler(self, child, looks)
        if tag in LETTERS:
            is_page = child.get(qn("w:type")) in ("page", "column")
            return NEW_PAGE if is_page else "<br>" if LETTERS[tag] == "\n" else LETTERS[tag]
        if tag in DRAWN:
            return self._drawing(child)
        if isinstance(tag, str) and tag not in NOTHING:
            self.note(wording.unknown(tag.rpartition("}")[2]))
        return None

    def _text(self, child: Any, looks: Looks) -> str:
        text = child.text or ""
        if child.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            text = text.strip(" \n\t")
        text, lost = symbols.text(looks.font, text.replace("\n", " "))
        if lost:
            self.note(symbols.LOST)
        if looks.underlined and not text.strip(blanks.BLANKS):
            text = "_" * round(blanks.width(text) * 2)  # a line to write on
        return html.escape(blanks.firm(text.upper() if looks.capitals else text), quote=False)

    def _sign(self, child: Any, looks: Looks) -> str:
        font, code = child.get(qn("w:font"), ""), child.get(qn("w:char"), "")
        try:
            point = int(code, 16)
        except ValueError:
            point = 0
        found = symbols.sign(font, point)
        if found is None and (symbols.is_symbol_font(font) or not point or symbols.is_private(chr(point))):
            self.note(symbols.LOST)
            found = symbols.UNKNOWN
        return html.escape(found or chr(point), quote=False)

    def _ruby(self, child: Any, looks: Looks) -> str:
        parts = [child.find(qn(name)) for name in ("w:rubyBase", "w:rt")]
        base, above = ("".join(text for _, text in self._pieces(part)) if part is not None else "" for part in parts)
        return f"{base}（{above}）" if above else base

    def _mark(self, child: Any, looks: Looks) -> str:
        label = self.footnotes.mark(MARKS[child.tag], child.get(qn("w:id"), ""))
        if label is None:
            self.note(wording.NO_NOTE)
            return ""
        self.note(wording.NOTES_MOVED)
        is_own = child.get(qn("w:customMarkFollows")) in ("1", "true", "on")
        return "" if is_own else f"<sup>{html.escape(label)}</sup>"

    def _comment(self, child: Any, looks: Looks) -> None:
        self.note(wording.COMMENTS)

    def _code(self, child: Any, looks: Looks) -> None:
        if self._fields and not self._fields[-1].in_result:
            self._fields[-1].code += child.text or ""

    def _field(self, child: Any, looks: Looks | None = None) -> str | None:
        kind = child.get(qn("w:fldCharType"))
        if kind == "begin":
            self._fields.append(Field(child.find(qn("w:ffData"))))
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif kind == "end" and self._fields:
            return _END
        return None

    def _ended(self, tags: tuple[str, ...]) -> Piece:
        ended = self._fields.pop()
        text = fields.shown(ended)
        if text is None:
            self.note(wording.FIELDS)
        return self._within(tags, html.escape(text or "", quote=False))

    def _leave_fields(self) -> None:
        """At the end of a paragraph only results go on (a table of contents); a code without end hides nothing more."""
        kept = [each for each in self._fields if each.in_result and not each.link and each.name not in fields.SILENT]
        if any(not each.in_result for each in self._fields):
            self.note(wording.FIELDS)
        self._fields, self._deleted_fields = kept, 0

    def _drawing(self, element: Any) -> str:
        shown = ""
        for each in self._drawings.read(element, self.part):
            if isinstance(each, TextBox):
                self.note(wording.TEXT_BOX)
                self.boxes.append(each)
            else:
                shown += each
        return shown


_END = "\0"  # a field ends here
_HANDLERS: dict[str, Callable[[Inline, Any, Looks], str | None]] = {
    qn("w:t"): Inline._text,
    qn("w:sym"): Inline._sign,
    qn("w:ruby"): Inline._ruby,
    qn("w:footnoteReference"): Inline._mark,
    qn("w:endnoteReference"): Inline._mark,
    qn("w:commentReference"): Inline._comment,
    qn("w:instrText"): Inline._code,
    qn("w:fldChar"): Inline._field,
}


def _unindented(pieces: list[Piece]) -> tuple[float, list[Piece]]:
    """(blanks before the first word in em, the pieces without them)."""
    lead = 0.0
    for at, (tags, text) in enumerate(pieces):
        width, rest = blanks.lead(text)
        lead += width
        if rest:
            return lead, [(tags, rest), *pieces[at + 1 :]]
    return 0.0, []


def _wrap(tags: tuple[str, ...], text: str) -> str:
    if not text:
        return ""
    for tag in reversed(tags):
        text = f"<{tag}>{text}</{tag.split()[0]}>"
    return text
