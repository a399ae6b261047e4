"""Footnotes and endnotes: numbered as Word numbers them, their words kept for the end of the article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from content.intake.articles.word.numbering import spell

TYPES = {"footnotes": RELATIONSHIP_TYPE.FOOTNOTES, "endnotes": RELATIONSHIP_TYPE.ENDNOTES}
ELEMENTS = {"footnotes": "w:footnote", "endnotes": "w:endnote"}
SETTINGS = {"footnotes": "w:footnotePr", "endnotes": "w:endnotePr"}
USUAL = {"footnotes": "decimal", "endnotes": "lowerRoman"}


@dataclass(frozen=True)
class Note:
    """A note that the text refers to: its mark, its content, and the part whose relations hold in it."""

    label: str
    content: Any
    part: Any


class Footnotes:
    """The notes of one document; `used` are those that were referred to, in order."""

    def __init__(self, part: Any) -> None:
        self.used: list[Note] = []
        self._parts = {kind: _part(part, TYPES[kind]) for kind in TYPES}
        self._notes = {kind: _notes(found, ELEMENTS[kind]) for kind, found in self._parts.items()}
        self._counts = dict.fromkeys(TYPES, 0)
        self._formats = {kind: _format(part, SETTINGS[kind]) or USUAL[kind] for kind in TYPES}

    def mark(self, kind: str, number: str) -> str | None:
        """The mark of a note, as `[1]`; None for a note that is not in the file."""
        content = self._notes[kind].get(number)
        if content is None:
            return None
        self._counts[kind] += 1
        label = f"[{spell(self._counts[kind], self._formats[kind])}]"
        self.used.append(Note(label, content, self._parts[kind]))
        return label


def _part(document_part: Any, kind: str) -> Any:
    return next((each.target_part for each in document_part.rels.values()
                 if each.reltype == kind and not each.is_external), None)  # fmt: skip


def _notes(part: Any, element: str) -> dict[str, Any]:
    if part is None:
        return {}
    root = part.element if hasattr(part, "element") else parse_xml(part.blob)
    return {note.get(qn("w:id"), ""): note for note in root.iterchildren(qn(element))
            if note.get(qn("w:type"), "normal") == "normal"}  # fmt: skip


def _format(document_part: Any, name: str) -> str:
    for section in document_part.element.body.iterchildren(qn("w:sectPr")):
        found = section.find(f"{qn(name)}/{qn('w:numFmt')}")
        if found is not None:
            return str(found.get(qn("w:val"), ""))
    return ""
