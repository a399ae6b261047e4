"""Values of properties that a page computes: var(--x) from what is set further out, and words that a style adds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from lxml.html import HtmlElement

from content.intake.articles.style_sheets import AFTER, BEFORE

MOST_STEPS = 20  # variables within variables
LONGEST = 2000  # characters of a value
DOTS = frozenset("•·●○◦▪▫■□◆◇❖➢➤►▶▸→‣›»-–—|/")  # what only marks the points of a list

_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,((?:[^()]|\([^()]*\))*))?\)")
_CONTENT = re.compile(
    r"""\s*(?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|attr\(\s*([\w-]+)[^)]*\)|((?:no-)?(?:open|close)-quote)|(/.*))""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})\s?|(.))", re.DOTALL)
_QUOTES = {"open-quote": "“", "close-quote": "”"}


def resolved(style: dict[str, str], around: Mapping[str, str]) -> tuple[dict[str, str], Mapping[str, str]]:
    """(the style without `var(…)`, the variables that hold inside the element)."""
    own = {
        name: value for name, value in style.items() if name.startswith("--") and not name.startswith((BEFORE, AFTER))
    }
    scope = {**around, **own} if own else around
    if not any("var(" in value for value in style.values()):
        return style, scope
    settled = {name: _filled(value, scope) for name, value in style.items() if name not in own}
    return {name: value for name, value in settled.items() if value}, scope


def _filled(value: str, scope: Mapping[str, str]) -> str:
    """A value with its variables written in; nothing for one that is not set, as a browser drops it."""
    for _ in range(MOST_STEPS):
        found = _VAR.search(value)
        if not found:
            return value.lower() if "url(" not in value else value
        written = scope.get(found[1], found[2])
        if written is None or len(value) > LONGEST:
            return ""
        value = f"{value[: found.start()]}{written.strip()}{value[found.end() :]}"
    return ""


def pseudo(style: Mapping[str, str], start: str) -> dict[str, str]:
    """The properties of the element's `::before` or `::after`, as `start` says which."""
    return {name.removeprefix(start): value for name, value in style.items() if name.startswith(start)}


def added(element: HtmlElement, content: str) -> str | None:
    """The words that a `content` adds to an element; None for counters, pictures and signs of a font of their own."""
    words, at = "", 0
    content = content.strip()
    if content in ("", "none", "normal", "unset", "initial", "inherit"):
        return ""
    while at < len(content):
        found = _CONTENT.match(content, at)
        if not found:
            return None
        double, single, name, quote, _ = found.groups()
        words += _ESCAPE.sub(_sign, double if double is not None else single or "")
        words += element.get(name, "") if name else _QUOTES.get(quote or "", "")
        at = found.end()
    if any(unicodedata.category(sign) == "Co" for sign in words):
        return None
    return "" if element.tag == "li" and set(words.split()) <= DOTS else words


def _sign(found: re.Match[str]) -> str:
    if not found[1]:
        return found[2] if found[2] != "\n" else ""
    code = int(found[1], 16)
    return (
        "\n" if code == 10 else chr(code) if 32 <= code < 0x110000 and unicodedata.category(chr(code)) != "Cs" else ""
    )
