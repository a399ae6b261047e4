"""Numbers as people write them: in full width, with blanks and dashes, with signs that nobody sees between the digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HALF_WIDTH = str.maketrans(
    "０１２３４５６７８９ＸｘＡ－\u3000\u00a0\u2002\u2003\u2009\t‐‑‒–—·", "0123456789XxA-" + " " * 6 + "-" * 6
)
_UNSEEN = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")
_GAPS = re.compile(r"[ \-]")


FEWEST = 11  # digits of the shortest number that is looked for
_DIGIT = re.compile(r"[0-9０-９]")


def may_hold_a_number(text: str) -> bool:
    """Whether a text has digits enough for any number that is looked for."""
    return len(text) >= FEWEST and len(_DIGIT.findall(text)) >= FEWEST


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
        kept = [(place, letter) for place, letter in enumerate(text) if letter not in _UNSEEN]
        self.written = text
        self.text = "".join(letter for _, letter in kept).translate(_HALF_WIDTH)
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
    counted = [place for place, letter in enumerate(written) if letter.isalnum()]
    hidden = set(counted[head : len(counted) - tail])
    return tuple("*" if place in hidden else letter for place, letter in enumerate(written))
