"""User processes of the office's Redis, and a look at what runs in a home, for the tests of both kinds of servers."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import redis

from config.settings import Settings
from content.store.redis import Redis

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0  # seconds after which a test gives up waiting

USER = """
import signal
import sys
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)  # a runner in the background hands it down as ignored
from config.settings import Settings
from content.store.redis import Redis
held = Redis.open(Settings.model_construct(home=Path(sys.argv[1]), redis_url=""))
print(held.client.info("server")["run_id"], flush=True)
for line in sys.stdin:
    print(held.client.execute_command(*line.split()), flush=True)
"""


def opened(home: Path, url: str = "") -> Redis:
    """The Redis of a home, in this process."""
    return Redis.open(Settings.model_construct(home=home, redis_url=url))


class User:
    """Another process that uses the Redis of `home`, in a process group of its own, until its input ends."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER, str(home)],
            cwd=ROOT, env={**os.environ, **environment}, text=True, process_group=0,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def started(self) -> str:
        """Waits until it holds Redis; the server's run id. Its complaint if it fails."""
        return _pipe(self.process.stdout).readline().strip() or _pipe(self.process.stderr).read()

    def say(self, command: str) -> str:
        """One Redis command, and the answer."""
        _pipe(self.process.stdin).write(command + "\n")
        _pipe(self.process.stdin).flush()
        return _pipe(self.process.stdout).readline().strip()

    def interrupt(self) -> int:
        """Ctrl-C in its terminal until it ends; its exit code. One that comes just before a read may go unnoticed."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            os.killpg(self.process.pid, signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                return self.process.wait(1)
        raise AssertionError("Ctrl-C does not end it")

    def leave(self) -> None:
        """Ends it cleanly."""
        self.process.communicate(timeout=PATIENCE)


@contextmanager
def users(home: Path, number: int, **environment: str) -> Iterator[list[User]]:
    """Several user processes, started at once; gone at the end, however they got on."""
    crowd = [User(home, **environment) for _ in range(number)]
    try:
        yield crowd
    finally:
        for user in crowd:
            user.process.kill()
            user.process.communicate()


def server(home: Path) -> int:
    """The pid of the one server of a home."""
    (pid,) = (pid for pid, line in running(home).items() if "keeper.py" not in line)
    return pid


def keeper(home: Path) -> int:
    """The pid of the one keeper of a home."""
    (pid,) = (pid for pid, line in running(home).items() if "keeper.py" in line)
    return pid


def running(home: Path) -> dict[int, str]:
    """All keepers and servers of a home, known by their working directory: pid → command line."""
    folder = str(Path(os.path.abspath(home)) / "redis")
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _working_directory(entry) == folder:
            with suppress(OSError):  # it has just ended
                found[int(entry.name)] = (entry / "cmdline").read_text(errors="replace").replace("\0", " ")
    return found


def all_end(pids: Iterable[int]) -> bool:
    """Waits for processes to end; whether all did."""
    deadline = time.monotonic() + PATIENCE
    return all(_ends(pid, deadline) for pid in pids)


def patiently(action: Callable[[], Any]) -> Any:
    """What an action returns once Redis can be reached again."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return action()
        except redis.ConnectionError:
            if time.monotonic() > deadline:
                raise


def _ends(pid: int, deadline: float) -> bool:
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        ended = select.poll()  # select() knows no more than 1024 open files
        ended.register(handle, select.POLLIN)
        return bool(ended.poll(1000 * max(0.0, deadline - time.monotonic())))
    finally:
        os.close(handle)


def _working_directory(entry: Path) -> str:
    try:
        return os.readlink(entry / "cwd")
    except OSError:
        return ""  # it has just ended


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe
