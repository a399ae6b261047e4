"""What the conversation remembers, in Redis: which deliveries were answered, and what each citizen was last shown.

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
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import uuid4

import redis

from bot.dialogue.state.pseudonyms import Pseudonyms
from bot.dialogue.state.repeated_deliveries import (
    CLAIM,
    CLOSE,
    LEASE,
    MINUTE,
    MOST_A_MINUTE,
    CloseResult,
    DeliveryClaim,
    DeliveryState,
    LateAnswer,
)
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
PATIENCE = 0.4  # seconds for Redis to answer
FIRST_PATIENCE = 1.2  # seconds for it to be found at all
REST = 1.0  # seconds for which a Redis that failed is left alone by all but one

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
        values: list[str | int] = [claim.token, _unaddressed(answer, message), ANSWERS_KEPT, recall, RECALL_KEPT, message.counted_as,
                  question, told, turn.typed, TYPED_KEPT]  # fmt: skip
        found = self._ask(lambda redis: redis.run(CLOSE, names, values))
        return CloseResult.BLIND if found is None else CloseResult.KEPT if found else CloseResult.LOST

    def leave(self, message: Message, late: LateAnswer) -> bool:
        """Keeps a late answer for the citizen's next message, once however often it is left; False: not now."""
        asker = self._askers.name(message.sender)
        names = [f"{keys.LEFT}{self._askers.name(message.identity)}", f"{keys.LATE}{asker}"]
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
        return f"{keys.SEEN}{self._askers.name(message.identity)}"


def _unaddressed(answer: str, message: Message) -> str:
    """An answer as it is kept: without the citizen's openid. Its first letter says whether one was taken off."""
    start = head(message)
    return f"t{answer[len(start) :]}" if answer.startswith(start) else f"a{answer}"


def _addressed(kept: str, message: Message) -> str:
    return f"{head(message)}{kept[1:]}" if kept.startswith("t") else kept[1:]


def packed_recall(recall: Recall | None) -> str:
    """A recall as one line; empty for none."""
    if recall is None:
        return ""
    shown, rest = ([[item.kind, item.id] for item in items] for items in (recall.shown, recall.rest))
    at = recall.at.isoformat() if recall.at else ""
    kept = [recall.source, recall.text, shown, rest, at, recall.opened, recall.page, recall.asked, recall.wish,
            recall.refused]  # fmt: skip
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def recalled(text: str) -> Recall | None:
    """The recall that was packed; None for one that an earlier version packed."""
    kept = json.loads(text) if text else None
    if not isinstance(kept, list):
        return None
    source, text, listed, left, *more = kept
    shown, rest = (tuple(ListedItem(kind, number) for kind, number in items) for items in (listed, left))
    missing: list[Any] = ["", 0, 0, "", "", ""]
    at, *others = [*more, *missing[len(more) :]]  # not all of them are in what a former version packed
    return Recall(source, text, shown, rest, datetime.fromisoformat(at) if at else None, *others)


def _late(text: str) -> LateAnswer:
    said, asked, recall = json.loads(text)
    return LateAnswer(said, asked, recalled(recall))
