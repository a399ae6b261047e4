"""What is far too much markup: refused before a parser takes seconds over it."""

from __future__ import annotations

import re

from content.rules.errors import BadInput

MOST_TAGS = 100_000  # an article of 20,000 characters has a few thousand; a saved page some tens of thousands
MOST_ATTRIBUTES = 200  # of one tag
MOST_CHARACTERS = 1_000_000  # of words, in a text that is to become an article of fewer than 20,000

_TAG = re.compile(
    r"<[A-Za-z](?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?)*+"
)  # a quote opens a value after `=` only, as in browsers
_VALUE = re.compile(r"=\s*+(?:\"[^\"]*+\"|'[^']*+')?")
_SHORTEST = 2 * MOST_ATTRIBUTES  # characters of a tag with more
_SILENT = re.compile(r"<(script|style)\b|</(script|style)\s*>", re.IGNORECASE)
_DATA = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=\s%]+")


def without_data(text: str) -> str:
    """The text without the bytes of pictures inside it."""
    return _DATA.sub("", text)


def check(html: str) -> None:
    """Raises BadInput for a page that holds more than any article."""
    bare = _without_scripts(without_data(html)) if html.count("<") > MOST_TAGS or len(html) > MOST_CHARACTERS else html
    if bare.count("<") > MOST_TAGS:
        raise BadInput(f"网页里的标签超过 {MOST_TAGS} 个，太多了。请只复制正文部分。")
    check_attributes(html)


def check_attributes(html: str) -> None:
    """Raises BadInput for a tag with more attributes than any page writes: a parser compares each with all before it."""
    for found in _TAG.finditer(_without_scripts(html)):
        if (
            len(found[0]) > _SHORTEST
            and len(_VALUE.sub("= ", found[0]).replace("/", " ").split()) > MOST_ATTRIBUTES + 1
        ):
            raise BadInput("网页里有一个标签带了几百个属性，不正常。请只复制正文部分。")


def _without_scripts(html: str) -> str:
    """A page without its scripts and style sheets; one that nothing closes stays."""
    kept, at, inside = list[str](), 0, ""
    for found in _SILENT.finditer(html):
        opened, closed = (found[group].lower() if found[group] else "" for group in (1, 2))
        if opened and not inside:
            kept.append(html[at : found.start()])
            at, inside = found.start(), opened
        elif inside and closed == inside:
            at, inside = found.end(), ""
    return "".join([*kept, html[at:]])


def check_text(text: str) -> None:
    """Raises BadInput for a text that no article could hold."""
    if len(text) > MOST_CHARACTERS and (length := len(without_data(text))) > MOST_CHARACTERS:
        raise BadInput(f"正文有 {length} 个字符，一篇文章放不下。请只留要发的部分。")
