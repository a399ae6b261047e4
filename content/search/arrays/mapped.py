"""Arrays in files: written so that they survive a power cut, mapped so that processes share them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]
Floats: TypeAlias = npt.NDArray[np.float32]


def save(path: Path, values: Array) -> None:
    """Writes an array, down to the disk."""
    with path.open("wb") as file:
        np.save(file, values)
        file.flush()
        os.fsync(file.fileno())


def create(path: Path, kind: type[np.generic], size: int) -> Array:
    """A new array to be filled; `finish` brings it to the disk."""
    if size == 0:  # nothing can be mapped
        save(path, np.zeros(0, kind))
        return np.zeros(0, kind)
    return np.lib.format.open_memmap(path, mode="w+", dtype=kind, shape=(size,))


def finish(values: Array) -> None:
    """Brings a created array to the disk."""
    if isinstance(values, np.memmap):
        values.flush()


def load(path: Path) -> Array:
    """An array mapped from its file, read-only. Raises ValueError or OSError if it is gone or damaged."""
    try:
        return np.asarray(np.load(path, mmap_mode="r"))
    except EOFError as error:
        raise ValueError(f"damaged: {path}") from error
