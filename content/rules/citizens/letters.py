"""Letters to a person of the office: how long each side may take, and what became of an answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

WINDOW = timedelta(hours=48)  # platform page on customer-service messages: after a citizen's message (45015 later)
LISTENING = timedelta(minutes=10)  # what the citizen writes within this time of the last belongs to the letter
SENDING = timedelta(minutes=2)  # an answer that has been on its way for longer was lost with its process
LONGEST_ANSWER = 1500  # bytes; a reply holds 1,800, and the citizen's next reply may have to carry it
LONGEST_LETTER = 2000  # characters of one message


class AnswerState(StrEnum):
    """What became of an answer."""

    SENDING = "sending"  # a call is on its way
    WAITING = "waiting"  # not sent: the citizen gets it with their next message
    SENT = "sent"  # the platform took it
    READ = "read"  # the citizen got it with their next message


TOLD_WORDS = {
    AnswerState.SENDING: "正在发",
    AnswerState.WAITING: "等群众下次来信时告知",
    AnswerState.SENT: "已发出",
    AnswerState.READ: "已随答复告知",
}


def in_time(heard_at: datetime, now: datetime) -> bool:
    """Whether the platform still lets us write to a citizen who wrote then."""
    return now - heard_at < WINDOW
