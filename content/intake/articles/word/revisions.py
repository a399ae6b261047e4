"""The tree of a document as it reads once one of two spellings is chosen and deleted paragraph ends are gone."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
KNOWN = {"wps", "wpg", "wpc", "wp14", "w14", "w15", "w16", "w16cex", "w16cid", "w16du", "w16sdtdh", "w16se", "a14", "v"}
GONE = ("w:del", "w:moveFrom", "w:vanish")  # marks of a paragraph end that is not there for a reader
# Begin and end of bookmarks, remarks and moves; they stand between paragraphs, too.
RANGES = ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "moveFromRangeStart",
          "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd",
          "customXmlDelRangeStart", "customXmlDelRangeEnd", "customXmlMoveFromRangeStart",
          "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd", "permStart", "permEnd",
          "proofErr")  # fmt: skip
OFF = {"0", "false", "off", "none"}

_RANGES = set(map(qn, [f"w:{name}" for name in RANGES]))


def settle(root: Any) -> None:
    """Chooses between spellings everywhere (mc:AlternateContent), and joins paragraphs whose end is deleted."""
    for element in list(root.iter(f"{MC}AlternateContent"))[::-1]:
        _choose(element)
    for paragraph in list(root.iter(qn("w:p"))):
        if _has_no_end(paragraph):
            _join(paragraph)


def _choose(element: Any) -> None:
    choices = list(element.iterchildren(f"{MC}Choice"))
    fallback = element.find(f"{MC}Fallback")
    known = [each for each in choices if set(each.get("Requires", "").split()) <= KNOWN]
    chosen = known[0] if known else fallback if fallback is not None else choices[0] if choices else None
    parent = element.getparent()
    if parent is None:
        return
    for child in list(chosen) if chosen is not None else []:
        element.addprevious(child)
    parent.remove(element)


def _has_no_end(paragraph: Any) -> bool:
    frame = paragraph.find(f"{qn('w:pPr')}/{qn('w:framePr')}")
    if frame is not None and frame.get(qn("w:dropCap"), "none") != "none":
        return True  # a large first letter stands in a paragraph of its own
    properties = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    if properties is None:
        return False
    marks = [properties.find(qn(name)) for name in GONE]
    return any(mark is not None and mark.get(qn("w:val"), "1") not in OFF for mark in marks)


def _join(paragraph: Any) -> None:
    following = next((each for each in paragraph.itersiblings() if each.tag not in _RANGES), None)
    if following is None or following.tag != qn("w:p"):
        return
    at = 1 if following.find(qn("w:pPr")) is not None else 0
    for child in [each for each in paragraph if each.tag != qn("w:pPr")][::-1]:
        following.insert(at, child)
    paragraph.getparent().remove(paragraph)
