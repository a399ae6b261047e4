"""Replies that are one phrase, or nothing; the words are in config/data/replies.toml."""

from __future__ import annotations

from bot.dialogue.reply_text import lines, plain, say, tap
from bot.dialogue.turn import Scene, Turn
from bot.wechat.messages import Nothing, Text

SHORT = 90  # bytes of a message that is named: 30 Chinese characters


def silence(_scene: Scene) -> Turn:
    """Nothing: the platform gets `success`."""
    return Turn(Nothing())


def farewell(_scene: Scene) -> Turn:
    """The citizen has left; what is kept of them is forgotten."""
    return Turn(Nothing(), forget=True)


def told(scene: Scene, name: str, **values: object) -> Turn:
    """One phrase."""
    return Turn(Text(say(name, base=scene.office.base_url, **values)))


def unhelped(scene: Scene) -> Turn:
    """没帮到我: counted against the answer, and what was asked can be handed over by a tap."""
    offer = say("hand_over_asked", tap=tap("tap_hand_over"), text=plain(scene.typed, SHORT)) if scene.typed else ""
    return Turn(Text(lines([say("unhelped"), *([offer] if offer else [])])), typed=scene.typed, unhelped=True)
