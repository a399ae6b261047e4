"""Putting replies together so that they fit: links, tappable words, lists that end at a whole line."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterable
from contextvars import ContextVar
from datetime import date
from urllib.parse import quote

import nh3

from config import reference
from content.rules.language import plain_text

MAX_BYTES = 1800  # the platform's text limit is 2,048 bytes; more shows "服务出现故障"
MAX_TITLE = 180  # bytes of a title in a list: 60 Chinese characters
URL_SAFE = ":/?#[]@!$&()*+,;=%~-._"

_speaker: ContextVar[str] = ContextVar("speaker", default="")  # the name of the office that speaks in this thread
_TAG = re.compile(r"</?(?:p|div|br|span|a|b|strong|table|t[rdh]|ul|ol|li|h[1-6]|section|img|font)\b[^>]*>", re.I)
_BRACKETS = str.maketrans("<>", "＜＞")


@functools.lru_cache(4096)  # the same items are offered again and again
def link(url: str, label: str) -> str:
    """A link in a text reply; neither address nor label can break out of it."""
    return f'<a href="{quote(url, safe=URL_SAFE)}">{plain(label)}</a>'


def chinese_day(day: date) -> str:
    """2026年6月30日."""
    return f"{day.year}年{day.month}月{day.day}日"


def tap(name: str) -> str:
    """A word (phrase `name`) that is sent when tapped; in quotes where the platform does not support that."""
    return tapped(reference.phrase(name), name)


def tapped(words: str, name: str) -> str:
    """Words that are sent when tapped; `name` comes back with them."""
    words = plain(words)
    if not reference.table("replies")["tappable"]:
        return f"“{words}”"
    return f'<a href="weixin://bizmsgmenu?msgmenucontent={quote(words)}&msgmenuid={name}">{words}</a>'


def plain(text: str, max_bytes: int = MAX_TITLE) -> str:
    """Text from outside on one line, not too long, without anything that the chat would take for a link."""
    return plain_text.fit(plain_text.one_line(text).translate(_BRACKETS), max_bytes)


def is_html(text: str) -> bool:
    """Whether a text of unknown origin is meant as HTML."""
    return _TAG.search(text) is not None


def untagged(text: str, length: int = 4000) -> str:
    """The beginning of a text of unknown origin, without tags if it is HTML."""
    text = text[:length]
    return html.unescape(nh3.clean(text, tags=set())) if is_html(text) else text


def say(name: str, **values: object) -> str:
    """A phrase with its gaps filled: `{office}` and the tappable words are always known."""
    return reference.phrase(name, **{**gaps(), **values})


def speak_for(name: str) -> None:
    """From here on, what this thread says comes from the office of this name."""
    _speaker.set(name)


def gaps() -> dict[str, str]:
    """What every phrase and guide may say: the office's name, and words to tap."""
    return _gaps(_speaker.get() or reference.phrase("office"))


@functools.lru_cache(maxsize=8)
def _gaps(name: str) -> dict[str, str]:
    return {
        "office": name,
        "help": tap("tap_help"),
        "disclosures": tap("tap_disclosures"),
        "postings": tap("tap_postings"),
        "more": tap("tap_more"),
        "person": tap("tap_person"),
        "unhelped": tap("tap_unhelped"),
    }


def theirs(text: str) -> list[str]:
    """The lines of a text that staff wrote; none can be taken for a link."""
    return [plain(line, MAX_BYTES) for line in text.split("\n")]


def lines(parts: Iterable[str], max_bytes: int = MAX_BYTES, *, whole: bool = False) -> str:
    """As many whole lines as fit into a reply, so that no link is ever cut.

    A first line that is too long is cut, or with `whole` left out as well.
    """
    kept: list[str] = []
    room = max_bytes
    for part in parts:
        room -= len(part.encode()) + bool(kept)
        if room < 0:
            break
        kept.append(part)
    else:
        return "\n".join(kept)
    return "\n".join(kept) or ("" if whole else plain_text.fit(part, max_bytes))
