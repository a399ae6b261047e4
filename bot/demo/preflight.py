"""Before the demo touches anything: is it alone here, is the folder its own, are the addresses free?"""

from __future__ import annotations

import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.demo.environment import DemoNotes
from config.settings import Settings, variable
from content.rules.errors import GongkaiError
from content.services.office import Office
from content.store import people, schema
from content.store.redis.places import places

REDIS_PATIENCE = 15.0  # seconds that the Redis of our own may take to end after its last user
LOOK_AGAIN = 0.02
RUNNING = "{home} 里的演示正在运行：请用已经打开的那个，或者先在它的窗口按 Ctrl-C。"
OTHERS = "{home} 里有不是演示建立的数据，演示不会动它。请换一个目录，例如：GONGKAI_HOME=./var-demo make run"
IN_USE = "{name}：{bind} 已被别的程序占用。请结束那个程序，或者换一个端口，例如：{name}={host}:{other} make run"


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Holds this home's demo; the kernel lets go however the process ends. Raises GongkaiError when another does."""
    home.mkdir(parents=True, exist_ok=True)
    lock = os.open(home / "demo.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise GongkaiError(RUNNING.format(home=home)) from error
        yield
    finally:
        os.close(lock)


def demand_free(settings: Settings, *names: str) -> None:
    """Raises GongkaiError, naming the setting, unless the addresses that the settings `names` hold are free."""
    for name in names:
        bind = getattr(settings, name)
        host, _, port = bind.rpartition(":")
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do: a closed line is no user
            try:
                probe.bind((host.strip("[]"), int(port)))
            except OSError as error:
                told = IN_USE.format(name=variable(name), bind=bind, host=host, other=int(port) % 65535 + 10)
                raise GongkaiError(told) from error


def demand_ours(office: Office, notes: DemoNotes) -> None:
    """Raises GongkaiError if the folder holds an office's real data: the demo must not write among it."""
    if notes.exist() or not (office.home / "gongkai.db").exists():
        return
    with office.store.read() as session:
        if not schema.is_current(office.store) or people.everyone(session):
            raise GongkaiError(OTHERS.format(home=office.home))


def see_redis_ended(home: Path) -> None:
    """Returns when the Redis of our own has gone after its last user, or when others still use it."""
    keeper = places(home).keeper_lock
    until = time.monotonic() + REDIS_PATIENCE
    while keeper.exists() and time.monotonic() < until:
        lock = os.open(keeper, os.O_RDWR)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            time.sleep(LOOK_AGAIN)
        finally:
            os.close(lock)
