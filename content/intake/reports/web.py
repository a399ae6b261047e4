"""A web page to blocks. Tables that only lay out the page are looked into; too much of anything is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from content.intake.articles import html_limits
from content.intake.reports.blocks import Block, lines, row_or_lines
from content.rules.errors import BadInput

MOST_CELLS = 10_000
MOST_TAGS = 100_000
DEEPEST = 200  # elements inside one another
SILENT = frozenset({"script", "style", "noscript", "template", "head", "select", "textarea", "svg"})
INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "ins", "label", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "u", "big", "tt", "strike", "center", "nobr",
})  # fmt: skip
CELL = re.compile(r"<t[dh][\s>/]", re.IGNORECASE)
ENTITY = re.compile(r"<!(?:ENTITY|DOCTYPE[^>]*\[)", re.IGNORECASE)


def blocks(html: str, *, name: str) -> Iterator[Block]:
    """The blocks of a page. Raises BadInput for one that is no honest page."""
    if ENTITY.search(html):
        raise BadInput(f"“{name}”里有自定义的实体（DTD），不能读。请用浏览器另存一份，或者复制文字存成 .txt。")
    if sum(1 for _ in CELL.finditer(html)) > MOST_CELLS:
        raise BadInput(f"“{name}”里的表格超过 {MOST_CELLS} 格，不像一份年报，没有读。请只留年报的正文。")
    if html.count("<") > MOST_TAGS:
        raise BadInput(f"“{name}”太大，不像一份年报，没有读。请只留年报的正文。")
    html_limits.check_attributes(html)
    try:
        page = document_fromstring(
            html.encode(), parser=HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        )
    except (etree.LxmlError, ValueError) as error:
        raise BadInput(f"“{name}”不是完好的网页。请用浏览器打开看看，再另存一份。") from error
    _refuse_depth(page, name)
    title = page.findtext(".//title")
    yield from lines(title or "")
    yield from _walk(page)


def _refuse_depth(page: Any, name: str) -> None:
    depth = 0
    for event, _ in etree.iterwalk(page, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise BadInput(f"“{name}”的标签套了 {DEEPEST} 层以上，不能读。请复制文字存成 .txt 再试。")


def _walk(element: Any) -> Iterator[Block]:
    """The blocks below an element; text between blocks makes lines."""
    gathered: list[str] = [element.text or ""]
    for child in element:
        if _is_block(child):
            yield from lines("".join(gathered))
            gathered = []
            yield from _table(child) if child.tag == "table" else _walk(child)
        else:
            gathered.append(_text(child))
        gathered.append(child.tail or "")
    yield from lines("".join(gathered))


def _is_block(element: Any) -> bool:
    return isinstance(element.tag, str) and element.tag not in INLINE | SILENT | {"br", "img", "input", "hr", "wbr"}


def _table(table: Any) -> Iterator[Block]:
    if next((inner for inner in table.iter("table") if inner is not table), None) is not None:
        yield from _walk(table)  # the page's layout
        return
    for caption in table.iter("caption"):
        yield from lines(_text(caption))
    for row in table.iter("tr"):
        yield from row_or_lines(_text(cell) for cell in row if cell.tag in ("td", "th"))


def _text(element: Any) -> str:
    """An element's text, with a line end where a block or a break stands."""
    if not isinstance(element.tag, str) or element.tag in SILENT:
        return ""
    if element.tag == "br":
        return "\n"
    inner = (element.text or "") + "".join(_text(child) + (child.tail or "") for child in element)
    return inner if element.tag in INLINE else f"\n{inner}\n"
