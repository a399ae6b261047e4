"""The memory of the whole demo office, as `make run` starts it: web, clock, emulator, Redis, and what watches over them.

PSS counts what processes have in common once, divided among them, so the sum is what the office really takes.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import processes, product
from bench.rows import Row, compared, rounded, say
from bench.server import free_port, started

MARK = "BENCH_DEMO"
UP = "演示已就绪"
AT_REST = 10.0  # seconds after which nothing of the start is under way any more
KINDS = ("web", "clock", "emulator", "demo")  # `gongkai KIND`
REDIS = "Redis with its keeper"


def rows(home: Path) -> list[Row]:
    """All processes together, and each kind of them."""
    say("starting the demo office")
    with _demo(home):
        time.sleep(AT_REST)
        parts: dict[str, float] = {}
        for process in processes.marked(MARK, str(home)):
            kind = _kind(processes.command_line(process))
            parts[kind] = parts.get(kind, 0.0) + processes.memory(process)
    name = "memory of the demo office (PSS)"
    total = Row(f"{name}, all its processes", rounded(sum(parts.values())), "MB")
    return [total, *(compared(Row(f"{name}: {kind}", rounded(parts[kind]), "MB"), to=total) for kind in sorted(parts))]


@contextmanager
def _demo(home: Path) -> Iterator[None]:
    """The demo while the block runs. Raises RuntimeError when it does not come up."""
    binds = {name: f"127.0.0.1:{free_port()}" for name in ("GONGKAI_BIND", "GONGKAI_EMULATOR_BIND")}
    environment = product.environment(home, **binds, PYTHONUNBUFFERED="1", **{MARK: str(home)})
    home.mkdir()
    with started([str(product.GONGKAI), "demo"], environment, cwd=home, stdout=subprocess.PIPE) as process:
        lines = process.stdout or ()
        if not any(UP in line for line in lines):
            raise RuntimeError("the demo did not come up")
        yield


def _kind(command: list[str]) -> str:
    """Which part of the office a process is, by the words of its command line."""
    return next((f"gongkai {kind}" for kind in KINDS if kind in command), REDIS)
