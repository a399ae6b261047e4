"""What the platform leaves of an article's HTML.

No official list exists; this one follows the documentation (no script, no foreign pictures) and what editors of
official accounts report. docs/emulator.md names each choice.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml import etree, html


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


KEPT = _words(
    "a abbr b blockquote br caption center code col colgroup del div em figcaption figure font h1 h2 h3 h4 h5 h6 hr i "
    "img ins kbd li mark mp-common-profile ol p pre q rp rt ruby s section small span strike strong sub sup svg g path "
    "rect circle ellipse line polygon polyline text tspan table tbody td tfoot th thead tr u ul var wbr"
)
DROPPED = _words(
    "script style iframe frame frameset object embed applet form input button select textarea option link meta base "
    "title head template noscript audio video source track canvas dialog portal math"
)
ATTRIBUTES = _words(
    "style class align valign width height colspan rowspan border cellpadding cellspacing bgcolor color size face "
    "start type alt title dir lang span d x y x1 y1 x2 y2 cx cy r rx ry fill stroke stroke-width viewbox points "
    "transform opacity text-anchor font-size"
)
STYLES_GONE = _words("position top right bottom left z-index behavior -moz-binding content filter")
STYLE_TRAPS = re.compile(r"expression\s*\(|javascript:|url\s*\((?!\s*['\"]?https?://mmbiz\.q(pic|logo)\.cn/)", re.I)
LINK_HOSTS = frozenset({"mp.weixin.qq.com"})
PICTURE_HOSTS = frozenset({"mmbiz.qpic.cn", "mmbiz.qlogo.cn"})
_EMPTIED = re.compile(r"(style\s*=\s*)(\"[^\"]*&#39;[^\"]*\"|'[^']*&#39;[^']*')", re.I)


def clean(content: str, *, base_url: str) -> str:
    """The HTML as the platform stores it. `base_url`: the emulator's own address, whose pictures are WeChat's here."""
    if not content.strip():
        return ""
    # The round-trip trap: a quote that the platform itself stored as &#39; empties the attribute when posted back.
    root = html.fragment_fromstring(_EMPTIED.sub(r'\1""', content), create_parent="div")
    _clean_children(root, base_url)
    for element in root.iter():
        _clean_attributes(element, base_url)
    return _inner(root)


def visible_text(content: str) -> str:
    """The text that a reader sees, without line breaks between blocks."""
    if not content.strip():
        return ""
    root = html.fragment_fromstring(content, create_parent="div")
    for element in root.xpath("//script|//style"):
        element.drop_tree()
    return re.sub(r"\s+", " ", str(root.text_content())).strip()


def _clean_children(parent: html.HtmlElement, base_url: str) -> None:
    for child in list(parent):
        if not isinstance(child.tag, str) or child.tag in DROPPED:
            child.drop_tree()
            continue
        _clean_children(child, base_url)
        if child.tag == "img" and not _own_picture(_source(child), base_url):
            child.drop_tree()
        elif child.tag not in KEPT:
            child.drop_tag()


def _clean_attributes(element: html.HtmlElement, base_url: str) -> None:
    source, target = _source(element), element.get("href", "")
    for name in list(element.attrib):
        if not _harmless(str(name).lower()):
            del element.attrib[name]
    if element.tag == "img":
        element.set("src", source)
    if element.tag == "a" and _own_link(target, base_url):
        element.set("href", target)
    if "style" in element.attrib:
        _set_style(element)


def _harmless(name: str) -> bool:
    return name in ATTRIBUTES or name.startswith("data-")


def _set_style(element: html.HtmlElement) -> None:
    kept = [part.strip() for part in str(element.get("style", "")).split(";") if _kept_style(part)]
    if kept:
        element.set("style", "; ".join(kept) + ";")
    else:
        del element.attrib["style"]


def _kept_style(part: str) -> bool:
    name, colon, value = part.partition(":")
    return bool(colon and value.strip() and name.strip().lower() not in STYLES_GONE and not STYLE_TRAPS.search(value))


def _source(element: html.HtmlElement) -> str:
    return str(element.get("src") or element.get("data-src") or "").strip()


def _own_picture(source: str, base_url: str) -> bool:
    return source.startswith(f"{base_url}/mmbiz_") or _host(source) in PICTURE_HOSTS


def _own_link(target: str, base_url: str) -> bool:
    return target.startswith(f"{base_url}/s/") or (_host(target) in LINK_HOSTS)


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
        return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def _inner(root: html.HtmlElement) -> str:
    """The inside of the root, with quotes in styles spelled as the platform spells them."""
    for element in root.iter():
        if "'" in element.get("style", ""):
            element.set("style", element.get("style", "").replace("'", "\ue000"))
    whole = etree.tostring(root, encoding="unicode", method="html", with_tail=False)
    return whole.partition(">")[2].rpartition("</div>")[0].replace("\ue000", "&#39;")
