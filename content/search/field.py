"""A field of the index over all segments: its documents are numbered on from one segment to the next."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from content.search.arrays.mapped import Array, Floats
from content.search.arrays.posting_lists import SATURATION, WHOLE, PostingLists, Span, keys

RARE, RARE_WEIGHT = (
    1 / 50,
    1.5,
)  # a single character in less than this share of all documents is mostly a word of its own
LEAST_RARITY = 0.05  # of a term that (nearly) all documents hold: who asks for nothing else is to be answered as well
MOST_TERMS = 96  # of a question; each one costs time
MOST_KNOWN = 20_000  # terms that are remembered: most words of a new question stood in one before


class Term(NamedTuple):
    """A term: in how many documents it stands, how rare that is (as in BM25), and its list in each segment."""

    size: int
    rarity: float
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class WeightedTerms:
    """Terms with what each is worth: its weight times its rarity.

    `total`: what all are worth that some document holds; for the others no answer can be blamed.
    """

    worth: dict[str, float]
    terms: list[Term]
    total: float

    def lacks_some(self, names: Collection[str]) -> bool:
        """Whether one of these terms stands in no document."""
        return not all(term.size for name, term in zip(self.worth, self.terms, strict=True) if name in names)


class IndexField:
    """The posting lists of one field."""

    def __init__(self, parts: Sequence[PostingLists]) -> None:
        self._parts = parts
        self._firsts = np.cumsum([0, *(part.documents for part in parts)]).tolist()
        self._known: dict[str, Term] = {}
        self.documents: int = self._firsts[-1]

    def seek(self, weights: dict[str, float], *, loose: Collection[str] = (), most: float = math.inf) -> WeightedTerms:
        """The terms with their lists; of the `loose` ones (single characters) those that up to `most` documents hold.

        Of many terms those that are worth most: a long letter has common words enough.
        """
        rare = RARE * self.documents
        kept: dict[str, Term] = {}
        worth: dict[str, float] = {}
        for (name, weight), term in zip(weights.items(), self.find(weights), strict=True):
            if name in loose:
                if term.size > most:
                    continue
                if term.size < rare:
                    weight *= RARE_WEIGHT
            kept[name], worth[name] = term, weight * term.rarity
        if len(kept) > MOST_TERMS:
            held = (name for name, term in kept.items() if term.size)
            best = {*sorted(held, key=lambda name: -worth[name])[:MOST_TERMS]}
            kept = {name: term for name, term in kept.items() if name in best}
            worth = {name: worth[name] for name in kept}
        total = sum([worth[name] for name, term in kept.items() if term.size])
        return WeightedTerms(worth, [*kept.values()], total)

    def find(self, names: Collection[str]) -> list[Term]:
        """The terms of these names."""
        known = self._known
        if missing := [name for name in names if name not in known]:
            if len(known) + len(missing) > MOST_KNOWN:
                known, missing = {}, [*names]
            wanted = keys(missing)
            spans = zip(*(part.find(wanted) for part in self._parts), strict=True)
            known.update(zip(missing, map(self._term, spans), strict=True))
            self._known = known
        return [known[name] for name in names]

    def _term(self, spans: tuple[Span, ...]) -> Term:
        size = sum(end - first for first, end in spans)
        rarity = math.log(1 + max(self.documents - size + 0.5, 0.0) / (size + 0.5))
        return Term(size, max(rarity, LEAST_RARITY), spans)

    def sizes(self, wanted: Array) -> Array:
        """In how many documents the term of each key stands."""
        return sum((part.sizes(wanted) for part in self._parts), np.zeros(len(wanted), np.int64))

    def holding(self, names: Collection[str]) -> int:
        """In how many documents all of the terms stand; at least one."""
        spans = [term.spans for term in self.find(names)]
        return sum(part.holding(found) for part, found in zip(self._parts, zip(*spans, strict=True), strict=True))

    def scores(self, sought: WeightedTerms, *, room: float = 0.0) -> tuple[Array, float]:
        """The score of every document, and how many parts of 1 it is counted in. `room`: what will be added to it."""
        most = max(SATURATION * (sought.total + room) + len(sought.terms), 1.0)
        fine = min(*(part.fine for part in self._parts), np.iinfo(WHOLE).max / most)
        return self.added(np.zeros(self.documents, WHOLE), sought, fine), fine

    def added(self, scores: Array, sought: WeightedTerms, times: float) -> Array:
        """The same array, with so many times what each document scores added to it."""
        for number, part in enumerate(self._parts):
            here = scores[self._firsts[number] : self._firsts[number + 1]]
            for term, worth in zip(sought.terms, sought.worth.values(), strict=True):
                part.add(here, term.spans[number], worth * times)
        return scores

    def best_within(self, sought: WeightedTerms, firsts: Array, ends: Array) -> Floats:
        """The best score in each of some ascending stretches of documents."""
        best = np.zeros(len(firsts), np.float32)
        for number, part in enumerate(self._parts):
            first, end = self._firsts[number : number + 2]
            here = slice(*firsts.searchsorted((first, end)).tolist())
            if here.start < here.stop:
                edges = (np.array((firsts[here], ends[here])).T - first).astype(np.uint32)
                spans = [term.spans[number] for term in sought.terms]
                best[here] = part.best_within(spans, [*sought.worth.values()], edges)
        return best
