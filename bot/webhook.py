"""The platform's door: verify → open → seen before? → route → seal, within the five seconds that it waits."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from flask import Blueprint, Request, Response, request

from bot.dialogue import router
from bot.dialogue.askers import Askers
from bot.dialogue.memory import Closed, Memory, State, identity
from bot.dialogue.turn import Question, Recall, Turn
from bot.dialogue.wording import say
from bot.wechat.envelope import MAX_BODY, Delivery, Envelope, Rejected, Stamp
from bot.wechat.messages import Message, Nothing, Text, render
from content.services import asking, forgetting, results, teaching, waiting
from content.services.office import Office

PATIENCE = 4.0  # seconds to wait for another process that has the same delivery; the platform waits 5
BRING_IN_EVERY = 2.0  # seconds between transactions that bring questions into SQL
NO_ANSWER = "success"  # platform page on passive replies: nothing is shown, nothing is delivered again

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """The body of the answer, and what is left to do once it is on its way."""

    body: str
    message: Message
    question: str = ""  # packed, and in no outbox, since Redis was away
    forget: bool = False
    opened: bool = False


class Webhook:
    """Answers deliveries for one office."""

    def __init__(self, office: Office, *, askers: Askers, memory: Memory) -> None:
        known = office.settings
        self._office = office
        self._askers = askers
        self._memory = memory
        self._bring_in_at = 0.0
        self._envelope = Envelope(token=known.wechat_token, aes_key=known.wechat_aes_key, app_id=known.wechat_app_id)

    def verify(self, stamp: Stamp, echo: str) -> str:
        """The check of our address: the echo back. Raises Rejected."""
        if not self._envelope.vouches(stamp):
            raise Rejected(403, "wrong signature")
        return echo

    def receive(self, stamp: Stamp, body: bytes) -> Answer:
        """One delivery, answered in the mode it came in. Raises Rejected."""
        delivery = self._envelope.open(stamp, body)
        message = delivery.message
        claim = self._memory.wait(message, PATIENCE)
        if claim.state is State.DONE:
            return Answer(self._seal(claim.answer, stamp, delivery), message)
        if claim.state is State.BUSY:
            return Answer(self._seal(self._render(Turn(Text(say("slow"))), message), stamp, delivery), message)
        turn = self._route(message, claim.recall)
        answer = self._render(turn, message)
        sealed = self._seal(answer, stamp, delivery)
        question = self._packed(turn.question, message) if turn.question else ""
        closed = self._memory.close(message, claim, answer=answer, turn=turn, question=question)
        if closed is Closed.LOST:
            return Answer(sealed, message)  # whoever took over has the rest to do as well
        self._mark(turn)
        return Answer(sealed, message, question if closed is Closed.BLIND else "", turn.forget, turn.opened)

    def settle(self, answer: Answer) -> None:
        """Keeps the question of an answer that has been sent, its asker as a keyed hash; forgets who has left."""
        try:
            if answer.question:
                asking.keep(self._office, answer.question)
            elif answer.opened or answer.forget or self._is_time():
                asking.bring_in(self._office)
            if answer.opened:
                asker = self._askers.name(answer.message.sender)
                teaching.note_opened(self._office, asker, self._office.clock.now())
            if answer.forget:
                forgetting.forget(self._office, self._askers.name(answer.message.sender))
        except Exception:
            log.exception("a question could not be kept, or a person not forgotten")

    def _mark(self, turn: Turn) -> None:
        """What the reply tells is not told again: noted once the reply is kept for repeats, and before the next message."""
        if turn.told:
            try:
                waiting.told(self._office, turn.told, self._office.clock.now())
            except Exception:
                log.exception("news that was told could not be noted; it is told once more")

    def _packed(self, asked: Question, message: Message) -> str:
        return asking.pack(
            mark=self._askers.name(identity(message)),
            text=asked.text,
            asker=self._askers.name(message.sender),
            answered=asked.answered,
            offered=asked.offered,
            kind=message.kind,
            at=self._office.clock.now(),
        )

    def _is_time(self) -> bool:
        """At most once in some seconds in each process: many questions, one transaction."""
        now = time.monotonic()
        if now < self._bring_in_at:
            return False
        self._bring_in_at = now + BRING_IN_EVERY
        return True

    def _route(self, message: Message, recall: Recall | None) -> Turn:
        now = self._office.clock.now()
        try:
            if message.job:
                results.receive(self._office, kind=message.job, job_id=message.job_id,
                                data=message.fields, at=message.sent_at(now))  # fmt: skip
                return Turn(Nothing())  # its sender is the platform's helper, not a follower
            return router.take(self._office, message, now=now, recall=recall, asker=self._askers.name(message.sender))
        except Exception:
            log.exception("no answer could be made", extra={"fields": {"kind": message.kind, "of": message.event}})
            return Turn(Nothing() if message.is_event else Text(say("trouble")), failed=True)

    def _render(self, turn: Turn, message: Message) -> str:
        return render(turn.reply, message, self._office.clock.now())

    def _seal(self, answer: str, stamp: Stamp, delivery: Delivery) -> str:
        if not answer:
            return NO_ANSWER
        return self._envelope.seal(answer, stamp) if delivery.encrypted else answer


def blueprint(webhook: Webhook) -> Blueprint:
    """`/wechat`: GET verifies our address, POST delivers."""
    door = Blueprint("webhook", __name__)

    @door.get("/wechat")
    def verify() -> Response:
        return Response(webhook.verify(_stamp(request), request.args.get("echostr", "")), mimetype="text/plain")

    @door.post("/wechat")
    def receive() -> Response:
        answer = webhook.receive(_stamp(request), _body(request))
        kind = "text/plain" if answer.body == NO_ANSWER else "application/xml"
        response = Response(answer.body, content_type=f"{kind}; charset=utf-8")
        response.call_on_close(lambda: webhook.settle(answer))
        return response

    @door.errorhandler(Rejected)
    def reject(rejected: Rejected) -> tuple[str, int]:
        log.warning("delivery rejected", extra={"fields": {"status": rejected.status, "why": str(rejected)}})
        return "", rejected.status

    return door


def _stamp(asked: Request) -> Stamp:
    said = asked.args
    return Stamp(
        signature=said.get("signature", ""),
        timestamp=said.get("timestamp", ""),
        nonce=said.get("nonce", ""),
        encrypt_type=said.get("encrypt_type", ""),
        msg_signature=said.get("msg_signature", ""),
    )


def _body(asked: Request) -> bytes:
    """The body; one that is too long is refused by what it says of itself, or after the first byte too many."""
    if (asked.content_length or 0) > MAX_BODY:
        raise Rejected(413, "too long")
    body = b""
    while part := asked.stream.read(MAX_BODY + 1 - len(body)):  # a read may bring less than was asked for
        body += part
    if len(body) > MAX_BODY:
        raise Rejected(413, "too long")
    return body
