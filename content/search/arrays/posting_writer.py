"""Building posting lists: documents come one after the other, their lists are written to a folder in the end."""

from __future__ import annotations

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from content.search.arrays import mapped
from content.search.arrays.mapped import Array, Floats
from content.search.arrays.posting_lists import K1, SATURATION, STEP, B, keys
from content.search.switch import write_bytes

CHUNK = 1_000_000  # postings that are sorted at once, 8 MB; then they wait on the disk
COUNTED = 255  # the most occurrences that are told apart
TERM, DOCUMENT = np.uint64(40), np.uint64(8)  # bits: a posting is its term, its document and its count in one number


class PostingWriter:
    """Takes documents as lists of terms; they get the numbers 0, 1, 2 …"""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._lengths = array("I")  # terms of each document
        self._chunks = 0
        self._start_chunk()

    @property
    def documents(self) -> int:
        """How many there are so far."""
        return len(self._lengths)

    def add(self, terms: Iterable[str]) -> None:
        """The next document."""
        counted = Counter(terms)
        self._terms.extend(map(self._numbers.__getitem__, counted))
        self._counts.extend(counted.values())
        self._sizes.append(len(counted))
        self._lengths.append(counted.total())
        if len(self._terms) >= CHUNK:
            self._put_aside()

    def write(self, mean_length: float = 0.0) -> None:
        """Writes all lists; those of a small part beside a large one with the large one's mean length."""
        self._put_aside()
        lengths = np.array(self._lengths, np.uint32)
        mean = mean_length or float(lengths.mean() if len(lengths) else 0.0) or 1.0
        starts = np.zeros(len(self._numbers) + 1, np.int64)
        np.cumsum(sum(map(self._per_term, self._read_chunks()), starts[1:]), out=starts[1:])
        self._write_lists(starts, (K1 * (1 - B + B * lengths / mean)).astype(np.float32))
        mapped.save(self._folder / "starts.npy", starts)
        found = keys(list(self._numbers))
        order = np.argsort(found).astype(np.uint32)
        mapped.save(self._folder / "keys.npy", found[order])
        mapped.save(self._folder / "numbers.npy", order)
        meta = json.dumps({"documents": len(lengths), "mean_length": mean})
        write_bytes(self._folder / "meta.json", meta.encode())

    def _start_chunk(self) -> None:
        self._first = len(self._lengths)
        self._terms, self._counts, self._sizes = array("I"), array("I"), array("I")

    def _put_aside(self) -> None:
        sizes = np.array(self._sizes, np.uint32)
        packed = np.array(self._terms, np.uint64) << TERM
        packed |= np.repeat(np.arange(self._first, self._first + len(sizes), dtype=np.uint64), sizes) << DOCUMENT
        packed |= np.minimum(np.array(self._counts, np.uint64), COUNTED)
        packed.sort()
        np.save(self._folder / f"chunk-{self._chunks}.npy", packed)
        self._chunks += 1
        self._start_chunk()

    def _read_chunks(self) -> Iterator[Array]:
        return (np.load(self._folder / f"chunk-{number}.npy") for number in range(self._chunks))

    def _per_term(self, chunk: Array) -> Array:
        return np.bincount((chunk >> TERM).astype(np.intp), minlength=len(self._numbers))

    def _write_lists(self, starts: Array, norms: Floats) -> None:
        """Each chunk's part of a list goes behind the parts of the chunks before."""
        ids = mapped.create(self._folder / "ids.npy", np.uint32, int(starts[-1]))
        codes = mapped.create(self._folder / "codes.npy", np.uint8, int(starts[-1]))
        filled = starts[:-1].copy()
        for chunk in self._read_chunks():
            here = self._per_term(chunk)
            places = np.arange(len(chunk)) + np.repeat(filled - (np.cumsum(here) - here), here)
            documents = ((chunk >> DOCUMENT) & np.uint64(0xFFFFFFFF)).astype(np.uint32)
            counts = (chunk & np.uint64(COUNTED)).astype(np.float32)
            ids[places] = documents
            codes[places] = np.maximum(np.rint(counts * SATURATION / (counts + norms[documents]) / STEP), 1)
            filled += here
        mapped.finish(ids)
        mapped.finish(codes)
        for number in range(self._chunks):
            (self._folder / f"chunk-{number}.npy").unlink()
