"""News for the citizen put before a reply: one message, and never longer than fits."""

from __future__ import annotations

import logging
from dataclasses import replace

from sqlalchemy.exc import SQLAlchemyError

from bot.dialogue.answers.letters import delivery_of
from bot.dialogue.reply_text import MAX_BYTES, lines, link, plain, say, theirs
from bot.dialogue.turn import Scene, Turn
from bot.wechat.messages import Text
from content.services.answers.notice_search import Result
from content.services.citizens import news
from content.services.citizens.news import WaitingNews

NOTE = 60  # bytes of an employer's name
REST = 200  # bytes that the reply itself has at least

log = logging.getLogger(__name__)


def with_news(scene: Scene, turn: Turn) -> Turn:
    """The turn with what waits for the citizen before its text; as it was if nothing does, or if it says nothing.

    For those of whom `Scene.is_awaited` says that something may wait.
    """
    if not isinstance(turn.reply, Text):
        return turn
    try:
        return _taken(scene, turn)
    except SQLAlchemyError:
        log.exception("what waits for a citizen could not be read or taken; it is told with a later message")
        return turn


def _taken(scene: Scene, turn: Turn) -> Turn:
    assert isinstance(turn.reply, Text)
    delivery = delivery_of(scene)
    found = news.find(scene.office, scene.asker, scene.now, delivery=delivery)
    parts, told = _fitting(scene, found)
    if parts and (taken := news.take(scene.office, told, scene.now, delivery=delivery)):
        return replace(turn, reply=Text(joined(parts, turn.reply.content)), told=taken)
    return turn if parts else replace(turn, told=told)


def _fitting(scene: Scene, found: WaitingNews) -> tuple[list[str], WaitingNews]:
    """As many answers as fit, the first one always; then the new items, all or none."""
    parts: list[str] = []
    answers = []
    for answer in found.answers:
        day = scene.office.clock.day(answer.at)
        part = "\n".join([say("letter_answer", day=f"{day.month}月{day.day}日"), *theirs(answer.text)])
        if parts and len("\n\n".join([*parts, part]).encode()) > MAX_BYTES - REST:
            break
        parts.append(part)
        answers.append(answer)
    items = "\n".join([say("wish_news"), *(_line(item) for item in found.items)]) if found.items else ""
    if len("\n\n".join([*parts, items]).encode()) > MAX_BYTES - REST:
        return parts, replace(found, answers=tuple(answers), items=(), through={}, lost=())
    return [*parts, items] if items else parts, replace(found, answers=tuple(answers))


def _line(item: Result) -> str:
    return " ".join(["·", link(item.url, plain(item.title)), *([plain(item.employer, NOTE)] if item.employer else [])])


def joined(parts: list[str], reply: str) -> str:
    """What has waited for the citizen, then the reply as far as it fits."""
    head = "\n\n".join(parts)
    room = MAX_BYTES - len(head.encode()) - 2
    if len(reply.encode()) <= room:
        return f"{head}\n\n{reply}"
    cut = say("news_cut")
    rest = lines(reply.split("\n"), room - len(cut.encode()) - 1, whole=True)
    return "\n".join([head, "", *([rest] if rest else []), cut])
