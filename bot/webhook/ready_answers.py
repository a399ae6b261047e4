"""Answers that were just given: citizens ask the same things, and the same words have the same answer for a while."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from bot.dialogue.state.memory import packed_recall
from bot.dialogue.turn import Turn
from bot.wechat.messages import Message, content
from config import contact, guides
from content.services.citizens import question_log
from content.services.office import Office

MOST = 4000  # answers of which the newest, and those that were asked for since, are kept
LOOK_AGAIN = (
    0.005  # seconds; many messages come within one such moment, and each look lets other threads run in between
)
GOOD_FOR = 600.0  # seconds; an import, a taught answer or an edited file ends it at once

Key = tuple[str, str, date]


class Ready(NamedTuple):
    """All that is made of an answer to a question and is the same whoever asks; texts only, which cost no care."""

    since: float  # on the monotonic clock
    content: str  # of the reply
    recall: str  # packed
    words: str  # of the question


class Shelf:
    """Ready answers, the oldest ones thrown away by the half; what is asked for moves up, so that it stays."""

    def __init__(self) -> None:
        self._newer: dict[Key, Ready] = {}
        self._older: dict[Key, Ready] = {}

    def get(self, key: Key) -> Ready | None:
        """The answer that lies there, if it is still good."""
        ready = self._newer.get(key)
        if ready is None and (ready := self._older.get(key)):
            self.put(key, ready)
        return ready if ready and time.monotonic() - ready.since < GOOD_FOR else None

    def put(self, key: Key, ready: Ready) -> None:
        """Lays an answer there."""
        if len(self._newer) >= MOST // 2:
            self._older, self._newer = self._newer, {}
        self._newer[key] = ready


@dataclass(frozen=True)
class Place:
    """Where the answer to a message is kept, or will be; what is put into one that has been given up is never found."""

    shelf: Shelf
    key: Key

    def get(self) -> Ready | None:
        """What is kept there, if it is still good."""
        return self.shelf.get(self.key)

    def put(self, turn: Turn, message: Message) -> Ready | None:
        """Keeps the turn that answered a message, if it is the answer to a question."""
        asked = turn.question
        if asked is None or turn.told or turn.opened or turn.failed or turn.forget:
            return None
        words = question_log.words(text=asked.text, answered=asked.answered, offered=asked.offered, kind=message.kind)
        ready = Ready(time.monotonic(), content(turn.reply, message), packed_recall(turn.recall), words)
        self.shelf.put(self.key, ready)
        return ready


class Known:
    """The turns that answered questions. Only those: what they say depends on the words and the day alone."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._shelf = Shelf()
        self._state: tuple[Any, ...] = ()
        self._files = [str(office.home / name) for name in (guides.NAME, contact.NAME)]
        self._seen: tuple[object, ...] = ()
        self._look_again = 0.0  # on the monotonic clock

    def place(self, message: Message, asker: str, today: date) -> Place | None:
        """Where its answer is kept; None where it depends on more: who asks writes a letter, or waits for news."""
        if message.kind != "text":
            return None
        seen = self._office.board.seen()
        if asker in seen.awaiting:
            return None
        state = (self._stamp(), seen.guides, seen.synonyms)
        if state != self._state:
            self._shelf, self._state = Shelf(), state
        return Place(self._shelf, (message.text("Content"), message.account, today))

    def _stamp(self) -> tuple[object, ...]:
        """What changes with the index and with the files that the operator edits, as it was a moment ago."""
        now = time.monotonic()
        if now >= self._look_again:
            self._seen = (self._office.index.stamp(), *map(_changed, self._files))
            self._look_again = now + LOOK_AGAIN
        return self._seen


def _changed(path: str) -> int | None:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return None
