"""Making generations of the index, as a whole or from the one before, and opening them.

A generation is the segment `base` with (nearly) all notices and, after small changes, the numbers in it that no longer
count (`hidden.npy`) and the segment `late` with what has come since, whose entries stand in `late.jsonl` as well.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from content.search import segments
from content.search.arrays import mapped
from content.search.arrays.mapped import Array
from content.search.index_entry import IndexEntry, owner, unpacked
from content.search.segments import Segment
from content.search.switch import GenerationPointer, new_name, switch, write_bytes

MOST_LATE = 5000  # entries beside the base; each small change writes them all


def build(root: Path, entries: Iterable[IndexEntry], marker: str) -> None:
    """A new generation with exactly these entries, made current. The caller holds the builder's lock."""
    name = new_name(root)
    segments.write(root / name / "base", entries)
    mapped.save(root / name / "hidden.npy", np.zeros(0, np.uint32))
    switch(root, GenerationPointer(name, marker))


def patch(root: Path, base: GenerationPointer, *, put: Iterable[IndexEntry], drop: Iterable[str], marker: str) -> bool:
    """A new generation: the one at `base`, with some entries replaced or dropped by their ref, made current.

    False, and nothing done, if too much has changed since `base` was built as a whole.
    """
    changed = {entry.ref: entry for entry in put}
    gone = {*drop, *changed}
    if not gone:
        switch(root, GenerationPointer(base.generation, marker))
        return True
    before = root / base.generation
    late = {ref: entry for ref, entry in _late(before).items() if ref not in gone} | changed
    if len(late) > MOST_LATE:
        return False
    name = new_name(root)
    shutil.copytree(before / "base", root / name / "base", copy_function=_link)
    segment = Segment(root / name / "base")
    now_gone = segment.find(np.array([owner(ref) for ref in gone], np.uint64))
    hidden = np.union1d(mapped.load(before / "hidden.npy"), now_gone[now_gone >= 0])
    if late:
        segments.write(root / name / "late", late.values(), beside=segment)
        lines = "\n".join(entry.packed() for entry in late.values())
        write_bytes(root / name / "late.jsonl", lines.encode())
    mapped.save(root / name / "hidden.npy", hidden.astype(np.uint32))
    switch(root, GenerationPointer(name, marker), before=base)
    return True


def opened(root: Path, pointer: GenerationPointer) -> tuple[list[Segment], Array]:
    """The segments of a generation, and the numbers in the first that no longer count.

    Raises ValueError or OSError if they are gone or damaged.
    """
    folder = root / pointer.generation
    parts = [Segment(folder / name) for name in ("base", "late") if name == "base" or (folder / name).exists()]
    return parts, mapped.load(folder / "hidden.npy")


def _late(folder: Path) -> dict[str, IndexEntry]:
    try:
        lines = (folder / "late.jsonl").read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        return {}
    return {entry.ref: entry for entry in map(unpacked, lines)}


def _link(source: str, target: str) -> str:
    """Files never change, so a second name is enough; elsewhere a copy."""
    try:
        os.link(source, target)
    except OSError:
        return str(shutil.copy2(source, target))
    return target
