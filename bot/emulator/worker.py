"""What the platform does by and by: one thread that waits for due times, and a few that do the work."""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

log = logging.getLogger(__name__)

THREADS = 8
WATCH_SECONDS = 0.5


class Worker:
    """Runs functions later, counts what is still to be done, and lets a test wait until nothing is."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self._changed = threading.Condition()
        self._heap: list[tuple[float, int, Callable[[], Any]]] = []
        self._order = itertools.count()
        self._busy = 0
        self._watches: list[Callable[[], Any]] = []
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="emulator")
        self._thread = threading.Thread(target=self._wait_for_due, name="emulator-worker", daemon=True)

    def start(self) -> None:
        """Begins to look at the due times."""
        self._thread.start()

    def after(self, seconds: float, act: Callable[..., Any], *arguments: Any) -> None:
        """Runs `act(*arguments)` so many real seconds from now."""
        with self._changed:
            due = time.monotonic() + seconds
            heapq.heappush(self._heap, (due, next(self._order), lambda: act(*arguments)))
            self._changed.notify_all()

    def every(self, watch: Callable[[], Any]) -> None:
        """Looks at something about twice a second; watching does not count as work."""
        self._watches.append(watch)

    def idle(self, timeout: float) -> bool:
        """Waits until nothing is due or running any more; False when that took longer than `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._heap and not self._busy, timeout)

    def stop(self) -> None:
        """Drops what is not yet due and ends the threads; what was recorded is taken up at the next start."""
        self.stopping.set()
        with self._changed:
            self._heap.clear()
            self._changed.notify_all()
        self._thread.join(timeout=2)
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _wait_for_due(self) -> None:
        looked = time.monotonic()
        while not self.stopping.is_set():
            if time.monotonic() - looked >= WATCH_SECONDS:
                looked = time.monotonic()
                self._look()
            with self._changed:
                wait = self._heap[0][0] - time.monotonic() if self._heap else WATCH_SECONDS
                if wait > 0:
                    self._changed.wait(min(wait, WATCH_SECONDS))
                    continue
                act = heapq.heappop(self._heap)[2]
                self._busy += 1
            self._pool.submit(self._run, act)

    def _look(self) -> None:
        for watch in self._watches:
            try:
                watch()
            except Exception:
                log.exception("a watch of the emulator failed")

    def _run(self, act: Callable[[], Any]) -> None:
        try:
            act()
        except Exception:
            log.exception("a task of the emulator failed")
        finally:
            with self._changed:
                self._busy -= 1
                self._changed.notify_all()
