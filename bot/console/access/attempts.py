"""Failed logins: after a few, each costs a longer wait, for that name, whether or not anybody has it.

Who fails from one address must wait there; the name itself waits only after many more failures, so that nobody locks a
colleague out from elsewhere. Whatever the name, an address may have so many passwords checked, and all together so many.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from bot.web.visitors import VisitLimit, Visitors, address
from content.services.office import Office
from content.store.redis import keys

FREE = 3  # failures without a wait, from one address
WAITS = (10, 30, 120, 300, 900)  # seconds, for the failures after those; the last holds for all that follow
FREE_ANYWHERE = 30  # failures without a wait for a name, from all addresses together
WAITS_ANYWHERE = (10, 30, 60)
REMEMBERED = 24 * 3600  # seconds
BY_ADDRESS = VisitLimit("login", 60, 600)  # passwords that did not fit
BY_ALL = VisitLimit("login-all", 240, 60)
ALL = "everybody"
_ANYWHERE = "*"  # instead of an address


def may_try(visitors: Visitors) -> bool:
    """Whether one more password may be checked for this address; counted until `fitted`."""
    return visitors.may(BY_ADDRESS) and visitors.may(BY_ALL, ALL)


def fitted(visitors: Visitors) -> None:
    """The password was right: it does not count."""
    visitors.give_back(BY_ADDRESS)
    visitors.give_back(BY_ALL, ALL)


def wait_left(office: Office, username: str) -> int:
    """Seconds until this name may try again from here; 0 if it may now."""
    client = _client(office)
    return max(0, *(int(client.ttl(_lock(username, place))) for place in (address(), _ANYWHERE)))


def longest_wait(office: Office, username: str) -> int:
    """The most seconds that this name must wait at any address."""
    client = _client(office)
    return max(0, *(int(client.ttl(lock)) for lock in _locks(client, username)))


def failed(office: Office, username: str) -> int:
    """Notes a failure; the seconds that it costs."""
    here = address()
    one = _failed(office, username, here, WAITS, FREE)
    return max(one, _failed(office, username, _ANYWHERE, WAITS_ANYWHERE, FREE_ANYWHERE))


def succeeded(office: Office, username: str) -> None:
    """The name came in from here: its failures here are over."""
    client, here = _client(office), address()
    client.hdel(_failures(username), _hashed(here))
    client.delete(_lock(username, here))


def forget(office: Office, username: str) -> None:
    """The name may try again at once from everywhere: an administrator said so."""
    client = _client(office)
    client.delete(_failures(username), *_locks(client, username))


def _failed(office: Office, username: str, place: str, waits: Sequence[int], free: int) -> int:
    client = _client(office)
    count = int(client.hincrby(_failures(username), _hashed(place), 1))
    client.expire(_failures(username), REMEMBERED)
    if count <= free:
        return 0
    wait = waits[min(count - free, len(waits)) - 1]
    client.set(_lock(username, place), "", ex=wait)
    return wait


def _locks(client: Any, username: str) -> list[str]:
    places = (*client.hkeys(_failures(username)), _hashed(_ANYWHERE))
    return [keys.console_locked(f"{_named(username)}:{place}") for place in places]


def _lock(username: str, place: str) -> str:
    return keys.console_locked(f"{_named(username)}:{_hashed(place)}")


def _failures(username: str) -> str:
    return keys.console_failures(_named(username))


def _client(office: Office) -> Any:
    return office.redis.client


def _named(username: str) -> str:
    return _hashed(username.strip().casefold())


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()
