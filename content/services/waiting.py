"""What a citizen has to be told with the next reply: answers to letters, and new items that they wished to hear of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from content.rules.letters import Told
from content.services.office import Office
from content.store import letters
from content.store.tables import LetterMessage


@dataclass(frozen=True)
class Waiting:
    """What is to be told, oldest first."""

    answers: tuple[LetterMessage, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to tell or to note."""
        return bool(self.answers)


def find(office: Office, asker: str, now: datetime) -> Waiting:
    """What waits for an asker; for nearly everybody nothing, which costs nothing."""
    if asker not in office.board.seen().awaiting:
        return Waiting()
    with office.store.read() as session:
        return Waiting(answers=tuple(letters.unread(session, asker, now)))


def told(office: Office, waiting: Waiting, at: datetime) -> None:
    """This was told: it is not told again."""
    with office.store.write() as session:
        for answer in waiting.answers:
            letters.settle(session, answer.id, Told.READ, before=[Told.WAITING, Told.SENDING], at=at)
    office.board.changed()
