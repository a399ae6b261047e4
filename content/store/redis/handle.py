"""`Redis.open(settings)`: what everybody else uses."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from config.settings import Settings
from content.rules.errors import GongkaiError
from content.store.redis.own import OwnServer

if TYPE_CHECKING:
    import redis


class Redis:
    """A hold on the office's Redis. `client` is redis-py's, decoding, with silent retries off.

    `client` comes back by itself after the server was killed: the command that was under way fails with
    redis.ConnectionError, the next one finds the server again. Write to the Redis 6.2 command set.
    """

    def __init__(self, make: Callable[[float | None], redis.Redis], leave: Callable[[], None] | None = None) -> None:
        """`make`: makes a client with that patience; `leave`: lets go of the server of our own."""
        self._make = make
        self._leave = leave
        self.client = make(None)
        self._clients = [self.client]

    @classmethod
    def open(cls, settings: Settings) -> Redis:
        """The Redis that the settings name, or the server of our own. Raises GongkaiError (RedisDown, BadInput)."""
        if settings.redis_url:
            from content.store.redis import clients

            held = cls(partial(clients.external, settings.redis_url))
            clients.demand(held.client)
            return held
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
        return cls(partial(clients.own, server), server.leave)

    def hurried(self, patience: float) -> redis.Redis:
        """A further client for those who have somebody waiting; `patience`: seconds for each step of a command."""
        self._clients.append(self._make(patience))
        return self._clients[-1]

    def close(self) -> None:
        """Lets go; the server of our own ends when the last of its users has."""
        for client in self._clients:
            client.close()
        if self._leave:
            self._leave()
