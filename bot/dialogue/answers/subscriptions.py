"""订阅, 退订, 我的订阅: what a citizen wants to hear of."""

from __future__ import annotations

import re

from bot.dialogue.answers.fixed_replies import told
from bot.dialogue.matchers import END, WISH
from bot.dialogue.reply_text import plain
from bot.dialogue.turn import Scene, Turn
from content.rules.citizens.subscriptions import MOST, words
from content.rules.errors import Conflict
from content.services.citizens import subscriptions


def mine(scene: Scene) -> Turn:
    """The citizen's wishes."""
    known = subscriptions.mine(scene.office, scene.asker) if scene.asker else []
    return told(scene, "wish_list", words="、".join(known)) if known else told(scene, "wish_none")


def keep(scene: Scene) -> Turn:
    """Keeps a wish, unless it says too little or there are too many."""
    wanted = words(_rest(WISH, scene))
    if not wanted:
        return told(scene, "wish_unclear")
    try:
        if scene.asker:  # nobody asks in `gongkai ask`
            subscriptions.wish(scene.office, asker=scene.asker, openid=scene.message.sender, words=wanted, at=scene.now)
    except Conflict:
        return told(scene, "wish_many", count=MOST)
    return told(scene, "wish_kept", words=plain(wanted))


def end(scene: Scene) -> Turn:
    """Ends a wish, or all."""
    said = _rest(END, scene)
    unwanted = words(said)
    if not scene.asker or (said and not unwanted):
        return told(scene, "wish_not_there")
    ended = subscriptions.end(scene.office, asker=scene.asker, words=unwanted, at=scene.now)
    return told(scene, "wish_ended", words="、".join(ended)) if ended else told(scene, "wish_not_there")


def _rest(pattern: re.Pattern[str], scene: Scene) -> str:
    found = pattern.fullmatch(scene.text)
    return found[1].strip(" 。.!") if found else ""
