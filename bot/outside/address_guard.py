"""A guard at the door to the network: it looks at where a connection really ended, before anything is sent.

Looking a name up beforehand would not do: the second look-up may say something else (DNS rebinding).
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
from typing import Any
from urllib.parse import urlsplit

from requests import ConnectionError
from requests.adapters import HTTPAdapter
from requests.utils import select_proxy
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

# The last 32 bits are an IPv4 address: RFC 4291 section 2.5.5.1, RFC 6052, RFC 8215, RFC 2765 (SIIT).
EMBEDDING = [ipaddress.IPv6Network(text) for text in ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "::ffff:0:0:0/96")]
# Within one network only, though Python may call them global: segment routing (RFC 9602), documentation (RFC 9637).
WITHIN = [ipaddress.IPv6Network(text) for text in ("5f00::/16", "3fff::/20")]


class Forbidden(OSError):
    """The connection ended in a network that must not be asked."""


class Guard(HTTPAdapter):
    """Lets requests reach the public internet only, and the one `trusted` (host, port); with `near` also nearer places."""

    def __init__(self, *, near: bool, trusted: tuple[str, int] | None) -> None:
        self.near, self.trusted = near, trusted
        self._lock = threading.Lock()
        self._held: list[socket.socket] = []  # a handle of each connection, to cut it by
        self._is_over = False
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

    def send(self, request: Any, *, proxies: Any = None, **kwargs: Any) -> Any:  # type: ignore[override]
        """Behind a proxy the connection ends there, so the name is looked up here and held against the same rules."""
        if select_proxy(str(request.url), proxies):
            parts = urlsplit(str(request.url))
            port = parts.port or (443 if parts.scheme == "https" else 80)
            if (parts.hostname, port) != self.trusted:
                self._demand_public(parts.hostname or "", port)
        return super().send(request, proxies=proxies, **kwargs)

    def _demand_public(self, host: str, port: int) -> None:
        """Raises requests.ConnectionError for a name that leads to a forbidden place, or that nobody here knows."""
        try:
            found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
        except OSError as error:
            raise ConnectionError("not looked up") from error
        if not all(may_be_asked(address, near=self.near) for address in found):
            raise ConnectionError("forbidden") from Forbidden(host)

    def looked_at(self, connected: socket.socket, host: str, port: int | None) -> socket.socket:
        """The connection, if it ended where it may. Raises Forbidden, with the connection closed and nothing sent."""
        if (host, port) != self.trusted and not may_be_asked(connected.getpeername()[0], near=self.near):
            connected.close()
            raise Forbidden(host)
        with self._lock:
            if self._is_over:
                connected.close()
                raise TimeoutError(host)
            self._held.append(connected.dup())  # TLS takes the connection's own handle over
        return connected

    def cut(self) -> None:
        """Ends all connections at once, and those that are still to come."""
        with self._lock:
            self._is_over = True
            for held in self._held:
                with contextlib.suppress(OSError):
                    held.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Gives everything back."""
        super().close()
        with self._lock:
            for held in self._held:
                held.close()
            self._held.clear()


def may_be_asked(address: str, *, near: bool) -> bool:
    """Link-local addresses, where clouds keep a machine's keys, are never asked."""
    named = ipaddress.ip_address(address.partition("%")[0])
    ip = named if isinstance(named, ipaddress.IPv4Address) else _meant(named)
    if ip.is_link_local or ip.is_multicast or ip.is_unspecified:
        return False
    nearby = ip.is_private or (
        isinstance(ip, ipaddress.IPv6Address) and (ip.is_site_local or any(ip in network for network in WITHIN))
    )
    return near if nearby else ip.is_global


def _meant(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The IPv4 address that gateways and systems take some IPv6 addresses for, else the address itself."""
    if ip.ipv4_mapped or ip.sixtofour:
        return ip.ipv4_mapped or ip.sixtofour or ip
    if any(ip in network for network in EMBEDDING) and int(ip) > 1:  # `::` and `::1` mean themselves
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip
