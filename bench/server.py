"""A web application under the server of `gongkai web`, with as many workers and threads.

The same file starts one: `python -m bench.server PORT MODULE:NAME`. A name with brackets, `NAME()`, is called in each worker.
"""

from __future__ import annotations

import importlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from bench import processes, product

READY_WITHIN = 60.0  # seconds
LOOK_AGAIN = 0.01


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, and its first process."""

    port: int
    process: int

    def processor_time(self) -> float:
        """Seconds of processor time so far, user and system, of all its processes: supervisor, workers, their children."""
        return processes.processor_time(processes.family(self.process))


@contextmanager
def serving(target: str, environment: Mapping[str, str]) -> Iterator[Server]:
    """The application while the block runs."""
    port = free_port()
    command = [sys.executable, "-m", "bench.server", str(port), target]
    with started(command, environment, cwd=environment["GONGKAI_HOME"]) as process:  # where no `.env` lies
        await_ready(port, process)
        yield Server(port, process.pid)


@contextmanager
def started(command: list[str], environment: Mapping[str, str], **how: Any) -> Iterator[subprocess.Popen[str]]:
    """A process while the block runs; then SIGTERM ends it."""
    with subprocess.Popen(command, env=environment, text=True, **{"stdout": subprocess.DEVNULL, **how}) as process:
        try:
            yield process
        finally:
            process.terminate()


def await_ready(port: int, process: subprocess.Popen[str]) -> None:
    """Returns when `/readyz` says yes. Raises RuntimeError if the process ends, or it takes too long."""
    until = time.monotonic() + READY_WITHIN
    while process.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(LOOK_AGAIN)
    raise RuntimeError("the server did not come up")


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def load(target: str) -> Any:
    """The application; called in each worker."""
    module, _, name = target.partition(":")
    found = getattr(importlib.import_module(module), name.removesuffix("()"))
    return product.slotted(found() if name.endswith("()") else found)


if __name__ == "__main__":
    product.web_server(int(sys.argv[1])).serve(target_loader=partial(load, sys.argv[2]), wrap_loader=False)
