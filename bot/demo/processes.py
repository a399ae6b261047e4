"""The demo's processes: each `gongkai …` in the foreground of the supervisor, its output in a file under HOME/logs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from bot.demo import parent_watch

GONGKAI = Path(sys.executable).with_name("gongkai")
PATIENCE = 5.0  # seconds between asking a process to end and killing it
BACK_OFF = (1, 2, 5, 10, 30)  # seconds before it is started again
LONG_LIFE = 60.0  # seconds after which a death counts as the first one
LARGEST_LOG = 5_000_000  # bytes; then it begins anew


class DemoProcess:
    """One process of the demo: `gongkai COMMAND`, called `word` towards people."""

    def __init__(
        self, command: str, word: str, *, environment: Mapping[str, str], logs: Path, options: Sequence[str] = ()
    ) -> None:
        self.command = command
        self._options = options
        self.word = word
        self.log = logs / f"{command}.log"
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._born = 0.0
        self._deaths = 0
        self._again_at: float | None = None  # on the monotonic clock; None: it is not to be started again (yet)

    def start(self) -> None:
        """Starts it in a session of its own, so that a Ctrl-C in the terminal reaches the supervisor alone."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.log.exists() and self.log.stat().st_size > LARGEST_LOG
        self._again_at, self._born = None, time.monotonic()
        with open(self.log, "wb" if fresh else "ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", parent_watch.__file__, str(os.getpid()), str(GONGKAI), self.command,
                 *self._options],
                env=self._environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip

    def is_dead(self) -> bool:
        """Whether it was started and has ended."""
        return self._process is not None and self._process.poll() is not None

    def last_words(self) -> str:
        """The last line of its log."""
        text = self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
        return next((line for line in reversed(text.splitlines()) if line.strip()), "")[:400]

    def tend(self, say: Callable[[str], None]) -> None:
        """Starts it again, after a pause, when it has died; says so."""
        now = time.monotonic()
        if self._again_at is not None:
            if now >= self._again_at:
                self.start()
        elif self._process is not None and (code := self._process.poll()) is not None:
            self._deaths = 1 if now - self._born > LONG_LIFE else self._deaths + 1
            pause = BACK_OFF[min(self._deaths, len(BACK_OFF)) - 1]
            self._again_at = now + pause
            say(f"{self.word}意外退出（{_how(code)}），{pause} 秒后重新启动。日志：{self.log}")

    def ask_to_end(self) -> None:
        """SIGTERM; it is not started again."""
        self._again_at = None
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def see_it_ended(self, until: float) -> None:
        """Returns when it has gone; after `until` (on the monotonic clock) it and what it started are killed."""
        if self._process is None:
            return
        try:
            self._process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def end(children: Iterable[DemoProcess]) -> None:
    """Ends them all at the same time."""
    children = list(children)
    for child in children:
        child.ask_to_end()
    until = time.monotonic() + PATIENCE
    for child in children:
        child.see_it_ended(until)


def _how(code: int) -> str:
    return f"信号 {signal.Signals(-code).name}" if code < 0 else f"退出码 {code}"
