"""Places of a wording at which a reviewer may say something: its paragraphs, counted from 1, as a reader sees them."""

from __future__ import annotations

from typing import NamedTuple

from content.rules.errors import BadInput
from content.rules.publishing.markup import words

LONGEST_QUOTE = 40  # characters


class RemarkPlace(NamedTuple):
    """A paragraph: its number, and how it begins. Number 0 is the article as a whole."""

    number: int
    quote: str

    @property
    def words(self) -> str:
        """第 2 段“…”, or 全文."""
        return f"第 {self.number} 段“{self.quote}”" if self.number else "全文"


WHOLE = RemarkPlace(0, "")


def places(html: str) -> list[RemarkPlace]:
    """Every paragraph of an article's HTML that has words."""
    return [RemarkPlace(number, _short(line)) for number, line in enumerate(words(html).splitlines(), start=1)]


def place(html: str, number: int) -> RemarkPlace:
    """The paragraph of that number. Raises BadInput if there is none."""
    if number == 0:
        return WHOLE
    found = next((each for each in places(html) if each.number == number), None)
    if found is None:
        raise BadInput(f"这一稿没有第 {number} 段，请重新选一段。")
    return found


def _short(line: str) -> str:
    return line if len(line) <= LONGEST_QUOTE else f"{line[:LONGEST_QUOTE]}…"
