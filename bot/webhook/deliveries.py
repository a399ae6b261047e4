"""One delivery: verified and opened → claimed → routed → answered → closed → sealed, within two seconds whatever hangs.

The platform writes seconds into each address. A stranger who caught one must not be able to use it for ever, so a time that
is far off is refused. The message's own CreateTime says nothing: a repeat carries the first one's.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import datetime

from bot.dialogue import router
from bot.dialogue.answers import late_answers
from bot.dialogue.reply_text import say
from bot.dialogue.state.conversation_memory import Memory, recalled
from bot.dialogue.state.pseudonyms import Pseudonyms
from bot.dialogue.state.repeated_deliveries import CloseResult, DeliveryClaim, DeliveryState
from bot.dialogue.turn import Turn
from bot.webhook.deferred import DeferredWork, is_away, packed_question
from bot.wechat.envelope import Envelope, OpenedDelivery, Rejected, Stamp
from bot.wechat.messages import Message, Nothing, Text, render
from content.rules.alarms import AlarmKind
from content.rules.errors import GongkaiError
from content.services.alarms import lifecycle
from content.services.office import Office
from content.services.ports import Channel

PATIENCE = 1.6  # seconds to wait for another process that has the same delivery; by then its claim has run out
HURRY = 1.0  # seconds for the database, for all that one delivery asks of it
PAST = 4.0  # seconds after which an answer would come too late for the platform's five
BUSY = 0.5  # seconds of waiting for a turn from which on there is too much to do
LONGEST_OPENID = 64  # characters; real ones have 28
IN_A_ROW = 10  # refusals after which it is this machine's clock that is thought wrong
LATELY = 300.0  # seconds for which the smallest difference to the platform's clock is remembered
NO_ANSWER = "success"  # platform page on passive replies: nothing is shown, nothing is delivered again

log = logging.getLogger(__name__)


class Webhook:
    """Answers deliveries for one office."""

    def __init__(self, office: Office, *, askers: Pseudonyms, memory: Memory, channel: Channel) -> None:
        known = office.settings
        self._office = office
        self._askers = askers
        self._memory = memory
        self._later = DeferredWork(office, askers=askers, memory=memory, channel=channel)
        self._admission = Admission(office, memory)
        self._plain_came = False
        self._envelope = Envelope(token=known.wechat_token, aes_key=known.wechat_aes_key, app_id=known.wechat_app_id)

    def verify(self, stamp: Stamp, echo: str) -> str:
        """The check of our address: the echo back. Raises Rejected."""
        if not self._envelope.vouches(stamp):
            raise Rejected(403, "wrong signature")
        return echo

    def admit(self, stamp: Stamp) -> None:
        """Whether a body may be read at all: the address is signed, and its time is near ours. Raises Rejected.

        Only who has nothing but the signature of an encrypted body is let in to show it.
        """
        signed = self._envelope.vouches(stamp)
        if not signed and (stamp.signature or not stamp.msg_signature):
            raise Rejected(403, "wrong signature")
        self._admission.demand_fresh(stamp, signed=signed)

    def receive(self, stamp: Stamp, body: bytes, *, waited: float = 0.0) -> str:
        """One delivery that was admitted, answered in the mode it came in. Raises Rejected.

        `waited`: seconds that it had to wait here for its turn.
        """
        delivery = self._envelope.open(stamp, body)
        if not delivery.encrypted:
            self._take_plain()
        if len(delivery.message.sender) > LONGEST_OPENID:
            log.warning("a sender's name is too long; passed over")
            return NO_ANSWER
        if waited > BUSY:
            self._later.make_way()
        past = waited > BUSY and max(waited, self._admission.age(stamp)) > PAST
        with self._office.store.in_a_hurry(HURRY):
            answer = self._answer(delivery.message, stamp, past=past)
        return self._seal(answer, stamp, delivery)

    def _take_plain(self) -> None:
        if self._office.settings.wechat_accept == "safe":
            raise Rejected(403, "not encrypted, though GONGKAI_WECHAT_ACCEPT is safe")
        if not self._plain_came:
            self._plain_came = True
            log.warning(
                "plain deliveries come although an AES key is set; GONGKAI_WECHAT_ACCEPT=safe would refuse them"
            )

    def _answer(self, message: Message, stamp: Stamp, *, past: bool) -> str:
        """The rendered answer, kept for repeats; the same one to each repeat. `past`: the platform has given up waiting."""
        now = self._office.clock.now()
        claim = self._memory.wait(message, PATIENCE, f"{stamp.timestamp}\n{stamp.nonce}")
        if claim.state is DeliveryState.FORGED:
            raise Rejected(403, "another message came with this timestamp and nonce")
        if claim.state is DeliveryState.DONE:
            return claim.answer
        if claim.state is DeliveryState.BUSY:
            return render(Text(say("slow")), message, now)
        if claim.state is DeliveryState.OVER:
            return render(Text(say("too_many")), message, now) if claim.first else ""
        said = self._shed(message, claim, now) if past and not message.is_event else self._say(message, claim, now)
        answer = render(said.turn.reply, message, now)
        question = packed_question(self._askers, said.turn, message, at=now)
        closed = self._memory.close(message, claim, answer=answer, turn=said.turn, question=question, told=said.late)
        if closed is not CloseResult.LOST:  # else whoever took over has the rest to do as well
            self._later.after(said.turn, message, question=question if closed is CloseResult.BLIND else "", at=now)
        return answer

    def _say(self, message: Message, claim: DeliveryClaim, now: datetime) -> Said:
        """What is said, late answers and all; what a citizen said before and was put off comes first."""
        held = self._later.holds(message)
        if (claim.late or held) and late_answers.is_asked_for(message):
            return Said(*late_answers.alone(claim.late)) if claim.late else Said(late_answers.still_working())
        turn = self._put_off(message, claim, now) if held else self._turn(message, claim, now)
        return Said(*late_answers.before(turn, claim.late)) if claim.late else Said(turn)

    def _turn(self, message: Message, claim: DeliveryClaim, now: datetime) -> Turn:
        asker = self._askers.name(message.sender)
        try:
            return router.take(
                self._office, message, now=now, recall=recalled(claim.talk), asker=asker, typed=claim.typed
            )
        except Exception as error:
            what = {"kind": message.kind, "of": message.event, "error": repr(error)}
            if is_away(error):
                log.warning("put off", extra={"fields": what})
                return self._put_off(message, claim, now)
            log.exception("no answer could be made", extra={"fields": what})
            return _sorry(message)

    def _shed(self, message: Message, claim: DeliveryClaim, now: datetime) -> Said:
        """Nobody waits for the answer any more; it is made later, and nothing is said now."""
        try:
            self._later.shed(message, claim.talk, now)
        except (GongkaiError, OSError):
            log.exception("a message could not even be put off")
            return Said(Turn(Nothing(), failed=True))
        return Said(Turn(Nothing()))

    def _put_off(self, message: Message, claim: DeliveryClaim, now: datetime) -> Turn:
        try:
            self._later.put(message, claim.talk, now, typed=claim.typed)
        except (GongkaiError, OSError):
            log.exception("a message could not even be put off")
            return _sorry(message)
        return Turn(Nothing()) if message.job else late_answers.put_off()

    def _seal(self, answer: str, stamp: Stamp, delivery: OpenedDelivery) -> str:
        if not answer:
            return NO_ANSWER
        return self._envelope.seal(answer, stamp) if delivery.encrypted else answer


@dataclass(frozen=True)
class Said:
    """A turn, and how many late answers stand before its reply."""

    turn: Turn
    late: int = 0


def _sorry(message: Message) -> Turn:
    return Turn(Nothing() if message.is_event else Text(say("trouble")), failed=True)


class Admission:
    """Looks at the times of deliveries, for one process."""

    def __init__(self, office: Office, memory: Memory) -> None:
        self._office = office
        self._memory = memory
        self._alone = 0  # refusals in a row that Redis was not there to count
        self._least, self._former, self._since = 0.0, 0.0, float("-inf")

    def demand_fresh(self, stamp: Stamp, *, signed: bool) -> None:
        """Raises Rejected unless the address's time is near ours. `signed`: it is known to be the platform's."""
        late = self._lateness(stamp)
        if late is None:
            raise Rejected(403, "no timestamp")
        if abs(late) > self._office.settings.wechat_window:
            if signed:
                self._count(late)
            raise Rejected(403, f"its timestamp is {late:.0f} s off")
        if signed:
            self._alone = 0
            self._learn(late)

    def age(self, stamp: Stamp) -> float:
        """Seconds since the platform sent it, without what the two clocks differ by; right to a second."""
        late = self._lateness(stamp)
        return 0.0 if late is None else late - min(self._least, self._former)

    def _lateness(self, stamp: Stamp) -> float | None:
        said = stamp.timestamp
        if not (said.isascii() and said.isdigit() and len(said) < 13):
            return None
        return self._office.clock.now().timestamp() - int(said)

    def _learn(self, late: float) -> None:
        now = time.monotonic()
        if now - self._since > LATELY:
            recent = now - self._since < 2 * LATELY
            self._former, self._least, self._since = (self._least if recent else late), late, now
        self._least = min(self._least, late)

    def _count(self, late: float) -> None:
        self._alone += 1
        count = self._memory.refused_for_time()
        if (self._alone if count is None else count) % IN_A_ROW:
            return
        now = self._office.clock.now()
        slow = "慢" if late < 0 else "快"
        message = (
            f"微信推送里的时间与本机相差 {abs(late):.0f} 秒（本机{slow}了），连续 {IN_A_ROW} 次以上没有接收，群众收不到答复。"
            "请校准服务器的时间（timedatectl set-ntp true）。"
        )
        try:
            with self._office.store.in_a_hurry(HURRY):
                lifecycle.raise_alarm(self._office, AlarmKind.CLOCK, subject=f"clock {self._office.clock.day(now)}",
                                      message=message, now=now)  # fmt: skip
        except Exception:
            log.exception("no alarm could be raised: %s", message)
