"""Colours as documents write them, and whether text in one can be seen on another."""

from __future__ import annotations

import re

from PIL import ImageColor

Colour = tuple[int, int, int]

WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
ALIKE = 36  # sum of the three channels' differences below which nobody can read text on it
FAINTEST = 0.1  # opacity below which nobody sees anything

_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^)]*)\)")


def parse(text: str) -> tuple[Colour, float] | None:
    """The colour and its opacity (0 to 1) of a CSS or HTML colour; None for what is none (inherit, var(…))."""
    text = text.strip().lower().removesuffix("!important").strip()
    if text == "transparent":
        return WHITE, 0.0
    if re.fullmatch(r"[0-9a-f]{6}", text):
        text = f"#{text}"
    found = _FUNCTION.fullmatch(text)
    try:
        if found:
            return _called(found.group(1), re.split(r"[\s,/]+", found.group(2).strip()))
        channels = ImageColor.getrgb(text)
    except ValueError:
        return None
    return (channels[0], channels[1], channels[2]), (channels[3] / 255 if len(channels) == 4 else 1.0)


def alike(one: Colour, other: Colour) -> bool:
    """Whether text of one colour on the other cannot be read."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) < ALIKE


def _called(name: str, parts: list[str]) -> tuple[Colour, float]:
    opacity = _fraction(parts[3]) if len(parts) > 3 else 1.0
    if name == "hsl":
        red, green, blue = ImageColor.getrgb(f"hsl({','.join(parts[:3])})")[:3]
        return (red, green, blue), opacity
    red, green, blue = (round(_fraction(part) * 255 if part.endswith("%") else float(part)) for part in parts[:3])
    return (red, green, blue), opacity


def _fraction(text: str) -> float:
    return float(text.rstrip("%")) / 100 if text.endswith("%") else float(text)
