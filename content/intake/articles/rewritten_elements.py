"""Elements that the platform does not show as a browser does, written in others: pinyin, quotes, numbers of lists."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml.html import HtmlElement

KINDS = {"A": "upper-alpha", "a": "lower-alpha", "I": "upper-roman", "i": "lower-roman"}


def rewrite(element: HtmlElement) -> None:
    """Writes an element as one that the article keeps; most stay as they are."""
    _REWRITTEN.get(str(element.tag), _as_it_is)(element)


def _keep_numbers(listed: HtmlElement) -> None:
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


def _as_it_is(element: HtmlElement) -> None:
    """Nothing to rewrite."""


def _reading(element: HtmlElement) -> None:
    """Pinyin above a character goes into brackets behind it."""
    words = (element.text or "").strip()
    element.text = f"（{words}）" if words else None
    element.drop_tag()


def _quoted(element: HtmlElement) -> None:
    element.text = f"“{element.text or ''}"
    last = element[-1] if len(element) else None
    if last is None:
        element.text += "”"
    else:
        last.tail = f"{last.tail or ''}”"
    element.drop_tag()


def _italic(element: HtmlElement) -> None:
    element.tag = "em"


def _code(element: HtmlElement) -> None:
    element.tag = "code"


def _dropped(element: HtmlElement) -> None:
    element.drop_tree()


def _block(element: HtmlElement) -> None:
    element.tag = "p"


def _list(element: HtmlElement) -> None:
    element.tag = "ul"


_REWRITTEN: dict[str, Callable[[HtmlElement], None]] = {
    "rt": _reading, "rp": _dropped, "q": _quoted, "cite": _italic, "var": _italic, "dfn": _italic, "samp": _code,
    "tt": _code, "legend": _block, "summary": _block, "menu": _list, "dir": _list,
    "ol": _keep_numbers,
}  # fmt: skip
