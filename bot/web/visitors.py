"""Who sends how much: forms, files and passwords of strangers are taken a few at a time.

Visitors are told apart by their address, in IPv6 by the network of 64 bits that one household is given, of which only a keyed hash is kept, for minutes. Behind a proxy on this machine
the address is what the proxy says. Without Redis each process counts for itself.
"""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from flask import request
from redis.exceptions import RedisError

from content.rules.errors import GongkaiError
from content.services.office import Office
from content.store.redis import keys

MOST_NAMES = 10_000  # visitors that one process remembers without Redis


@dataclass(frozen=True)
class VisitLimit:
    """At most `most` times in `seconds`; `name` says what is counted."""

    name: str
    most: int
    seconds: int


class Visitors:
    """Counts what visitors do. `named` makes a keyed hash of an address."""

    def __init__(self, office: Office, named: Callable[[str], str]) -> None:
        self._office = office
        self._named = named
        self._lock = threading.Lock()
        self._own: Counter[tuple[str, int]] = Counter()

    def may(self, limit: VisitLimit, of: str = "", count: int = 1) -> bool:
        """Whether this once more is within the limit; counted for this visitor, or for what `of` names."""
        who = self._named(of or place())
        try:
            return self._in_redis(limit, who, count) <= limit.most
        except (RedisError, GongkaiError):
            return self._here(limit, who, count) <= limit.most

    def give_back(self, limit: VisitLimit, of: str = "", count: int = 1) -> None:
        """That once does not count: it did no harm."""
        try:
            self._office.redis.client.decrby(keys.visits(limit.name, self._named(of or place())), count)
        except (RedisError, GongkaiError):
            return

    def _in_redis(self, limit: VisitLimit, who: str, count: int) -> int:
        name = keys.visits(limit.name, who)
        pipe = self._office.redis.client.pipeline()
        pipe.set(name, 0, ex=limit.seconds, nx=True)
        pipe.incrby(name, count)
        return int(pipe.execute()[1])

    def _here(self, limit: VisitLimit, who: str, count: int) -> int:
        slot = (f"{limit.name}:{who}", int(time.monotonic() // limit.seconds))
        with self._lock:
            if len(self._own) > MOST_NAMES:
                self._own.clear()
            self._own[slot] += count
            return self._own[slot]


def place() -> str:
    """Where the visitor is, as far as limits tell visitors apart: whoever has one IPv6 address has 2**64 of them."""
    here = address()
    try:
        ip = ipaddress.ip_address(here.partition("%")[0])
    except ValueError:
        return here
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    return str(ip.ipv4_mapped or ipaddress.ip_network((ip, 64), strict=False))


def address() -> str:
    """The visitor's address; a proxy on this machine names it last in X-Forwarded-For."""
    peer = request.remote_addr or ""
    told = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
    try:
        behind_proxy = ipaddress.ip_address(peer).is_loopback and bool(told)
        return str(ipaddress.ip_address(told)) if behind_proxy else peer
    except ValueError:
        return peer
