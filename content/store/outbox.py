"""Questions on their way from an answer to their rows: a list in Redis, written with the answer in one step.

A process that is killed after it answered loses none; whoever comes next brings them into SQL.
"""

from __future__ import annotations

from redis import Redis

KEY = "gongkai:questions"


def waiting(client: Redis, most: int) -> list[str]:
    """The oldest entries, as they were put in; they stay until `take_out`."""
    return [str(entry) for entry in client.lrange(KEY, 0, most - 1)]


def take_out(client: Redis, entries: list[str]) -> None:
    """Removes entries whose rows are written."""
    pipe = client.pipeline(transaction=False)
    for entry in entries:
        pipe.lrem(KEY, 1, entry)
    pipe.execute()
