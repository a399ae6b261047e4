"""`Redis.open(settings)`: what everybody else uses."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from config.settings import Settings
from content.rules.errors import GongkaiError
from content.store.redis.own import OwnServer

if TYPE_CHECKING:
    import redis

    from content.store.redis.quick import Quick


class Redis:
    """A hold on the office's Redis. `client` is redis-py's, decoding, with silent retries off.

    `client` comes back by itself after the server was killed: the command that was under way fails with
    redis.ConnectionError, the next one finds the server again. Write to the Redis 6.2 command set.
    """

    def __init__(self, client: redis.Redis, leave: Callable[[], None] | None = None) -> None:
        self.client = client
        self._leave = leave

    @classmethod
    def open(cls, settings: Settings) -> Redis:
        """The Redis that the settings name, or the server of our own. Raises GongkaiError (RedisDown, BadInput)."""
        if settings.redis_url:
            from content.store.redis import clients

            return cls(clients.external(settings.redis_url))
        server = OwnServer(settings.home)
        try:
            server.join()
            server.call_keeper()
            from content.store.redis import clients  # redis-py takes 0.1 s to load: the server starts meanwhile

            server.wait()
        except GongkaiError as error:
            from content.store.redis.clients import RedisDown

            server.leave()
            raise RedisDown(error.message) from error
        return cls(clients.own(server), server.leave)

    def quick(self, patience: float) -> Quick:
        """A second way to the same server, for scripts that somebody waits for; `patience` in seconds."""
        from content.store.redis.quick import Quick

        return Quick(self.client, patience)

    def close(self) -> None:
        """Lets go; the server of our own ends when the last of its users has."""
        self.client.close()
        if self._leave:
            self._leave()
