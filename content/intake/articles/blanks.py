"""Blanks that put words in their place: HTML folds them, people centre and indent with them."""

from __future__ import annotations

import re

BLANKS = " \u00a0\u3000\t"
INDENT = (1.2, 3.2)  # em: two Chinese characters, typed in any way
RIGHT_FROM = 0.42  # of the line: words that begin so far right stand at the right
SLACK = 0.12  # of the line: how exactly blanks centre
DEEPEST = 10  # em of an indent that still fits a phone

_RUN = re.compile(r"[ \t\u00a0\u3000]{2,}|\t")


def width(text: str) -> float:
    """How wide a text is, in em: a Chinese character is one, a Latin letter or blank half of one."""
    return sum(2 if sign == "\t" else 1 if ord(sign) >= 0x2000 else 0.5 for sign in text)


def firm(text: str) -> str:
    """The text with blanks that HTML does not fold; a line may still break at the last of several."""
    return _RUN.sub(_firm, text)


def lead(text: str) -> tuple[float, str]:
    """(width of the blanks before a text in em, the text without them)."""
    rest = text.lstrip(BLANKS)
    return width(text[: len(text) - len(rest)]), rest


def place(blanks: float, words: float, line: float) -> str:
    """The CSS that keeps words where blanks put them on a line; all widths in em."""
    if INDENT[0] <= blanks <= INDENT[1]:
        return "text-indent:2em"
    if blanks < INDENT[0]:
        return ""
    if abs(blanks - (line - words) / 2) <= max(2.0, line * SLACK):
        return "text-align:center"
    if blanks >= line * RIGHT_FROM or blanks + words >= line * 0.8:
        return "text-align:right"
    return f"text-indent:{min(round(blanks), DEEPEST)}em"


def _firm(found: re.Match[str]) -> str:
    run = found[0].replace("\t", "\u3000\u3000").replace(" ", "\u00a0")
    return f"{run[:-1]} " if run.endswith("\u00a0") else run
