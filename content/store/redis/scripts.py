"""Scripts for those who have somebody waiting, on redis-py connections that are kept beside its pool.

redis-py's client would take a connection out of its pool and look at it for each command. Measured on 2026-11-30, that took a
tenth of a web worker's processor time for an answer, which makes two such calls. Nothing is ever sent twice.
"""

from __future__ import annotations

import hashlib
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


class ScriptRunner:
    """Runs scripts; safe to share between threads. `client`: one with as much patience as the callers have."""

    def __init__(self, client: redis.Redis) -> None:
        self._pool = client.connection_pool
        self._idle: list[tuple[Any, float]] = []  # connections, and when each was used last; the last one first

    def run(self, script: Script, keys: Sequence[str], values: Sequence[str | int] = ()) -> Any:
        """What the script returns. Raises redis.RedisError, at the latest after the client's patience for each step."""
        given = [len(keys), *keys, *values]
        try:
            return self._asked("EVALSHA", script.sha, *given)
        except NoScriptError:  # nothing ran
            return self._asked("EVAL", script.text, *given)

    def _asked(self, *command: str | int) -> Any:
        connection = self._take()
        try:
            connection.send_command(*command)  # opens it anew if it is closed
            return connection.read_response()
        finally:
            self._idle.append((connection, time.monotonic()))

    def _take(self) -> Any:
        """A connection that nobody else has; one that broke while it lay idle is closed, before anything is sent."""
        try:
            connection, used = self._idle.pop()
        except IndexError:
            return self._pool.get_connection()
        if time.monotonic() - used > IDLE and _is_broken(connection):
            connection.disconnect()
        return connection


def _is_broken(connection: Any) -> bool:
    try:
        return bool(connection.can_read(0))  # nothing was asked, so what is there to read is the end
    except (redis.RedisError, OSError):
        return True
