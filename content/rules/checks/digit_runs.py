"""Numbers as people write them: in full width, with blanks and dashes, with signs that nobody sees between the digits."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_HALF_WIDTH = str.maketrans(
    "０１２３４５６７８９ＸｘＡ－\u3000\u00a0\u2002\u2003\u2009\t‐‑‒–—·", "0123456789XxA-" + " " * 6 + "-" * 6
)
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u2800")  # letters and signs without a shape
_UNSEEN_KINDS = frozenset({"Cf", "Mn", "Me"})  # controls of format, tags, and marks upon the sign before
_CHINESE = "〇零一二三四五六七八九○Ｏ"
_CHINESE_RUN = re.compile(f"(?:[{_CHINESE}0-9][ \\-\\n]{{0,3}}){{11,}}")  # so many are said one by one: no quantity
_CHINESE_DIGITS = str.maketrans(_CHINESE, "0012345678900")
_APART = re.compile(r"(?<![0-9])([0-9]{1,2})\n(?=[0-9Xx]{1,2}(?![0-9]))")  # a digit a line
_GAPS = re.compile(r"[ \-]")


FEWEST = 11  # digits of the shortest number that is looked for
_DIGIT = re.compile(f"[0-9０-９{_CHINESE}]")


def may_hold_a_number(text: str) -> bool:
    """Whether a text has digits enough for any number that is looked for."""
    if len(text) < FEWEST:
        return False
    found = len(_DIGIT.findall(text))
    if found >= FEWEST or text.isascii():
        return found >= FEWEST
    return found + sum(text.count(letter) for letter in set(text) if _is_other_digit(letter)) >= FEWEST


def _is_other_digit(letter: str) -> bool:
    return not letter.isascii() and unicodedata.digit(letter, None) is not None


@functools.cache  # letter by letter through whole texts: looked up, not worked out
def _half_width(letter: str) -> str:
    """A sign as it is read: ①, 𝟏 and ١ are digits like any other. Always one sign for one."""
    value = None if letter.isascii() else unicodedata.digit(letter, None)
    return letter if value is None else str(value)


@functools.cache
def _is_unseen(letter: str) -> bool:
    return letter in _UNSEEN or (not letter.isascii() and unicodedata.category(letter) in _UNSEEN_KINDS)


@dataclass(frozen=True)
class DigitRun:
    """A number: its digits alone, and where it stands in the text as it was written (`end` not included)."""

    digits: str
    start: int
    end: int
    before: str  # the text before it, half width
    after: str


class PlainText:
    """A text in half width without unseen signs; each character knows its place in the text as it was written."""

    def __init__(self, text: str) -> None:
        kept = [(place, letter) for place, letter in enumerate(text) if not _is_unseen(letter)]
        self.written = text
        plain = "".join(_half_width(letter) for _, letter in kept).translate(_HALF_WIDTH)
        plain = _CHINESE_RUN.sub(lambda found: found[0].translate(_CHINESE_DIGITS), plain)
        self.text = _APART.sub(r"\1 ", plain)
        self._places = [place for place, _ in kept]

    def find(self, pattern: re.Pattern[str]) -> Iterator[DigitRun]:
        """Each match of `pattern` (its first group) as a number."""
        for found in pattern.finditer(self.text):
            start, end = found.span(1)
            yield DigitRun(
                _GAPS.sub("", found.group(1)), self._places[start], self._places[end - 1] + 1,
                self.text[:start], self.text[end:],
            )  # fmt: skip


def starred(written: str, *, head: int, tail: int) -> tuple[str, ...]:
    """What each character of a number becomes: stars for all digits but the first and the last few; blanks stay."""
    counted = [place for place, letter in enumerate(written) if letter.isalnum() and not _is_unseen(letter)]
    hidden = set(counted[head : len(counted) - tail])
    return tuple("*" if place in hidden else letter for place, letter in enumerate(written))
