"""Failed logins: after a few, each costs a longer wait, for that name, whether or not anybody has it.

Who fails from one address must wait there; the name itself waits only after many more failures, so that nobody locks a
colleague out from elsewhere. Whatever the name, an address may have so many passwords checked, and all together so many.
Where a name came in before, it waits for nothing that others do. An address is what `visitors.place` says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from bot.web.visitors import VisitLimit, Visitors, place
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
KNOWN, KNOWN_S = 20, 180 * 24 * 3600  # addresses at which a name came in, and how long it is remembered
_ANYWHERE = "*"  # instead of an address
_CODE = " code"  # behind a name: failures at the second step, which only those reach who know the password


def of_code(username: str) -> str:
    """The name under which failures at the second step of a person are counted."""
    return username + _CODE


def may_try(visitors: Visitors, *, known: bool = False) -> bool:
    """Whether one more password may be checked for this address; counted until `fitted`."""
    return visitors.may(BY_ADDRESS) and (known or visitors.may(BY_ALL, ALL))


def fitted(visitors: Visitors, *, known: bool = False) -> None:
    """The password was right: it does not count."""
    visitors.give_back(BY_ADDRESS)
    if not known:
        visitors.give_back(BY_ALL, ALL)


def is_known(office: Office, username: str) -> bool:
    """Whether this name came in from here before."""
    return _client(office).zscore(_known(username), _hashed(place())) is not None


def wait_here(office: Office, username: str) -> int:
    """Seconds until this name may try again from here, for what failed here."""
    return max(0, int(_client(office).ttl(_lock(username, place()))))


def wait_left(office: Office, username: str) -> int:
    """Seconds until this name may try again from here, for what failed here or, where it is not known, anywhere."""
    anywhere = 0 if is_known(office, username) else int(_client(office).ttl(_lock(username, _ANYWHERE)))
    return max(wait_here(office, username), anywhere)


def longest_wait(office: Office, username: str) -> int:
    """The most seconds that this name must wait at any address."""
    client = _client(office)
    return max(0, *(int(client.ttl(lock)) for each in (username, of_code(username)) for lock in _locks(client, each)))


def failed(office: Office, username: str) -> int:
    """Notes a failure; the seconds that it costs."""
    here = place()
    one = _failed(office, username, here, WAITS, FREE)
    return max(one, _failed(office, username, _ANYWHERE, WAITS_ANYWHERE, FREE_ANYWHERE))


def succeeded(office: Office, username: str) -> None:
    """The name came in from here: its failures here are over, and here it is known."""
    client, here = _client(office), place()
    for each in (username, of_code(username)):
        client.hdel(_failures(each), _hashed(here))
        client.delete(_lock(each, here))
    client.zadd(_known(username), {_hashed(here): office.clock.now().timestamp()})
    client.zremrangebyrank(_known(username), 0, -KNOWN - 1)
    client.expire(_known(username), KNOWN_S)


def forget(office: Office, username: str) -> None:
    """The name may try again at once from everywhere: an administrator said so."""
    client = _client(office)
    for each in (username, of_code(username)):
        client.delete(_failures(each), *_locks(client, each))


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


def _known(username: str) -> str:
    return keys.console_known(_named(username.removesuffix(_CODE)))


def _client(office: Office) -> Any:
    return office.redis.client


def _named(username: str) -> str:
    return _hashed(username.strip().casefold())


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()
