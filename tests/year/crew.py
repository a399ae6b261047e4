"""The processes of the year: an emulator, two webs, two clocks, a Redis and its keeper, all real and all mortal."""

from __future__ import annotations

import contextlib
import os
import signal
from collections import Counter
from pathlib import Path

import redis
import requests

from bot.emulator import Door
from tests.fixtures.hands import Hands
from tests.fixtures.office_processes import OfficeProcesses, until
from tests.fixtures.ports import free_port

PUBLIC_URL = "https://gk.linjiang.example"
WEBS, CLOCKS = ("web", "web-2"), ("clock", "clock-2")
EVERYBODY = ("emulator", *WEBS, *CLOCKS)


class Crew(OfficeProcesses):
    """A processes with two of each, whose processes are killed and come back."""

    def __init__(self, folder: Path, *, hands: Hands | None = None, **settings: str) -> None:
        super().__init__(folder, hands=hands, GONGKAI_PUBLIC_URL=PUBLIC_URL, **settings)
        self.webs = {"web": self.web, "web-2": f"http://127.0.0.1:{free_port()}"}
        self.kills: Counter[str] = Counter()
        self._down: dict[str, int] = {}  # name → stops until it is started again

    def command(self, name: str) -> list[str]:
        """`web-2` and `clock-2` are the same commands; one worker is enough for a web of two."""
        word = name.partition("-")[0]
        return [word, "--workers", "1", "--threads", "2"] if word == "web" else [word]

    def surroundings(self, name: str) -> dict[str, str]:
        """The second web listens elsewhere."""
        return {**self.environment, "GONGKAI_BIND": self.webs.get(name, self.web).removeprefix("http://")}

    def is_up(self, name: str) -> bool:
        """Whether a process can do its work."""
        if name not in self.webs:
            return super().is_up(name)
        assert self.processes[name].poll() is None, f"{name} ended:\n{self.last_words(name)}"
        try:
            return requests.get(f"{self.webs[name]}/healthz", timeout=5).status_code == 200
        except requests.RequestException:
            return False

    def strike(self, target: str, rest: int) -> None:
        """Kills a process (-9), or empties Redis; `rest` stops later it is started again, the second of two at once."""
        if target == "flush":
            self.empty_redis()
        elif target == "redis":
            self.kill_redis()
        elif target == "keeper":
            os.kill(_keeper_of(self.redis_pid()), signal.SIGKILL)
        elif target in self.processes:
            self.kill(target)
            self._down[target] = 0 if target == "emulator" else rest
            for pair in (WEBS, CLOCKS):  # the office is never left without either for long
                if all(name in self._down for name in pair):
                    self._raise(target)
        else:
            return  # it is down already
        self.kills[target] += 1

    def recover(self) -> None:
        """Called after each stop: starts what has rested enough."""
        for name in list(self._down):
            self._down[name] -= 1
            if self._down[name] < 0:
                self._raise(name)

    def _raise(self, name: str) -> None:
        del self._down[name]
        self.launch(name)
        if name == "emulator":
            until(lambda: self.is_up(name), what="the emulator")

    def demand_alive(self) -> None:
        """Nobody ends by himself."""
        for name, process in self.processes.items():
            assert process.poll() is None, f"{name} ended with {process.returncode}:\n{self.last_words(name)}"

    def open_web(self) -> str:
        """The address of a web that answers, as a proxy in front would choose it."""
        return until(lambda: next((self.webs[name] for name in WEBS if self._answers(name)), ""), what="a web")

    def _answers(self, name: str) -> bool:
        return name in self.processes and self.is_up(name)

    def redis_pid(self) -> int:
        """The process of the Redis of this home, as soon as there is one."""
        return until(lambda: super(Crew, self).redis_pid() or 0, what="Redis")

    def empty_redis(self) -> None:
        """Forgets everything that Redis holds; waits for one that is just coming back."""
        self.redis_pid()
        with contextlib.suppress(redis.ConnectionError):
            super().empty_redis()

    def new_door(self) -> Door:
        """A side door of one's own."""
        return Door(self.emulator)


def _keeper_of(server: int) -> int:
    """The process that watches over a Redis server: its parent."""
    status = Path(f"/proc/{server}/status").read_text(encoding="utf-8")
    parent = int(next(line for line in status.splitlines() if line.startswith("PPid:")).split()[1])
    assert "keeper.py" in Path(f"/proc/{parent}/cmdline").read_text(encoding="utf-8"), f"{server} has no keeper"
    return parent
