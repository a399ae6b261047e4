"""Who is worked on: a few requests at a time, and none of them only waits for what its sender has not sent yet.

The server gives each connection a thread, and most of them sleep. A request takes one of the few places once its body is
here, in the order of coming; while it waits for more of a body it has none. So half-sent requests hold threads, which are
many, and never a place. Few places and not all threads: Python's work gets slower the more threads share it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bot.web.work_place import PLACE
from bot.webhook.view import WAITED

WITHOUT_BODY = frozenset({"GET", "HEAD", "OPTIONS"})

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


class WorkSlots:
    """An application around another, of whose requests at most `places` are worked on."""

    def __init__(self, application: Wsgi, places: int) -> None:
        self._application = application
        self._places = threading.Semaphore(places)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Before its body is read, a request with one does no more than find out who should read it."""
        slot = WorkSlot(self._places, environ)
        environ[PLACE] = slot
        environ["wsgi.input"] = SlottedBody(environ["wsgi.input"], slot)
        if environ["REQUEST_METHOD"] in WITHOUT_BODY:
            slot.take()
        try:
            return self._application(environ, start_response)
        finally:
            slot.leave()


class WorkSlot:
    """One request's place, while it has one."""

    def __init__(self, places: threading.Semaphore, environ: dict[str, Any]) -> None:
        self._places, self._environ = places, environ
        self._taken = False

    def take(self) -> None:
        """Waits for a place, unless it has one."""
        if self._taken:
            return
        begun = time.monotonic()
        self._places.acquire()
        self._taken = True
        self._environ[WAITED] = self._environ.get(WAITED, 0.0) + time.monotonic() - begun

    def leave(self) -> None:
        """Lets somebody else have it."""
        if self._taken:
            self._taken = False
            self._places.release()


class SlottedBody:
    """A request's body; whoever waits for more of it has no place meanwhile."""

    def __init__(self, body: Any, slot: WorkSlot) -> None:
        self._body, self._slot = body, slot

    def read(self, *size: int) -> bytes:
        """As of a file."""
        return self._without_place(lambda: self._body.read(*size))

    def readline(self, *size: int) -> bytes:
        """As of a file."""
        return self._without_place(lambda: self._body.readline(*size))

    def readlines(self, *hint: int) -> list[bytes]:
        """As of a file."""
        return list(self)

    def __iter__(self) -> Iterator[bytes]:
        while line := self.readline():
            yield line

    def _without_place(self, read: Callable[[], bytes]) -> bytes:
        self._slot.leave()
        try:
            return read()
        finally:
            self._slot.take()
