"""HTML of unknown origin made safe to show: allowed tags only, no scripts, no styles, nobody else's pictures."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urljoin

import nh3
from markupsafe import Markup, escape

from bot.dialogue.reply_text import is_html

TAGS = {
    "p", "br", "div", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "hr", "blockquote", "pre",
    "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "figure", "figcaption", "a", "span",
    "strong", "b", "em", "i", "u", "s", "del", "ins", "sub", "sup", "code",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
GONE_WITH_CONTENT = {"script", "style", "iframe", "object", "title", "noscript", "svg", "math"}
TABLE_FRAME = '<div class="slide" tabindex="0" role="group" aria-label="表格，可以左右滑动">'
OUR_IMAGE = re.compile("file:([0-9a-f]{64})")
WEB = ("http://", "https://")


def notice_body(text: str, source: str) -> Markup:
    """The body of a disclosure, plain text or HTML; relative links are those of its source."""
    if not is_html(text):
        return _paragraphs(text)
    clean = nh3.clean(
        _lowered(text),
        tags=TAGS,
        attributes=ATTRIBUTES,
        clean_content_tags=GONE_WITH_CONTENT,
        attribute_filter=lambda _tag, name, value: _link(value, source) if name == "href" else value,
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(clean)


def article_body(html: str, image: Callable[[str], str]) -> Markup:
    """The body of an article; `image` makes the address of an image from its SHA-256. Other images are left out."""

    def keep(tag: str, name: str, value: str) -> str | None:
        if tag == "img" and name == "src":
            found = OUR_IMAGE.fullmatch(value)
            return image(found[1]) if found else None
        return _link(value, "") if name == "href" else value

    clean = nh3.clean(
        _lowered(html),
        tags=TAGS | {"img", "section"},
        attributes={**ATTRIBUTES, "img": {"src", "alt"}},
        clean_content_tags=GONE_WITH_CONTENT,
        attribute_filter=keep,
        url_schemes={"http", "https", "file"},
        link_rel="noopener noreferrer",
    )
    shown = re.sub(r"<img(?![^>]* src=)[^>]*>", "", clean)
    return Markup(
        re.sub(r"<img(?![^>]* alt=)", '<img alt="图片"', shown)
    )  # read aloud, an image without any is its address


def with_sliding_tables(html: Markup) -> Markup:
    """Each table in a frame of its own, which fingers and arrow keys move sideways when it is wider than the screen."""
    framed = re.sub(r"<table\b", f"{TABLE_FRAME}<table", str(html))
    return Markup(framed.replace("</table>", "</table></div>"))


def web_link(address: str) -> str:
    """The address if a citizen may be sent there, else nothing."""
    return address if address.strip().lower().startswith(WEB) else ""


def _lowered(html: str) -> str:
    """First headings as second ones: the page has its own first."""
    return re.sub(r"(</?)h1\b", r"\1h2", html, flags=re.I)


def _link(address: str, source: str) -> str | None:
    return web_link(urljoin(source, address)) or None


def _paragraphs(text: str) -> Markup:
    lines = (line.strip() for line in text.splitlines())
    return Markup("\n").join(Markup("<p>{}</p>").format(escape(line)) for line in lines if line)
