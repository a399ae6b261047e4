"""Whether the rules inside @media and @supports apply to a page on the screen of an office's computer.

Source: Media Queries Level 4 (W3C).
"""

from __future__ import annotations

import re

WIDTH, HEIGHT = 1280.0, 800.0  # of the window, px
PIXELS = {"": 1.0, "px": 1.0, "em": 16.0, "rem": 16.0, "pt": 1.33, "cm": 38.0, "in": 96.0}
FEATURES = {
    "orientation": "landscape", "prefers-color-scheme": "light", "prefers-reduced-motion": "no-preference", "hover": "hover",
    "any-hover": "hover", "pointer": "fine", "any-pointer": "fine", "display-mode": "browser", "scripting": "enabled",
    "update": "fast", "forced-colors": "none", "prefers-contrast": "no-preference", "grid": "0",
}  # fmt: skip

_BOUND = re.compile(r"(min|max)-(?:device-)?(width|height)\s*:\s*([\d.]+)([a-z]*)")
_RANGE = re.compile(r"(?:([\d.]+)([a-z]*)\s*(<=?|>=?)\s*)?(width|height)\s*(?:(<=?|>=?|=)\s*([\d.]+)([a-z]*))?")
_FEATURE = re.compile(r"([a-z-]+)\s*(?::\s*([\w-]+))?")


def on_screen(query: str) -> bool:
    """Whether a media query holds for a window on a screen."""
    return not query.strip() or any(_holds(each) for each in re.split(r",|\bor\b", query.lower()))


def is_supported(condition: str) -> bool:
    """Whether a browser of today meets a condition of @supports; all it asks for is taken to be known."""
    return not re.match(r"\s*not\b", condition, re.IGNORECASE)


def _holds(query: str) -> bool:
    query = query.strip()
    negated = query.startswith("not ")
    parts = re.split(r"\band\b", query.removeprefix("not ").removeprefix("only "))
    return all(_part(part.strip()) for part in parts) != negated


def _part(part: str) -> bool:
    if not part.startswith("("):
        return part in ("screen", "all", "")
    inside = part.strip("() ")
    if inside.startswith("not"):
        return not _part(f"({inside[3:].strip('( ')})")
    if found := _BOUND.fullmatch(inside):
        size = WIDTH if found[2] == "width" else HEIGHT
        limit = _pixels(found[3], found[4])
        return size >= limit if found[1] == "min" else size <= limit
    if found := _RANGE.fullmatch(inside):
        size = WIDTH if found[4] == "width" else HEIGHT
        low = not found[3] or _compared(_pixels(found[1], found[2]), found[3], size)
        return low and (not found[5] or _compared(size, found[5], _pixels(found[6], found[7])))
    found = _FEATURE.fullmatch(inside)
    return bool(found) and (found[1] == "color" or FEATURES.get(found[1]) == (found[2] or FEATURES.get(found[1], "-")))  # type: ignore[index]


def _pixels(number: str, unit: str) -> float:
    try:
        return float(number) * PIXELS.get(unit, 1.0)
    except ValueError:
        return 0.0


def _compared(one: float, sign: str, other: float) -> bool:
    return {"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other, "=": one == other}[sign]
