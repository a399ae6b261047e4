"""How a run of Word looks, as far as an article can show it, and whether anybody can see it at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from content.intake import colours
from content.intake.colours import BLACK, WHITE, Colour

OFF = {"0", "false", "off", "none"}
TINIEST = 5  # half-points below which nobody reads anything
LEAST_RAISED = 3  # half-points; people move whole words by less to straighten a line
DEEPEST = 12  # styles that build on one another
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
HIGHLIGHTS = {
    "yellow": "ffff00", "green": "00ff00", "cyan": "00ffff", "magenta": "ff00ff", "blue": "0000ff", "red": "ff0000",
    "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
    "darkYellow": "808000", "darkGray": "808080", "lightGray": "c0c0c0", "black": "000000", "white": "ffffff",
}  # fmt: skip


@dataclass(frozen=True)
class Backdrop:
    """What stands behind text. `carried`: the article shows it too; a colour of None is not known (a gradient)."""

    colour: Colour | None = WHITE
    carried: bool = True


@dataclass(frozen=True)
class Looks:
    """The tags around a run, its font, and whether it is hidden."""

    tags: tuple[str, ...]
    font: str
    hidden: bool
    underlined: bool
    capitals: bool


class Styles:
    """The styles of one document."""

    def __init__(self, document: Any) -> None:
        self._styles = {style.style_id: style.element for style in document.styles}
        root = document.styles.element
        self._defaults = root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        self._chains: dict[str, tuple[Any, ...]] = {}
        self._last: tuple[Any, Any] = (None, None)  # a paragraph with its properties
        self._normal = next((each.get(qn("w:styleId")) for each in self._styles.values()
                             if each.get(qn("w:default")) in ("1", "true", "on")
                             and each.get(qn("w:type")) == "paragraph"), "")  # fmt: skip

    def chain(self, style_id: str) -> tuple[Any, ...]:
        """A style and those it builds on, the nearest first."""
        if style_id not in self._chains:
            found, at = list[Any](), self._styles.get(style_id)
            while at is not None and len(found) < DEEPEST:
                found.append(at)
                at = self._styles.get(value(at, "w:basedOn"))
            self._chains[style_id] = tuple(found)
        return self._chains[style_id]

    def paragraph(self, paragraph: Any) -> Iterator[Any]:
        """The properties (w:pPr) that hold for a paragraph, the nearest first."""
        own = self._own(paragraph)
        if own is not None:
            yield own
        for style in self.chain(value(own, "w:pStyle") or self._normal):
            properties = style.find(qn("w:pPr"))
            if properties is not None:
                yield properties

    def looks(self, run: Any, paragraph: Any, backdrop: Backdrop) -> Looks:
        """How a run of a paragraph looks before a backdrop."""
        own = run.find(qn("w:rPr"))
        near = [own, *_inner(self.chain(value(own, "w:rStyle")))]
        around = self._own(paragraph)
        far = [*_inner(self.chain(value(around, "w:pStyle") or self._normal)), self._defaults]
        behind = self._behind(near, backdrop)
        return Looks(
            tuple(self._tags(near, behind, paragraph)),
            _font([*near, *far]),
            _is_hidden(near, far, behind),
            _on(near, "w:u"),
            _toggled(near, far, "w:caps") or _toggled(near, far, "w:smallCaps"),
        )

    def backdrop(self, paragraph: Any, backdrop: Backdrop) -> Backdrop:
        """What stands behind a paragraph that has a colour of its own; else the same as around it."""
        fill = next((each for each in map(shade, self.paragraph(paragraph)) if each), None)
        return Backdrop(fill) if fill else backdrop

    def font_size(self, paragraph: Any) -> float:
        """The size of a paragraph's letters in points."""
        run = next(paragraph.iter(qn("w:r")), None)
        own = run.find(qn("w:rPr")) if run is not None else None
        around = self._own(paragraph)
        sizes = [own, *_inner(self.chain(value(around, "w:pStyle") or self._normal)), self._defaults]
        return _size(sizes) / 2

    def _own(self, paragraph: Any) -> Any:
        """A paragraph's own properties, looked for once and not for each of its runs."""
        if paragraph is not self._last[0]:
            self._last = (paragraph, paragraph.find(qn("w:pPr")))
        return self._last[1]

    def _behind(self, near: list[Any], backdrop: Backdrop) -> Backdrop:
        for properties in near:
            highlight = HIGHLIGHTS.get(value(properties, "w:highlight"))
            fill = colours.parse(highlight) if highlight else None
            colour = fill[0] if fill else shade(properties)
            if colour:
                return Backdrop(colour)
        return backdrop

    def _tags(self, near: list[Any], behind: Backdrop, paragraph: Any) -> Iterator[str]:
        css = []
        colour = _colour(near)
        if colour and colour != BLACK and (behind.carried or not colours.alike(colour, WHITE)):
            css.append(f"color:{_hex(colour)}")
        own = self._behind(near, Backdrop())
        if own.colour and own.colour != WHITE:
            css.append(f"background-color:{_hex(own.colour)}")
        if css:
            yield f'span style="{";".join(css)}"'
        switches = (("w:b", "strong"), ("w:i", "em"), ("w:u", "u"), ("w:strike", "s"), ("w:dstrike", "s"))
        yield from (tag for name, tag in switches if _on(near, name))
        if _on(near, "w:em") and not _on(near, "w:b"):
            yield "strong"  # the dots of 着重号
        raised = {"superscript": "sup", "subscript": "sub"}.get(_first(near, "w:vertAlign"))
        raised = raised or _placed(near, paragraph)
        if raised:
            yield raised


def value(properties: Any, name: str, default: str = "") -> str:
    """The `w:val` of a property, or the default."""
    found = properties.find(qn(name)) if properties is not None else None
    return default if found is None else str(found.get(qn("w:val"), default))


def shade(properties: Any) -> Colour | None:
    """The colour that a `w:shd` fills with; None for none."""
    found = properties.find(qn("w:shd")) if properties is not None else None
    if found is None:
        return None
    solid = found.get(qn("w:val")) == "solid"
    colour = colours.parse(found.get(qn("w:color" if solid else "w:fill")) or "")
    return colour[0] if colour else None


def background(properties: Any) -> str:
    """The CSS of a shade, or nothing."""
    colour = shade(properties)
    return f"background-color:{_hex(colour)}" if colour and colour != WHITE else ""


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _inner(chain: tuple[Any, ...]) -> list[Any]:
    return [style.find(qn("w:rPr")) for style in chain]


def _is_hidden(near: list[Any], far: list[Any], behind: Backdrop) -> bool:
    if _toggled(near, far, "w:vanish"):
        return True
    if _size([*near, *far]) < TINIEST or _is_clear(near):
        return True
    colour = _colour([*near, *far])
    return colour is not None and behind.colour is not None and colours.alike(colour, behind.colour)


def _toggled(near: list[Any], far: list[Any], name: str) -> bool:
    """A property that styles switch (ECMA-376 17.7.3): what the run says counts, else a style of characters turns round
    what the style of the paragraph says."""
    if near[0] is not None and near[0].find(qn(name)) is not None:
        return _on(near[:1], name)
    return _on(far[-1:], name) or _on(near[1:], name) != _on(far[:-1], name)


def _is_clear(near: list[Any]) -> bool:
    """Letters that are filled with nothing, or with something wholly transparent."""
    for properties in near:
        fill = properties.find(f"{W14}textFill") if properties is not None else None
        if fill is not None:
            alphas = [int(each.get(f"{W14}val", "0")) for each in fill.iter(f"{W14}alpha")]
            return fill.find(f"{W14}noFill") is not None or (bool(alphas) and min(alphas) >= 95_000)
    return False


def _colour(properties: list[Any]) -> Colour | None:
    """The colour of letters; None for the automatic one, which is always seen."""
    written = _first(properties, "w:color")
    found = colours.parse(written) if re.fullmatch(r"[0-9A-Fa-f]{6}", written) else None
    return found[0] if found else None


def _size(properties: list[Any]) -> float:
    written = _first(properties, "w:sz", "20")
    try:
        return float(written.removesuffix("pt")) * (2 if written.endswith("pt") else 1)
    except ValueError:
        return 20


def _font(properties: list[Any]) -> str:
    for element in properties:
        fonts = element.find(qn("w:rFonts")) if element is not None else None
        if fonts is None:
            continue
        if fonts.get(qn("w:asciiTheme")) or fonts.get(qn("w:hAnsiTheme")):
            return ""  # the fonts of a theme are for words
        if name := fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi")):
            return str(name)
    return ""


def _placed(near: list[Any], paragraph: Any) -> str:
    """What `w:position` makes of letters that stand higher or lower than others of their paragraph."""
    height = _height(near)
    if abs(height) < LEAST_RAISED or paragraph is None:
        return ""
    own = ([run.find(qn("w:rPr"))] for run in paragraph.iter(qn("w:r")) if run.find(qn("w:t")) is not None)
    return ("sup" if height > 0 else "sub") if any(_height(each) != height for each in own) else ""


def _height(properties: list[Any]) -> float:
    """How much higher than the line letters stand, in half-points."""
    written = _first(properties, "w:position", "0")
    try:
        return float(written.removesuffix("pt")) * (2 if written.endswith("pt") else 1)
    except ValueError:
        return 0


def _on(properties: list[Any], name: str) -> bool:
    for element in properties:
        found = element.find(qn(name)) if element is not None else None
        if found is not None:
            return str(found.get(qn("w:val"), "1")) not in OFF
    return False


def _first(properties: list[Any], name: str, default: str = "") -> str:
    for element in properties:
        found = element.find(qn(name)) if element is not None else None
        if found is not None:
            return str(found.get(qn("w:val"), "1"))
    return default
