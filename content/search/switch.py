"""Generations of the index: each is built in a folder of its own, then the pointer `current` is switched to it.

HOME/index/current    {"generation", "marker", "format"}, replaced as a whole: readers see the old one or the new one
HOME/index/lock       held by the one builder; a kill releases it
HOME/index/<name>/    one generation, never changed once it is current; content.search.build knows what is in it
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from content.search import checksums
from content.search.index_entry import FORMAT

GENERATIONS_KEPT = 2  # a process may be about to open the one before


@dataclass(frozen=True)
class GenerationPointer:
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


def current(root: Path) -> GenerationPointer | None:
    """The current generation; None if none was built yet, or what was built is gone, damaged, or of another format."""
    try:
        pointer = GenerationPointer(**json.loads((root / "current").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    usable = pointer.format == FORMAT and checksums.is_sound(root / pointer.generation)
    return pointer if usable else None


def switch(root: Path, pointer: GenerationPointer, *, before: GenerationPointer | None = None) -> None:
    """Makes a generation current in one step that survives a power cut; older ones are removed.

    `before`: the one with which it may share files.
    """
    folder = root / pointer.generation
    write_bytes(folder / checksums.NAME, checksums.of(folder, like=root / before.generation if before else None))
    beside = root / f"current.{pointer.generation}.tmp"
    write_bytes(beside, json.dumps(asdict(pointer)).encode())
    for folder in (root / pointer.generation, *(root / pointer.generation).rglob("*/")):
        _sync_folder(folder)
    os.replace(beside, root / "current")
    _sync_folder(root)
    _remove_old(root, pointer.generation)


def write_bytes(path: Path, content: bytes) -> None:
    """Writes a file, down to the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _remove_old(root: Path, generation: str) -> None:
    others = [folder for folder in root.iterdir() if folder.is_dir() and folder.name != generation]
    others.sort(key=lambda folder: folder.name, reverse=True)
    for folder in others[GENERATIONS_KEPT - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)
    for stray in root.glob("current.*.tmp"):
        stray.unlink(missing_ok=True)


def new_name(root: Path) -> str:
    """A name that was never used and sorts after all others."""
    numbers = [int(folder.name.partition("-")[0]) for folder in root.iterdir() if folder.name[:1].isdigit()]
    return f"{max(numbers, default=0) + 1:08}-{secrets.token_hex(4)}"


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
