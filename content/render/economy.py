"""Markup that changes nothing is dropped: the platform counts it, and editors write ten times more of it than words."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml.html import HtmlElement

from content.render import allowed
from content.rules.publishing.markup import inner, tree

# What a property says when nobody says it; `None`: whatever is said around.
NOTHING: dict[str, frozenset[str]] = {
    "background-color": frozenset({"transparent", "initial", "none", "rgba(0,0,0,0)", "rgba(255,255,255,0)", "unset"}),
    "border": frozenset({"0", "none", "0px", "0px none", "medium none", "0 none", "initial"}),
    "font-style": frozenset({"normal"}),
    "height": frozenset({"auto"}),
    "letter-spacing": frozenset({"0", "0px", "normal"}),
    "line-height": frozenset({"1.8", "normal"}),
    "max-width": frozenset({"100%", "none"}),
    "min-width": frozenset({"0", "0px", "auto"}),
    "overflow-x": frozenset({"visible"}),
    "text-align": frozenset({"left", "start", "justify"}),
    "text-decoration": frozenset({"none"}),
    "text-indent": frozenset({"0", "0px", "0em"}),
    "vertical-align": frozenset({"baseline"}),
    "white-space": frozenset({"normal"}),
    "width": frozenset({"auto"}),
    "word-break": frozenset({"normal"}),
}
SIDES = ("margin", "padding")
ZERO = re.compile(r"(?:0(?:px|em|pt|%)?\s*)+")
INHERITED = frozenset({"color", "font-size", "font-style", "font-weight", "letter-spacing", "line-height", "text-align",
                       "text-indent", "white-space", "word-break"})  # fmt: skip
BASE = {"color": "#333", "font-size": "16px", "line-height": "1.8", "font-weight": "normal"}
SHOWN = ("background-color", "border", "height", "width", "min-width", "padding")  # what an empty box may show
HOLLOW = frozenset({"span", "strong", "em", "b", "i", "u", "s", "section", "a", "sub", "sup", "p", "code"})
THROUGH = frozenset({"span", "section"})
PLAIN_STYLES = frozenset({"text-align", "text-indent"})  # what stays when a body has to be simplified
STEPS = (
    "排版太复杂，超过了微信的上限，已去掉字号、间距、边框等格式（颜色和对齐保留），请在预览里核对。",
    "排版太复杂，超过了微信的上限，只留下文字、图片、段落和对齐，请在预览里核对。",
    "排版太复杂，超过了微信的上限，只留下文字、图片和段落，请在预览里核对。",
)
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")


def spare(root: HtmlElement) -> None:
    """Takes off styles that say nothing new, boxes that hold nothing, and boxes around a single box."""
    for element in list(root.iterdescendants()):
        _spare_style(element)
    for element in list(root.iterdescendants())[::-1]:
        _spare_box(element)


def simplified(html: str, fits: Callable[[str], bool]) -> tuple[str, str]:
    """(HTML that fits, what was given up); the same HTML and nothing if no simplification helps, or none is needed."""
    if fits(html):
        return html, ""
    for step, sentence in enumerate(STEPS):
        root = tree(html)
        for element in list(root.iterdescendants()):
            _plainer(element, step)
        for element in list(root.iterdescendants())[::-1]:
            _spare_box(element)
        plain = inner(root).strip()
        if fits(plain):
            return plain, sentence
    return html, ""


def _spare_style(element: HtmlElement) -> None:
    style = _parsed(element)
    if not style:
        element.attrib.pop("style", None)
        return
    tag = str(element.tag)
    ours = _pairs(allowed.OURS.get(tag, ""))
    around = _around(element)
    kept = {}
    for name, value in style.items():
        value = _short(value)
        says_nothing = name not in ours and name not in around and _is_nothing(name, value, tag)
        if says_nothing or (name in INHERITED and name not in ours and around.get(name) == value):
            continue
        kept[name] = value
    _write(element, kept)


def _around(element: HtmlElement) -> dict[str, str]:
    """What an element inherits. Headings and table cells set sizes of their own."""
    found: dict[str, str] = {}
    for ancestor in element.iterancestors():
        for name, value in (_pairs(allowed.OURS.get(str(ancestor.tag), "")) | _parsed(ancestor)).items():
            if name in INHERITED:
                found.setdefault(name, _short(value))
    return BASE | found


def _is_nothing(name: str, value: str, tag: str) -> bool:
    if name.startswith(SIDES):
        return tag in THROUGH and bool(ZERO.fullmatch(value))
    if name == "max-width" and tag == "img":
        return False
    if name.startswith("border-") and name != "border-collapse":
        return value in NOTHING["border"]
    return value in NOTHING.get(name, frozenset())


def _spare_box(element: HtmlElement) -> None:
    """Drops an empty box that shows nothing, and one that only goes around others."""
    if element.getparent() is None or not isinstance(element.tag, str):
        return
    style = _parsed(element)
    is_empty = not len(element) and not (element.text or "").strip("\t\n\r ")
    if is_empty and element.tag in HOLLOW and not any(name.startswith(SHOWN) for name in style):
        if (element.text or "") and element.tag == "span":
            element.drop_tag()
        else:
            element.drop_tree()
    elif (element.tag == "span" and not style) or (element.tag == "section" and not style and _only_boxes(element)):
        element.drop_tag()


def _only_boxes(element: HtmlElement) -> bool:
    """Whether a section holds nothing but other blocks, so that nothing changes without it."""
    loose = [element.text, *(child.tail for child in element)]
    return not any((text or "").strip() for text in loose) and all(
        child.tag in ("section", "p", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr")
        for child in element
    )


def _plainer(element: HtmlElement, step: int) -> None:
    style = _parsed(element)
    allowed_now = (
        PLAIN_STYLES | {"color", "background-color", "font-weight", "overflow-x"} if step == 0 else PLAIN_STYLES
    )
    if element.tag == "img":
        allowed_now = frozenset({"max-width"})
    kept = {} if step == 2 else {name: value for name, value in style.items() if name in allowed_now}
    _write(element, {name: value for name, value in kept.items() if not _is_nothing(name, value, str(element.tag))})


def _short(value: str) -> str:
    value = " ".join(value.split())
    return _RGB.sub(
        lambda found: "#{:02x}{:02x}{:02x}".format(*(min(int(part), 255) for part in found.groups())), value
    )


def _parsed(element: HtmlElement) -> dict[str, str]:
    return _pairs(element.get("style", ""))


def _pairs(text: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in text.split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if value.strip()}


def _write(element: HtmlElement, style: dict[str, str]) -> None:
    if style:
        element.set("style", ";".join(f"{name}:{value}" for name, value in style.items()))
    else:
        element.attrib.pop("style", None)
