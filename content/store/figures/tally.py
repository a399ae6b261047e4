"""The counters in Redis: one hash for each generation, a pointer to the current one.

A generation's field `through` says which ledger entry it includes last, as `number:hash`; the other fields are the
counters of content.rules.figures.counted_publications. Whoever folds further entries in must name the `through` that they go on from, so
two processes that fold at once count once. The questions' counters stand beside, since their truth is a table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from content.store.redis import keys

if TYPE_CHECKING:
    import redis

THROUGH = "through"
UNFINISHED_LIFE = 3600  # seconds until a generation that was never switched to is forgotten

FOLD = """
if redis.call('HGET', KEYS[1], 'through') ~= ARGV[1] then return 0 end
for i = 3, #ARGV, 2 do redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1]) end
redis.call('HSET', KEYS[1], 'through', ARGV[2])
return 1
"""

SWITCH = """
if redis.call('EXISTS', KEYS[2]) == 0 then return 0 end
redis.call('PERSIST', KEYS[2])
local old = redis.call('GET', KEYS[1])
redis.call('SET', KEYS[1], KEYS[2])
if old and old ~= KEYS[2] then redis.call('UNLINK', old) end
return 1
"""


@dataclass(frozen=True)
class LedgerPoint:
    """A point in the ledger: the number of an entry and its hash."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> LedgerPoint:
        """`number:hash` → Through. Raises ValueError."""
        number, _, digest = text.partition(":")
        return cls(int(number), digest)


@dataclass(frozen=True)
class TallyGeneration:
    """One generation at one moment."""

    key: str
    through: LedgerPoint
    counts: dict[str, int]


def current(client: redis.Redis) -> TallyGeneration | None:
    """The counters that hold now; None if there are none, or nothing that can be read."""
    key: Any = client.get(keys.TALLY)  # Any: redis-py's types do not know that this client decodes
    while key:
        fields: Any = client.hgetall(key)
        if fields:
            return _generation(key, fields)
        former, key = key, client.get(keys.TALLY)  # a rebuild may have switched in between
        if key == former:
            return None
    return None


def through(client: redis.Redis) -> tuple[str, LedgerPoint] | None:
    """The current generation's key, and how far it goes; None if there is none."""
    key: Any = client.get(keys.TALLY)
    text: Any = client.hget(key, THROUGH) if key else None
    return (key, LedgerPoint.parse(text)) if key and text else None


def begin(client: redis.Redis, start: LedgerPoint) -> str:
    """A new empty generation beside the current one; its key."""
    key = keys.tally(uuid4().hex)
    with client.pipeline(transaction=True) as commands:
        commands.hset(key, THROUGH, str(start))
        commands.expire(key, UNFINISHED_LIFE)
        commands.execute()
    return key


def fold(client: redis.Redis, key: str, counts: Mapping[str, int], *, after: LedgerPoint, to: LedgerPoint) -> bool:
    """Adds `counts` and moves on to `to`; False, and nothing happened, unless the generation stood at `after`."""
    pairs: list[Any] = [part for item in counts.items() for part in item]
    return bool(client.eval(FOLD, 1, key, str(after), str(to), *pairs))


def switch(client: redis.Redis, key: str) -> bool:
    """From now on this generation holds, and the former one is dropped; False if it is gone."""
    return bool(client.eval(SWITCH, 2, keys.TALLY, key))


def question_counts(rows: Iterable[tuple[date, bool]]) -> dict[str, int]:
    """What questions of these days, answered or not, add to the counters."""
    counts: Counter[str] = Counter()
    for on, answered in rows:
        counts.update({f"{on.year}|asked": 1, f"{on.year}|answered": int(answered)})
    return dict(counts)


def questions(client: redis.Redis, year: int) -> tuple[int, int]:
    """Asked and answered in a year, as counted here."""
    asked, answered = client.hmget(keys.TALLY_QUESTIONS, f"{year}|asked", f"{year}|answered")
    return int(asked or 0), int(answered or 0)


def set_questions(client: redis.Redis, year: int, *, asked: int, answered: int) -> None:
    """Mends the counters of the questions."""
    client.hset(keys.TALLY_QUESTIONS, mapping={f"{year}|asked": asked, f"{year}|answered": answered})


def _generation(key: str, fields: dict[str, str]) -> TallyGeneration | None:
    text = fields.pop(THROUGH, None)
    if text is None:
        return None
    return TallyGeneration(key, LedgerPoint.parse(text), {name: int(number) for name, number in fields.items()})
