"""Many texts in one array, read one by one: `NAME.npy` (UTF-8) and `NAME-starts.npy` (of each, and the end of the last)."""

from __future__ import annotations

from array import array
from pathlib import Path
from types import TracebackType

import numpy as np

from content.search.arrays import mapped


class TextArray:
    """The texts of a name in a folder. Raises ValueError or OSError if they are gone or damaged."""

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
    """Writes them, one after the other."""

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
