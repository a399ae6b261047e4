"""A segment of the index: the posting lists of some notices and of their passages, and what is shown of each notice.

`pieces` (the first passage of each notice, and the end of the last); `owners` (a number for each ref); `last_days`;
`cards` (JSON: ref, folded title, card) and where each begins.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from content.rules import wording
from content.store import arrays, index_schema
from content.store.arrays import Array
from content.store.index_builder import Builder
from content.store.index_postings import Postings
from content.store.index_schema import IndexEntry, owner


class Segment:
    """A segment opened from its folder. Raises ValueError or OSError if it is gone or damaged."""

    def __init__(self, folder: Path) -> None:
        self.wholes, self.passages = Postings(folder / "wholes"), Postings(folder / "passages")
        self.owners, self.last_days, self.pieces = (
            arrays.load(folder / f"{name}.npy") for name in ("owners", "last_days", "pieces")
        )
        self._starts = arrays.load(folder / "starts.npy")
        self._cards = arrays.load(folder / "cards.npy")
        if len(self._cards) != self._starts[-1] or len(self.owners) != self.wholes.documents:
            raise ValueError(f"damaged: {folder}")

    def __len__(self) -> int:
        return self.wholes.documents

    def shown(self, number: int) -> tuple[str, str, bool, dict[str, Any]]:
        """Ref, folded title, whether in force, and card of a notice."""
        first, end = self._starts[number : number + 2].tolist()
        ref, title, in_force, card = json.loads(self._cards[first:end].tobytes())
        return ref, title, in_force, card


def write(folder: Path, entries: Iterable[IndexEntry], beside: Segment | None = None) -> int:
    """A new segment with these entries; how many. `beside`: the large segment that it is a supplement to."""
    wholes, passages = Builder(folder / "wholes"), Builder(folder / "passages")
    owners, last_days, pieces, starts = array("Q"), array("I"), array("q", [0]), array("q", [0])
    with (folder / "cards").open("wb") as cards:
        for entry in map(IndexEntry.folded, entries):
            wholes.add(index_schema.whole(entry))
            for terms in index_schema.passages(entry):
                passages.add(terms)
            owners.append(owner(entry.ref))
            last_days.append(index_schema.last_day_number(entry))
            pieces.append(passages.documents)
            shown = [entry.ref, wording.normalise(entry.title), entry.in_force, entry.card]
            cards.write(json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode())
            starts.append(cards.tell())
    wholes.write(beside.wholes.mean_length if beside else 0.0)
    passages.write(beside.passages.mean_length if beside else 0.0)
    arrays.save(folder / "cards.npy", np.fromfile(folder / "cards", np.uint8))
    (folder / "cards").unlink()
    for name, values in (("owners", owners), ("last_days", last_days), ("pieces", pieces), ("starts", starts)):
        arrays.save(folder / f"{name}.npy", np.array(values))
    return len(owners)


def rows_of(segment: Segment, refs: Iterable[str]) -> Array:
    """The numbers of the notices with these refs, as far as the segment has them."""
    return np.flatnonzero(np.isin(segment.owners, np.array([owner(ref) for ref in refs], np.uint64)))
