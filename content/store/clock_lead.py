"""The lead over the clock: a lease in Redis that ends by itself. The fence that makes it safe is in SQL (`Leader`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from content.store.redis import keys

if TYPE_CHECKING:
    import redis

LEAD = "clock"  # the Leader row that belongs to the lease
LASTS_MS = 5_000  # a dead leader is followed within these and one heartbeat

TAKE = """
if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end
return redis.call('set', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) and 1 or 0
"""
RENEW = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) else return 0 end"
RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end"


def take(client: redis.Redis, holder: str) -> bool:
    """Whether the lease is this holder's now: it was free, or his already."""
    return bool(client.eval(TAKE, 1, keys.LEAD, holder, LASTS_MS))


def renew(client: redis.Redis, holder: str) -> bool:
    """Makes the lease last; False when it is no longer this holder's."""
    return bool(client.eval(RENEW, 1, keys.LEAD, holder, LASTS_MS))


def release(client: redis.Redis, holder: str) -> None:
    """Gives the lease back, if it is this holder's."""
    client.eval(RELEASE, 1, keys.LEAD, holder)


def beat(client: redis.Redis) -> tuple[str, float] | None:
    """Who leads, and how many seconds ago he last renewed the lease; None when nobody leads."""
    pipe: Any = client.pipeline()
    holder, left = pipe.get(keys.LEAD).pttl(keys.LEAD).execute()
    return (holder, (LASTS_MS - left) / 1000) if holder and left > 0 else None
