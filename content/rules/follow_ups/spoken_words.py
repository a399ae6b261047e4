"""What things are called in speech, and how notices write them: 狗 is 犬. Only for finding the sentence of one notice."""

from __future__ import annotations

import functools
import re

from config import reference


@functools.cache
def _rows() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple((re.compile(said), tuple(written)) for said, written in reference.table("spoken_words").items())


@functools.cache
def _any() -> re.Pattern[str]:
    return re.compile("|".join(reference.table("spoken_words")))


@functools.lru_cache(256)  # the words of one question are looked for in every sentence of a text
def written(text: str) -> tuple[tuple[str, ...], ...]:
    """For each thing that a folded text speaks of, the words that notices have for it."""
    if not _any().search(text):
        return ()
    return tuple(words for said, words in _rows() if said.search(text))
