"""From nothing to the first output: commands, and the web process until it can serve. Files may be in the system's cache.

A bare Python stands beside the commands, since a machine's own figures say little.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench import processes, product
from bench.processes import Spent
from bench.rows import Row, compared, rounded, say
from bench.server import await_ready, free_port, started

BARE = "a bare Python: start to end"
COMMANDS: dict[str, list[str | Path]] = {
    BARE: [sys.executable, "-c", "pass"],
    "gongkai --help: start to end": [product.GONGKAI, "--help"],
    "gongkai ask: start to end": [product.GONGKAI, "ask", "临江2025年部门预算"],
}


def rows(home: Path, turns: int) -> list[Row]:
    """So many starts of each, in turn, in an office whose Redis is not running."""
    say("starting commands")
    spent: dict[str, list[Spent]] = {name: [] for name in COMMANDS}
    environment = product.environment(home)
    for turn in range(turns + 1):  # the first one fills the caches
        for name, command in COMMANDS.items():
            once = processes.run(command, environment, home)
            if turn:
                spent[name].append(once)
    found: list[Row] = []
    for name, every in spent.items():
        wait = Row(name, rounded(1000 * statistics.median(one.seconds for one in every)), "ms")
        worked = Row(f"{name}, processor time", rounded(1000 * statistics.median(one.processor for one in every)), "ms")
        found += [wait, worked] if name == BARE else [compared(wait, to=found[0]), compared(worked, to=found[1])]
    say("starting the web process")
    ready = statistics.median(_until_ready(home) for _ in range(max(turns // 2, 1)))
    return [*found, Row("gongkai web: start to /readyz, Redis started with it", round(ready, 2), "s")]


def _until_ready(home: Path) -> float:
    port = free_port()
    environment = product.environment(home, GONGKAI_BIND=f"127.0.0.1:{port}")
    begun = time.perf_counter()
    with started([str(product.GONGKAI), "web"], environment, cwd=home, stderr=subprocess.DEVNULL) as process:
        await_ready(port, process)
        return time.perf_counter() - begun
