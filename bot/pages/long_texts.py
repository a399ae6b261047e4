"""Long texts in parts, so that no page is heavy on a cheap phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from flask import request
from lxml import html
from markupsafe import Markup, escape

HEAVY = 60 * 1024  # bytes of a text on one page
LONGEST = 5_000  # characters of a text without a tag in it
WHOLE = "all"  # the part that is everything, for printing
WRAPPERS = {
    "div",
    "section",
    "table",
    "tbody",
    "ul",
    "ol",
    "blockquote",
    "dl",
}  # these may be cut between their children

Piece = tuple[tuple[str, ...], str]  # the tags around it, and its HTML


@dataclass(frozen=True)
class TextPart:
    """One part of a text; `number` 0 is the whole of it."""

    body: Markup
    number: int
    count: int


def asked_for(body: Markup) -> TextPart:
    """The part that the address asks for (`part`), the first if it asks for none; a short text is one part."""
    if len(body.encode()) <= HEAVY:
        return TextPart(body, 1, 1)
    parts, asked = _parts(body), request.args.get("part", "")
    if asked == WHOLE:
        return TextPart(body, 0, len(parts))
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
    number = max(1, min(number, len(parts)))
    return TextPart(parts[number - 1], number, len(parts))


def _parts(body: Markup) -> list[Markup]:
    parts: list[list[Piece]] = [[]]
    room = HEAVY
    for piece in _pieces(html.fragment_fromstring(str(body), create_parent="div"), ()):
        size = len(piece[1].encode())
        if size > room and parts[-1]:
            parts.append([])
            room = HEAVY
        parts[-1].append(piece)
        room -= size
    return [Markup("".join(_joined(part))) for part in parts]


def _pieces(parent: html.HtmlElement, around: tuple[str, ...]) -> Iterator[Piece]:
    """What is in an element, cut small, with the tags that it stands in."""
    yield from _text(parent.text, around)
    for child in parent:
        tail, child.tail = child.tail, None
        whole = html.tostring(child, encoding="unicode")
        if len(whole.encode()) > HEAVY and child.tag in WRAPPERS:
            yield from _pieces(child, (*around, str(child.tag)))
        else:
            yield around, whole
        yield from _text(tail, around)


def _text(text: str | None, around: tuple[str, ...]) -> Iterator[Piece]:
    for start in range(0, len(text or ""), LONGEST):
        if (piece := (text or "")[start : start + LONGEST]).strip():
            yield around, str(escape(piece))


def _joined(pieces: list[Piece]) -> Iterator[str]:
    for tags, group in groupby(pieces, key=itemgetter(0)):
        yield "".join(f"<{tag}>" for tag in tags)
        yield from (piece for _, piece in group)
        yield "".join(f"</{tag}>" for tag in reversed(tags))
