"""Titles in the order of what was found: a notice whose title says all that was asked is about it, however long its text."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from content.store.arrays import Array, Floats
from content.store.index_field import Field, Sought

BONUS = 0.3  # of the score, for a title that covers the question wholly …
POWER = 8  # … and almost nothing for one that covers half of it
WHOLLY = 0.999  # floats do not add up to 1
AHEAD = 0.01  # of its own score, by which a title that says all is ahead of all others at least


def covered(field: Field, numbers: Array, titles: Sought, *, asked: Sought, said: Collection[str]) -> Floats:
    """How much of a question the title of each of some ascending notices says, from 0 to 1.

    `titles` and `asked`: the question's terms in titles, and with what they are worth in texts; `said`: those that count.
    """
    terms = zip(asked.worth.items(), asked.terms, strict=True)
    worth = {name: value for (name, value), term in terms if term.size and name in said}
    there = zip(titles.worth, titles.terms, strict=True)
    looked_for = {name: term for name, term in there if term.size and name in worth}
    each = np.array([worth[name] for name in looked_for], np.float32)
    held = field.holds([*looked_for.values()], numbers).astype(np.float32)
    return each @ held / np.float32(sum(worth.values()) or 1)


def lifted(scores: Floats, shares: Floats) -> Floats:
    """The scores, more of them for titles that say nearly all; those that say all come before all others.

    Otherwise short notices that nearly bear the title would come first: length tells against a long text.
    """
    scores = scores * (1 + BONUS * shares**POWER)
    whole = shares > WHOLLY
    if whole.any():
        others = scores[~whole].max(initial=0.0)
        scores[whole] = np.maximum(scores[whole], others) + AHEAD * scores[whole]
    return scores
