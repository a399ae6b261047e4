"""Numbered lists as a browser counts them, written so that the numbers survive: the platform keeps only `start`."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

KINDS = {"A": "upper-alpha", "a": "lower-alpha", "I": "upper-roman", "i": "lower-roman"}


def keep_numbers(listed: HtmlElement) -> None:
    """Writes `type` as a style, and parts an `ol` where its numbers jump (`li value`, `reversed`)."""
    kind = KINDS.get(listed.get("type", ""))
    if kind and "list-style" not in listed.get("style", ""):
        _style(listed, f"list-style-type:{kind}")
    items = [child for child in listed if child.tag == "li"]
    step = -1 if listed.get("reversed") is not None else 1
    number = _whole(listed.get("start")) or (len(items) if step < 0 else 1)
    part, expected = listed, number
    if items and step > 0 and all(item.get("value") is None for item in items):
        return
    for item in items:
        written = _whole(item.get("value"))
        number = number if written is None else written
        if item is items[0]:
            listed.set("start", str(number))
        elif number != expected:
            part = _parted(part, item, number)
        number, expected = number + step, number + 1


def _parted(part: HtmlElement, item: HtmlElement, number: int) -> HtmlElement:
    """A list of its own from an item on."""
    rest = part.makeelement("ol", dict(part.attrib))
    rest.set("start", str(number))
    rest.tail, part.tail = part.tail, None
    part.addnext(rest)
    rest.extend([item, *item.itersiblings()])
    _style(part, "margin-bottom:0")
    return rest


def _style(element: HtmlElement, css: str) -> None:
    given = element.get("style", "").strip().rstrip(";")
    element.set("style", f"{given};{css}" if given else css)


def _whole(value: str | None) -> int | None:
    found = re.match(r"\s*(-?\d{1,6})", value or "")
    return int(found[1]) if found else None
