"""Replies that are one phrase, or nothing; the words are in config/data/replies.toml."""

from __future__ import annotations

from bot.dialogue.reply_text import say
from bot.dialogue.turn import Scene, Turn
from bot.wechat.messages import Nothing, Text


def silence(_scene: Scene) -> Turn:
    """Nothing: the platform gets `success`."""
    return Turn(Nothing())


def farewell(_scene: Scene) -> Turn:
    """The citizen has left; what is kept of them is forgotten."""
    return Turn(Nothing(), forget=True)


def told(scene: Scene, name: str, **values: object) -> Turn:
    """One phrase."""
    return Turn(Text(say(name, base=scene.office.base_url, **values)))
