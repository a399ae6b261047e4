"""Failed logins: after a few, each costs a longer wait, for that name, whether or not anybody has it."""

from __future__ import annotations

import hashlib
from typing import Any

from content.services.office import Office
from content.store.redis import keys

FREE = 3  # failures without a wait
WAITS = (10, 30, 120, 300, 900)  # seconds, for the failures after those; the last holds for all that follow
REMEMBERED = 24 * 3600  # seconds


def wait_left(office: Office, username: str) -> int:
    """Seconds until this name may try again; 0 if it may now."""
    return max(0, int(_client(office).ttl(keys.console_locked(_named(username)))))


def failed(office: Office, username: str) -> int:
    """Notes a failure; the seconds that it costs."""
    client, named = _client(office), _named(username)
    count = int(client.incr(keys.console_failures(named)))
    client.expire(keys.console_failures(named), REMEMBERED)
    if count <= FREE:
        return 0
    wait = WAITS[min(count - FREE, len(WAITS)) - 1]
    client.set(keys.console_locked(named), "", ex=wait)
    return wait


def forget(office: Office, username: str) -> None:
    """The name may try again at once: it logged in, or an administrator said so."""
    named = _named(username)
    _client(office).delete(keys.console_failures(named), keys.console_locked(named))


def _client(office: Office) -> Any:
    return office.redis.client


def _named(username: str) -> str:
    return hashlib.sha256(username.strip().casefold().encode()).hexdigest()
