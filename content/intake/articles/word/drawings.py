"""Drawings of Word in both spellings (DrawingML, VML): pictures as they are shown, text boxes, WordArt, the rest named."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from docx.oxml.ns import qn

from content.intake import colours
from content.intake.articles import framing
from content.intake.articles.framing import Frame
from content.intake.articles.word import wording
from content.intake.articles.word.run_formatting import Backdrop
from content.rules.errors import BadInput

V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 – the prefix that Word itself uses
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
FULL_TURN = 21_600_000  # sixty-thousandths of a degree
PLAIN_SHAPES = {"", "rect", "roundRect"}
REPAINTED = ("a:lum", "a:grayscl", "a:biLevel", "a:duotone", "a:clrChange", "a:fillOverlay")
NAMED = {
    qn("c:chart"): wording.CHARTS,
    qn("dgm:relIds"): wording.CHARTS,
    f"{O}OLEObject": wording.OBJECTS,
    qn("w:control"): wording.CONTROLS,
    qn("w:movie"): wording.MEDIA,
    qn("w:contentPart"): wording.INK,
}
LINES = {f"{WPS}wsp", f"{V}line", f"{V}rect", f"{V}oval", f"{V}shape", f"{V}roundrect", f"{V}polyline", f"{V}arc",
         f"{V}curve", f"{WPS}cxnSp", qn("a:sp"), qn("a:cxnSp")}  # fmt: skip


@dataclass(frozen=True)
class TextBox:
    """Text that stands in a box, and what is behind it."""

    content: Any
    backdrop: Backdrop


class Drawings:
    """Reads the drawings of one document."""

    def __init__(self, note: Callable[[str], None], pictures: dict[str, bytes]) -> None:
        self.note = note
        self.pictures = pictures

    def read(self, element: Any, part: Any) -> Iterator[str | TextBox]:
        """What a drawing shows, in order: HTML of pictures and words, and boxes to be read by the caller."""
        before = len(self.pictures)
        found = list(self._walk(element, part))
        yield from found
        if not found and len(self.pictures) == before and self._is_lines(element):
            self.note(wording.SHAPES)

    def _walk(self, element: Any, part: Any) -> Iterator[str | TextBox]:
        tag = element.tag
        if not isinstance(tag, str) or tag == f"{V}shapetype":
            return
        if _is_hidden(element):
            self.note(wording.HIDDEN_DRAWING)
            return
        if tag in NAMED:
            self.note(NAMED[tag])
        if tag == qn("w:txbxContent"):
            yield TextBox(element, _behind(element))
        elif tag in (f"{PIC}pic", f"{V}imagedata"):
            yield self._picture(element, part)
        elif tag == f"{V}textpath":
            yield html.escape(element.get("string", ""), quote=False)
        elif tag == qn("a:t"):
            yield html.escape(element.text or "", quote=False)
        else:
            for child in element:
                yield from self._walk(child, part)

    def _is_lines(self, element: Any) -> bool:
        return any(each.tag in LINES for each in element.iter())

    def _picture(self, element: Any, part: Any) -> str:
        blip = element if element.tag == f"{V}imagedata" else next(element.iter(qn("a:blip")), None)
        relation = part.rels.get(_reference(blip)) if blip is not None else None
        if blip is None or relation is None or relation.is_external:
            self.note(wording.LINKED)
            return ""
        frame = _vml_frame(element) if element.tag == f"{V}imagedata" else self._frame(element)
        if frame is None or frame.shows_nothing or _is_clear(blip):
            self.note(wording.SHAPED if frame is None else wording.HIDDEN_DRAWING)
            return ""
        if any(blip.find(qn(name)) is not None for name in REPAINTED):
            self.note(wording.REPAINTED)
        return self._kept(relation.target_part, frame)

    def _kept(self, target: Any, frame: Frame) -> str:
        try:
            data = framing.framed(target.blob, frame)
        except BadInput:  # what was cropped away must not go out with the rest
            self.note(wording.UNCROPPED)
            return ""
        if not frame.is_whole:
            self.note(wording.CROPPED)
        address = f"embedded:{len(self.pictures) + 1}/{PurePosixPath(str(target.partname)).name}"
        self.pictures[address] = data
        return f'<img src="{address}">'

    def _frame(self, picture: Any) -> Frame | None:
        """How a picture is framed; None for a shape that cannot be cut out."""
        crop, form, turn = (next(picture.iter(qn(name)), None) for name in ("a:srcRect", "a:prstGeom", "a:xfrm"))
        shape = form.get("prst", "") if form is not None else ""
        if next(picture.iter(qn("a:custGeom")), None) is not None or shape not in PLAIN_SHAPES | {"ellipse"}:
            return None
        left, top, right, bottom = (_share(crop.get(side)) if crop is not None else 0.0 for side in "ltrb")
        turn = turn if turn is not None else {}
        return Frame(left, top, right, bottom, degrees=int(turn.get("rot", 0)) / FULL_TURN * 360, mirrored=turn.get("flipH") == "1",
                     upside_down=turn.get("flipV") == "1", ellipse=shape == "ellipse")  # fmt: skip


def _reference(blip: Any) -> str:
    return blip.get(qn("r:embed")) or blip.get(qn("r:id")) or blip.get(qn("r:pict")) or blip.get(f"{O}relid") or ""


def _share(written: str | None) -> float:
    """A part of a side: thousandths of a percent, or a percentage in Strict files."""
    text = written or "0"
    try:
        return float(text[:-1]) / 100 if text.endswith("%") else int(text) / 100_000
    except ValueError:
        return 0.0


def _vml_frame(image: Any) -> Frame:
    def side(name: str) -> float:
        text = image.get(name, "0")
        try:
            return int(text[:-1]) / 65_536 if text.endswith("f") else float(text)
        except ValueError:
            return 0.0

    return Frame(side("cropleft"), side("croptop"), side("cropright"), side("cropbottom"))


def _is_clear(blip: Any) -> bool:
    faded = blip.find(qn("a:alphaModFix"))
    bright = blip.find(qn("a:lum"))
    amount = _share(faded.get("amt", "100000")) if faded is not None else 1.0
    return amount < colours.FAINTEST or (bright is not None and abs(_share(bright.get("bright"))) > 0.9)


def _is_hidden(element: Any) -> bool:
    if element.tag in (qn("wp:inline"), qn("wp:anchor")):
        properties = element.find(qn("wp:docPr"))
        return properties is not None and properties.get("hidden") in ("1", "true")
    if element.tag in (f"{PIC}pic", f"{WPS}wsp"):
        first = next((each for each in element.iter() if str(each.tag).endswith("}cNvPr")), None)
        return first is not None and first.get("hidden") in ("1", "true")
    style = element.get("style", "") if str(element.tag).startswith(V) else ""
    return bool(re.search(r"visibility\s*:\s*hidden|display\s*:\s*none", style))


def _behind(content: Any) -> Backdrop:
    """What a box is filled with. A fill that is not one plain colour is not known, so nothing on it counts as hidden."""
    for shape in content.iterancestors(f"{WPS}wsp", f"{V}shape", f"{V}rect", f"{V}roundrect", f"{V}oval"):
        if shape.tag == f"{WPS}wsp":
            properties = shape.find(f"{WPS}spPr")
            fills = [] if properties is None else [each for each in properties if str(each.tag).endswith("Fill")]
            plain = not fills or fills[0].tag == qn("a:noFill")
            return Backdrop() if plain else Backdrop(_solid(fills[0]), carried=False)
        if shape.get("filled") in ("f", "false") or not shape.get("fillcolor"):
            return Backdrop()
        found = colours.parse(shape.get("fillcolor").split()[0])
        return Backdrop(found[0] if found else None, carried=False)
    return Backdrop()


def _solid(fill: Any) -> colours.Colour | None:
    colour = fill.find(qn("a:srgbClr"))
    found = colours.parse(colour.get("val", "")) if colour is not None else None
    return found[0] if found else None
