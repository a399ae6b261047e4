"""Hearing what was meant: command words and numbers read out of a message, blanks and full-width forms folded."""

from __future__ import annotations

import re

from content.rules.language import plain_text

MAX_QUESTION = 300  # characters that are looked up; the rest adds nothing but time

_NUMBER = re.compile(
    r"(?:看|第|选|选择|no\.?|#)?\s*(\d{1,3}|[一二三四五六七八九十])\s*(?:条|个|项|号|篇)?[.。、,，)）!！]*"
)
_DIGITS = {word: number for number, word in enumerate("一二三四五六七八九十", start=1)}
_TAIL = " 。.!?~,;、"
_PARTICLES = "啊呀哈哦噢啦嘛哟喔嘞"


def fold(text: str) -> str:
    """The text as it is understood: half-width, lower case, nothing invisible, single blanks, not endless."""
    return plain_text.normalise(text[: 4 * MAX_QUESTION])[:MAX_QUESTION]


def bare(text: str) -> str:
    """A folded text without its closing punctuation and inner blanks, to compare with command words."""
    return (text.strip(_TAIL) or text).replace(" ", "")


def unstressed(text: str) -> str:
    """A bare text without the particles at its end: 谢谢你啊."""
    return text.rstrip(_PARTICLES) or text


def number(text: str) -> int | None:
    """The number of a list entry if the folded text is nothing else: 2, 第2条, 二, ②; else None."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    return _DIGITS.get(match[1]) or int(match[1])


def is_wordless(text: str) -> bool:
    """Whether there is no letter, no digit and no character in a folded text: emoji and punctuation only."""
    return not plain_text.RUN.search(text)
