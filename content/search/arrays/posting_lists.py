"""Posting lists: which documents hold a term and how much it counts in each; plain arrays, mapped from disk.

`keys` (of all terms, ascending) with `numbers` (of their lists); `starts` (of the lists, and the end of the last);
`ids` (documents, ascending within a list); `codes` (BM25 without the inverse document frequency, in 255 steps).

`IndexField` at the end is a field of the index over all segments: its documents are numbered on from one to the next.
"""

from __future__ import annotations

import functools
import hashlib
import json
import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np

from content.search.arrays.mapped import Array, Floats, load

K1, B = 1.2, 0.75  # of BM25
SATURATION = K1 + 1  # the most that one term can count
STEP = SATURATION / 255
LONG = 32  # a list with more than one document in so many is faster added up as a whole row
FREQUENT = 256  # likewise for a look at single documents
OTHER = 1 << 63  # keys of terms that are longer than two characters


MOST_REMEMBERED = 64_000_000  # bytes, of rows of a kind
ROWS = 500  # that ought to find room in those, since questions differ
MOST_ROWS = 10_000  # in small stores, where each is small
WHOLE, BYTE = np.uint16, np.uint8  # scores are whole: half as wide as floats, and memory is what adding waits for
FINE = 64  # parts of a score; lists are kept in steps of 1/255 of a term, which is coarser
COARSE = 32  # … in large stores: enough to choose candidates by, and what a term counts nearly always takes one byte
RARE, RARE_WEIGHT = (
    1 / 50,
    1.5,
)  # a single character in less than this share of all documents is mostly a word of its own
LEAST_RARITY = 0.05  # of a term that (nearly) all documents hold: who asks for nothing else is to be answered as well
MOST_TERMS = 96  # of a question; each one costs time
MOST_KNOWN = 20_000  # terms that are remembered: most words of a new question stood in one before

Kind: TypeAlias = type[np.uint16] | type[np.uint8]
Span: TypeAlias = tuple[int, int]  # where a list begins and ends; both the same for a term that nobody holds


class PostingLists:
    """The lists in a folder. Raises ValueError or OSError if they are gone or damaged."""

    def __init__(self, folder: Path) -> None:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        self.documents: int = meta["documents"]
        self.mean_length: float = meta["mean_length"]
        self._keys, self._numbers, self._starts = (
            load(folder / f"{name}.npy") for name in ("keys", "numbers", "starts")
        )
        self._ids, self._codes = load(folder / "ids.npy"), load(folder / "codes.npy")
        if not len(self._ids) == len(self._codes) == self._starts[-1]:
            raise ValueError(f"damaged: {folder}")
        self._rows = DenseRows(self.documents, self._ids, self._codes)
        self.fine = self._rows.fine  # in how many parts of 1 scores are best counted

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

    def add(self, scores: Array, span: Span, worth: float) -> None:
        """Adds what a term counts, rounded, to the score of every document that holds it; `worth` in parts of a score."""
        first, end = span
        if (end - first) * LONG > self.documents:
            np.add(scores, self._rows.counted(span, worth * STEP), out=scores)
        elif first < end:
            np.add.at(scores, self._ids[first:end].astype(np.intp), counted(self._codes[first:end], worth * STEP))

    def holds(self, spans: Sequence[Span], documents: Array) -> Array:
        """Whether each list has each of these documents, lists × documents."""
        held = np.zeros((len(spans), len(documents)), np.bool_)
        for row, span in zip(held, spans, strict=True):
            if self._is_frequent(span):
                np.not_equal(self._rows.codes(span).take(documents), 0, out=row)
            elif span[0] < span[1]:
                ids = self._ids[slice(*span)]
                np.equal(ids.take(ids.searchsorted(documents), mode="clip"), documents, out=row)
        return held

    def best_within(self, spans: Sequence[Span], worth: Sequence[float], edges: Array) -> Floats:
        """For stretches of documents, ascending rows of first and end: the best score in each.

        `worth` is that of each list in `spans`. A stretch may be empty.
        """
        firsts = edges[:, 0]
        sizes = (edges[:, 1] - firsts).astype(np.intp)
        ends = sizes.cumsum()
        before = ends - sizes  # the stretches laid end to end
        scores = np.zeros(int(ends[-1]) + 1, np.float32)
        frequent, seldom = list[tuple[Span, float]](), list[tuple[Span, float]]()
        for span, value in zip(spans, worth, strict=True):
            if span[0] < span[1]:
                (frequent if self._is_frequent(span) else seldom).append((span, value))
        if frequent:
            documents = np.arange(ends[-1]) + (firsts - before).repeat(sizes)
            scores[:-1] = self._looked_up(frequent, documents)
        if seldom:
            self._add_within(scores, seldom, edges, shifts=before - firsts)
        return np.maximum.reduceat(scores, before) * (sizes > 0)

    def _is_frequent(self, span: Span) -> bool:
        return (span[1] - span[0]) * FREQUENT > self.documents and self._rows.has_room

    def _looked_up(self, lists: Sequence[tuple[Span, float]], documents: Array) -> Floats:
        """The scores of these documents by frequent lists."""
        codes = np.empty((len(lists), len(documents)), np.uint8)
        for row, (span, _) in zip(codes, lists, strict=True):
            self._rows.codes(span).take(documents, out=row, mode="clip")  # the other modes copy once more
        return np.array([value * STEP for _, value in lists], np.float32) @ codes.astype(np.float32)

    def _add_within(self, scores: Floats, lists: Sequence[tuple[Span, float]], edges: Array, *, shifts: Array) -> None:
        """Adds what stands of some lists within each stretch; `shifts`: from a document's number to its place in `scores`."""
        cuts = self._cuts([span for span, _ in lists], edges.ravel()).reshape(len(lists), len(edges), 2)
        counts = cuts[:, :, 1] - cuts[:, :, 0]
        each = counts.ravel()
        upto = each.cumsum()
        if upto[-1]:
            places = np.arange(upto[-1]) + (cuts[:, :, 0].ravel() - upto + each).repeat(each)
            worth = np.array([value * STEP for _, value in lists], np.float32)
            values = self._codes[places] * worth.repeat(counts.sum(axis=1))
            np.add.at(scores, self._ids[places] + np.tile(shifts, len(lists)).repeat(each), values)

    def _cuts(self, spans: Sequence[Span], numbers: Array) -> Array:
        """Where each number would stand in each list, lists × numbers."""
        cuts = np.empty((len(spans), len(numbers)), np.intp)
        for row, (first, end) in zip(cuts, spans, strict=True):
            np.add(self._ids[first:end].searchsorted(numbers), first, out=row)
        return cuts


def keys(terms: Collection[str]) -> Array:
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


class DenseRows:
    """Rows of the lists that lie in `ids` and `codes`; whatever a code is multiplied by is in parts of a score.

    Nothing remembered here leads back to this object: what replaced an index must free its mapped files at once.
    """

    def __init__(self, documents: int, ids: Array, codes: Array) -> None:
        kind: Kind = WHOLE if _room(documents, WHOLE) >= ROWS else BYTE
        self.fine = FINE if kind is WHOLE else COARSE
        self.has_room = _room(documents, BYTE) >= ROWS
        remembering = functools.lru_cache(_room(documents, kind))
        self.counted: Callable[[Span, float], Array] = remembering(
            functools.partial(_counted, documents, ids, codes, kind)
        )
        remembering = functools.lru_cache(_room(documents, BYTE))
        self.codes: Callable[[Span], Array] = remembering(functools.partial(_codes, documents, ids, codes))


def counted(codes: Array, step: float) -> Array:
    """What a term counts in documents of these codes, rounded to whole parts of a score."""
    return (codes * np.float32(step) + np.float32(0.5)).astype(WHOLE)


def _room(documents: int, kind: Kind) -> int:
    """How many rows are remembered."""
    return min(MOST_REMEMBERED // max(documents * kind().itemsize, 1), MOST_ROWS)


def _counted(documents: int, ids: Array, codes: Array, kind: Kind, span: Span, step: float) -> Array:
    """What a term counts in each document; wider than `kind` if it does not fit."""
    values = counted(codes[slice(*span)], step)
    return _spread(documents, ids[slice(*span)], values.astype(kind) if values.max() <= np.iinfo(kind).max else values)


def _codes(documents: int, ids: Array, codes: Array, span: Span) -> Array:
    """The code of each document."""
    return _spread(documents, ids[slice(*span)], codes[slice(*span)])


def _spread(documents: int, ids: Array, values: Array) -> Array:
    row = np.zeros(documents, values.dtype)
    row[ids] = values
    return row


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
