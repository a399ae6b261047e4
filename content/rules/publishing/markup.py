"""HTML fragments as trees and back, and the words in them. Pure; nothing here makes foreign HTML safe."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement, HTMLParser

from content.rules.publishing.limits import visible

BLOCKS = frozenset(
    {"address", "article", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "footer",
     "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table",
     "tbody", "tfoot", "thead", "tr", "ul"}
)  # fmt: skip
CELLS = frozenset({"td", "th"})
_UNSEEN = re.compile(
    r"&#0*(?:[0-8]|1[124-9]|2\d|3[01]|127);?(?!\d)|&#[xX]0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]|7[fF]);?(?![0-9a-fA-F])"
)
SILENT = frozenset({"script", "style", "title", "head", "noscript", "template"})


def tree(html: str) -> HtmlElement:
    """A `div` that holds the fragment (or the body of a whole page)."""
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    visible_only = _UNSEEN.sub("", visible(html))  # lxml reads control characters, but will not write them
    document = lxml_html.document_fromstring(f"<div>{visible_only}</div>".encode(), parser=parser)
    holder = document.find("body")
    if holder is None:  # a frameset: it has no text of its own
        return lxml_html.Element("div")
    if len(holder) == 1 and _is_our_wrapper(holder[0]) and not (holder.text or "").strip():
        holder = holder[0]
    return _detached(holder)


def inner(element: HtmlElement) -> str:
    """The HTML inside an element."""
    parts = [_escape(element.text or "")]
    parts += [lxml_html.tostring(child, encoding="unicode") for child in element]
    return "".join(parts)


def words(html: str) -> str:
    """The text a reader sees, one line for each block."""
    return words_of(tree(html))


def words_of(element: HtmlElement) -> str:
    """The text a reader sees in an element, one line for each block."""
    lines = "".join(_pieces(element)).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def _is_our_wrapper(element: HtmlElement) -> bool:
    return element.tag == "div" and not element.attrib and not (element.tail or "").strip()


def _detached(element: HtmlElement) -> HtmlElement:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
    element.tag, element.tail = "div", None
    return element


def _pieces(root: HtmlElement) -> Iterator[str]:
    silent = 0  # how many silent elements we are inside of
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = str(element.tag)
        silent += (tag in SILENT) * (1 if event == "start" else -1)
        if tag in CELLS:
            yield "\t"
        elif tag in BLOCKS:
            yield "\n"
        if not silent and (event == "start" or element is not root):
            yield _flat(element.text if event == "start" else element.tail)


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ")


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
