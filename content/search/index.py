"""The search index over disclosures and postings: built beside the old one, switched, followed by all processes."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from content.rules.language.periods import Period
from content.search import switch as generations
from content.search.hits import Hit, Hits
from content.search.index_entry import IndexEntry
from content.search.switch import GenerationPointer

if TYPE_CHECKING:  # numpy takes a tenth of a second to load, and most commands need no index
    from content.search.ranking import IndexGeneration

GONE_LOOK = 5.0  # seconds between two tries to bring a deleted index back


class Index:
    """The index under `root`; opens nothing until it is asked. Safe to share between threads.

    `mends`: whether a question is mended if its words are unknown here.
    """

    def __init__(self, root: Path, *, mends: bool = True) -> None:
        self.root = root
        self._mends = mends
        self._current = str(root / "current")
        self._opening = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._looked: float | None = None
        self._look_at = 0.0
        self._opened: IndexGeneration | None = None

    def close(self) -> None:
        """Lets go of the files; a later question opens them again."""
        with self._opening:
            self._opened = self._seen = None

    def is_open(self) -> bool:
        """Whether questions can be answered; opens the current generation if need be."""
        return self._opened is not None or self._follow() is not None

    def is_cared_for(self) -> bool:
        """Whether questions can be answered and no look is due; costs nothing."""
        return self._opened is not None and time.monotonic() < self._look_at

    def never_looked(self) -> bool:
        """Whether this process has not yet looked after the index."""
        return self._looked is None

    def look_is_due(self, every: float) -> bool:
        """Whether to look after the index now: it is gone from the disk, or `every` seconds have passed."""
        now = time.monotonic()
        if now < self._look_at:
            return False
        with self._opening:
            self._look_at = now + min(GONE_LOOK, every)
            wait = GONE_LOOK if self._signature() is None else every
            if self._looked is not None and now - self._looked < wait:
                return False
            self._looked = now
            return True

    def stamp(self) -> tuple[int, int] | None:
        """What changes whenever another generation becomes current; None while there is none."""
        return self._signature()

    def pointer(self) -> GenerationPointer | None:
        """The current generation, with the marker of the rows it shows."""
        return generations.current(self.root)

    def search(self, text: str, *, limit: int, today: date, period: Period | None = None) -> list[Hit]:
        """What fits the question, best first, without what expired before `today`; of one period, if given.

        Never raises over the text.
        """
        return list(self.find(text, limit=limit, today=today, period=period).hits)

    def find(self, text: str, *, limit: int, today: date, period: Period | None = None) -> Hits:
        """The same, with what was understood."""
        opened = self._follow()
        if opened is None or limit < 1:
            return Hits()
        return opened.find(text, limit=limit, today=today, period=period)

    def held(self, refs: Sequence[str], terms: Sequence[str]) -> list[set[str]]:
        """Which of the terms (as content.rules.language.plain_text cuts them) the notices hold, one set for each ref."""
        opened = self._opened or self._follow()  # that which ranked them
        return opened.held(refs, terms) if opened else [set() for _ in refs]

    @contextlib.contextmanager
    def building(self) -> Iterator[None]:
        """Lets one builder at a time in, across processes."""
        with generations.builder(self.root):
            yield

    def build(self, entries: Iterable[IndexEntry], marker: str) -> None:
        """Builds a new generation with exactly these entries and switches to it. Inside `building()`."""
        from content.search import build

        build.build(self.root, entries, marker)

    def patch(self, base: GenerationPointer, *, put: Iterable[IndexEntry], drop: Iterable[str], marker: str) -> bool:
        """Replaces and drops single entries in a copy of `base` and switches to it. Inside `building()`.

        False, and nothing done, if so much has changed by and by that it is to be built anew.
        """
        from content.search import build

        return build.patch(self.root, base, put=put, drop=drop, marker=marker)

    def _follow(self) -> IndexGeneration | None:
        """The current generation, opened; the one already open if there is none (any more)."""
        signature = self._signature()
        if signature is None or signature == self._seen:
            return self._opened
        with self._opening:
            if signature != self._seen:
                self._open()
        return self._opened

    def _open(self) -> None:
        from content.search.ranking import IndexGeneration

        for _ in range(3):  # the generation may be replaced and removed between the look and the opening
            signature, pointer = self._signature(), self.pointer()
            if signature is None or pointer is None:
                return
            with contextlib.suppress(ValueError, OSError):
                self._opened, self._seen = IndexGeneration(self.root, pointer, mends=self._mends), signature
                return

    def _signature(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self._current)
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns
