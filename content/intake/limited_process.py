"""A program of its own that reads a stranger's file, with so much time and memory: a hostile file costs seconds, no more."""

from __future__ import annotations

import os
import resource
import subprocess
import sys

SECONDS, MEMORY = 8, 1 << 30  # of the processor and of memory, for the whole process
PATIENCE = 60  # seconds of the clock; over only where the machine is busy with others
BUSY = "机器正忙，没有读完。请过几分钟再试"
POLITE = 10  # niceness: messages are answered first
TOO_MUCH = 4  # exit code; Python itself has 1 and 2


def enter() -> None:
    """Sets the limits for the process that calls it."""
    os.nice(POLITE)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def run(module: str, data: bytes) -> subprocess.CompletedProcess[bytes]:
    """Runs a module with data as its standard input. Raises TimeoutError, `BUSY` in words; the process is ended then."""
    try:
        return subprocess.run([sys.executable, "-I", "-m", module], input=data, capture_output=True, timeout=PATIENCE,
                              check=False, env={"PATH": os.defpath, "LANG": "C.UTF-8"})  # fmt: skip
    except subprocess.TimeoutExpired:
        raise TimeoutError(module) from None
