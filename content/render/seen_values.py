"""Values of styles with which words stay in sight, as an allow list: what cannot be computed here does not stay.

A value that one reader's phone knows and another's does not would show different words to reviewers and to citizens, so
colours, lengths and functions are those that every phone knows and that the search for hidden words can reckon with.
"""

from __future__ import annotations

import math
import re

from PIL import ImageColor

FAINTEST = 0.1  # opacity below which letters are out of sight
SMALLEST, LARGEST = 8.0, 200.0  # px of letters
FAR = 400.0  # px beyond which words leave a phone's screen
COVERED = -16.0  # px by which a neighbour may lie over words: less than half a line
OUT = -64.0  # px by which words may stand out at the side: two characters, as in 135's layouts
LEAST_SCALE, MOST_SCALE = 0.3, 4.0

_PIXELS = {"": 1.0, "px": 1.0, "pt": 1.33, "em": 16.0, "rem": 16.0, "%": 4.0, "vw": 4.0, "vh": 8.0, "cm": 38.0, "mm": 3.8,
           "in": 96.0, "ex": 8.0, "ch": 8.0, "deg": 1.0}  # fmt: skip
_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))([a-z%]*)")
_CALLED = re.compile(r"([a-z][\w-]*)?\(")
_NUMBER = r"\s*[\d.]+%?\s*"
_COLOUR = re.compile(
    rf"#(?:[0-9a-f]{{8}}|[0-9a-f]{{6}}|[0-9a-f]{{3,4}})(?![0-9a-f])|(?:rgb|hsl)a?\({_NUMBER}(?:deg)?(?:[,\s]{_NUMBER}){{2}}(?:[,/]{_NUMBER})?\)"
)
_WORDS = re.compile(r"[a-z][a-z-]*")
_COLOUR_WORDS = frozenset(ImageColor.colormap) | {"transparent", "currentcolor", "inherit", "initial", "unset", "none"}
_LAYER_WORDS = frozenset(
    [
        "auto",
        "repeat",
        "no-repeat",
        "repeat-x",
        "repeat-y",
        "space",
        "round",
        "scroll",
        "local",
        "center",
        "left",
        "right",
        "top",
        "bottom",
        "cover",
        "contain",
        "to",
        "at",
        "circle",
        "ellipse",
        "closest-side",
        "closest-corner",
        "farthest-side",
        "farthest-corner",
        "border-box",
        "padding-box",
        "content-box",
    ]
)
_GRADIENT = re.compile(r"(?:-webkit-)?(?:repeating-)?(?:linear|radial)-gradient(?=\()")
_FUNCTIONS = {
    "transform": frozenset(["translate", "translatex", "translatey", "translate3d", "translatez", "rotate", "rotatez", "rotatex", "rotatey", "rotate3d", "scale", "scalex", "scaley", "scale3d", "skew", "skewx", "skewy"]),
    "grid-template-columns": frozenset({"repeat", "minmax", "fit-content"}),
    "grid-template-rows": frozenset({"repeat", "minmax", "fit-content"}),
    "width": frozenset({"calc"}), "min-width": frozenset({"calc"}), "flex": frozenset({"calc"}),
    "flex-basis": frozenset({"calc"}),
}  # fmt: skip
_PAINT = frozenset(["rgb", "rgba", "hsl", "hsla", "linear-gradient", "radial-gradient", "repeating-linear-gradient", "repeating-radial-gradient", "-webkit-linear-gradient", "-webkit-radial-gradient"])  # fmt: skip
_TURNED = re.compile(r"([a-z3]+)\(([^()]*)\)")
# Values of properties with which words could stand in another order than they are read by checks, or have no room.
_VALUES = {
    "direction": frozenset({"ltr"}),
    "unicode-bidi": frozenset({"normal", "isolate"}),
    "order": frozenset({"0"}),
    "flex-direction": frozenset({"row", "column"}),
    "flex-wrap": frozenset({"wrap", "nowrap"}),
    "flex-flow": frozenset({"row", "column", "wrap", "nowrap"}),
    "aspect-ratio": frozenset({"auto"}),
    "grid-template-rows": frozenset({"auto", "none"}),
    "-webkit-box-orient": frozenset({"horizontal", "vertical"}),
}
_BORDER = re.compile(r"border(?:-(?:top|right|bottom|left))?(?:-width)?")
_WIDEST = 64.0  # px of a border: wider ones leave no room for words
# The bounds of lengths in px, for each that a declaration names.
_BOUNDS = {
    "text-indent": (OUT, FAR), "margin-left": (OUT, FAR), "margin-right": (OUT, math.inf),
    "margin-top": (COVERED, math.inf), "margin-bottom": (COVERED, math.inf), "padding-left": (0.0, FAR),
    "padding-right": (0.0, FAR), "letter-spacing": (-2.0, 60.0), "word-spacing": (-4.0, 60.0),
    "column-count": (1.0, 6.0), "column-width": (40.0, math.inf), "columns": (1.0, math.inf),
    "line-height": (0.0, math.inf), "height": (0.0, math.inf), "max-height": (0.0, math.inf),
    "border-spacing": (0.0, FAR), "column-gap": (0.0, FAR), "gap": (0.0, FAR), "outline-offset": (-4.0, 40.0),
}  # fmt: skip


def are_seen(name: str, value: str) -> bool:
    """Whether words stay in sight with this declaration, for all who read."""
    value = value.lower()
    called = {found or "" for found in _CALLED.findall(value)}
    if not called <= _PAINT | _FUNCTIONS.get(name, frozenset()):
        return False
    if name in _VALUES:
        return set(value.split()) <= _VALUES[name] | {"initial", "unset"}
    if name == "font-size":
        return _is_readable(value)
    if name == "opacity":
        return bool(re.fullmatch(r"\d*\.?\d+", value)) and float(value) >= FAINTEST
    if name == "transform":
        return _is_turned_in_sight(value)
    if name == "color" or name.startswith("background"):
        return _is_known_paint(name, value)
    if _BORDER.fullmatch(name):
        return all((pixels(part) or 0.0) <= _WIDEST for part in value.split())
    if name in ("margin", "padding"):
        return _are_sides_in_sight(name, value)
    return name not in _BOUNDS or _is_within(value, *_BOUNDS[name])


def pixels(value: str) -> float | None:
    """A length in px, roughly; None for a word (auto, normal)."""
    found = _LENGTH.fullmatch(value)
    return float(found[1]) * _PIXELS[found[2]] if found and found[2] in _PIXELS else None


def _is_within(value: str, least: float, most: float) -> bool:
    lengths = [pixels(part) for part in value.split()]
    return all(least <= length <= most if length is not None else _WORDS.fullmatch(part) is not None
               for part, length in zip(value.split(), lengths, strict=True))  # fmt: skip


def _is_readable(value: str) -> bool:
    found = _LENGTH.fullmatch(value)
    if found is None:
        return _WORDS.fullmatch(value) is not None
    size = float(found[1]) * (0.16 if found[2] == "%" else _PIXELS.get(found[2], 0.0))
    return SMALLEST <= size <= LARGEST


def _are_sides_in_sight(name: str, value: str) -> bool:
    parts = value.split()
    if len(parts) > 4:
        return False
    places = {1: (0, 0, 0, 0), 2: (0, 1, 0, 1), 3: (0, 1, 2, 1), 4: (0, 1, 2, 3)}[max(len(parts), 1)]
    sides = zip(("top", "right", "bottom", "left"), places, strict=True)
    return all(_is_within(parts[place], *_BOUNDS.get(f"{name}-{side}", (0.0, math.inf))) for side, place in sides)


def _is_known_paint(name: str, value: str) -> bool:
    left = _COLOUR.sub(" ", value)
    if name in ("color", "background-color"):
        return (not left.strip() and _COLOUR.fullmatch(value) is not None) or value in _COLOUR_WORDS
    if "text" in left:
        return False
    left = _GRADIENT.sub(" ", left)
    lengths = re.sub(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:px|pt|em|rem|%|vw|vh|deg|turn|rad)?(?![\w.])", " ", left)
    return (
        "(" not in re.sub(r"\([^()]*\)", " ", lengths) and set(_WORDS.findall(lengths)) <= _COLOUR_WORDS | _LAYER_WORDS
    )


def _is_turned_in_sight(value: str) -> bool:
    if value in ("none", "initial"):
        return True
    if _TURNED.sub("", value).strip():
        return False
    scale = 1.0
    for name, given in _TURNED.findall(value):
        parts = [part.strip() for part in given.split(",")]
        lengths = [pixels(part) for part in parts]
        if any(length is None for length in lengths):
            return False
        numbers = [length or 0.0 for length in lengths]
        if name.startswith("scale"):
            least, most = min(numbers), max(numbers)
            scale *= least
            if not LEAST_SCALE <= least <= most <= MOST_SCALE or not scale >= LEAST_SCALE:
                return False
        elif not _is_harmless_turn(name, parts, numbers):
            return False
    return True


def _is_harmless_turn(name: str, parts: list[str], numbers: list[float]) -> bool:
    if name.startswith("translate"):
        return all(
            abs(number) <= (FAR if part.endswith("%") else -OUT) for part, number in zip(parts, numbers, strict=True)
        )
    if name in ("rotatex", "rotatey"):
        return abs(numbers[0]) in (0, 180, 360)
    if name == "rotate3d":
        return len(numbers) == 4 and numbers[0] == numbers[1] == 0
    if name.startswith("skew"):
        return all(abs(number) <= 45 for number in numbers)
    return name in ("rotate", "rotatez")
