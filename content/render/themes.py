"""A theme put on plain text: each paragraph, heading, list and table gets the theme's style. Layouts stay as they are."""

from __future__ import annotations

from collections.abc import Mapping

from lxml.html import HtmlElement

from content.render import html_sanitizer
from content.rules.publishing.markup import inner, tree

OWN_BOX = "overflow-x"  # in the style of the box that we put around a table
ALIGNED = ("center", "right")


def dressed(html: str, styles: Mapping[str, str]) -> str:
    """Clean article HTML in a theme. What stands inside a designed box is not touched; alignment stays."""
    root = tree(html)
    for element in root.iter(*styles):
        if not any(_is_designed(box) for box in element.iterancestors("section")):
            element.set("style", _style(element, styles[str(element.tag)]))
    return html_sanitizer.enforce(inner(root)).strip()


def _is_designed(box: HtmlElement) -> bool:
    style = box.get("style", "")
    return bool(style) and OWN_BOX not in style


def _style(element: HtmlElement, theme: str) -> str:
    wanted = dict(part.split(":", 1) for part in element.get("style", "").split(";") if ":" in part).get(
        "text-align", ""
    )
    aligned = f";text-align:{wanted};text-indent:0" if wanted.strip() in ALIGNED else ""
    return html_sanitizer.style("", theme + aligned)
