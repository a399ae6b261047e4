"""What could not be worked on when it came: one file each in HOME/spool, in order, safe on disk before anybody is told.

Each file is encrypted, since it holds a citizen's words and openid. One process at a time works on them; a file goes when
its work is done, so what is done must bear being done again.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import uuid4

from cryptography.fernet import Fernet

from content.rules.errors import GongkaiError
from content.store.disk.file_lock import alone
from content.store.disk.sealing import fernet

MOST = 20_000  # files
OWNER, MARK = 64, 72  # characters of them in a file's name
FEW = 200  # files; a longer list that changes is looked through now and then only
SETTLED = 0.1  # seconds; for so long a folder may change again and bear the same time, as file systems tell it


@dataclass(frozen=True)
class SpoolEntry:
    """One that waits. `owner` is a keyed hash, or empty; `name` the file's."""

    name: str
    owner: str
    data: dict[str, Any]


class Spool:
    """The folder `root`, which is made at first need."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._root = home / "spool"
        self._names: tuple[str, ...] = ()
        self._owners: frozenset[str] = frozenset()
        self._seen: tuple[int, float] | None = None
        self._looking = threading.Lock()

    def put(self, owner: str, mark: str, data: dict[str, Any], *, at: datetime) -> None:
        """Keeps something to be worked on later. Raises GongkaiError when there is no room, OSError."""
        known = self._listing()
        if any(name.endswith(f"-{mark[:MARK]}") for name in known):
            return
        if len(known) >= MOST:
            raise GongkaiError("存不下更多的来信了，请检查数据库和磁盘。")
        self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
        moment = f"{int(at.timestamp() * 1000):015}-{time.monotonic_ns():020}"
        self._write(f"{moment}-{owner[:OWNER] or '0'}-{mark[:MARK]}", data)

    def seal(self, data: dict[str, Any]) -> str:
        """Something as the spool keeps it, to be kept elsewhere until there is time to `put` it."""
        return self._key.encrypt(json.dumps(data, ensure_ascii=False).encode(errors="replace")).decode()

    def unseal(self, sealed: str) -> Any:
        """What was sealed. Raises cryptography.fernet.InvalidToken if the key is another."""
        return json.loads(self._key.decrypt(sealed.encode()))

    def change(self, entry: SpoolEntry, **values: Any) -> SpoolEntry:
        """The entry with some of its data changed, as safe as before."""
        changed = SpoolEntry(entry.name, entry.owner, {**entry.data, **values})
        self._write(entry.name, changed.data)
        return changed

    def holds(self, owner: str) -> bool:
        """Whether something of this owner waits; costs one look at the folder's time."""
        self._listing()
        return owner[:OWNER] in self._owners

    def __len__(self) -> int:
        return len(self._listing())

    @contextmanager
    def working(self) -> Iterator[bool]:
        """Lets one process at a time work; False for all others."""
        if not self._root.exists():
            yield False
            return
        with alone(self._root / ".lock") as first:
            yield first

    def waiting(self) -> Iterator[SpoolEntry]:
        """All that wait, oldest first. Inside `working()`. Raises GongkaiError if the key is another."""
        self._seen = None
        for name in self._listing():
            sealed = (self._root / name).read_bytes()
            owner = name.split("-")[2]
            yield SpoolEntry(name, "" if owner == "0" else owner, self.unseal(sealed.decode()))

    def done(self, entry: SpoolEntry) -> None:
        """Work on it is done."""
        (self._root / entry.name).unlink(missing_ok=True)

    def set_aside(self, entry: SpoolEntry) -> None:
        """It cannot be worked on; it stays for the operator, and holds nobody up."""
        os.replace(self._root / entry.name, self._root / f".broken-{entry.name}")

    def _write(self, name: str, data: dict[str, Any]) -> None:
        beside = self._root / f".{name}.{uuid4().hex[:8]}"
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(self.seal(data).encode())
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, self._root / name)
        except BaseException:
            beside.unlink(missing_ok=True)  # on a full disk halves would be left
            raise
        _sync(self._root)
        self._seen = None

    @cached_property
    def _key(self) -> Fernet:
        return fernet(self._home, "spool")

    def _listing(self) -> tuple[str, ...]:
        """The names of all that wait, as they are now; of a long list, as they were a moment ago."""
        try:
            changed = os.stat(self._root).st_mtime_ns
        except FileNotFoundError:
            self._names, self._owners = (), frozenset()
            return ()
        now = time.monotonic()
        known, again = self._seen or (0, 0.0)
        if (changed != known and (len(self._names) < FEW or now > again)) or (changed == known and now < again):
            with self._looking:
                self._names = tuple(sorted(name for name in os.listdir(self._root) if not name.startswith(".")))
                self._owners = frozenset(name.split("-")[2] for name in self._names)
                self._seen = (changed, again if changed == known else now + SETTLED)
        return self._names


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
