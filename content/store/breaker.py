"""A breaker: of many who would wait for what hangs, one tries now and then, and the others are told at once."""

from __future__ import annotations

import threading
import time


class Breaker:
    """Closed while all is well; open since a failure, until somebody who was let through came back with success."""

    def __init__(self, rest: float) -> None:
        """`rest`: seconds between two who are let through while it is open."""
        self._rest = rest
        self._lock = threading.Lock()
        self._next: float | None = None  # when the next may try; None while closed

    def lets_through(self) -> bool:
        """Whether the caller may try now; of an open one, one caller each time."""
        if self._next is None:
            return True
        with self._lock:
            now = time.monotonic()
            if self._next is not None and now < self._next:
                return False
            self._next = now + self._rest
            return True

    def failed(self) -> None:
        """Somebody waited in vain."""
        self._next = time.monotonic() + self._rest

    def worked(self) -> None:
        """It answers."""
        self._next = None
