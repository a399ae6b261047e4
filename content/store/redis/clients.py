"""redis-py, set up so that nothing is sent twice: a repeated INCR would count twice.

redis-py 8 repeats a command up to ten times when a connection breaks, though the server may have acted on it. Here it
never does. A connection that broke while it lay idle is noticed before it is used, and opened anew.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import redis
from redis.backoff import NoBackoff
from redis.connection import UnixDomainSocketConnection
from redis.retry import Retry
from redis.sentinel import Sentinel

from content.rules.errors import BadInput, GongkaiError
from content.store.redis.own import OwnServer

SENTINEL_PORT = 26379
TIMEOUT, CONNECT_TIMEOUT = 2.0, 1.0  # seconds, for those who have time


class RedisDown(GongkaiError, redis.ConnectionError):
    """Redis cannot be reached. Both our error, with words for a person, and redis-py's."""


class OwnConnection(UnixDomainSocketConnection):
    """A connection to the server of our own, which is brought up again if it is gone."""

    def __init__(self, *, server: OwnServer, patience: float | None, **options: Any) -> None:
        """`patience`: seconds to wait for the server; None: as long as it may take to start."""
        super().__init__(path=str(server.places.socket), **options)  # type: ignore[no-untyped-call]
        self._server = server
        self._patience = patience

    def _connect(self) -> Any:
        try:
            return super()._connect()  # type: ignore[no-untyped-call]
        except OSError:
            pass  # killed, or its socket is gone
        try:
            self._server.wait(self._patience)
        except GongkaiError as error:
            raise RedisDown(error.message) from error
        return super()._connect()  # type: ignore[no-untyped-call]


def own(server: OwnServer, patience: float | None = None) -> redis.Redis:
    """A client of the server of our own. `patience`: as `external` has it."""
    pool = redis.ConnectionPool(connection_class=OwnConnection, server=server, patience=patience, **_options(patience))
    return redis.Redis.from_pool(pool)


def external(url: str, patience: float | None = None) -> redis.Redis:
    """A client of the server at `url`. Raises BadInput.

    `patience`: seconds for each step of a command; None for those who have time.
    """
    try:
        return _sentinel(url, patience) if "sentinel://" in url else redis.Redis.from_url(url, **_options(patience))
    except ValueError as error:
        raise BadInput(f"GONGKAI_REDIS_URL 写得不对：{error}。例如：redis://127.0.0.1:6379/0") from error


def demand(client: redis.Redis) -> None:
    """Asks an external server whether it is there; closes the client if not. Raises RedisDown."""
    try:
        client.ping()
    except redis.RedisError as error:
        client.close()
        raise RedisDown(
            f"连不上 GONGKAI_REDIS_URL 所写的 Redis（{error}）。请检查地址、密码和服务是否在运行。"
        ) from error


def _sentinel(url: str, patience: float | None) -> redis.Redis:
    """`sentinel://[user:password@]host[:port],host[:port]/service[/db][?sentinel_password=…]`."""
    parts = urlsplit(url)
    credentials, _, hosts = parts.netloc.rpartition("@")
    service, _, db = parts.path.strip("/").partition("/")
    if not service or not hosts:
        raise ValueError("Sentinel 地址要写成 sentinel://主机:26379,主机:26379/服务名/库号")
    username, _, password = credentials.partition(":")
    login = {"username": unquote(username) or None, "password": unquote(password) or None, "db": int(db or 0)}
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    watchers = {"username": query.get("sentinel_username"), "password": query.get("sentinel_password")}
    sentinel = Sentinel(  # type: ignore[no-untyped-call]
        [_host(host) for host in hosts.split(",")],
        sentinel_kwargs={**_options(patience), **watchers},
        **_options(patience),
    )
    client: redis.Redis = sentinel.master_for(service, **login)  # type: ignore[no-untyped-call]
    return client


def _host(text: str) -> tuple[str, int]:
    parts = urlsplit(f"//{text}")
    if not parts.hostname:
        raise ValueError(f"看不懂主机“{text}”")
    return parts.hostname, parts.port or SENTINEL_PORT


def _options(patience: float | None) -> dict[str, Any]:
    return {
        "decode_responses": True,
        "protocol": 2,  # under 3 redis-py does not look whether an idle connection broke
        "retry": Retry(NoBackoff(), 0),
        "socket_timeout": patience or TIMEOUT,
        "socket_connect_timeout": patience or CONNECT_TIMEOUT,
    }
