"""Wishes: the words that citizens subscribe to, and whether a new item fits them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from content.rules.language import plain_text

MOST = 10  # wishes of one citizen
LONGEST = 20  # characters of a wish
TOLD_AT_ONCE = 3  # items with one reply

_KIND = re.compile("(?:信息公开|公开|招聘|信息|通知|公告|岗位|职位|工作)+$")


def words(text: str) -> str:
    """A wish as it is kept: normalised, blanks between words; empty if it says too little or too much."""
    folded = " ".join(plain_text.runs(text))
    return folded if 2 <= len(folded) <= LONGEST else ""


def fits(wish: str, text: str, synonyms: Sequence[Iterable[str]] = ()) -> bool:
    """Whether each word of a wish, or one that means the same, stands in a normalised text. 预算公开 asks for 预算."""
    return all(any(word in text for word in _alike(_core(word), synonyms)) for word in wish.split())


def _core(word: str) -> str:
    return _KIND.sub("", word) or word


def _alike(word: str, synonyms: Sequence[Iterable[str]]) -> set[str]:
    return {word}.union(*(group for group in synonyms if word in group))
