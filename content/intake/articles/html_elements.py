"""HTML elements by what becomes of them: known ones, those that only hold others, media that an article cannot hold."""

from __future__ import annotations

import re
from html import escape

MEDIA = {
    "video": "视频", "audio": "音频", "mpvoice": "语音", "mp-common-mpaudio": "语音", "mp-common-qqmusic": "音乐",
    "qqmusic": "音乐", "mp-common-videosnap": "视频号内容", "mpvideosnap": "视频号内容", "mp-common-profile": "公众号名片",
    "mpprofile": "公众号名片", "mp-miniprogram": "小程序", "mp-common-miniprogram": "小程序", "mp-weapp": "小程序",
    "mpvideo": "视频", "mp-common-product": "商品", "mpcps": "商品", "mp-common-cpsad": "商品", "mp-common-poi": "地理位置",
    "mppoi": "地理位置", "mp-common-redpacketcover": "红包封面", "mpvote": "投票", "mp-common-vote": "投票",
    "mp-common-clockin": "打卡", "mp-common-subscribe": "订阅", "mp-common-sticker": "表情", "mp-common-live": "直播预告",
    "iframe": "嵌入的网页", "frame": "嵌入的网页", "object": "嵌入的对象", "embed": "嵌入的对象", "applet": "嵌入的对象",
    "svg": "矢量图", "canvas": "画布", "map": "图片上的链接区域", "progress": "进度条", "meter": "刻度条",
    "portal": "嵌入的网页",
}  # fmt: skip
FRAMES = {"video_iframe": "视频", "vote_iframe": "投票", "card_iframe": "卡券", "music_iframe": "音乐"}  # by class
SCRIPTED = {"data-miniprogram-appid": "小程序链接", "data-miniprogram-path": "小程序链接"}  # by attribute
CONTROLS = frozenset({"input", "select", "textarea"})
# What a browser does not show; noscript, since pages are looked at with scripts on.
UNSHOWN = frozenset({"script", "style", "title", "head", "noscript", "template", "meta", "link", "base", "datalist",
                     "param", "source", "track", "mphantom", "annotation", "annotation-xml", "colgroup", "col", "area", "noframes", "noembed", "mp-style-type",
                     "xml", "o:shapedefaults", "o:officedocumentsettings", "w:worddocument", "w:latentstyles"})  # fmt: skip
KNOWN = frozenset(
    {"a", "abbr", "acronym", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "body", "br",
     "button", "caption", "center", "cite", "code", "data", "dd", "del", "details", "dfn", "dir", "div", "dl", "dt",
     "em", "fieldset", "figcaption", "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
     "hgroup", "hr", "html", "i", "img", "ins", "kbd", "label", "legend", "li", "main", "mark", "marquee", "math",
     "menu", "nav", "nobr", "ol", "optgroup", "option", "output", "p", "picture", "pre", "q", "rb", "rp", "rt", "rtc",
     "ruby", "s", "samp", "search", "section", "slot", "small", "span", "strike", "strong", "sub", "summary", "sup",
     "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr", "listing", "xmp",
     "plaintext", "blink", "dialog", "tag", "mi", "mo", "mn", "mrow", "mtext", "ms", "mspace", "msqrt", "mroot",
     "mfrac", "msup", "msub", "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd", "mfenced",
     "semantics", "mstyle", "menclose", "mpadded"}
)  # fmt: skip
COMMENTS = ("comment", "comment-list")  # `mso-element` of what Word saves of remarks; a browser shows it
TO_COMMENT = "#_msocom"
OFFICE = ("o:", "w:", "st1:", "x:", "m:", "p:")  # elements of Office in saved pages: their words stay
ALONE = frozenset({"br", "hr", "img", "input", "wbr", "p", "li", "td", "th", "tr", "dt", "dd", "embed", "source", "track",
                   "col", "meta", "link", "base", "param", "area"})  # fmt: skip
EMPTY = frozenset(
    {"br", "hr", "img", "input", "wbr", "table", "tr", "tbody", "thead", "ul", "ol", "select", "textarea"}
)  # no words of their own

_BRACKETS = re.compile(r"<(/?)([A-Za-z][\w:-]*)([^<>]*)>")


def marks(text: str, around: str = "", *, keep: bool = True) -> str:
    """A text with its HTML kept (or taken off); other words in angle brackets (<单位名称>, <A>级) as words.

    A tag without attributes whose other half stands nowhere `around` (in lower case) is no HTML.
    """
    around = around or text.lower()

    def settled(found: re.Match[str]) -> str:
        closing, name, rest = found[1], found[2].lower(), found[3].strip(" /\n\t")
        other = f"<{name}" if closing else f"</{name}"
        is_tag = is_known(name) and (name in ALONE or "=" in rest or rest.endswith("/") or other in around)
        if is_tag:
            return found[0] if keep else ""
        return escape(found[0]) if keep else found[0]

    return _BRACKETS.sub(settled, text)


def media(tag: str, classes: str = "") -> str | None:
    """What an element that cannot come is called; None for one that can."""
    if tag in ("iframe", "frame"):
        return next((name for mark, name in FRAMES.items() if mark in classes), MEDIA[tag])
    if tag.startswith("v:"):
        return "图形"
    return MEDIA.get(tag) or ("公众号组件" if tag.startswith("mp-") and tag not in UNSHOWN else None)


def is_known(tag: str) -> bool:
    """Whether this is HTML, or what Office writes into HTML."""
    return tag in KNOWN or tag in UNSHOWN or tag in CONTROLS or tag in MEDIA or tag.startswith((*OFFICE, "v:", "mp-"))
