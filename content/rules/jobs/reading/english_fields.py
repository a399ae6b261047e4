"""Fields and trades that somebody names in English within a Chinese message: machine learning方向."""

from __future__ import annotations

import functools
import re

from config import reference
from content.rules.language import plain_text

_FRESH = re.compile("(?:fresh|new|recent|just)(?:ly)?[ -]?grad(?:uate)?[sd]?(?![a-z])")


def in_chinese(text: str) -> str:
    """A folded Chinese text with the English names of the table in Chinese; one without Chinese stays as it is."""
    if not plain_text.CHINESE.search(text):
        return text
    text = _FRESH.sub("应届生", text)
    return _any().sub(lambda found: str(reference.table("english_trades")[found[0]]), text)


@functools.cache
def _any() -> re.Pattern[str]:
    names = sorted(reference.table("english_trades"), key=lambda name: (-len(name), name))
    return re.compile(f"(?<![a-z])(?:{'|'.join(map(re.escape, names))})(?![a-z])")
