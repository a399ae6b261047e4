"""Checksums of a generation's files, so that a damaged index is noticed before it says that there is nothing.

`sums.json` names every file with its CRC-32, size and time. Where size and time are still those, the content is believed;
else it is read. So a look costs next to nothing, and a copy from a backup is as good as the original.
"""

from __future__ import annotations

import json
import os
import zlib
from pathlib import Path

NAME = "sums.json"
PIECE = 1024 * 1024  # bytes

Sums = dict[str, list[int]]  # path inside the generation → CRC-32, size, time in nanoseconds


def of(folder: Path, *, like: Path | None = None) -> bytes:
    """The content of a generation's `sums.json`; files that are the same in the generation `like` are not read again."""
    known = _read(folder) | (_read(like) if like else {})
    return json.dumps({name: _sum(folder / name, known.get(name)) for name in _files(folder)}).encode()


def is_sound(folder: Path) -> bool:
    """Whether all files of a generation are there and as they were written."""
    sums = _read(folder)
    try:
        return (
            bool(sums)
            and _files(folder) == sorted(sums)
            and all(_sum(folder / name, sum)[:2] == sum[:2] for name, sum in sums.items())
        )
    except OSError:
        return False


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and path.name != NAME)


def _sum(path: Path, known: list[int] | None) -> list[int]:
    found = os.stat(path)
    if known and known[1:] == [found.st_size, found.st_mtime_ns]:
        return known
    total = 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            total = zlib.crc32(piece, total)
    return [total, found.st_size, found.st_mtime_ns]


def _read(folder: Path) -> Sums:
    try:
        sums = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    is_right = isinstance(sums, dict) and all(isinstance(each, list) and len(each) == 3 for each in sums.values())
    return sums if is_right else {}
