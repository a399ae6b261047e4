"""Answers that came too late for their own message: told before the reply to the citizen's next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.answers.citizen_news import REST, joined
from bot.dialogue.reply_text import MAX_BYTES, lines, plain, say, tap
from bot.dialogue.state.repeated_deliveries import LateAnswer
from bot.dialogue.turn import Turn, bare, heard
from bot.wechat.messages import Message, Text
from config import reference

ASKED = 60  # bytes of what was asked: 20 Chinese characters


def put_off() -> Turn:
    """The message is safe, and its answer takes longer than the platform waits."""
    return Turn(Text(say("later", result=tap("tap_result"))))


def still_working() -> Turn:
    """The answer that the citizen asks after is not there yet."""
    return Turn(Text(say("later_still", result=tap("tap_result"))))


def is_asked_for(message: Message) -> bool:
    """Whether the citizen wants to see what was put off, and nothing else."""
    return message.kind == "text" and bare(heard(message)) == reference.phrase("tap_result")


def alone(waiting: Sequence[LateAnswer]) -> tuple[Turn, int]:
    """The late answers and nothing else, and how many of them fitted."""
    parts = _fitting(waiting, MAX_BYTES)
    return Turn(Text("\n\n".join(parts)), recall=waiting[len(parts) - 1].recall), len(parts)


def before(turn: Turn, waiting: Sequence[LateAnswer]) -> tuple[Turn, int]:
    """The turn with late answers before its text, and how many of them; none of them if it says nothing."""
    if not isinstance(turn.reply, Text):
        return turn, 0
    parts = _fitting(waiting, MAX_BYTES - REST)
    recall = turn.recall or waiting[len(parts) - 1].recall
    return replace(turn, reply=Text(joined(parts, turn.reply.content)), recall=recall), len(parts)


def _fitting(waiting: Sequence[LateAnswer], room: int) -> list[str]:
    """As many as fit, the first one always, cut at a whole line if need be."""
    parts: list[str] = []
    for late in waiting:
        head = say("later_answer", asked=plain(late.asked, ASKED)) if late.asked else say("later_wordless")
        part = lines([head, *late.text.split("\n")], room, whole=True)
        if parts and len("\n\n".join([*parts, part]).encode()) > room:
            break
        parts.append(part)
    return parts
