"""What the conversation remembers, in Redis: which deliveries were answered, and what each citizen was last shown.

A delivery is claimed before it is worked on and closed with its answer afterwards; both are one script, so that of
two processes with the same delivery one works and the other waits for the answer. A claim that is not closed (its
process was killed) runs out, and the next repeat takes over; whoever then comes too late with an answer keeps nothing.
Citizens stand in Redis only under a keyed hash.
"""

from __future__ import annotations

import json
import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any, TypeVar

import redis

from bot.dialogue.askers import Askers
from bot.dialogue.turn import Item, Recall, Turn
from bot.wechat.messages import Message
from content.rules.errors import GongkaiError
from content.services.office import Office
from content.store import outbox

ANSWERS_KEPT = 900  # seconds; the platform repeats within 15
RECALL_KEPT = 7200  # seconds for which a number still means the last list
LEASE = 5000  # milliseconds for one answer; the platform itself gives up after five seconds
REST = 1.0  # seconds for which a Redis that failed is left alone, so that nobody waits for it again and again

CLAIM = """
local held = redis.call('GET', KEYS[1])
if not held then
  redis.call('SET', KEYS[1], 'w' .. ARGV[1], 'PX', ARGV[2])
  return {'mine', redis.call('GET', KEYS[2]) or ''}
end
if string.sub(held, 1, 1) == 'a' then return {'done', string.sub(held, 2)} end
return {'busy', ''}
"""
CLOSE = """
if redis.call('GET', KEYS[1]) ~= 'w' .. ARGV[1] then return 0 end
if ARGV[4] == 'failed' then return redis.call('DEL', KEYS[1]) end
redis.call('SET', KEYS[1], 'a' .. ARGV[2], 'EX', ARGV[3])
if ARGV[4] == 'forget' then redis.call('DEL', KEYS[2])
elseif ARGV[4] ~= '' then redis.call('SET', KEYS[2], ARGV[4], 'EX', ARGV[5]) end
redis.call('HINCRBY', KEYS[3], ARGV[6], 1)
if ARGV[7] ~= '' then redis.call('RPUSH', KEYS[4], ARGV[7]) end
return 1
"""
COUNTS = "gongkai:deliveries"  # kind of message → how many were worked on

log = logging.getLogger(__name__)
Result = TypeVar("Result")


class State(Enum):
    """How a delivery stands when it comes in."""

    MINE = "mine"  # nobody has seen it: work on it
    DONE = "done"  # it was answered: answer the same again
    BUSY = "busy"  # somebody is working on it
    BLIND = "blind"  # Redis cannot be asked: work on it, remember nothing


class Closed(Enum):
    """What closing a claim came to."""

    KEPT = "kept"  # answer and question are in Redis
    LOST = "lost"  # the claim had run out, and another has it now
    BLIND = "blind"  # Redis could not be told


@dataclass(frozen=True)
class Claim:
    """What claiming a delivery brought. `answer` is the rendered reply when done, `token` the claim's own."""

    state: State
    token: str = ""
    answer: str = ""
    recall: Recall | None = None


class Memory:
    """The memory of all conversations of an office. Nothing here raises when Redis is away."""

    def __init__(self, office: Office, askers: Askers) -> None:
        self._office = office
        self._askers = askers
        self._asleep_until = 0.0
        self._opening = threading.Lock()

    def claim(self, message: Message) -> Claim:
        """Claims a delivery for whoever calls, unless somebody else has it."""
        token = secrets.token_hex(8)
        keys = [self._seen(message), self._talk(message)]
        found = self._ask(lambda client: client.eval(CLAIM, len(keys), *keys, token, LEASE))
        if found is None:
            return Claim(State.BLIND)
        state, value = found
        if state == State.MINE.value:
            return Claim(State.MINE, token=token, recall=_loads(value))
        return Claim(State(state), answer=value)

    def wait(self, message: Message, seconds: float) -> Claim:
        """Claims, and while somebody else is at it waits for their answer, at most so long."""
        end = time.monotonic() + seconds
        claim = self.claim(message)
        while claim.state is State.BUSY and time.monotonic() < end:
            time.sleep(0.02)
            claim = self.claim(message)
        return claim

    def close(self, message: Message, claim: Claim, *, answer: str, turn: Turn, question: str = "") -> Closed:
        """Keeps the answer, what is to be remembered and the packed `question`, all in one step.

        A blind claim is nobody else's, and so is one whose Redis went away in the meantime.
        """
        if claim.state is State.BLIND:
            return Closed.BLIND
        keys = [self._seen(message), self._talk(message), COUNTS, outbox.KEY]
        recall = "failed" if turn.failed else "forget" if turn.forget else _dumps(turn.recall)
        values = [claim.token, answer, ANSWERS_KEPT, recall, RECALL_KEPT, message.event or message.kind or "-",
                  question]  # fmt: skip
        found = self._ask(lambda client: client.eval(CLOSE, len(keys), *keys, *values))
        return Closed.BLIND if found is None else Closed.KEPT if found else Closed.LOST

    def counts(self) -> dict[str, int]:
        """How many deliveries of each kind were worked on; empty while Redis is away."""
        found = self._ask(lambda client: client.hgetall(COUNTS)) or {}
        return {str(kind): int(count) for kind, count in found.items()}

    def is_awake(self) -> bool:
        """Whether Redis answers now."""
        return bool(self._ask(lambda client: client.ping()))

    def _ask(self, question: Callable[[Any], Result]) -> Result | None:
        if time.monotonic() < self._asleep_until:
            return None
        try:
            with self._opening:  # of all threads one opens it
                client = self._office.redis.client
            return question(client)
        except (redis.RedisError, GongkaiError, OSError) as error:
            self._asleep_until = time.monotonic() + REST
            log.warning("redis does not answer", extra={"fields": {"error": repr(error)}})
            return None

    def _seen(self, message: Message) -> str:
        return f"gongkai:seen:{self._askers.name(identity(message))}"

    def _talk(self, message: Message) -> str:
        return f"gongkai:talk:{self._askers.name(message.sender)}"


def identity(message: Message) -> str:
    """What two deliveries share if and only if one repeats the other (platform page on receiving messages)."""
    if message.msg_id and not message.is_event:
        parts = [message.sender, message.msg_id, str(message.created), message.kind]
    else:
        said = "" if message.is_event else json.dumps(message.fields, sort_keys=True)
        parts = [message.sender, str(message.created), message.kind, message.event, message.key, message.job_id, said]
    return "\n".join(parts)


def _dumps(recall: Recall | None) -> str:
    return json.dumps(asdict(recall), ensure_ascii=False, separators=(",", ":")) if recall else ""


def _loads(text: str) -> Recall | None:
    if not text:
        return None
    kept = json.loads(text)
    shown, rest = (tuple(Item(**item) for item in kept[name]) for name in ("shown", "rest"))
    return Recall(kept["source"], kept["text"], shown, rest)
