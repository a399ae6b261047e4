"""A guard at the door to the network: it looks at where a connection really ended, before anything is sent.

Looking a name up beforehand would not do: the second look-up may say something else (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection


class Forbidden(OSError):
    """The connection ended in a network that must not be asked."""


class Guard(HTTPAdapter):
    """Lets requests reach the public internet only, and the one `trusted` (host, port); with `near` also nearer places."""

    def __init__(self, *, near: bool, trusted: tuple[str, int] | None) -> None:
        self.near, self.trusted = near, trusted
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Makes the pool of connections, each of which is looked at."""
        super().init_poolmanager(*args, **kwargs)
        guard = self

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return guard.looked_at(super()._new_conn(), self.host, self.port)

        class Tls(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return guard.looked_at(super()._new_conn(), self.host, self.port)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class TlsPool(HTTPSConnectionPool):
            ConnectionCls = Tls

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": TlsPool}

    def looked_at(self, connected: socket.socket, host: str, port: int | None) -> socket.socket:
        """The connection, if it ended where it may. Raises Forbidden, with the connection closed and nothing sent."""
        if (host, port) != self.trusted and not may_be_asked(connected.getpeername()[0], near=self.near):
            connected.close()
            raise Forbidden(host)
        return connected


def may_be_asked(address: str, *, near: bool) -> bool:
    """Link-local addresses, where clouds keep a machine's keys, are never asked."""
    named = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(named, "ipv4_mapped", None) or named
    if ip.is_link_local or ip.is_multicast or ip.is_unspecified:
        return False
    return ip.is_global or (near and ip.is_private)
