"""Building posting lists: documents come in batches, their lists are written to a folder in the end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from content.search.arrays import mapped
from content.search.arrays.mapped import Array, Floats
from content.search.arrays.posting_lists import K1, OTHER, SATURATION, STEP, B
from content.search.arrays.terms import TermBatch
from content.search.switch import write_bytes

CHUNK = 2_000_000  # terms that are sorted at once, 16 MB; then they wait on the disk
COUNTED = 255  # the most occurrences that are told apart
# While they are sorted, a term and its document are one number: the key of a short term, or the place of a long one
# among those of the chunk, and the document's number within the chunk.
DOCUMENT, LONG = np.uint64(21), np.uint64(1 << 42)


class PostingChunk(NamedTuple):
    """Posting lists of some documents: terms ascending, how long each list is; all lists behind one another."""

    keys: Array
    sizes: Array
    documents: Array
    counts: Array


class PostingWriter:
    """Takes documents as their terms; they get the numbers 0, 1, 2 …"""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._lengths: list[Array] = []  # terms of each document
        self._waiting: list[TermBatch] = []
        self._chunks = self._first = self.documents = 0

    def add(self, terms: TermBatch) -> None:
        """The next documents."""
        self._lengths.append(np.bincount(terms.texts, minlength=terms.total).astype(np.uint32))
        self._waiting.append(terms._replace(texts=terms.texts + (self.documents - self._first)))
        self.documents += terms.total
        waiting = sum(len(batch.keys) for batch in self._waiting)
        if waiting >= CHUNK or self.documents - self._first >= 1 << 20:
            self._put_aside()

    def write(self, mean_length: float = 0.0) -> None:
        """Writes all lists; those of a small part beside a large one with the large one's mean length."""
        self._put_aside()
        lengths = np.concatenate([np.zeros(0, np.uint32), *self._lengths])
        mean = mean_length or float(lengths.mean() if len(lengths) else 0.0) or 1.0
        found = np.unique(np.concatenate([chunk.keys for chunk in self._read_chunks()]))
        sizes = np.zeros(len(found), np.int64)
        for chunk in self._read_chunks():
            sizes[found.searchsorted(chunk.keys)] += chunk.sizes
        starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
        self._write_lists(found, starts, (K1 * (1 - B + B * lengths / mean)).astype(np.float32))
        mapped.save(self._folder / "starts.npy", starts)
        mapped.save(self._folder / "keys.npy", found)
        mapped.save(self._folder / "numbers.npy", np.arange(len(found), dtype=np.uint32))
        meta = json.dumps({"documents": len(lengths), "mean_length": mean})
        write_bytes(self._folder / "meta.json", meta.encode())

    def _put_aside(self) -> None:
        keys = np.concatenate([np.zeros(0, np.uint64), *(batch.keys for batch in self._waiting)])
        documents = np.concatenate([np.zeros(0, np.intp), *(batch.texts for batch in self._waiting)])
        chunk = _sorted(keys, documents.astype(np.uint64), self._first)
        for name, values in chunk._asdict().items():
            np.save(self._folder / f"chunk-{self._chunks}-{name}.npy", values)
        self._chunks, self._first, self._waiting = self._chunks + 1, self.documents, []

    def _read_chunks(self) -> Iterator[PostingChunk]:
        for number in range(self._chunks):
            names = (self._folder / f"chunk-{number}-{name}.npy" for name in PostingChunk._fields)
            yield PostingChunk(*map(np.load, names))

    def _write_lists(self, found: Array, starts: Array, norms: Floats) -> None:
        """Each chunk's part of a list goes behind the parts of the chunks before."""
        ids = mapped.create(self._folder / "ids.npy", np.uint32, int(starts[-1]))
        codes = mapped.create(self._folder / "codes.npy", np.uint8, int(starts[-1]))
        filled = starts[:-1].copy()
        for chunk in self._read_chunks():
            lists = found.searchsorted(chunk.keys)
            begin = np.cumsum(chunk.sizes) - chunk.sizes
            places = np.arange(len(chunk.documents)) + np.repeat(filled[lists] - begin, chunk.sizes)
            counts = chunk.counts.astype(np.float32)
            ids[places] = chunk.documents
            codes[places] = np.maximum(np.rint(counts * SATURATION / (counts + norms[chunk.documents]) / STEP), 1)
            filled[lists] += chunk.sizes
        mapped.finish(ids)
        mapped.finish(codes)
        for number in range(self._chunks):
            for name in PostingChunk._fields:
                (self._folder / f"chunk-{number}-{name}.npy").unlink()


def _sorted(keys: Array, documents: Array, first: int) -> PostingChunk:
    """Terms and documents as lists; `documents` are counted from `first`."""
    is_long = keys >= np.uint64(OTHER)
    long, places = np.unique(keys[is_long], return_inverse=True)
    keys[is_long] = LONG + places.astype(np.uint64)
    packed = keys << DOCUMENT | documents
    packed.sort()
    begin = _begins(packed)
    counts = np.minimum(np.diff(begin, append=len(packed)), COUNTED).astype(np.uint8)
    packed = packed[begin]
    terms = packed >> DOCUMENT
    heads = _begins(terms)
    found = terms[heads]
    is_long = found >= LONG
    found[is_long] = long[(found[is_long] - LONG).astype(np.intp)]
    numbers = (packed & ((np.uint64(1) << DOCUMENT) - np.uint64(1))).astype(np.uint32) + np.uint32(first)
    return PostingChunk(found, np.diff(heads, append=len(packed)), numbers, counts)


def _begins(values: Array) -> Array:
    """Where each stretch of equal values begins."""
    new = np.ones(len(values), bool)
    new[1:] = values[1:] != values[:-1]
    return np.flatnonzero(new)
