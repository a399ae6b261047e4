"""Numbered lists: three at a time, each line a number, a linked title and what tells it from its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from bot.dialogue.turn import Item, Recall, Scene
from bot.dialogue.wording import lines, link, plain, say
from bot.wechat.messages import Text
from content.rules.errors import NotFound
from content.services import answering
from content.store.notices import IN_FORCE

SHOWN = 3  # at a time: what fits on a phone without scrolling
NOTE = 60  # bytes of an employer's or a wage's words


def answer_list(found: Sequence[answering.Result], *, head: str, start: int, more: bool) -> tuple[Text, int]:
    """The first three as a text, numbered from `start`, and how many that were. `more`: 更多 would bring others."""
    some = found[:SHOWN]
    entries = [f"{start + place}. {_line(result)}" for place, result in enumerate(some)]
    tail = say("list_more" if len(found) > SHOWN or (more and len(some) == SHOWN) else "list_end")
    return Text(lines([head, *entries, tail])), len(some)


def openable(scene: Scene, recall: Recall) -> tuple[list[answering.Result], tuple[Item, ...]]:
    """The next three that can still be opened, and what is left after them."""
    if recall.source != "search":
        return _newer(scene, recall)
    found: list[answering.Result] = []
    rest = list(recall.rest)
    while rest and len(found) < SHOWN:
        item = rest.pop(0)
        if result := _standing(scene, item):
            found.append(result)
    return found, tuple(rest)


def finish_list(scene: Scene, recall: Recall) -> Text:
    """There is no more; the pages hold all of it."""
    base = scene.office.settings.base_url
    if recall.source == "search":
        return Text(say("list_page", url=f"{base}/search?q={quote(recall.text)}"))
    return Text(say("nothing_newer", url=f"{base}/{'jobs' if recall.source == 'posting' else 'disclosures'}"))


def _newer(scene: Scene, recall: Recall) -> tuple[list[answering.Result], tuple[Item, ...]]:
    """One more than is shown is asked for, to know whether 更多 would bring anything."""
    offset = len(recall.shown)
    found = answering.newest(scene.office, recall.source, limit=SHOWN + 1, offset=offset, today=scene.today)
    return found[:SHOWN], tuple(Item(result.kind, result.id) for result in found[SHOWN:])


def _standing(scene: Scene, item: Item) -> answering.Result | None:
    try:
        found = answering.one(scene.office, item.kind, item.id, today=scene.today)
    except NotFound:
        return None
    return None if found.withdrawn_at or found.expired else found.result


def _line(result: answering.Result) -> str:
    return " ".join([link(result.url, plain(result.title)), *_notes(result)])


def _notes(result: answering.Result) -> list[str]:
    if result.kind == "posting":
        return [plain(note, NOTE) for note in (result.employer, result.salary) if note.strip()]
    notes = [str(result.published_on)] if result.published_on else []
    return notes if result.status == IN_FORCE else [*notes, f"（{plain(result.status)}）"]
