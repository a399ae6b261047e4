"""What stands inside a Word paragraph: runs, links, pictures; and what is told because it is not taken over."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

from docx.oxml.ns import qn
from docx.parts.document import DocumentPart

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VML_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
MATH_TEXT = qn("m:t")
OFF = {"0", "false", "off", "none"}

TEXT_BOX = "文本框里的文字放到了所在段落的后面，请核对位置。"
REVISIONS = "文件里有修订痕迹，按“全部接受”处理，请核对。"
FOOTNOTES = "脚注和尾注没有带过来，需要的话请写进正文。"
FORMULAS = "公式只带过来文字，请核对；复杂的公式请截成图片。"
CHARTS = "图表、SmartArt 图形没有带过来，请另存为图片再插入。"
LINKED = "有图片只是链接到别处、没有存在文件里，没有带过来。请重新插入图片。"
HIDDEN = "隐藏的文字没有带过来。"

Piece = tuple[tuple[str, ...], str]  # the tags around it, and its HTML


class Inline:
    """Reads paragraphs of one document part; gathers pictures and notes on the way."""

    def __init__(self, part: DocumentPart) -> None:
        self.part = part
        self.pictures: dict[str, bytes] = {}
        self.notes: dict[str, None] = {}
        self.boxes: list[Any] = []  # text boxes met since they were last taken
        self._character_styles = {style.style_id: style.element for style in part.document.styles}

    def html(self, paragraph: Any) -> str:
        """The HTML inside a paragraph; neighbouring runs of the same looks become one."""
        pieces = groupby(self._pieces(paragraph), key=lambda piece: piece[0])
        return "".join(_wrap(tags, "".join(text for _, text in group)) for tags, group in pieces).strip()

    def note(self, sentence: str) -> None:
        """Keeps a note once."""
        self.notes.setdefault(sentence)

    def _pieces(self, parent: Any) -> Iterator[Piece]:
        for child in parent:
            tag = child.tag
            if tag == qn("w:r"):
                yield from self._run(child)
            elif tag == qn("w:hyperlink"):
                yield from self._link(child)
            elif tag in (qn("w:ins"), qn("w:moveTo")):
                self.note(REVISIONS)
                yield from self._pieces(child)
            elif tag in (qn("w:del"), qn("w:moveFrom")):
                self.note(REVISIONS)
            elif tag in (qn("w:smartTag"), qn("w:sdt"), qn("w:sdtContent"), qn("w:fldSimple")):
                yield from self._pieces(child)
            elif tag in (qn("m:oMath"), qn("m:oMathPara")):
                self.note(FORMULAS)
                yield (), html.escape("".join(text.text or "" for text in child.iter(MATH_TEXT)))

    def _link(self, element: Any) -> Iterator[Piece]:
        relation = self.part.rels.get(element.get(qn("r:id")) or "")
        inner = list(self._pieces(element))
        target = relation.target_ref if relation is not None and relation.is_external else ""
        link = (f'a href="{html.escape(target)}"',) if target else ()
        yield from ((link + tags, text) for tags, text in inner)

    def _run(self, run: Any) -> Iterator[Piece]:
        looks = self._looks(run)
        if looks is None:
            self.note(HIDDEN)
            return
        for child in run:
            text = self._child(child)
            if text:
                yield looks, text

    def _child(self, child: Any) -> str:
        tag = child.tag
        if tag == qn("w:t"):
            return html.escape(child.text or "", quote=False)
        if tag in (qn("w:br"), qn("w:cr")):
            return "" if child.get(qn("w:type")) in ("page", "column") else "<br>"
        if tag in (qn("w:tab"), qn("w:noBreakHyphen")):
            return "\u3000" if tag == qn("w:tab") else "-"
        if tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
            self.note(FOOTNOTES)
        if tag in (qn("w:drawing"), qn("w:pict"), qn("w:object"), f"{MC}AlternateContent"):
            return self._drawing(child)
        return ""

    def _drawing(self, element: Any) -> str:
        """Pictures and text boxes. Of two spellings of the same drawing the newer counts."""
        choice = element.find(f"{MC}Choice") if element.tag == f"{MC}AlternateContent" else element
        drawing = choice if choice is not None else element
        boxes = list(drawing.iter(qn("w:txbxContent")))
        if boxes:
            self.note(TEXT_BOX)
            self.boxes += boxes
            return ""
        pictures = "".join(map(self._picture, drawing.iter(qn("a:blip"), VML_IMAGE)))
        if not pictures and any(True for _ in drawing.iter(qn("c:chart"), qn("dgm:relIds"))):
            self.note(CHARTS)
        return pictures

    def _picture(self, element: Any) -> str:
        relation = self.part.rels.get(element.get(qn("r:embed")) or element.get(qn("r:id")) or "")
        if relation is None or relation.is_external:
            self.note(LINKED)
            return ""
        name = PurePosixPath(str(relation.target_part.partname)).name
        address = f"embedded:{len(self.pictures) + 1}/{name}"
        self.pictures[address] = relation.target_part.blob
        return f'<img src="{address}">'

    def _looks(self, run: Any) -> tuple[str, ...] | None:
        """The tags around a run; None for hidden text."""
        properties = [run.find(qn("w:rPr"))]
        style = _value(properties[0], "w:rStyle")
        if style in self._character_styles:
            properties.append(self._character_styles[style].find(qn("w:rPr")))
        if _on(properties, "w:vanish"):
            return None
        switches = (("w:b", "strong"), ("w:i", "em"), ("w:u", "u"), ("w:strike", "s"), ("w:dstrike", "s"))
        tags = [tag for name, tag in switches if _on(properties, name)]
        raised = {"superscript": "sup", "subscript": "sub"}.get(_value(properties[0], "w:vertAlign"))
        colour = _value(properties[0], "w:color")
        if re.fullmatch(r"[0-9A-Fa-f]{6}", colour) and colour != "000000":
            tags.insert(0, f'span style="color:#{colour.lower()}"')
        return tuple(tags + ([raised] if raised else []))


def _on(properties: list[Any], name: str) -> bool:
    for element in properties:
        found = element.find(qn(name)) if element is not None else None
        if found is not None:
            return str(found.get(qn("w:val"), "1")) not in OFF
    return False


def _value(properties: Any, name: str) -> str:
    found = properties.find(qn(name)) if properties is not None else None
    return "" if found is None else str(found.get(qn("w:val"), ""))


def _wrap(tags: tuple[str, ...], text: str) -> str:
    for tag in reversed(tags):
        text = f"<{tag}>{text}</{tag.split()[0]}>"
    return text
