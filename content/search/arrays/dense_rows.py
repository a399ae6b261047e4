"""Long posting lists as whole rows, with a place for each document: quicker to add up; the rows used last are remembered."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from content.search.arrays.mapped import Array

MOST_REMEMBERED = 64_000_000  # bytes, of rows of a kind
ROWS = 500  # that ought to find room in those, since questions differ
MOST_ROWS = 10_000  # in small stores, where each is small
WHOLE, BYTE = np.uint16, np.uint8  # scores are whole: half as wide as floats, and memory is what adding waits for
FINE = 64  # parts of a score; lists are kept in steps of 1/255 of a term, which is coarser
COARSE = 32  # … in large stores: enough to choose candidates by, and what a term counts nearly always takes one byte

Kind: TypeAlias = type[np.uint16] | type[np.uint8]
Span: TypeAlias = tuple[int, int]  # where a list begins and ends; both the same for a term that nobody holds


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
