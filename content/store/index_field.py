"""A field of the index over all segments: its documents are numbered on from one segment to the next."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from content.store.arrays import Array, Floats
from content.store.index_postings import Postings, Span, keys

RARE, RARE_WEIGHT = (
    1 / 50,
    1.5,
)  # a single character in less than this share of all documents is mostly a word of its own
MOST_TERMS = 96  # of a question; each one costs time


@dataclass(frozen=True)
class Sought:
    """Terms with what each is worth (its weight times its rarity, as in BM25) and its list in each segment."""

    worth: dict[str, float]
    spans: list[list[Span]]

    def lacks_some(self) -> bool:
        """Whether some term stands in no document."""
        return not all(any(first < end for first, end in found) for found in zip(*self.spans, strict=True))


class Field:
    """The posting lists of one field."""

    def __init__(self, parts: Sequence[Postings]) -> None:
        self._parts = parts
        self._firsts = np.cumsum([0, *(part.documents for part in parts)]).tolist()
        self.documents: int = self._firsts[-1]

    def seek(self, weights: dict[str, float], *, loose: Collection[str] = (), most: float = math.inf) -> Sought:
        """The terms with their lists; of the `loose` ones (single characters) those that up to `most` documents hold.

        Of many terms those that are worth most: a long letter has common words enough.
        """
        wanted = keys(list(weights))
        spans = [part.find(wanted) for part in self._parts]
        sizes = [sum(end - first for first, end in found) for found in zip(*spans, strict=True)]
        rare = RARE * self.documents
        worth = {
            term: weight
            * math.log(1 + max(self.documents - size + 0.5, 0.0) / (size + 0.5))
            * (RARE_WEIGHT if size < rare and term in loose else 1.0)
            for (term, weight), size in zip(weights.items(), sizes, strict=True)
            if size <= most or term not in loose
        }
        if len(worth) > MOST_TERMS:
            held = (term for term, size in zip(weights, sizes, strict=True) if size and term in worth)
            best = {*sorted(held, key=lambda term: -worth[term])[:MOST_TERMS]}
            worth = {term: value for term, value in worth.items() if term in best}
        kept = [term in worth for term in weights]
        return Sought(worth, [[span for span, keep in zip(found, kept, strict=True) if keep] for found in spans])

    def sizes(self, wanted: Array) -> Array:
        """In how many documents the term of each key stands."""
        return sum((part.sizes(wanted) for part in self._parts), np.zeros(len(wanted), np.int64))

    def holding(self, terms: Sequence[str]) -> int:
        """In how many documents all of the terms stand; at least one."""
        wanted = keys(terms)
        return sum(part.holding(part.find(wanted)) for part in self._parts)

    def scores(self, sought: Sought) -> Floats:
        """The score of every document."""
        scores = np.zeros(self.documents, np.float32)
        for part, first, spans in self._each(sought):
            here = scores[first : first + part.documents]
            for span, worth in zip(spans, sought.worth.values(), strict=True):
                if span[0] < span[1]:
                    part.add(here, span, worth)
        return scores

    def best_within(self, sought: Sought, firsts: Array, ends: Array) -> Floats:
        """The best score in each of some ascending stretches of documents."""
        best = np.zeros(len(firsts), np.float32)
        worth = np.fromiter(sought.worth.values(), np.float32, len(sought.worth))
        for part, first, spans in self._each(sought):
            here = slice(*firsts.searchsorted((first, first + part.documents)).tolist())
            if here.start < here.stop:
                edges = (np.array((firsts[here], ends[here])).T - first).astype(np.uint32)
                best[here] = part.best_within(spans, worth, edges)
        return best

    def _each(self, sought: Sought) -> Iterator[tuple[Postings, int, list[Span]]]:
        return zip(self._parts, self._firsts, sought.spans, strict=False)
