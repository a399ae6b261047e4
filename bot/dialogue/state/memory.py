"""What the conversation remembers, in Redis: which deliveries were answered, and what each citizen was last shown.

A delivery is claimed before it is worked on and closed with its answer afterwards; both are one script, so that of
two processes with the same delivery one works and the other waits for the answer. A claim that is not closed (its
process was killed) runs out, and the next repeat takes over; whoever then comes too late with an answer keeps nothing.
An answer that came too late for its own message waits here for the citizen's next one, and is told with it, once.
Citizens stand in Redis only under a keyed hash.
"""

from __future__ import annotations

import itertools
import json
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from functools import cached_property
from typing import Any
from uuid import uuid4

import redis

from bot.dialogue.state.pseudonyms import Pseudonyms
from bot.dialogue.turn import ListedItem, Recall, Turn
from bot.wechat.messages import Message, head
from content.rules.errors import GongkaiError
from content.services.office import Office
from content.store.breaker import Breaker
from content.store.redis import keys
from content.store.redis.scripts import Script, ScriptRunner

ANSWERS_KEPT = 900  # seconds; the platform repeats within 15
TYPED_KEPT = 600  # seconds for which one tap hands over what was written
RECALL_KEPT = 7200  # seconds for which a number still means the last list
LATE_KEPT = 3 * 24 * 3600  # seconds for which an answer that came too late waits for the citizen
LEASE = 1500  # milliseconds for one answer, which leaves within that time whatever hangs
MOST_A_MINUTE, MINUTE = 120, 60  # messages of one citizen, and seconds from the first of them
PATIENCE = 0.4  # seconds for Redis to answer
FIRST_PATIENCE = 1.2  # seconds for it to be found at all
REST = 1.0  # seconds for which a Redis that failed is left alone by all but one

CLAIM = Script("""
if not redis.call('SET', KEYS[5], ARGV[3], 'NX', 'EX', ARGV[4]) and redis.call('GET', KEYS[5]) ~= ARGV[3] then
  return {'forged', ''}
end
redis.call('DEL', KEYS[7])
local held = redis.call('GET', KEYS[1])
if not held then
  if ARGV[5] ~= '0' then
    local sent = redis.call('INCR', KEYS[6])
    if sent == 1 then redis.call('EXPIRE', KEYS[6], ARGV[6]) end
    if sent > tonumber(ARGV[5]) then
      redis.call('HINCRBY', KEYS[8], 'limited', 1)
      return {'over', sent == tonumber(ARGV[5]) + 1 and 'first' or ''}
    end
  end
  redis.call('SET', KEYS[1], 'w' .. ARGV[1], 'PX', ARGV[2])
  local found = redis.call('LRANGE', KEYS[3], 0, -1)
  table.insert(found, 1, redis.call('GET', KEYS[4]) or '')
  table.insert(found, 1, redis.call('GET', KEYS[2]) or '')
  table.insert(found, 1, 'mine')
  return found
end
if string.sub(held, 1, 1) == 'w' then return {'busy', ''} end
return {'done', held}
""")
CLOSE = Script("""
local held = redis.call('GET', KEYS[1])
if held and held ~= 'w' .. ARGV[1] then return 0 end
if ARGV[4] == 'failed' then redis.call('DEL', KEYS[1]) return 1 end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
if ARGV[4] == 'forget' then redis.call('DEL', KEYS[2], KEYS[5], KEYS[6])
elseif ARGV[4] ~= '' then redis.call('SET', KEYS[2], ARGV[4], 'EX', ARGV[5]) end
redis.call('HINCRBY', KEYS[3], ARGV[6], 1)
if ARGV[7] ~= '' then redis.call('RPUSH', KEYS[4], ARGV[7]) end
if ARGV[9] ~= '' then redis.call('SET', KEYS[6], ARGV[9], 'EX', ARGV[10]) end
if ARGV[8] ~= '0' then redis.call('LTRIM', KEYS[5], ARGV[8], -1) end
return 1
""")
LEAVE = Script("""
if not redis.call('SET', KEYS[1], '1', 'NX', 'EX', ARGV[2]) then return 0 end
redis.call('RPUSH', KEYS[2], ARGV[1])
redis.call('EXPIRE', KEYS[2], ARGV[2])
return 1
""")
REMEMBER = Script("return redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])")
REFUSED = Script("return redis.call('INCR', KEYS[1])")
SHED = Script("return redis.call('RPUSH', KEYS[1], ARGV[1])")
COUNTED = Script("return redis.call('HGETALL', KEYS[1])")
AWAKE = Script("return 1")

log = logging.getLogger(__name__)


class DeliveryState(Enum):
    """How a delivery stands when it comes in."""

    MINE = "mine"  # nobody has seen it: work on it
    DONE = "done"  # it was answered: answer the same again
    BUSY = "busy"  # somebody is working on it
    BLIND = "blind"  # Redis cannot be asked: work on it, remember nothing
    FORGED = "forged"  # another message came with this very timestamp and nonce
    OVER = "over"  # this citizen sends too many messages


class CloseResult(Enum):
    """What closing a claim came to."""

    KEPT = "kept"  # answer and question are in Redis
    LOST = "lost"  # the claim had run out, and another has it now
    BLIND = "blind"  # Redis could not be told


@dataclass(frozen=True)
class LateAnswer:
    """An answer that came too late for its own message. `asked`: the message, as far as it has words."""

    text: str
    asked: str = ""
    recall: Recall | None = None


@dataclass(frozen=True)
class DeliveryClaim:
    """What claiming a delivery brought. `answer` is the rendered reply when done, `token` the claim's own.

    `first`: of the messages that are too many, it is the first one.
    """

    state: DeliveryState
    token: str = ""
    answer: str = ""
    talk: str = ""  # what the citizen was last shown, packed
    typed: str = ""  # what one tap would hand over
    first: bool = False
    late: tuple[LateAnswer, ...] = field(default=())  # oldest first


class Memory:
    """The memory of all conversations of an office. Nothing here raises when Redis is away."""

    def __init__(self, office: Office, askers: Pseudonyms) -> None:
        self._office = office
        self._askers = askers
        self._name, self._tokens = uuid4().hex, itertools.count()
        self._breaker = Breaker(REST)
        self._opening = threading.Lock()
        self._opener: threading.Thread | None = None

    def claim(self, message: Message, stamp: str = "") -> DeliveryClaim:
        """Claims a delivery for whoever calls, unless somebody else has it. `stamp`: its address's timestamp and nonce."""
        token = f"{self._name}{next(self._tokens)}"
        asker = self._askers.name(message.sender)
        content = self._short(json.dumps(message.fields, sort_keys=True))
        names = [self._seen(message), f"{keys.TALK}{asker}", f"{keys.LATE}{asker}", f"{keys.TYPED}{asker}",
                 f"{keys.STAMP}{self._short(stamp) if stamp else content}", f"{keys.RATE}{asker}", keys.CLOCK_REFUSALS,
                 keys.DELIVERIES]  # fmt: skip
        limit = 0 if message.is_event else MOST_A_MINUTE
        values: list[str | int] = [token, LEASE, content, 2 * self._office.settings.wechat_window + 60, limit, MINUTE]
        found = self._ask(lambda redis: redis.run(CLAIM, names, values))
        if found is None:
            return DeliveryClaim(DeliveryState.BLIND)
        state, value, *others = found
        if state == DeliveryState.OVER.value:
            return DeliveryClaim(DeliveryState.OVER, first=bool(value))
        if state == DeliveryState.MINE.value:
            typed, *late = others
            return DeliveryClaim(DeliveryState.MINE, token=token, talk=value, typed=typed, late=tuple(map(_late, late)))
        return DeliveryClaim(DeliveryState(state), answer=_addressed(value, message))

    def wait(self, message: Message, seconds: float, stamp: str = "") -> DeliveryClaim:
        """Claims, and while somebody else is at it waits for their answer, at most so long."""
        end = time.monotonic() + seconds
        claim = self.claim(message, stamp)
        while claim.state is DeliveryState.BUSY and time.monotonic() < end:
            time.sleep(0.02)
            claim = self.claim(message, stamp)
        return claim

    def close(
        self, message: Message, claim: DeliveryClaim, *, answer: str, turn: Turn, question: str = "", told: int = 0
    ) -> CloseResult:
        """Keeps the answer, what is to be remembered and the packed `question`, all in one step.

        `told`: how many late answers went out with it. A blind claim is nobody else's, and so is one whose Redis went
        away in the meantime.
        """
        if claim.state is DeliveryState.BLIND:
            return CloseResult.BLIND
        names = self._touched(message)
        recall = "failed" if turn.failed else "forget" if turn.forget else packed_recall(turn.recall)
        values: list[str | int] = [claim.token, _unaddressed(answer, message), ANSWERS_KEPT, recall, RECALL_KEPT, message.event or message.kind or "-",
                  question, told, turn.typed, TYPED_KEPT]  # fmt: skip
        found = self._ask(lambda redis: redis.run(CLOSE, names, values))
        return CloseResult.BLIND if found is None else CloseResult.KEPT if found else CloseResult.LOST

    def leave(self, message: Message, late: LateAnswer) -> bool:
        """Keeps a late answer for the citizen's next message, once however often it is left; False: not now."""
        asker = self._askers.name(message.sender)
        names = [f"{keys.LEFT}{self._askers.name(identity(message))}", f"{keys.LATE}{asker}"]
        kept = json.dumps([late.text, late.asked, packed_recall(late.recall)], ensure_ascii=False)
        return self._ask(lambda redis: redis.run(LEAVE, names, [kept, LATE_KEPT])) is not None

    def remember_typed(self, message: Message, words: str) -> None:
        """Keeps what one tap may hand over, outside of any claim."""
        self._ask(
            lambda redis: redis.run(REMEMBER, [f"{keys.TYPED}{self._askers.name(message.sender)}"], [words, TYPED_KEPT])
        )

    def remember(self, message: Message, recall: Recall | None) -> None:
        """Keeps what the citizen was last shown, outside of any claim."""
        if recall is not None:
            key, kept = f"{keys.TALK}{self._askers.name(message.sender)}", packed_recall(recall)
            self._ask(lambda redis: redis.run(REMEMBER, [key], [kept, RECALL_KEPT]))

    def shed(self, sealed: str) -> bool:
        """Keeps a message for which there is no time now; False: not here."""
        return self._ask(lambda redis: redis.run(SHED, [keys.SHED], [sealed])) is not None

    def refused_for_time(self) -> int | None:
        """Counts a delivery that was refused for its time; how many in a row, None while Redis is away."""
        found = self._ask(lambda redis: redis.run(REFUSED, [keys.CLOCK_REFUSALS]))
        return None if found is None else int(found)

    def counts(self) -> dict[str, int]:
        """How many deliveries of each kind were worked on; empty while Redis is away."""
        found = self._ask(lambda redis: redis.run(COUNTED, [keys.DELIVERIES])) or []
        return {kind: int(count) for kind, count in zip(found[::2], found[1::2], strict=True)}

    def is_awake(self) -> bool:
        """Whether Redis answers now."""
        return bool(self._ask(lambda redis: redis.run(AWAKE, [])))

    def _ask(self, question: Callable[[ScriptRunner], Any]) -> Any:
        """What Redis says; None while it is away. Of all who would wait for it then, one does."""
        if not self._breaker.lets_through():
            return None
        try:
            self._find()
            answer = question(self._scripts)
        except (redis.RedisError, GongkaiError, OSError) as error:
            self._breaker.failed()
            log.warning("redis does not answer", extra={"fields": {"error": repr(error)}})
            return None
        self._breaker.worked()
        return answer

    @cached_property
    def _scripts(self) -> ScriptRunner:
        return ScriptRunner(self._office.redis.hurried(PATIENCE))

    def _find(self) -> None:
        """Has Redis opened, by a thread of its own since that may take long. Raises RedisError if it takes too long."""
        if "_scripts" in self.__dict__:
            return
        with self._opening:  # the first one starts it
            if self._opener is None or not self._opener.is_alive():
                self._opener = threading.Thread(target=self._open, name="redis", daemon=True)
                self._opener.start()
        self._opener.join(FIRST_PATIENCE)
        if "_scripts" not in self.__dict__:
            raise redis.ConnectionError("it was not found yet")

    def _open(self) -> None:
        try:
            _ = self._scripts
        except (redis.RedisError, GongkaiError, OSError) as error:
            log.warning("redis was not found", extra={"fields": {"error": repr(error)}})

    def _touched(self, message: Message) -> list[str]:
        """The keys of all that an answer changes."""
        asker = self._askers.name(message.sender)
        return [
            self._seen(message),
            f"{keys.TALK}{asker}",
            keys.DELIVERIES,
            keys.QUESTIONS,
            f"{keys.LATE}{asker}",
            f"{keys.TYPED}{asker}",
        ]

    def _short(self, text: str) -> str:
        """Half a keyed hash: enough to tell texts of an hour apart."""
        return self._askers.name(text)[:32]

    def _seen(self, message: Message) -> str:
        return f"{keys.SEEN}{self._askers.name(identity(message))}"


def _unaddressed(answer: str, message: Message) -> str:
    """An answer as it is kept: without the citizen's openid. Its first letter says whether one was taken off."""
    start = head(message)
    return f"t{answer[len(start) :]}" if answer.startswith(start) else f"a{answer}"


def _addressed(kept: str, message: Message) -> str:
    return f"{head(message)}{kept[1:]}" if kept.startswith("t") else kept[1:]


def identity(message: Message) -> str:
    """What two deliveries share if and only if one repeats the other (platform page on receiving messages)."""
    if message.msg_id and not message.is_event:
        parts = [message.sender, message.msg_id, str(message.created), message.kind]
    else:
        said = "" if message.is_event else json.dumps(message.fields, sort_keys=True)
        parts = [message.sender, str(message.created), message.kind, message.event, message.key, message.job_id, said]
    return "\n".join(parts)


def packed_recall(recall: Recall | None) -> str:
    """A recall as one line; empty for none."""
    if recall is None:
        return ""
    shown, rest = ([[item.kind, item.id] for item in items] for items in (recall.shown, recall.rest))
    at = recall.at.isoformat() if recall.at else ""
    kept = [recall.source, recall.text, shown, rest, at, recall.opened, recall.page]
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def recalled(text: str) -> Recall | None:
    """The recall that was packed; None for one that an earlier version packed."""
    kept = json.loads(text) if text else None
    if not isinstance(kept, list):
        return None
    source, text, listed, left, *more = kept
    shown, rest = (tuple(ListedItem(kind, number) for kind, number in items) for items in (listed, left))
    missing: list[Any] = ["", 0, 0]
    at, opened, page = [*more, *missing[len(more) :]]  # not all of them are in what a former version packed
    return Recall(source, text, shown, rest, datetime.fromisoformat(at) if at else None, opened, page)


def _late(text: str) -> LateAnswer:
    said, asked, recall = json.loads(text)
    return LateAnswer(said, asked, recalled(recall))
