"""What could not be done while the platform waited: kept on disk at once, done afterwards, in order, once.

One thread in each process does it, and brings questions into SQL. A message that was put off is worked on as if it had just
come; its answer goes out as a customer-service message where the account may send one, else with the citizen's next
message. What is about to be sent is noted first: a process that dies over it sends nothing twice.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.dialogue import router
from bot.dialogue.answers.cards import in_words
from bot.dialogue.reply_text import MAX_BYTES, lines
from bot.dialogue.state.conversation_memory import Memory, packed_recall, recalled
from bot.dialogue.state.pseudonyms import Pseudonyms
from bot.dialogue.state.repeated_deliveries import LateAnswer
from bot.dialogue.turn import ForStaff, Turn
from bot.webhook.customer_messages import CustomerMessages
from bot.wechat.messages import Message, read
from content.rules.errors import GongkaiError
from content.services.answers.index_upkeep import NotReady
from content.services.citizens import answer_feedback, erasure, letters, news, question_log
from content.services.citizens.letters import CitizenMessage
from content.services.office import Office
from content.services.ports import Channel
from content.store import session
from content.store.disk.file_lock import alone
from content.store.disk.spool import Spool, SpoolEntry
from content.store.redis import keys

PAUSE = 1.0  # seconds between two rounds: many questions, one transaction
LOCK = "questions.lock"  # in HOME, for one process at a time: two would bring in the same questions
CALM = 1.0  # seconds without a queue before what was put off is worked on
AT_ONCE = 200  # messages taken over in one round
ROUND = 30.0  # seconds for the database in one round

log = logging.getLogger(__name__)


class Away(Exception):
    """Redis does not answer now; nothing is wrong with what was to be done."""


def is_away(error: Exception) -> bool:
    """Whether what the work needs does not answer now, and nothing is wrong with the work itself."""
    return isinstance(error, Away | NotReady) or session.is_away(error)


def packed_question(askers: Pseudonyms, turn: Turn, message: Message, *, at: datetime) -> str:
    """What was asked, packed for the log of questions; empty if nothing was.

    Its mark begins with the time, so that a new row lies beside the last in the table's index.
    """
    if turn.question is None:
        return ""
    return question_log.pack(
        mark=f"{message.created:012x}{askers.name(message.identity)}",
        text=turn.question.text,
        asker=askers.name(message.sender),
        answered=turn.question.answered,
        offered=turn.question.offered,
        kind=message.kind,
        at=at,
    )


def _letter(handed: ForStaff) -> dict[str, Any]:
    heard = handed.heard
    return {"kind": "letter", "openid": heard.openid, "delivery": heard.delivery, "origin": heard.origin,
            "text": handed.text}  # fmt: skip


class DeferredWork:
    """Keeps what has to be done afterwards, and does it."""

    def __init__(self, office: Office, *, askers: Pseudonyms, memory: Memory, channel: Channel) -> None:
        self._office = office
        self._askers = askers
        self._memory = memory
        self._teller = CustomerMessages(office, channel)
        self._spool = Spool(office.home)
        self._wanted = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._calm_from = 0.0  # on the monotonic clock
        self._acts: dict[str, Callable[[SpoolEntry], None]] = {
            "message": self._answer,
            "question": self._keep,
            "forget": self._forget,
            "opened": self._opened,
            "unhelped": self._unhelped,
            "letter": self._letter,
        }
        if len(self._spool):
            self.wake()

    def holds(self, message: Message) -> bool:
        """Whether something of this message's sender is put off; events depend on nothing that was said before."""
        return not message.is_event and self._spool.holds(self._askers.name(message.sender))

    def put(self, message: Message, talk: str, at: datetime, *, typed: str = "") -> None:
        """Keeps a message to be worked on, with the packed recall and what a tap hands over. Raises GongkaiError or OSError if even that fails."""
        data = {"kind": "message", "fields": message.fields, "talk": talk, "typed": typed, "at": at.isoformat()}
        self._put(message, data, at)

    def shed(self, message: Message, talk: str, at: datetime) -> None:
        """The same where there is far too much to do: without waiting for the disk. Raises as `put` does."""
        data = {"kind": "message", "fields": message.fields, "talk": talk, "at": at.isoformat()}
        owner, mark = self._askers.name(message.sender), f"message{self._askers.name(message.identity)}"
        if self._memory.shed(self._spool.seal({"owner": owner, "mark": mark, "data": data})):
            self.wake()
        else:
            self._put(message, data, at)

    def make_way(self) -> None:
        """For a moment whoever still waits for an answer comes first."""
        self._calm_from = time.monotonic() + CALM

    def after(self, turn: Turn, message: Message, *, question: str, at: datetime) -> None:
        """What is left to do once an answer stands. `question`: packed, and in no outbox, since Redis was away."""
        self._mark(turn, at)
        if question:
            self._now_or_later(message, {"kind": "question", "packed": question}, at)
        if turn.for_staff:
            self._now_or_later(message, _letter(turn.for_staff), at)
        if turn.opened:
            self._now_or_later(message, {"kind": "opened"}, at)
        if turn.unhelped:
            self._now_or_later(message, {"kind": "unhelped"}, at)
        if turn.forget:
            self._now_or_later(message, {"kind": "forget"}, at)
        if turn.question is not None:
            self.wake()

    def wake(self) -> None:
        """There is something to do."""
        if not self._wanted.is_set():
            self._wanted.set()
        if self._thread is None or not self._thread.is_alive():
            self._start()

    def _start(self) -> None:
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="later", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            self._wanted.wait(PAUSE if len(self._spool) else None)
            self._wanted.clear()
            try:
                with self._office.store.in_a_hurry(ROUND):
                    self._round()
            except Exception as error:
                if not self._office.home.exists():
                    return  # removed while this runs, as a test's is: nothing is left to do, now or later
                if not is_away(error):
                    log.exception("a round failed")
            time.sleep(PAUSE)

    def _round(self) -> None:
        with self._spool.working() as first:
            for entry in self._spool.waiting() if first else ():
                if time.monotonic() < self._calm_from or not self._done(entry):
                    break
        with alone(self._office.home / LOCK) as first:
            if first:
                self._take_up_shed()
                self._bring_in()
                time.sleep(PAUSE)  # nobody else's turn either: few large batches cost less than many small ones
            else:  # whoever is at it may have looked for the last time before ours came
                self._wanted.set()

    def _take_up_shed(self) -> None:
        """Messages for which there was no time are put off like all others; one that dies in between is put off once."""
        if not self._memory.is_awake():
            raise Away("redis does not answer")
        client = self._office.redis.client
        for sealed in client.lrange(keys.SHED, 0, AT_ONCE - 1):
            kept = self._spool.unseal(str(sealed))
            at = datetime.fromisoformat(kept["data"]["at"])
            self._spool.put(kept["owner"], kept["mark"], kept["data"], at=at)
            client.lpop(keys.SHED)
            self._wanted.set()

    def _done(self, entry: SpoolEntry) -> bool:
        """Whether the next one may be worked on; this one is done, or set aside since it can never be."""
        try:
            self._acts[entry.data["kind"]](entry)
        except Exception as error:
            if is_away(error):
                log.info("still put off: %r", error)
                return False
            log.exception("what was put off could not be done, and is set aside")
            self._spool.set_aside(entry)
            return True
        self._spool.done(entry)
        return True

    def _answer(self, entry: SpoolEntry) -> None:
        """Works on a message, then tells its answer; each step is noted, so that none is done anew."""
        message, at = read(entry.data["fields"]), datetime.fromisoformat(entry.data["at"])
        if "answer" not in entry.data:
            entry = self._worked(entry, message, at)
        text = entry.data["answer"]
        if not text or entry.data.get("sending"):  # a call was under way when its process died: nobody knows
            return
        recall = recalled(entry.data["answer_recall"])
        if self._teller.may(message, at):
            entry = self._spool.change(entry, sending=True)
            if self._teller.tell(message, text):
                self._memory.remember(message, recall)
                return
        late = LateAnswer(text, asked=message.text("Content"), recall=recall)
        if not self._memory.leave(message, late):
            self._spool.change(entry, sending=False)
            raise Away("redis does not answer")

    def _worked(self, entry: SpoolEntry, message: Message, at: datetime) -> SpoolEntry:
        asker = self._askers.name(message.sender)
        turn = router.take(self._office, message, now=at, recall=recalled(entry.data["talk"]), asker=asker,
                           typed=entry.data.get("typed", ""))  # fmt: skip
        if question := packed_question(self._askers, turn, message, at=at):
            question_log.keep(self._office, question)
        if turn.forget:
            erasure.forget(self._office, asker)
        if turn.for_staff:
            letters.hear(self._office, turn.for_staff.heard, turn.for_staff.text)
        if turn.typed:
            self._memory.remember_typed(message, turn.typed)
        self._mark(turn, at)
        text = lines(in_words(turn.reply).split("\n"), MAX_BYTES)
        return self._spool.change(entry, answer=text, answer_recall=packed_recall(turn.recall))

    def _now_or_later(self, message: Message, data: dict[str, Any], at: datetime) -> None:
        data |= {"asker": self._askers.name(message.sender), "at": at.isoformat()}
        try:
            self._acts[data["kind"]](SpoolEntry("", "", data))
        except Exception as error:
            if not is_away(error):
                log.exception("could not be kept at once, and is put off")
            try:
                self._put(message, data, at)
            except (GongkaiError, OSError):
                log.exception("could not be kept at all")

    def _put(self, message: Message, data: dict[str, Any], at: datetime) -> None:
        """What the citizen says next waits for the messages and the farewell among these."""
        owner = self._askers.name(message.sender) if data["kind"] in ("message", "forget") else ""
        self._spool.put(owner, f"{data['kind']}{self._askers.name(message.identity)}", data, at=at)
        self.wake()

    def _keep(self, entry: SpoolEntry) -> None:
        question_log.keep(self._office, entry.data["packed"])

    def _forget(self, entry: SpoolEntry) -> None:
        self._bring_in()  # what waits would come in with a name after it was forgotten
        erasure.forget(self._office, entry.data["asker"])

    def _opened(self, entry: SpoolEntry) -> None:
        self._bring_in()
        answer_feedback.note_opened(self._office, entry.data["asker"], datetime.fromisoformat(entry.data["at"]))

    def _unhelped(self, entry: SpoolEntry) -> None:
        self._bring_in()
        answer_feedback.note_unhelped(self._office, entry.data["asker"], datetime.fromisoformat(entry.data["at"]))

    def _letter(self, entry: SpoolEntry) -> None:
        said = entry.data
        heard = CitizenMessage(
            said["asker"], said["openid"], said["delivery"], datetime.fromisoformat(said["at"]), said["origin"]
        )
        letters.hear(self._office, heard, said["text"])

    def _bring_in(self) -> None:
        if not self._memory.is_awake():
            raise Away("redis does not answer")
        question_log.bring_in(self._office)

    def _mark(self, turn: Turn, at: datetime) -> None:
        """What the reply tells is not told again: noted once the reply is kept for repeats, and before the next message."""
        if turn.told:
            try:
                news.told(self._office, turn.told, at)
            except Exception:
                log.exception("news that was told could not be noted; it is told once more")
