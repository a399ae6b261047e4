"""One item alone: its facts and its link, or a card where it has a picture."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.dialogue.answers.fixed_replies import told
from bot.dialogue.answers.lists import SOUGHT, details
from bot.dialogue.command_words import number as number_in
from bot.dialogue.reply_text import lines, link, plain, say, untagged
from bot.dialogue.turn import Scene, Turn
from bot.wechat.messages import Card, News, Reply, Text
from content.rules.errors import NotFound
from content.rules.language import plain_text
from content.rules.notices import preamble
from content.services.answers import notice_search
from content.services.answers.notice_search import NoticeDetails, Result
from content.store.notices.notices import IN_FORCE

TITLE, DESCRIPTION = 64 * 3, 120 * 3  # bytes: a card shows no more characters than these
EXCERPT = 240  # bytes of a document's beginning: 80 Chinese characters

DISCLOSURE_FACTS = {"fact_document_no": "document_no", "fact_department": "department", "fact_date": "published_on"}
POSTING_FACTS = {
    "fact_employer": "employer",
    "fact_salary": "salary",
    "fact_area": "area",
    "fact_address": "address",
    "fact_degree": "degree",
    "fact_experience": "experience",
    "fact_benefits": "benefits",
    "fact_headcount": "headcount",
    "fact_valid_until": "valid_until",
    "fact_phone": "phone",
}
LONGEST_ADDRESS = 1000
LOOKED_THROUGH = 20_000  # characters of a body

_PICTURE = re.compile(r"""<img\b[^>]{0,400}?\bsrc\s*=\s*["'](https?://[^"'<>\s]{4,1000})["']""", re.I)
_IS_PICTURE = re.compile(r"https?://\S+\.(?:jpe?g|png|gif|webp)(?:\?\S*)?", re.I)


def open_item(scene: Scene) -> Turn:
    """The item of that number in the last list: its facts and its link."""
    number = number_in(scene.text) or 0
    if scene.recall is None or not scene.recall.shown:
        return told(scene, "ask_first")
    if not 0 < number <= len(scene.recall.shown):
        return told(scene, "no_such_number", count=len(scene.recall.shown))
    chosen = scene.recall.shown[number - 1]
    try:
        item = details(scene, chosen)
    except NotFound:
        return told(scene, "gone")
    if item.withdrawn_at:
        return told(scene, "gone")
    recall = replace(scene.recall, opened=number)
    return Turn(Text(lines(facts(item))), recall=recall, results=(item.result,), opened=recall.source in SOUGHT)


def facts(
    item: NoticeDetails, passage: str = "", *, first: Sequence[str] = (), answer: Sequence[str] = ()
) -> list[str]:
    """What one needs to know of an item, a line each, and its link.

    `passage`: of its text, instead of the beginning; `first`: the fields of a posting that were asked for, which stand right
    under its title, and with them what else is said in `answer`.
    """
    result = item.result
    posting = result.kind == "posting"
    known = {**item.fields, "department": result.department, "published_on": result.published_on}
    said = [plain(result.title, 600)]
    if posting and item.expired:
        said.append(say("fact_expired"))
    if not posting and result.status != IN_FORCE:
        said.append(say("fact_status", value=plain(result.status)))
    values = {
        field: say(name, value=value)
        for name, field in (POSTING_FACTS if posting else DISCLOSURE_FACTS).items()
        if (value := plain(str(known.get(field) or "")))
    }
    said += [*(values.pop(field) for field in first if field in values), *answer, *values.values()]
    excerpt = passage or ("" if posting else _excerpt(item))
    said += [excerpt] if excerpt else []
    said.append(link(result.url, say("open_posting" if posting else "open_disclosure")))
    return said


def _excerpt(item: NoticeDetails) -> str:
    """The beginning of what it says."""
    return plain(preamble.without_formula(untagged(str(item.fields.get("body") or ""))), EXCERPT)


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
