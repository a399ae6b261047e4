"""Titles in the order of what was found: a notice whose title says all that was asked is about it, however long its text."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from content.search.arrays.mapped import Array, Floats
from content.search.field import WeightedTerms
from content.search.hits import Hit

BONUS = 0.3  # of the score, for a title that covers the question wholly …
POWER = 8  # … and almost nothing for one that covers half of it
WHOLLY = 0.999  # of what was asked; the rest is a term that nearly every notice holds
AHEAD = 0.01  # of its own score, by which a title that says all is ahead of all others at least
MORE = 4  # of the best titles, besides the best notices: in a series texts are much the same, and one title is meant


def picked(scores: Floats, named: Array, limit: int) -> Array:
    """Places of the best scores, best first, and of some others with better titles than those, by `named`, the titles' scores."""
    order = np.argsort(-scores, kind="stable")
    best, others = order[:limit], order[limit:]
    most = named[best].max(initial=0)
    better = others[named[others] > most]
    if not len(better):
        return best
    return np.concatenate([best, better[np.argsort(-named[better].astype(np.int32), kind="stable")][:MORE]])


def lifted(hits: Sequence[Hit], asked: WeightedTerms, said: Collection[str]) -> list[Hit]:
    """The hits in a new order: more for titles that say nearly all, and those that say all before all others.

    `said`: the terms that count. Otherwise short notices that nearly bear the title would come first: length tells
    against a long text.
    """
    known = zip(asked.worth.items(), asked.terms, strict=True)
    terms = [(name, worth) for (name, worth), term in known if term.size and name in said]
    total = sum([worth for _, worth in terms]) or 1.0
    shares = [sum([worth for term, worth in terms if term in hit.folded]) / total for hit in hits]
    scores = [hit.score * (1 + BONUS * share**POWER) for hit, share in zip(hits, shares, strict=True)]
    others = max([score for score, share in zip(scores, shares, strict=True) if share <= WHOLLY], default=0.0)
    scores = [
        max(score, others) + AHEAD * score if share > WHOLLY else score
        for score, share in zip(scores, shares, strict=True)
    ]
    new = [hit._replace(score=score) for hit, score in zip(hits, scores, strict=True)]
    return sorted(new, key=lambda hit: -hit.score)
