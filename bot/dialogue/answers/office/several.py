"""Several things asked of the office at once: 你们几点上班，礼拜六开不开，地址在哪; each part gets its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.dialogue.answers.office import guides, office_days
from bot.dialogue.reply_text import lines
from bot.dialogue.turn import AskedQuestion, Scene, Turn, bare
from bot.wechat.messages import Text
from content.rules.citizens.triage import MessageKind

LONGEST = 90  # characters of all that is asked
MOST_PARTS = 6
LONGEST_ASIDE = 24  # characters of a part that asks nothing: 我从乡下来一趟不容易
_PARTS = re.compile("[,，;；.。!！?？\\n]+|\\s+")
_ASKS = re.compile(
    "吗|呢|怎么|咋|如何|什么|啥|哪|谁|多少|几[个点号时天月年]|能不能|有没有|是不是|要不要|找|招|办|申请|投诉|举报"
)


def asks_several(scene: Scene) -> bool:
    """Whether each part has an answer of the office itself, or asks nothing; and at least one has."""
    if len(scene.bare) > LONGEST or not _PARTS.search(scene.text):
        return False
    parts = _parts(scene)
    known = [part for part in parts if _is_known(part)]
    return bool(known) and len(parts) > 1 and all(part in known or _is_aside(part) for part in parts)


def of_the_known(scene: Scene) -> Turn | None:
    """What is said to the parts that have an answer, where nothing was found for the whole; None if fewer than two have."""
    parts = _parts(scene) if len(scene.bare) <= LONGEST else []
    return told(scene) if sum(map(_is_known, parts)) > 1 else None


def told(scene: Scene) -> Turn:
    """What is said to each part; a line that says the same as one before stands once."""
    answered = [part for part in _parts(scene) if _is_known(part)]
    said = dict.fromkeys(line for part in answered for line in _lines(part))
    question = AskedQuestion(scene.asked, answered=True, offered=("guide:本单位",))
    return Turn(Text(lines(said)), question=question)


def _parts(scene: Scene) -> list[Scene]:
    texts = [text for text in _PARTS.split(scene.text) if len(text) > 1]
    return [
        replace(scene, text=text, message=replace(scene.message, fields={"Content": text}))
        for text in texts[:MOST_PARTS]
    ]


def _is_known(part: Scene) -> bool:
    return part.office.guides.read().find(bare(part.text)) is not None or office_days.is_asked(part)


def _is_aside(part: Scene) -> bool:
    """Whether a part asks nothing, and is of no matter that has an answer elsewhere."""
    found = part.finding
    is_talk = found is None or found.kind in (MessageKind.SMALL_TALK, MessageKind.ABUSE)
    return is_talk and len(part.text) <= LONGEST_ASIDE and (found is not None or not _ASKS.search(part.text))


def _lines(part: Scene) -> Iterator[str]:
    turn = guides.standing(part) if part.office.guides.read().find(bare(part.text)) else office_days.told(part)
    assert isinstance(turn.reply, Text)
    yield from turn.reply.content.split("\n")
