"""Generations of the index: each is built in a folder of its own, then the pointer `current` is switched to it.

HOME/index/current    {"generation", "marker", "format"}, replaced as a whole: readers see the old one or the new one
HOME/index/lock       held by the one builder; a kill releases it
HOME/index/<name>/    one generation, never changed once it is current: `wholes` and `passages`
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import tantivy

from content.store import index_schema
from content.store.index_schema import FORMAT, IndexEntry, owner, passages, register, whole

PARTS = {"wholes": index_schema.wholes, "passages": index_schema.pieces}
HEAP = 100_000_000  # bytes for each writer: one segment for some 20,000 notices
GENERATIONS_KEPT = 2  # a process may be about to open the one before


@dataclass(frozen=True)
class Pointer:
    """Which generation is current; `marker` says which state of the rows it shows, `format` how it was made."""

    generation: str
    marker: str
    format: str = FORMAT


@contextlib.contextmanager
def builder(root: Path) -> Iterator[None]:
    """Lets one builder at a time in, across processes."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def current(root: Path) -> Pointer | None:
    """The current generation; None if none was built yet, or what was built is gone or of another format."""
    try:
        pointer = Pointer(**json.loads((root / "current").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    usable = pointer.format == FORMAT and all(
        (root / pointer.generation / part / "meta.json").is_file() for part in PARTS
    )
    return pointer if usable else None


def build(root: Path, entries: Iterable[IndexEntry], marker: str) -> None:
    """A new generation with exactly these entries, made current. The caller holds the builder's lock."""
    name = _name(root)
    for part, schema in PARTS.items():
        folder = root / name / part
        folder.mkdir(parents=True)
        tantivy.Index(schema(), path=str(folder))
    _write(root / name, entries)
    switch(root, Pointer(name, marker))


def patch(root: Path, base: Pointer, *, put: Iterable[IndexEntry], drop: Iterable[str], marker: str) -> None:
    """A new generation: the one at `base`, with some entries replaced or dropped by their ref, made current."""
    put = list(put)
    gone = [*drop, *(entry.ref for entry in put)]
    if not gone:
        switch(root, Pointer(base.generation, marker))
        return
    name = _name(root)
    shutil.copytree(root / base.generation, root / name, copy_function=_link, ignore=shutil.ignore_patterns("*.lock"))
    _write(root / name, put, gone)
    switch(root, Pointer(name, marker))


def switch(root: Path, pointer: Pointer) -> None:
    """Makes a generation current in one step that survives a power cut; older ones are removed."""
    beside = root / f"current.{pointer.generation}.tmp"
    with beside.open("w", encoding="utf-8") as file:
        json.dump(asdict(pointer), file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, root / "current")
    _sync_folder(root)
    _remove_old(root, pointer.generation)


def open_part(root: Path, pointer: Pointer, part: str) -> tantivy.Index:
    """One of the two indexes of a generation. Raises ValueError or OSError if it is gone or damaged."""
    return tantivy.Index.open(str(root / pointer.generation / part))


def _write(folder: Path, put: Iterable[IndexEntry], drop: Iterable[str] = ()) -> None:
    wholes, pieces = (_writer(folder / part) for part in PARTS)
    for ref in drop:
        wholes.delete_documents_by_term("owner", owner(ref))
        pieces.delete_documents_by_term("owner", owner(ref))
    for entry in map(IndexEntry.folded, put):
        wholes.add_document(whole(entry))
        for passage in passages(entry):
            pieces.add_document(passage)
    for writer in (wholes, pieces):
        writer.commit()
        writer.wait_merging_threads()


def _writer(folder: Path) -> tantivy.IndexWriter:
    """A writer with one thread: equal scores keep one order, and the answers keep their processor."""
    index = tantivy.Index.open(str(folder))
    register(index)
    return index.writer(HEAP, 1)


def _link(source: str, target: str) -> str:
    """Segments never change, so a second name is enough; elsewhere a copy."""
    if source.endswith(".json"):
        return str(shutil.copy2(source, target))
    try:
        os.link(source, target)
    except OSError:
        return str(shutil.copy2(source, target))
    return target


def _remove_old(root: Path, generation: str) -> None:
    others = [folder for folder in root.iterdir() if folder.is_dir() and folder.name != generation]
    others.sort(key=lambda folder: folder.name, reverse=True)
    for folder in others[GENERATIONS_KEPT - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)
    for stray in root.glob("current.*.tmp"):
        stray.unlink(missing_ok=True)


def _name(root: Path) -> str:
    """A name that was never used and sorts after all others."""
    numbers = [int(folder.name.partition("-")[0]) for folder in root.iterdir() if folder.name[:1].isdigit()]
    return f"{max(numbers, default=0) + 1:08}-{secrets.token_hex(4)}"


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
