"""What comes of a message: the turn of the conversation, and what has to be kept beside it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.dialogue import router
from bot.dialogue.state.memory import identity, recalled
from bot.dialogue.state.pseudonyms import Pseudonyms
from bot.dialogue.turn import Turn
from bot.webhook.ready_answers import Known, Place, Ready
from bot.wechat.messages import Message, Nothing
from content.services.answers.index_upkeep import NotReady
from content.services.citizens import question_log
from content.services.office import Office
from content.services.publishing import platform_events
from content.store.session import is_away


class Away(Exception):
    """What the work needs does not answer now; nothing is wrong with the message."""


class Work:
    """Works on messages for one office; to work on the same message twice changes nothing more."""

    def __init__(self, office: Office, askers: Pseudonyms) -> None:
        self._office = office
        self._askers = askers
        self._known = Known(office)

    def ready(self, message: Message, at: datetime) -> Ready | None:
        """The answer to a question that depends on its words alone: it was just given, or is made now; never fails."""
        place = self._place(message, at)
        return (place.get() or self._made(place, message, at)) if place else None

    def _made(self, place: Place, message: Message, at: datetime) -> Ready | None:
        try:
            turn = router.ponder(self._office, message, now=at, asker=self._askers.name(message.sender))
        except Exception:  # `on` meets the same fault, and says what comes of it
            return None
        return place.put(turn, message) if turn else None

    def on(self, message: Message, talk: str, at: datetime) -> Turn:
        """The turn that answers a message of this moment; `talk`: what the citizen was last shown, packed.

        Raises Away, and whatever else may be wrong.
        """
        try:
            if message.job:
                platform_events.receive(self._office, kind=message.job, job_id=message.job_id,
                                data=message.fields, at=message.sent_at(at))  # fmt: skip
                return Turn(Nothing())  # its sender is the platform's helper, not a follower
            return self._answer(message, talk, at)
        except NotReady as error:
            raise Away(repr(error)) from error
        except SQLAlchemyError as error:
            if is_away(error):
                raise Away(repr(error)) from error
            raise

    def _answer(self, message: Message, talk: str, at: datetime) -> Turn:
        asker = self._askers.name(message.sender)
        return router.take(self._office, message, now=at, recall=recalled(talk), asker=asker)

    def _place(self, message: Message, at: datetime) -> Place | None:
        return self._known.place(message, self._askers.name(message.sender), self._office.clock.day(at))

    def asked(self, ready: Ready, message: Message, at: datetime) -> str:
        """The same question, packed for the log of questions."""
        asker = self._askers.name(message.sender)
        return question_log.pack_words(ready.words, mark=self._mark(message), asker=asker, at=at)

    def question(self, turn: Turn, message: Message, at: datetime) -> str:
        """What was asked, packed for the log of questions; empty if nothing was."""
        if turn.question is None:
            return ""
        return question_log.pack(
            mark=self._mark(message),
            text=turn.question.text,
            asker=self._askers.name(message.sender),
            answered=turn.question.answered,
            offered=turn.question.offered,
            kind=message.kind,
            at=at,
        )

    def _mark(self, message: Message) -> str:
        """What names the delivery among all questions; by time, so that a new row lies beside the last in the table's index."""
        return f"{message.created:012x}{self._askers.name(identity(message))}"
