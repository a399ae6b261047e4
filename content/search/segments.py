"""A segment of the index: the posting lists of some notices, of their titles and of their passages, and what is shown of each notice.

`pieces` (the first passage of each notice, and the end of the last); `owners` (a number for each ref); `published`,
`last_days` (days as numbers) and `years` (those its title names, as bits); `heads` (ref, whether in force, folded title)
and `cards` (JSON), each with where the single ones begin.
"""

from __future__ import annotations

import functools
import json
from array import array
from collections.abc import Iterable, Mapping
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, NamedTuple

import numpy as np

from content.rules.language import plain_text
from content.search import index_entry
from content.search.arrays import mapped, terms
from content.search.arrays.mapped import Array
from content.search.arrays.posting_lists import PostingLists
from content.search.arrays.posting_writer import PostingWriter
from content.search.index_entry import IndexEntry

BATCH = 1_000  # entries that are cut into terms at once
HEADS, CARDS = 20_000, 5_000  # of them that need not be read again

FIELDS = ("wholes", "titles", "passages")
COLUMNS = {"owners": "Q", "published": "I", "years": "Q", "last_days": "I"}


class Segment:
    """A segment opened from its folder. Raises ValueError or OSError if it is gone or damaged."""

    def __init__(self, folder: Path) -> None:
        self.wholes, self.titles, self.passages = (PostingLists(folder / name) for name in FIELDS)
        self.owners, self.published, self.years, self.last_days, self.pieces = (
            mapped.load(folder / f"{name}.npy") for name in ("owners", "published", "years", "last_days", "pieces")
        )
        self._by_owner = np.argsort(self.owners)
        heads, cards = TextArray(folder, "heads"), TextArray(folder, "cards")
        if not len(heads) == len(cards) == len(self.owners) == self.wholes.documents:
            raise ValueError(f"damaged: {folder}")
        self.head = functools.lru_cache(HEADS)(functools.partial(_head, heads))
        self.card = functools.lru_cache(CARDS)(functools.partial(_card, cards))

    def find(self, owners: Array, gone: Array | None = None) -> Array:
        """The number of each owner's notice; -1 if it is not here or among the `gone`."""
        if not len(self.owners):
            return np.full(len(owners), -1)
        places = np.minimum(self.owners.searchsorted(owners, sorter=self._by_owner), len(self) - 1)
        numbers = self._by_owner[places]
        here = self.owners[numbers] == owners
        if gone is not None and len(gone):
            here &= ~np.isin(numbers, gone)
        return np.where(here, numbers, -1)

    def __len__(self) -> int:
        return self.wholes.documents


class NoticeHead(NamedTuple):
    """What is needed of a notice to rank it. `title` is folded."""

    ref: str
    in_force: bool
    title: str


def _head(heads: TextArray, number: int) -> NoticeHead:
    ref, in_force, title = heads[number].split("\t", 2)
    return NoticeHead(ref, bool(in_force), title)


def _card(cards: TextArray, number: int) -> Mapping[str, Any]:
    """What a list shows of a notice."""
    return MappingProxyType(json.loads(cards[number]))


class TextArray:
    """Many texts in one array, read one by one: `NAME.npy` (UTF-8) and `NAME-starts.npy` (of each, and the end of the last).

    Raises ValueError or OSError if they are gone or damaged."""

    def __init__(self, folder: Path, name: str) -> None:
        self._bytes, self._starts = mapped.load(folder / f"{name}.npy"), mapped.load(folder / f"{name}-starts.npy")
        if len(self._bytes) != self._starts[-1]:
            raise ValueError(f"damaged: {folder / name}")

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> str:
        first, end = self._starts[number : number + 2].tolist()
        return self._bytes[first:end].tobytes().decode()


class TextWriter:
    """Writes such texts, one after the other."""

    def __init__(self, folder: Path, name: str) -> None:
        self._raw, self._folder, self._name = folder / f"{name}.raw", folder, name
        self._starts = array("q", [0])

    def __enter__(self) -> TextWriter:
        self._file = self._raw.open("wb")
        return self

    def add(self, text: str) -> None:
        """The next text."""
        self._starts.append(self._starts[-1] + self._file.write(text.encode()))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if error is None:
            mapped.save(self._folder / f"{self._name}.npy", np.fromfile(self._raw, np.uint8))
            mapped.save(self._folder / f"{self._name}-starts.npy", np.array(self._starts))
        self._raw.unlink()


def write(folder: Path, entries: Iterable[IndexEntry], beside: Segment | None = None) -> None:
    """A new segment with these entries. `beside`: the large segment that it is a supplement to."""
    wholes, titles, passages = builders = [PostingWriter(folder / name) for name in FIELDS]
    columns = {name: array(kind) for name, kind in COLUMNS.items()}
    pieces = [np.zeros(1, np.int64)]
    rest = map(IndexEntry.folded, entries)
    with TextWriter(folder, "heads") as heads, TextWriter(folder, "cards") as cards:
        while batch := list(islice(rest, BATCH)):
            texts = list(map(index_entry.passages, batch))
            pieces.append(passages.documents + np.cumsum(list(map(len, texts))))
            wholes.add(terms.cut(list(map(index_entry.whole, batch)), singles=True))
            titles.add(terms.cut([entry.title for entry in batch], numbers=False))
            passages.add(terms.cut(list(chain.from_iterable(texts))))
            for entry in batch:
                for name, number in index_entry.numbers(entry).items():
                    columns[name].append(number)
                heads.add("\t".join([entry.ref, "1" * entry.in_force, plain_text.normalise(entry.title)]))
                cards.add(json.dumps(entry.card, ensure_ascii=False, separators=(",", ":")))
    for name, builder in zip(FIELDS, builders, strict=True):
        builder.write(getattr(beside, name).mean_length if beside else 0.0)
    for name, values in columns.items():
        mapped.save(folder / f"{name}.npy", np.array(values))
    mapped.save(folder / "pieces.npy", np.concatenate(pieces))
