"""Signs of symbol fonts (Wingdings, Webdings, Symbol) as the Unicode signs that look like them."""

from __future__ import annotations

import functools
import unicodedata

# Where Word puts the signs of symbol fonts; some programs write the bare byte.
PRIVATE = range(ord("\uf000"), ord("\uf100"))
LAST = "\u0100"  # from here on no letter stands for a sign
BLANKS = " \u00a0\u3000"
STARTS = ("wingdings", "webdings", "symbol", "marlett")  # of the names of such fonts
UNKNOWN = "□"
LOST = "有符号或自造的字认不出（别人的手机没有这种字体），先写成“□”，请核对。"
# Of several look-alikes those that phones have. The table of dingbat-to-unicode names others for these.
PHONE = {
    ("wingdings", 0xFE): "☑", ("wingdings", 0xFD): "☒", ("wingdings", 0xFC): "✔", ("wingdings", 0xFB): "✘",
    ("wingdings", 0xA8): "□", ("wingdings", 0x6F): "□", ("wingdings", 0x71): "□", ("wingdings", 0x72): "□",
    ("wingdings", 0x28): "☎", ("wingdings", 0x29): "☎", ("wingdings", 0x2A): "✉", ("wingdings", 0xA1): "○",
    ("wingdings 2", 0x52): "☑", ("wingdings 2", 0x54): "☒", ("wingdings 2", 0xA3): "□", ("wingdings 2", 0x2A): "□",
    ("wingdings 2", 0x50): "✓", ("wingdings 2", 0x4F): "✗", ("wingdings 2", 0x51): "☒", ("wingdings 2", 0x53): "☒",
    ("webdings", 0x63): "□", ("webdings", 0x61): "✔",
}  # fmt: skip


_UP = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_DOWN = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def raised(words: str, *, up: bool) -> tuple[str, bool]:
    """(words as raised or lowered signs, whether figures among them could not be written so): 3 as ³ or ₃."""
    signs = words.translate(_UP if up else _DOWN)
    if any(sign == letter for sign, letter in zip(signs, words, strict=True) if not letter.isspace()):
        return words, any(letter.isdigit() for letter in words)
    return signs, False


def is_symbol_font(name: str) -> bool:
    """Whether letters in this font are signs."""
    return name.lower().startswith(STARTS) and name.lower() in _fonts()


def sign(font: str, code: int) -> str | None:
    """The sign at a code of a font; None if the font is no symbol font or has no such sign."""
    code = code - PRIVATE.start if code in PRIVATE else code
    name = font.lower()
    found = PHONE.get((name, code))
    if found is not None:
        return found
    point = _table().get((name, code))
    return _arrow(point) or chr(point) if point is not None else None


def is_private(letter: str) -> bool:
    """Whether only some font says how a character looks, so that readers do not see it."""
    return unicodedata.category(letter) == "Co"


def text(font: str, letters: str) -> tuple[str, bool]:
    """(letters of a run as signs, whether some sign is not known)."""
    if not is_symbol_font(font):
        kept = [UNKNOWN if is_private(letter) else letter for letter in letters]
        return "".join(kept), kept != list(letters)
    # Other programs take what such a font lacks, such as Chinese, from another font.
    signs = [
        sign(font, ord(letter)) if letter not in BLANKS and (letter < LAST or is_private(letter)) else letter
        for letter in letters
    ]
    return "".join(each or UNKNOWN for each in signs), None in signs


def _arrow(point: int) -> str:
    """A plain arrow for one of Supplemental Arrows-C, which phones lack; nothing for another sign."""
    if 0x1F800 <= point <= 0x1F847:
        return "←↑→↓"[point % 4]
    if point in (0x1F858, 0x1F859):
        return "↔↕"[point - 0x1F858]
    return "←↑→↓↖↗↘↙"[(point - 0x1F850) % 8] if 0x1F850 <= point <= 0x1F887 else ""


@functools.cache
def _table() -> dict[tuple[str, int], int]:
    from mammoth.docx.dingbats import dingbats  # loaded only for the few documents that need it

    return {(font.lower(), code): point for (font, code), point in dingbats.items()}


@functools.cache
def _fonts() -> frozenset[str]:
    return frozenset(font for font, _ in _table()) | {"marlett"}
