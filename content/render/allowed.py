"""The allow-list of article HTML: what survives the platform's filter and looks good on a phone.

The platform removes scripts, styles in <style>, classes and ids, frames, forms and pictures of other places; it keeps
inline styles (apart from positioning) on plain tags. What is not listed here is taken off by us first, so that what
reviewers pass is what goes out. Quotes never stand in a style: the platform garbles them.
"""

from __future__ import annotations

import re

import nh3

IMAGE = re.compile(r"file:[0-9a-f]{64}|https://mmbiz\.qpic\.cn/[^\s\"'<>]+")
PLATFORM_LINKS = frozenset({"mp.weixin.qq.com"})  # links to other places are taken off by the platform

TAGS = frozenset(
    {"a", "b", "blockquote", "br", "code", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i",
     "img", "li", "ol", "p", "pre", "s", "section", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot",
     "th", "thead", "tr", "u", "ul"}
)  # fmt: skip
ATTRIBUTES = {
    "*": {"style"},
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "table": {"border", "cellpadding", "cellspacing"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
STYLES = frozenset(
    {"background-color", "border", "border-bottom", "border-collapse", "border-left", "border-right", "border-top",
     "color", "font-size", "font-style", "font-weight", "height", "letter-spacing", "line-height", "margin",
     "margin-bottom", "margin-left", "margin-right", "margin-top", "max-width", "min-width", "overflow-x", "padding",
     "padding-bottom", "padding-left", "padding-right", "padding-top", "text-align", "text-decoration", "text-indent",
     "vertical-align", "white-space", "width", "word-break"}
)  # fmt: skip
OURS = {
    "p": "margin:0 0 1em",
    "h1": "margin:1.2em 0 .8em;font-size:20px;line-height:1.4",
    "h2": "margin:1.2em 0 .8em;font-size:18px;line-height:1.4",
    "h3": "margin:1em 0 .6em;font-size:17px;line-height:1.4",
    "h4": "margin:1em 0 .6em;font-size:16px",
    "h5": "margin:1em 0 .6em;font-size:16px",
    "h6": "margin:1em 0 .6em;font-size:16px",
    "ul": "margin:0 0 1em;padding-left:1.5em",
    "ol": "margin:0 0 1em;padding-left:1.5em",
    "blockquote": "margin:0 0 1em;padding:2px 12px;border-left:3px solid #ccc;color:#666",
    "img": "max-width:100%;height:auto",
    "hr": "margin:1.5em 0;border:0;border-top:1px solid #ddd",
    "pre": "margin:0 0 1em;white-space:pre-wrap;word-break:break-all",
    "table": "border-collapse:collapse;width:100%;font-size:14px;line-height:1.5",
    "td": "border:1px solid #ccc;padding:5px",
    "th": "border:1px solid #ccc;padding:5px;background-color:#f5f5f5",
}
AROUND_ALL = "font-size:16px;line-height:1.8;color:#333"

_VALUE = re.compile(r"[\w#%.,()\s+-]{1,60}")


def enforce(html: str) -> str:
    """The HTML with nothing in it that is not on the list: the last step before it is kept."""
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        attribute_filter=_address,
        filter_style_properties=set(STYLES),
        url_schemes={"http", "https", "mailto", "tel", "file"},
        link_rel=None,
    )


def style(tag: str, given: str) -> str:
    """The inline style of an element: ours, with what the author gave and the platform keeps."""
    properties = _parsed(OURS.get(tag, ""))
    properties |= {name: value for name, value in _parsed(given).items() if name in STYLES and _harmless(value)}
    return ";".join(f"{name}:{value}" for name, value in properties.items())


def _parsed(text: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in text.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if value.strip()}


def _harmless(value: str) -> bool:
    return bool(_VALUE.fullmatch(value)) and "url" not in value.lower() and "expression" not in value.lower()


def _address(tag: str, name: str, value: str) -> str | None:
    if (tag, name) == ("img", "src"):
        return value if IMAGE.fullmatch(value) else None
    if (tag, name) == ("a", "href"):
        return None if value.lower().startswith("file:") else value
    return value
