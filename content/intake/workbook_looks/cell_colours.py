"""Whether the words of a cell can be seen on its fill, theme colours and tints taken into account.

Source: ECMA-376 part 1, 18.8.3 and 18.8.19 (colours of fonts and fills), 20.1.6.2 (colour schemes of themes).
"""

from __future__ import annotations

import colorsys
import re
from typing import Any

from openpyxl.styles.colors import COLOR_INDEX

from content.intake import colours
from content.intake.colours import BLACK, WHITE, Colour

SMALLEST = 2.5  # points below which nobody reads anything
# How cells count the colours of a theme; the theme itself holds dark before light.
ORDER = (
    "lt1",
    "dk1",
    "lt2",
    "dk2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
)
OFFICE = ("FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5", "70AD47", "0563C1",
          "954F72")  # fmt: skip

_SCHEME = re.compile(rb"<(?:\w+:)?(lt1|dk1|lt2|dk2|accent[1-6]|hlink|folHlink)>\s*<(?:\w+:)?(?:sysClr\b[^>]*?lastClr|srgbClr"
                     rb'\b[^>]*?val)="([0-9A-Fa-f]{6})"')  # fmt: skip


class CellColours:
    """The colours of one workbook."""

    def __init__(self, theme: bytes | None, indexed: Any = None) -> None:
        known = {name.decode(): value.decode() for name, value in _SCHEME.findall(theme or b"")}
        self._theme = [known.get(name, usual) for name, usual in zip(ORDER, OFFICE, strict=True)]
        self._indexed = list(indexed or COLOR_INDEX)

    def is_seen(self, font: Any, behind: Colour | None) -> bool:
        """Whether letters in this font can be seen on what is behind them; None: not known what that is."""
        size = getattr(font, "sz", None)
        if size is not None and float(size) < SMALLEST:
            return False
        return behind is None or not colours.alike(self._of(getattr(font, "color", None), BLACK) or BLACK, behind)

    def behind(self, fill: Any) -> Colour | None:
        """What stands behind the words of a cell; None where that is a pattern or a gradient."""
        kind = getattr(fill, "fill_type", None)
        if kind in (None, "none") and not hasattr(fill, "stop"):
            return WHITE
        return self._of(fill.fgColor, WHITE) if kind == "solid" else None

    def _of(self, colour: Any, otherwise: Colour) -> Colour | None:
        if colour is None or colour.type == "auto":
            return otherwise
        if colour.type == "indexed":
            written = self._indexed[colour.indexed] if colour.indexed < len(self._indexed) else None
            return _parsed(written) if written else (WHITE if colour.indexed == 65 else otherwise)
        if colour.type == "theme":
            base = _parsed(self._theme[colour.theme]) if colour.theme < len(self._theme) else None
        else:
            base = _parsed(colour.rgb)
        return _tinted(base, colour.tint or 0.0) if base else None


def _parsed(written: Any) -> Colour | None:
    found = colours.parse(str(written)[-6:])
    return found[0] if found else None


def _tinted(colour: Colour, tint: float) -> Colour:
    """Lighter for a tint above nothing, darker below."""
    if not tint:
        return colour
    hue, light, full = colorsys.rgb_to_hls(*(channel / 255 for channel in colour))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    red, green, blue = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), full)
    return round(red * 255), round(green * 255), round(blue * 255)
