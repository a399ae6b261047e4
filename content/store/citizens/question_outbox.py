"""Questions on their way from an answer to their rows: a list in Redis, written with the answer in one step.

A process that is killed after it answered loses none; whoever comes next brings them into SQL.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from redis import Redis

from content.store.redis import keys

TAKE_OUT = """
local first, last = redis.call('LINDEX', KEYS[1], 0), redis.call('LINDEX', KEYS[1], ARGV[1] - 1)
if first ~= ARGV[2] or last ~= ARGV[3] then return 0 end
redis.call('LTRIM', KEYS[1], ARGV[1], -1)
for i = 4, #ARGV, 2 do redis.call('HINCRBY', KEYS[2], ARGV[i], ARGV[i + 1]) end
return 1
"""


def waiting(client: Redis, most: int) -> list[str]:
    """The oldest entries, as they were put in; they stay until `take_out`."""
    return [str(entry) for entry in client.lrange(keys.QUESTIONS, 0, most - 1)]


def take_out(client: Redis, entries: list[str], counts: Mapping[str, int]) -> bool:
    """Removes entries whose rows are written, and counts them, in one step; False if another was faster."""
    pairs: list[Any] = [part for item in counts.items() for part in item]
    done = client.eval(TAKE_OUT, 2, keys.QUESTIONS, keys.TALLY_QUESTIONS, len(entries), entries[0], entries[-1], *pairs)
    return bool(done)
