"""What versions before 2026-12 kept in Redis under other names: taken over once by whoever leads the clock.

Questions on their way and late answers always had today's names. The counters of the tally are built anew.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from content.store.redis import keys

if TYPE_CHECKING:
    import redis

TALLY, TALLY_QUESTIONS = "{tally}:current", "{tally}:questions"


def take_over(client: redis.Redis, *, app_id: str, day: date) -> None:
    """Gives each its name of today, unless that is taken; safe to repeat. Raises redis.RedisError."""
    for former, name in (
        ("gk:portal:version", keys.PORTAL_VERSION),
        ("gk:submit:slow", keys.SUBMIT_SLOW),
        (f"gk:token:{app_id}", keys.token(app_id)),
        (f"gk:calls:batchget:{day}", keys.calls("batchget", day)),
    ):
        if client.exists(former):
            client.renamenx(former, name)
    generation = client.get(TALLY)
    client.unlink(TALLY, TALLY_QUESTIONS, *([str(generation)] if generation else []))
