"""Inline styles as far as they say what is seen: properties, lengths, and what hides."""

from __future__ import annotations

import functools
import re

from content.intake.colours import FAINTEST

AWAY = -400.0  # px beyond which something stands off the screen
FAR = 8000.0
TINIEST = 3.0  # px below which nobody reads anything

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_URL = re.compile(r"url\(\s*(\"[^\"]*\"|'[^']*'|[^)]*)\s*\)", re.IGNORECASE)
_LENGTH = re.compile(r"(-?\d*\.?\d+)(px|pt|em|rem|%|vw|vh|cm|mm|in)?")
_PIXELS = {
    "px": 1.0,
    "pt": 1.33,
    "em": 16.0,
    "rem": 16.0,
    "%": 6.0,
    "vw": 4.0,
    "vh": 8.0,
    "cm": 38.0,
    "mm": 3.8,
    "in": 96.0,
}
_FONT = re.compile(r"(?:^|\s)\d*\.?\d+(?:px|pt|r?em|%|cm|mm|in)(?:\s*/\s*\S+)?\s+(\S.*)")
_MOVED = re.compile(r"translate(?:x|y|3d)?\(([^)]*)\)")


def properties(style: str) -> dict[str, str]:
    """The properties of an inline style in lower case; addresses in `url(…)` are kept as they are."""
    return dict(_properties(style)) if style else {}


@functools.lru_cache(maxsize=512)  # the cells of a table all have the same few
def _properties(style: str) -> dict[str, str]:
    addresses: list[str] = []

    def keep(found: re.Match[str]) -> str:
        addresses.append(found[1].strip("\"' "))
        return f"url({len(addresses) - 1})"

    text = _URL.sub(keep, _COMMENT.sub("", style))
    found: dict[str, str] = {}
    important: set[str] = set()
    for name, _, value in (part.partition(":") for part in text.split(";")):
        name, value = name.strip().lower(), value.strip()
        urgent = value.lower().endswith("!important")
        if value and (urgent or name not in important):
            important |= {name} if urgent else set()
            value = re.sub(r"\s*!important$", "", value, flags=re.IGNORECASE)
            plain = value if name.startswith("--") or "url(" in value else value.lower()
            found[name] = re.sub(r"url\((\d+)\)", lambda at: f"url({addresses[int(at[1])]})", plain)
    return found


def written(properties_: dict[str, str]) -> str:
    """The properties as an inline style."""
    return ";".join(f"{name}:{value}" for name, value in properties_.items())


def address(value: str) -> str:
    """The first address in a value such as `url(a.png) no-repeat`; empty if there is none."""
    found = _URL.search(value)
    return found[1].strip("\"' ") if found else ""


def pixels(value: str) -> float | None:
    """A length in px, roughly; None for what is none (auto, calc(…))."""
    found = _LENGTH.fullmatch(value.strip())
    return float(found[1]) * _PIXELS[found[2] or "px"] if found else None


def hides_all(style: dict[str, str]) -> bool:
    """Whether an element with this style, and everything inside it, is out of sight."""
    if (
        style.get("display") == "none"
        or "all" in style.get("mso-hide", "")
        or style.get("content-visibility") == "hidden"
    ):
        return True
    return _is_clear(style) or _has_no_size(style) or _is_away(style) or _is_clipped(style)


def size_of_letters(style: dict[str, str], before: float) -> float:
    """The size of letters in px, given the one around."""
    value = style.get("font-size", "")
    if not value:
        return before
    found = _LENGTH.fullmatch(value)
    if found and found[2] in ("em", "%"):
        return before * float(found[1]) / (100 if found[2] == "%" else 1)
    size = pixels(value)
    return before if size is None else size


def font(style: dict[str, str]) -> str:
    """The names of the fonts; nothing if the style says none."""
    found = _FONT.search(style.get("font", ""))
    return style.get("font-family", "") or (found[1] if found else "")


def opacity(style: dict[str, str]) -> float:
    """How solid an element is, 0 to 1."""
    value = style.get("opacity", "1")
    found = _LENGTH.fullmatch(value)
    if not found:
        return 1.0
    return float(found[1]) / (100 if found[2] == "%" else 1)


def _is_clear(style: dict[str, str]) -> bool:
    faded = re.search(r"opacity\(\s*([\d.]+)(%?)\s*\)", style.get("filter", ""))
    filtered = float(faded[1]) / (100 if faded[2] else 1) if faded and faded[1] != "." else 1.0
    return opacity(style) < FAINTEST or filtered < FAINTEST


def _has_no_size(style: dict[str, str]) -> bool:
    cut = any(style.get(name, "visible").split()[0] not in ("visible", "initial", "unset")
              for name in ("overflow", "overflow-x", "overflow-y") if style.get(name))  # fmt: skip
    sizes = [pixels(style[name]) for name in ("height", "max-height", "width", "max-width") if name in style]
    return cut and any(size is not None and size < TINIEST for size in sizes)


def _is_away(style: dict[str, str]) -> bool:
    sides = ["text-indent", "margin-left", "margin-top", "margin-right"]
    if style.get("position") in ("absolute", "fixed", "relative"):
        sides += ["left", "top", "right", "bottom"]
    lengths = [pixels(style[name]) for name in sides if name in style]
    for moved in _MOVED.findall(style.get("transform", "")):
        lengths += [pixels(part) for part in moved.split(",")]
    return any(length is not None and (length < AWAY or length > FAR) for length in lengths)


def _is_clipped(style: dict[str, str]) -> bool:
    if re.search(r"scale(?:3d|x|y)?\(\s*0(?:\.0\d*)?\s*[,)]", style.get("transform", "")):
        return True
    clip = style.get("clip", "")
    if clip.startswith("rect("):
        sides = [pixels(part) for part in re.split(r"[\s,]+", clip[5:].rstrip(")").strip())]
        if len(sides) == 4 and None not in sides:
            top, right, bottom, left = (side or 0 for side in sides)
            return right - left < TINIEST or bottom - top < TINIEST
    path = style.get("clip-path", "")
    inset = re.match(r"inset\(\s*([\d.]+)%", path)
    return bool(re.match(r"circle\(\s*0", path)) or bool(inset and float(inset[1]) >= 50)
