"""What the index knows of words: which characters stand side by side, how often, and with which others."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np

from content.search.arrays.posting_lists import IndexField, pair_keys

REMEMBERED = 4000  # answers of a kind: what is doubted in one question is doubted in others


class IndexWords:
    """As content.rules.language.notice_words has it."""

    def __init__(self, wholes: IndexField, passages: IndexField) -> None:
        self._wholes = wholes
        self._passages = passages
        # Nothing remembered here may lead back to this object: what replaced an index must free its mapped files at once.
        self._links = functools.lru_cache(REMEMBERED)(functools.partial(_links, passages))
        self._together = functools.lru_cache(REMEMBERED)(passages.holding)

    def counts(self, terms: Sequence[str]) -> list[int]:
        """In how many passages each term stands."""
        return [term.size for term in self._passages.find(terms)]

    def links(self, firsts: str, seconds: str) -> dict[str, int]:
        """The pairs of one of the first and one of the second characters that stand in passages, and in how many."""
        return self._links(firsts, seconds) if firsts and seconds else {}

    def together(self, terms: Sequence[str]) -> int:
        """In how many passages all of the terms stand."""
        return self._together(tuple(terms))

    def share(self, character: str) -> float:
        """In how much of all notices a character stands."""
        [term] = self._wholes.find([character])
        return term.size / max(self._wholes.documents, 1)


def _links(passages: IndexField, firsts: str, seconds: str) -> dict[str, int]:
    sizes = passages.sizes(pair_keys(firsts, seconds).ravel()).reshape(len(firsts), len(seconds))
    return {firsts[one] + seconds[two]: int(sizes[one, two]) for one, two in zip(*np.nonzero(sizes), strict=True)}
