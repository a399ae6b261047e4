"""Posting lists: which documents hold a term and how much it counts in each; plain arrays, mapped from disk.

`keys` (of all terms, ascending) with `numbers` (of their lists); `starts` (of the lists, and the end of the last);
`ids` (documents, ascending within a list); `codes` (BM25 without the inverse document frequency, in 255 steps).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np

from content.store.arrays import Array, Floats, load

K1, B = 1.2, 0.75  # of BM25
SATURATION = K1 + 1  # the most that one term can count
STEP = SATURATION / 255
LONG = 16  # a list with more than one document in so many is faster added up as a whole row,
MOST_SPREAD = 16_000_000  # … of which so many numbers are remembered: 64 MB
OTHER = 1 << 63  # keys of terms that are longer than two characters

Span: TypeAlias = tuple[int, int]  # where a list begins and ends; both the same for a term that nobody holds


class Postings:
    """The lists in a folder. Raises ValueError or OSError if they are gone or damaged."""

    def __init__(self, folder: Path) -> None:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        self.documents: int = meta["documents"]
        self.mean_length: float = meta["mean_length"]
        self._keys, self._numbers, self._starts = (
            load(folder / f"{name}.npy") for name in ("keys", "numbers", "starts")
        )
        self._rows: dict[Span, Floats] = {}
        self._ids, self._codes = load(folder / "ids.npy"), load(folder / "codes.npy")
        if not len(self._ids) == len(self._codes) == self._starts[-1]:
            raise ValueError(f"damaged: {folder}")

    def find(self, keys: Array) -> list[Span]:
        """The list of each key."""
        if not len(self._keys):
            return [(0, 0)] * len(keys)
        places = np.minimum(self._keys.searchsorted(keys), len(self._keys) - 1)
        numbers = self._numbers[places]
        known = self._keys[places] == keys
        return list(
            zip((self._starts[numbers] * known).tolist(), (self._starts[numbers + 1] * known).tolist(), strict=True)
        )

    def sizes(self, keys: Array) -> Array:
        """In how many documents each key's term stands."""
        if not len(self._keys):
            return np.zeros(len(keys), np.int64)
        places = np.minimum(self._keys.searchsorted(keys), len(self._keys) - 1)
        numbers = self._numbers[places]
        return np.where(self._keys[places] == keys, self._starts[numbers + 1] - self._starts[numbers], 0)

    def holding(self, spans: Sequence[Span]) -> int:
        """In how many documents all of these lists meet."""
        first, *others = sorted(spans, key=lambda span: span[1] - span[0])
        ids = self._ids[slice(*first)]
        for span in others:
            more = self._ids[slice(*span)]
            ids = ids[more[np.minimum(np.searchsorted(more, ids), len(more) - 1)] == ids] if len(more) else more
        return len(ids)

    def add(self, scores: Floats, span: Span, worth: float) -> None:
        """Adds what a term counts to the score of every document that holds it."""
        first, end = span
        if (end - first) * LONG > self.documents:
            np.add(scores, self._spread(span) * np.float32(worth), out=scores)
        else:
            codes = self._codes[first:end] * np.float32(worth * STEP)
            np.add.at(scores, self._ids[first:end].astype(np.intp), codes)

    def _spread(self, span: Span) -> Floats:
        """A long list as one number for each document; those used last are remembered."""
        row = self._rows.get(span)
        if row is None:
            if len(self._rows) * self.documents > MOST_SPREAD:
                self._rows.clear()
            row = np.zeros(self.documents, np.float32)
            row[self._ids[span[0] : span[1]]] = self._codes[span[0] : span[1]] * np.float32(STEP)
            self._rows[span] = row
        return row

    def holds(self, spans: Sequence[Span], documents: Array) -> Array:
        """Whether each list has each of these documents, lists × documents."""
        held = np.zeros((len(spans), len(documents)), np.bool_)
        for row, (first, end) in zip(held, spans, strict=True):
            if first < end:
                ids = self._ids[first:end]
                np.equal(ids.take(ids.searchsorted(documents), mode="clip"), documents, out=row)
        return held

    def best_within(self, spans: Sequence[Span], worth: Floats, edges: Array) -> Floats:
        """For stretches of documents, ascending rows of first and end: the best score in each.

        `worth` is that of each list in `spans`. A stretch may be empty.
        """
        cuts = self._cuts(spans, edges.ravel()).reshape(len(spans), len(edges), 2)
        counts = cuts[:, :, 1] - cuts[:, :, 0]
        sizes = (edges[:, 1] - edges[:, 0]).astype(np.intp)
        ends = sizes.cumsum()
        before = ends - sizes  # the stretches laid end to end
        scores = np.zeros(int(ends[-1]) + 1, np.float32)
        each = counts.ravel()
        upto = each.cumsum()
        if spans and upto[-1]:
            places = np.arange(upto[-1]) + (cuts[:, :, 0].ravel() - upto + each).repeat(each)
            shifts = np.concatenate([before - edges[:, 0]] * len(spans)).repeat(each)
            values = self._codes[places] * (worth * np.float32(STEP)).repeat(counts.sum(axis=1))
            np.add.at(scores, self._ids[places] + shifts, values)
        return np.maximum.reduceat(scores, before) * (sizes > 0)

    def _cuts(self, spans: Sequence[Span], numbers: Array) -> Array:
        """Where each number would stand in each list, lists × numbers."""
        cuts = np.zeros((len(spans), len(numbers)), np.intp)
        for row, (first, end) in zip(cuts, spans, strict=True):
            if first < end:
                np.add(self._ids[first:end].searchsorted(numbers), first, out=row)
        return cuts


def keys(terms: Sequence[str]) -> Array:
    """The terms as numbers."""
    return np.fromiter(map(key, terms), np.uint64, len(terms))


def pair_keys(firsts: str, seconds: str) -> Array:
    """The pairs of each of the first with each of the second characters as numbers, first × second."""
    one, two = (np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64) for text in (firsts, seconds))
    return one[:, None] << np.uint64(21) | two[None, :]


def key(term: str) -> int:
    """A term as a number: one or two characters as they are, longer ones as a hash."""
    if len(term) == 2:
        return ord(term[0]) << 21 | ord(term[1])
    if len(term) == 1:
        return ord(term)
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "big") | OTHER
