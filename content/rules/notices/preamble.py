"""Where a text begins to say something: behind the formula by which it was issued."""

from __future__ import annotations

import re

MOST_BEFORE = 25  # lines in which a formula of issue is looked for
LONGEST_NAME = 60  # characters of a line that names an office, a day or the title

_ISSUED = re.compile(
    "^[^。]{0,60}关于印发.{2,120}的通知$|(?:现|予以|请).{0,6}印发(?:给你们|实施|执行|,|，|。)|审议通过[,，].{0,8}印发"
)
_SAYS = re.compile(
    "[。；;！!？?]|^(?:[一二三四五六七八九十]+、|第.{1,4}[条章]|[（(]?[0-9一二三四五六七八九十]+[)）.、])"
)


def without_formula(text: str) -> str:
    """The text without 关于印发…的通知, 现印发给你们, and the names and the day below; the whole if nothing else is there."""
    rows = [row.strip() for row in text.split("\n")]
    issued = [place for place, row in enumerate(rows[:MOST_BEFORE]) if _ISSUED.search(row)]
    if not issued:
        return text
    rest = rows[issued[-1] + 1 :]
    while rest and len(rest[0]) <= LONGEST_NAME and not _SAYS.search(rest[0]):
        rest.pop(0)
    return "\n".join(rest) or text
