"""The keeper of one home's server: starts it, starts it again when it dies, ends it when the last user has left.

Run as a script with nothing but the standard library, so that it is up within milliseconds:
`python -I -S keeper.py KEEPER_FD FOLDER SHORT_FOLDER SERVER ARGUMENT…`, in a session of its own.

Three locks in FOLDER say who lives; the kernel releases each however its holder died:
`keeper.lock`  held by this process (inherited from the user process that started it);
`server.lock`  inherited by the server: to get it means that no server lives, to wait for it means to watch the server,
               be it ours or one that a former keeper left behind;
`users.lock`   held shared by every user: to get it alone means that all have left.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable

SHUTDOWN_PATIENCE = 5.0  # seconds for each way of shutting down before the next, ruder one
SHORT_LIFE = 1.0  # seconds; a server that dies sooner is started again only after a pause, and not for ever
PAUSE = 0.1
MOST_QUICK_DEATHS = 3
FAILED = 1  # the exit code after more than that
PR_SET_PDEATHSIG = 1  # linux/prctl.h


class Keeper:
    """Watches over one server until nobody uses it any more."""

    def __init__(self, folder: str, command: list[str]) -> None:
        self.folder = folder
        self.command = command
        self.users = os.open(os.path.join(folder, "users.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        self.child = 0  # the pid of the server that this keeper started
        self.leaving = threading.Event()
        self.gone = threading.Event()
        self.changing = threading.Lock()  # of `child` and `leaving`
        self.die_with_me = _die_with(os.getpid())

    def run(self) -> bool:
        """Returns when the server is down and is not to come back.

        True: all users have left, or SIGTERM asked for it. False: it died several times as soon as it was started.
        """
        signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=self.end, daemon=True).start())
        threading.Thread(target=self._await_last_user, daemon=True).start()
        quick_deaths, born = 0, -SHORT_LIFE
        while True:
            lock = self._await_no_server()
            quick_deaths = quick_deaths + 1 if time.monotonic() - born < SHORT_LIFE else 0
            if quick_deaths > MOST_QUICK_DEATHS:
                break
            self.leaving.wait(PAUSE * quick_deaths)
            born = time.monotonic()
            with self.changing:
                if self.leaving.is_set():
                    break
                self.child = self._start(lock)
            os.close(lock)
        self.gone.set()
        return self.leaving.is_set()

    def end(self) -> None:
        """Shuts the server down; `run` returns when it is gone."""
        with self.changing:
            self.leaving.set()
        self._ask_to_shut_down()
        for force in (signal.SIGTERM, signal.SIGKILL):
            if self.gone.wait(SHUTDOWN_PATIENCE):
                return
            with self.changing:
                if self.child:
                    os.kill(self.child, force)
        if not self.gone.wait(SHUTDOWN_PATIENCE):
            os._exit(1)  # somebody else's server that will not go: our locks must

    def _await_last_user(self) -> None:
        fcntl.flock(self.users, fcntl.LOCK_EX)
        self.end()

    def _await_no_server(self) -> int:
        """Waits until no server lives; the lock that the next one inherits."""
        lock = os.open(os.path.join(self.folder, "server.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
        with self.changing:
            if self.child:
                os.waitpid(self.child, 0)
                self.child = 0
        return lock

    def _start(self, lock: int) -> int:
        child = os.fork()
        if child == 0:
            try:
                self.die_with_me()
                os.set_inheritable(lock, True)
                os.execv(self.command[0], self.command)
            finally:
                os._exit(127)
        return child

    def _ask_to_shut_down(self) -> None:
        path = self.command[self.command.index("--unixsocket") + 1]
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(SHUTDOWN_PATIENCE)
            try:
                line.connect(path)
                line.sendall(b"SHUTDOWN\r\n")  # at once, while SIGTERM is looked at ten times a second
                line.recv(64)
            except OSError as error:
                print(f"keeper: no server to ask: {error}", file=sys.stderr)  # noqa: T201 - this is its log


def _die_with(keeper: int) -> Callable[[], None]:
    """What a new server calls before it starts, so that a keeper killed with -9 leaves no server behind (Linux).

    By SIGKILL: one that only was about to go would still greet newcomers. The file has every write that was answered.
    """
    prctl = getattr(ctypes.CDLL(None), "prctl", None)

    def ask() -> None:
        if prctl is not None:
            prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != keeper:
                os._exit(1)

    return ask


def main() -> None:
    """Keeps the server of one folder, then cleans up, in the order in which newcomers look."""
    keeper_lock, folder, short, *command = sys.argv[1:]
    os.umask(0o077)
    os.set_inheritable(int(keeper_lock), False)
    keeper = Keeper(folder, command)
    done = keeper.run()
    if short:
        _remove(short)
    if not done:
        sys.exit(FAILED)
    os.close(int(keeper_lock))  # first: a newcomer who passes users.lock must find no keeper
    os.close(keeper.users)


def _remove(short: str) -> None:
    for name in os.listdir(short):  # the socket of a server that was killed
        os.unlink(os.path.join(short, name))
    os.rmdir(short)


if __name__ == "__main__":
    main()
