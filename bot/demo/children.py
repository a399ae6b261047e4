"""The demo's processes: each in the foreground of the supervisor, its output in a file under HOME/logs."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 5.0  # seconds between asking a process to end and ending it
BACK_OFF = (1, 2, 5, 10, 30)  # seconds before it is started again
LONG_LIFE = 60.0  # seconds after which a death counts as the first one
LARGEST_LOG = 5_000_000  # bytes; then it begins anew
PR_SET_PDEATHSIG = 1  # linux/prctl.h


@dataclass
class Child:
    """One process of the demo: `gongkai COMMAND`, called `word` towards people."""

    command: str
    word: str
    environment: dict[str, str]
    log: Path
    deaths: int = 0
    again_at: float | None = None  # on the monotonic clock; None: it runs, or is not to run
    _born: float = 0.0
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Starts it in a session of its own, so that a Ctrl-C in the terminal reaches the supervisor alone."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.log.exists() and self.log.stat().st_size > LARGEST_LOG
        self.again_at, self._born = None, time.monotonic()
        with open(self.log, "wb" if fresh else "ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", "from wsgi import main; main()", self.command],
                env=self.environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True, preexec_fn=_die_with(os.getpid()),
            )  # fmt: skip

    @property
    def pid(self) -> int:
        """The process's id; 0 before its start."""
        return self._process.pid if self._process else 0

    def exit_code(self) -> int | None:
        """How it ended; None while it runs or before its start."""
        return self._process.poll() if self._process else None

    def last_words(self) -> str:
        """The last line of its log."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines() if self.log.exists() else []
        return next((line for line in reversed(lines) if line.strip()), "")[:400]

    def tend(self, say: Callable[[str], None]) -> None:
        """Starts it again, after a pause, when it has died; says so."""
        now = time.monotonic()
        if self.again_at is not None:
            if now >= self.again_at:
                self.start()
            return
        code = self.exit_code()
        if code is None:
            return
        self.deaths = 1 if now - self._born > LONG_LIFE else self.deaths + 1
        pause = BACK_OFF[min(self.deaths, len(BACK_OFF)) - 1]
        self.again_at = now + pause
        say(f"{self.word}意外退出（{_how(code)}），{pause} 秒后重新启动。日志：{self.log}")

    def ask_to_end(self) -> None:
        """SIGTERM."""
        self.again_at = None
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def see_it_ended(self, until: float) -> None:
        """Returns when it has gone; after `until` (on the monotonic clock) it and what it started are killed."""
        if not self._process:
            return
        try:
            self._process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def end(children: list[Child]) -> None:
    """Ends them all, at the same time."""
    for child in children:
        child.ask_to_end()
    until = time.monotonic() + PATIENCE
    for child in children:
        child.see_it_ended(until)


def _how(code: int) -> str:
    return f"信号 {signal.Signals(-code).name}" if code < 0 else f"退出码 {code}"


def _die_with(supervisor: int) -> Callable[[], None]:
    """What a new process calls before it starts: when the supervisor is killed, it is told to end (Linux)."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)

    def ask() -> None:
        if prctl is not None:
            prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != supervisor:
                os._exit(1)

    return ask
