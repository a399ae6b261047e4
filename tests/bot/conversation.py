"""A conversation within the process, without a web server: each turn is answered from what was said before it."""

from __future__ import annotations

from bot.dialogue import router
from bot.wechat.messages import Message, Text
from content.services.office import Office
from tests import world


def last(office: Office, *turns: str) -> str:
    """The reply to the last of these turns."""
    recall, said, typed = None, "", ""
    for text in turns:
        message = Message("text", fields={"Content": text})
        turn = router.take(office, message, now=world.NOON, recall=recall, typed=typed)
        recall, typed = turn.recall or recall, turn.typed or typed
        said = turn.reply.content if isinstance(turn.reply, Text) else ""
    return said
