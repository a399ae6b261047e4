"""Where the server of our own lies: `HOME/redis`, and its socket there, or in a short folder if that path is long."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from content.rules.errors import GongkaiError

LONGEST_SOCKET_PATH = 100  # bytes; the kernel takes 107
SHORT_ROOT = Path("/tmp")  # fixed, not $TMPDIR: all processes of a home must agree on it


@dataclass(frozen=True)
class ServerFiles:
    """The files of one home's server. `short` is the folder made for the socket, or None."""

    folder: Path
    socket: Path
    short: Path | None

    @property
    def users_lock(self) -> Path:
        """Held shared by every user process; the keeper waits to hold it alone."""
        return self.folder / "users.lock"

    @property
    def keeper_lock(self) -> Path:
        """Held by the keeper for as long as it lives."""
        return self.folder / "keeper.lock"

    @property
    def keeper_log(self) -> Path:
        """What the keeper and the server say."""
        return self.folder / "keeper.log"

    def prepare(self) -> None:
        """Makes the folder, private to this user. Raises GongkaiError."""
        _make(self.folder)

    def prepare_socket(self) -> None:
        """Makes the short folder, which the keeper removes: only who is about to start one may call this."""
        if self.short:
            _make(self.short)
            found = self.short.lstat()
            ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
            if not ours:
                raise GongkaiError(
                    f"{self.short} 不是本用户独有的目录，可能有人冒用。请查明后删除它，或把 GONGKAI_HOME 换短。"
                )


def places(home: Path) -> ServerFiles:
    """Where the server of this home lies."""
    folder = Path(os.path.abspath(home)) / "redis"
    socket = folder / "redis.sock"
    if len(os.fsencode(socket)) <= LONGEST_SOCKET_PATH:
        return ServerFiles(folder, socket, None)
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    short = SHORT_ROOT / f"gongkai-{os.getuid()}-{name}"
    return ServerFiles(folder, short / "redis.sock", short)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise GongkaiError(f"不能建立 Redis 的目录 {folder}（{error.strerror}）。请检查权限。") from error
