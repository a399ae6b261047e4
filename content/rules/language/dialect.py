"""What people say in their own parts of the country, and write by the ear, in the words that are used everywhere: 有没得 → 有没有."""

from __future__ import annotations

import functools
import re

from config import reference


def plain(text: str) -> str:
    """A folded text in the words that are used everywhere."""
    return _any().sub(lambda found: _words()[found[0]], text)


@functools.cache
def _words() -> dict[str, str]:
    return {said: str(written) for said, written in reference.table("dialect").items()}


@functools.cache
def _any() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_words(), key=lambda word: (-len(word), word)))))
