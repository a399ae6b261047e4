"""What is far too much markup: refused before a parser takes seconds over it."""

from __future__ import annotations

import re

from content.rules.errors import BadInput

MOST_TAGS = 100_000  # an article of 20,000 characters has a few thousand; a saved page some tens of thousands
MOST_ATTRIBUTES = 200  # of one tag
MOST_CHARACTERS = 1_000_000  # of words, in a text that is to become an article of fewer than 20,000

_WIDE = re.compile(r"<[A-Za-z][^<>]{4000,}>")
_ATTRIBUTE = re.compile(r"[\s\"'][^\s\"'<>/=]+(?==|\s|>)")
_SILENT = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_DATA = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=\s%]+")


def without_data(text: str) -> str:
    """The text without the bytes of pictures inside it."""
    return _DATA.sub("", text)


def check(html: str) -> None:
    """Raises BadInput for a page that holds more than any article."""
    bare = _SILENT.sub("", without_data(html)) if html.count("<") > MOST_TAGS or len(html) > MOST_CHARACTERS else html
    if bare.count("<") > MOST_TAGS:
        raise BadInput(f"网页里的标签超过 {MOST_TAGS} 个，太多了。请只复制正文部分。")
    for found in _WIDE.finditer(_SILENT.sub("", html) if _WIDE.search(html) else html):
        if len(_ATTRIBUTE.findall(without_data(found[0])[:400_000])) > MOST_ATTRIBUTES:
            raise BadInput("网页里有一个标签带了几百个属性，不正常。请只复制正文部分。")


def check_text(text: str) -> None:
    """Raises BadInput for a text that no article could hold."""
    if len(text) > MOST_CHARACTERS and (length := len(without_data(text))) > MOST_CHARACTERS:
        raise BadInput(f"正文有 {length} 个字符，一篇文章放不下。请只留要发的部分。")
