"""Answers that were just given: citizens ask the same things, and the same words have the same answer for a while."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

from bot.dialogue.turn import Turn
from bot.wechat.messages import Message
from content.services.office import Office

MOST = 5000  # answers
GOOD_FOR = 600.0  # seconds; an import or a taught answer ends it at once

Key = tuple[str, str, date]


class Known:
    """The turns that answered questions. Only those: what they say depends on the words and the day alone."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._turns: dict[Key, tuple[float, Turn]] = {}
        self._state: tuple[Any, ...] = ()

    def key(self, message: Message, asker: str, today: date) -> Key | None:
        """What the answer is known by; None where it depends on more: who asks writes a letter, or waits for news."""
        if message.kind != "text" or asker in self._office.board.seen().awaiting:
            return None
        return (message.text("Content"), message.account, today)

    def get(self, key: Key) -> Turn | None:
        """The turn for it, if it is still right."""
        seen = self._office.board.seen()
        state = (self._office.index.stamp(), seen.guides, seen.synonyms)
        if state != self._state:
            self._turns, self._state = {}, state
        known = self._turns.get(key)
        return known[1] if known and time.monotonic() - known[0] < GOOD_FOR else None

    def put(self, key: Key, turn: Turn) -> None:
        """Keeps a turn, if it is the answer to a question."""
        if turn.question is None or turn.told or turn.opened or turn.failed:
            return
        if len(self._turns) >= MOST:
            self._turns = {}
        self._turns[key] = (time.monotonic(), turn)
