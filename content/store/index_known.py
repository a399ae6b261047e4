"""What the index knows of words: which characters stand side by side, how often, and with which others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from content.store.index_field import Field
from content.store.index_postings import keys, pair_keys


class Known:
    """As content.rules.known has it."""

    def __init__(self, wholes: Field, passages: Field) -> None:
        self._wholes = wholes
        self._passages = passages

    def counts(self, terms: Sequence[str]) -> list[int]:
        """In how many passages each term stands."""
        return list(self._passages.sizes(keys(terms)).tolist())

    def links(self, firsts: str, seconds: str) -> dict[str, int]:
        """The pairs of one of the first and one of the second characters that stand in passages, and in how many."""
        if not firsts or not seconds:
            return {}
        sizes = self._passages.sizes(pair_keys(firsts, seconds).ravel()).reshape(len(firsts), len(seconds))
        return {firsts[one] + seconds[two]: int(sizes[one, two]) for one, two in zip(*np.nonzero(sizes), strict=True)}

    def together(self, terms: Sequence[str]) -> int:
        """In how many passages all of the terms stand."""
        return self._passages.holding(terms)

    def share(self, character: str) -> float:
        """In how much of all notices a character stands."""
        return float(self._wholes.sizes(keys([character]))[0]) / max(self._wholes.documents, 1)
