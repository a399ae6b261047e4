"""What processes use, as the Linux kernel counts it: processor time, memory, and the cost of one command."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")  # a second
REDIS = "redis-server"
PROC = Path("/proc")


@dataclass(frozen=True)
class Spent:
    """What a command took: seconds to its end, seconds of processor time, and the most memory at once in MB."""

    seconds: float
    processor: float
    memory: float


def run(command: Sequence[str | Path], environment: Mapping[str, str], folder: Path | None = None) -> Spent:
    """Runs a command to its end, without its output. Raises CalledProcessError."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, [str(part) for part in command])
    return Spent(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def family(process: int) -> list[int]:
    """A process and all that it started, and what those started; without Redis servers."""
    children: dict[int, list[int]] = {}
    for number, fields in _all_stats():
        if fields[0] != REDIS:
            children.setdefault(int(fields[2]), []).append(number)
    found = [process]
    for parent in found:
        found += children.get(parent, [])
    return found


def marked(variable: str, value: str) -> list[int]:
    """All processes that were started with this variable in their environment; the kernel keeps it as it was then."""
    wanted = f"{variable}={value}".encode()
    found = []
    for number, _ in _all_stats():
        try:
            if wanted in (PROC / str(number) / "environ").read_bytes().split(b"\0"):
                found.append(number)
        except OSError:  # gone, or somebody else's
            continue
    return found


def processor_time(processes: Iterable[int]) -> float:
    """Seconds of processor time, user and system, so far; that of children that have ended is counted with their parent."""
    ticks = 0
    for number in processes:
        fields = _stat((PROC / str(number) / "stat").read_text())
        ticks += sum(int(fields[place]) for place in (12, 13, 14, 15))
    return ticks / TICKS


def memory(process: int) -> float:
    """MB of memory that a process takes: its own, and its share of what it has in common with others (PSS)."""
    for line in (PROC / str(process) / "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"no PSS of process {process}")


def command_line(process: int) -> list[str]:
    """The words with which a process was started."""
    return (PROC / str(process) / "cmdline").read_bytes().decode(errors="replace").split("\0")


def _all_stats() -> Iterable[tuple[int, list[str]]]:
    for folder in PROC.iterdir():
        if folder.name.isdecimal():
            try:
                yield int(folder.name), _stat((folder / "stat").read_text())
            except OSError:  # it has ended meanwhile
                continue


def _stat(text: str) -> list[str]:
    """The fields of proc(5) `stat` from the name on: name, state, parent, …"""
    name, _, rest = text.partition("(")[2].rpartition(")")
    return [name, *rest.split()]
