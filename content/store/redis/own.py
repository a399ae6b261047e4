"""How a user process joins the others on the server of our own, and has it brought up when it is not there."""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
import threading
import time
import weakref
from enum import Enum
from pathlib import Path

from content.rules.errors import GongkaiError
from content.store.redis import binary, keeper
from content.store.redis.places import ServerFiles, places

PATIENCE = 10.0  # seconds until a server must answer
LOADING_PATIENCE = 60.0  # the same for one that is reading its data back
LOOK_AGAIN = 0.003
LARGEST_LOG = 1_000_000  # bytes; then it begins anew


class ServerAnswer(Enum):
    """What the server's socket says."""

    READY = "ready"
    LOADING = "loading"
    NONE = "none"


class OwnServer:
    """One user's hold on the server of `home`: from `join` to `leave`, or to the end of the process however it ends."""

    def __init__(self, home: Path) -> None:
        self.places: ServerFiles = places(home)
        self._hold: weakref.finalize[[int], OwnServer] | None = None
        self._keeper: subprocess.Popen[bytes] | None = None  # the one that this process started last

    def join(self) -> None:
        """From now on the server stays up. Waits while the last one is just shutting down."""
        self.places.prepare()
        lock = _open_lock(self.places.users_lock)
        fcntl.flock(lock, fcntl.LOCK_SH)
        # Closed, never unlocked: forked workers share this lock, and each of them holds it.
        self._hold = weakref.finalize(self, os.close, lock)

    def leave(self) -> None:
        """From now on the server may go."""
        if self._hold:
            self._hold()

    def call_keeper(self) -> None:
        """Starts a keeper unless one lives; the keeper's lock is also what lets only one process start it."""
        if not (self._hold and self._hold.alive):
            raise GongkaiError("这个 Redis 连接已经关闭。")
        lock = _open_lock(self.places.keeper_lock)
        try:
            if _take(lock):
                self._demand_that_the_last_did_not_fail()
                self._start_keeper(lock)
        finally:
            os.close(lock)

    def wait(self, patience: float | None = None) -> None:
        """Returns when the server answers; calls a keeper again should one die meanwhile. Raises GongkaiError.

        `patience` in seconds, for those who have somebody waiting; else as long as a server may take to start.
        """
        begun = time.monotonic()
        while (answer := self._ask(patience or 1.0)) is not ServerAnswer.READY:
            waited = time.monotonic() - begun
            if waited > (patience or (LOADING_PATIENCE if answer is ServerAnswer.LOADING else PATIENCE)):
                raise self._not_up()
            self.call_keeper()
            time.sleep(LOOK_AGAIN)

    def _demand_that_the_last_did_not_fail(self) -> None:
        last, self._keeper = self._keeper, None
        if last and last.wait() == keeper.FAILED:  # its lock was free, so it has ended or is about to
            raise self._not_up()

    def _start_keeper(self, lock: int) -> None:
        self.places.prepare_socket()
        program = binary.find(self.places.folder)
        log = self.places.keeper_log
        fresh = log.exists() and log.stat().st_size > LARGEST_LOG
        with open(log, "w" if fresh else "a", opener=_private) as output:
            self._keeper = subprocess.Popen(
                [sys.executable, "-I", "-S", "-W", "ignore", keeper.__file__, str(lock), str(self.places.folder),
                 str(self.places.short or ""), program, *self._arguments()],
                cwd=self.places.folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True, pass_fds=(lock,),
            )  # fmt: skip
        threading.Thread(target=self._keeper.wait, name="keeper", daemon=True).start()  # leaves no zombie

    def _arguments(self) -> list[str]:
        return [
            *("--port", "0"),
            *("--unixsocket", str(self.places.socket), "--unixsocketperm", "600"),
            *("--dir", str(self.places.folder)),
            *("--appendonly", "yes", "--appendfsync", "everysec"),
            *("--save", ""),
            *("--maxmemory-policy", "noeviction"),
            *("--daemonize", "no", "--loglevel", "notice"),
        ]

    def _ask(self, seconds: float) -> ServerAnswer:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(seconds)
            try:
                line.connect(str(self.places.socket))
                line.sendall(b"PING\r\n")
                said = line.recv(64)
            except OSError:
                return ServerAnswer.NONE
        if said.startswith(b"+PONG"):
            return ServerAnswer.READY
        return ServerAnswer.LOADING if said.startswith(b"-LOADING") else ServerAnswer.NONE

    def _not_up(self) -> GongkaiError:
        log = self.places.keeper_log
        lines = log.read_text(errors="replace").split("\n") if log.exists() else []
        said = [line for line in lines if line.strip()][-1:]
        words = f"最后一行是：{said[0].strip()}" if said else "其中什么也没有。"
        return GongkaiError(f"自带的 Redis 没有启动成功。日志在 {log}，{words}")


def _open_lock(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise GongkaiError(f"打不开 {path}（{error.strerror}）。请用同一个系统用户运行所有 gongkai 进程。") from error


def _take(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
