"""One item alone: as a card where it has a picture, else as its facts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from bot.dialogue.answers.general import facts
from bot.dialogue.reply_text import lines, link, plain
from bot.dialogue.turn import Scene
from bot.wechat.messages import Card, News, Reply, Text
from content.rules.language import plain_text
from content.services.answers import notice_search
from content.services.answers.notice_search import NoticeDetails, Result

TITLE, DESCRIPTION = 64 * 3, 120 * 3  # bytes: a card shows no more characters than these
LONGEST_ADDRESS = 1000
LOOKED_THROUGH = 20_000  # characters of a body

_PICTURE = re.compile(r"""<img\b[^>]{0,400}?\bsrc\s*=\s*["'](https?://[^"'<>\s]{4,1000})["']""", re.I)
_IS_PICTURE = re.compile(r"https?://\S+\.(?:jpe?g|png|gif|webp)(?:\?\S*)?", re.I)


def one(scene: Scene, result: Result) -> Reply:
    """The reply that shows this one item."""
    item = notice_search.one(scene.office, result.kind, result.id, today=scene.today)
    picture = next(_pictures(item), "")
    said = facts(item)
    if not picture:
        return Text(lines(said))
    return News([Card(plain(result.title, TITLE), _description(said), picture, result.url)])


def in_words(reply: Reply) -> str:
    """The same as a text, for a customer-service message or where it waits for the citizen; empty for silence."""
    if isinstance(reply, Text):
        return reply.content
    cards = reply.cards if isinstance(reply, News) else ()
    return "\n".join(f"{link(card.url, card.title)}\n{card.description}" for card in cards)


def _description(said: list[str]) -> str:
    """The facts between the title and the link."""
    return plain_text.fit("\n".join(line for line in said[1:-1]), DESCRIPTION)


def _pictures(item: NoticeDetails) -> Iterator[str]:
    """The addresses of its pictures, attached ones first."""
    attached = item.fields.get("attachments")
    for file in attached if isinstance(attached, list) else ():
        address = str(file.get("url", "")) if isinstance(file, dict) else ""
        if _IS_PICTURE.fullmatch(address) and len(address) <= LONGEST_ADDRESS:
            yield address
    body = str(item.fields.get("body") or "")[:LOOKED_THROUGH]
    yield from (html.unescape(found) for found in _PICTURE.findall(body))
