"""Scripts with the least ado and a short patience, for those who have somebody waiting.

redis-py's client takes 60 µs more for each command, for its pool, its retries and its events. Here each thread keeps one
of redis-py's connections (so every kind of address works), and nothing is ever sent twice.
"""

from __future__ import annotations

import hashlib
import socket
import struct
import threading
import time
from collections.abc import Sequence
from typing import Any

import redis
from redis.exceptions import NoScriptError

IDLE = 0.2  # seconds after which a connection may have broken unnoticed


class Script:
    """A script of Redis, by its text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sha = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()  # redis.io: the name in EVALSHA


class Quick:
    """Runs scripts; safe to share between threads."""

    def __init__(self, client: redis.Redis, patience: float) -> None:
        self._pool: Any = client.connection_pool
        self._patience = patience
        self._own = threading.local()

    def run(self, script: Script, keys: Sequence[str], values: Sequence[str | int]) -> Any:
        """What the script returns. Raises redis.RedisError, at the latest after the patience for each step."""
        line = self._line()
        given = [len(keys), *keys, *values]
        try:
            return self._tell(line, "EVALSHA", script.sha, *given)
        except NoScriptError:  # nothing ran
            return self._tell(line, "EVAL", script.text, *given)

    def _tell(self, line: Any, *parts: str | int) -> Any:
        line.send_packed_command([packed(parts)], check_health=False)
        answer = line.read_response()
        self._own.used = time.monotonic()
        return answer

    def _line(self) -> Any:
        """This thread's connection; one that broke while it lay idle is opened anew before anything is sent."""
        line = getattr(self._own, "line", None)
        if line is None:
            line = self._own.line = self._pool.make_connection()
            line.socket_timeout = line.socket_connect_timeout = line.patience = self._patience
            self._own.used = time.monotonic()
        elif line._sock is not None and time.monotonic() - self._own.used > IDLE:
            if _is_broken(line):
                line.disconnect()
            else:
                _let_the_kernel_wait(line, self._patience)  # the look has set it back
        if line._sock is None:
            line.connect()
            _let_the_kernel_wait(line, self._patience)
        self._own.used = time.monotonic()
        return line


def packed(parts: Sequence[str | int]) -> bytes:
    """A command as it goes over the line (redis.io, protocol specification)."""
    pieces = [b"*%d\r\n" % len(parts)]
    for part in parts:
        data = part.encode(errors="replace") if isinstance(part, str) else b"%d" % part
        pieces.append(b"$%d\r\n%b\r\n" % (len(data), data))
    return b"".join(pieces)


def _let_the_kernel_wait(line: Any, seconds: float) -> None:
    """Puts the patience into the socket itself, where it is plain: Python would ask the kernel twice as often, and let
    the other threads run in between each time."""
    plain: socket.socket = line._sock
    if type(plain) is socket.socket:
        limit = struct.pack("ll", int(seconds), int(seconds % 1 * 1e6))  # socket(7): a timeval
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)
        plain.settimeout(None)


def _is_broken(line: Any) -> bool:
    try:
        return bool(line.can_read(0))  # nothing was asked, so what is there to read is the end
    except (redis.RedisError, OSError):
        return True
