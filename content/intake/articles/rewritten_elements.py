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


def without_void(page: HtmlElement) -> None:
    """Takes off elements that hold nothing, yet the parser, older than they are, puts the rest of their parent into them."""
    for element in list(page.iter("picture", "source", "track", "wbr")):
        if element.tag == "picture":
            _whole_picture(element)
        elif element.tag != "wbr" or len(element) or element.text:
            element.drop_tag()


def _whole_picture(picture: HtmlElement) -> None:
    """Where only a source of a picture has an address, the picture itself gets it."""
    image = next(picture.iter("img"), None)
    sets = [source.get("srcset", "").split() for source in picture.iter("source")]
    if image is not None and not any(image.get(name) for name in ("src", "data-src", "data-original")) and any(sets):
        image.set("src", next(each[0] for each in reversed(sets) if each).rstrip(","))


def _formula(formula: HtmlElement) -> None:
    """A formula (MathML) on one line: fractions a/b, powers raised, roots √(a)."""
    for part in list(formula.iterdescendants()):
        part.text, part.tail = (part.text or "").strip() or None, (part.tail or "").strip() or None
    formula.text = (formula.text or "").strip() or None
    for part in reversed(list(formula.iterdescendants())):
        children = list(part)
        if part.tag in ("mfrac", "msqrt", "mroot"):
            _on_one_line(part, children)
        for child, tag in zip(children[1:], _SCRIPTS.get(str(part.tag), ()), strict=False):
            child.tag = tag
        if part.tag in ("mtd", "mtr"):
            part.tail = f"{' ' if part.tag == 'mtd' else '；'}{part.tail or ''}"
        if part.tag == "mfenced":
            for child in children[:-1]:
                child.tail = part.get("separators", ",")[:1]
            _enclose(part, part.get("open", "("), part.get("close", ")"))
    for part in list(formula.iterdescendants()):
        if part.tag not in ("sub", "sup"):
            part.drop_tag()
    formula.tag = "span"


def _on_one_line(part: HtmlElement, children: list[HtmlElement]) -> None:
    if part.tag == "msqrt":
        _enclose(part, "√(", ")")
    elif len(children) == 2 and part.tag == "mroot":
        base, degree = children
        _enclose(base, "√(", ")")
        degree.tag = "sup"
        part.insert(0, degree)
    elif len(children) == 2:
        for child in children:
            words = child.text_content()
            if len(words) > 1 and not words.replace(".", "").isalnum():
                _enclose(child, "(", ")")
        children[0].tail = "/"


def _enclose(element: HtmlElement, before: str, after: str) -> None:
    element.text = f"{before}{element.text or ''}"
    if len(element):
        element[-1].tail = f"{element[-1].tail or ''}{after}"
    else:
        element.text += after


def _as_it_is(element: HtmlElement) -> None:
    """Nothing to rewrite."""


def _reading(element: HtmlElement) -> None:
    """Pinyin above a character goes into brackets behind it."""
    words = (element.text or "").strip()
    element.text = f"（{words}）" if words else None
    element.drop_tag()


def _quoted(element: HtmlElement) -> None:
    _enclose(element, "“", "”")
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


# What MathML writes above and below the first of its parts.
_SCRIPTS = {
    "msup": ("sup",), "mover": ("sup",), "msub": ("sub",), "munder": ("sub",), "msubsup": ("sub", "sup"),
    "munderover": ("sub", "sup"),
}  # fmt: skip
_REWRITTEN: dict[str, Callable[[HtmlElement], None]] = {
    "rt": _reading, "rp": _dropped, "q": _quoted, "cite": _italic, "var": _italic, "dfn": _italic, "samp": _code,
    "tt": _code, "legend": _block, "summary": _block, "menu": _list, "dir": _list,
    "math": _formula, "ol": _keep_numbers,
}  # fmt: skip
