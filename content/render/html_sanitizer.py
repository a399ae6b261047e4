"""The allow-list of article HTML: what survives the platform's filter and looks good on a phone.

The platform removes scripts, styles in <style>, classes and ids, frames, forms and pictures of other places; it keeps
inline styles (apart from positioning) on plain tags. What is not listed here is taken off by us first, so that what
reviewers pass is what goes out. Quotes never stand in a style: the platform garbles them.
"""

from __future__ import annotations

import re

import nh3

from content.render import seen_values

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
    [
        "background",
        "background-clip",
        "background-color",
        "background-image",
        "background-origin",
        "background-position",
        "background-repeat",
        "background-size",
        "border",
        "border-bottom",
        "border-bottom-color",
        "border-bottom-left-radius",
        "border-bottom-right-radius",
        "border-bottom-style",
        "border-bottom-width",
        "border-collapse",
        "border-color",
        "border-left",
        "border-left-color",
        "border-left-style",
        "border-left-width",
        "border-radius",
        "border-right",
        "border-right-color",
        "border-right-style",
        "border-right-width",
        "border-spacing",
        "border-style",
        "border-top",
        "border-top-color",
        "border-top-left-radius",
        "border-top-right-radius",
        "border-top-style",
        "border-top-width",
        "border-width",
        "box-shadow",
        "box-sizing",
        "break-inside",
        "caption-side",
        "caret-color",
        "clear",
        "color",
        "column-count",
        "column-gap",
        "column-rule",
        "column-width",
        "columns",
        "direction",
        "display",
        "align-content",
        "align-items",
        "align-self",
        "justify-content",
        "justify-items",
        "justify-self",
        "order",
        "flex",
        "flex-basis",
        "flex-direction",
        "flex-flow",
        "flex-grow",
        "flex-shrink",
        "flex-wrap",
        "float",
        "font-family",
        "font-size",
        "font-size-adjust",
        "font-stretch",
        "font-style",
        "font-variant",
        "font-variant-caps",
        "font-variant-east-asian",
        "font-variant-ligatures",
        "font-variant-numeric",
        "font-weight",
        "gap",
        "grid-column",
        "grid-column-gap",
        "grid-gap",
        "grid-row",
        "grid-row-gap",
        "grid-template-columns",
        "grid-template-rows",
        "height",
        "hyphens",
        "letter-spacing",
        "line-break",
        "line-height",
        "list-style",
        "list-style-position",
        "list-style-type",
        "margin",
        "margin-bottom",
        "margin-left",
        "margin-right",
        "margin-top",
        "max-height",
        "max-width",
        "min-height",
        "min-width",
        "object-fit",
        "object-position",
        "opacity",
        "orphans",
        "outline",
        "outline-color",
        "outline-offset",
        "outline-style",
        "outline-width",
        "overflow",
        "overflow-wrap",
        "overflow-x",
        "overflow-y",
        "padding",
        "padding-bottom",
        "padding-left",
        "padding-right",
        "padding-top",
        "place-content",
        "place-items",
        "row-gap",
        "tab-size",
        "table-layout",
        "text-align",
        "text-align-last",
        "text-decoration",
        "text-decoration-color",
        "text-decoration-line",
        "text-decoration-style",
        "text-decoration-thickness",
        "text-emphasis",
        "text-indent",
        "text-justify",
        "text-orientation",
        "text-shadow",
        "text-size-adjust",
        "text-transform",
        "text-underline-offset",
        "transform",
        "transform-origin",
        "unicode-bidi",
        "vertical-align",
        "visibility",
        "white-space",
        "white-space-collapse",
        "widows",
        "width",
        "word-break",
        "word-spacing",
        "word-wrap",
        "writing-mode",
        "-webkit-box-align",
        "-webkit-box-flex",
        "-webkit-box-orient",
        "-webkit-box-pack",
        "-webkit-box-reflect",
        "-webkit-overflow-scrolling",
        "-webkit-tap-highlight-color",
        "-webkit-text-size-adjust",
        "-webkit-text-stroke",
        "-webkit-text-stroke-width",
        "aspect-ratio",
    ]
)
BOXES = frozenset({"section", "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figure"})
TABLE_FRAME = {"overflow-x": "auto"}  # what a box that holds tables only may keep, so that a wide one scrolls
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

_VALUE = re.compile(r"[\w#%.,()\s+*/-]{1,300}")
_IMPORTANT = re.compile(r"\s*!\s*important$", re.IGNORECASE)
_TRAPS = re.compile(r"url|expression|attr\(|var\(|element\(|image-set", re.IGNORECASE)
_DISPLAYS = frozenset(
    [
        "block",
        "inline",
        "inline-block",
        "flex",
        "inline-flex",
        "grid",
        "inline-grid",
        "table",
        "inline-table",
        "table-row",
        "table-cell",
        "table-row-group",
        "table-header-group",
        "table-caption",
        "list-item",
        "flow-root",
        "-webkit-box",
        "-webkit-flex",
        "initial",
    ]
)
# Bidirectional marks and tag characters: with them reviewers see another text than a search, a copy or a screen reader.
MISLEADING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
NARROWEST = 64.0  # px of a box below which `overflow` may hide words
_JUDGED = frozenset({"display", "visibility", "opacity"})
_CUT = ("overflow", "overflow-x", "overflow-y")
_CUTS = ("height", "max-height", "white-space", "-webkit-line-clamp")  # with these `overflow` may hide words


def enforce(html: str) -> str:
    """The HTML with nothing in it that is not on the list: the last step before it is kept."""
    return nh3.clean(
        MISLEADING.sub("", html),
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "tel", "file"},
        link_rel=None,
    )


def style(tag: str, given: str, *, has_words: bool = False, frames_table: bool = False) -> str:
    """The inline style of an element: ours, with what the author gave and the platform keeps.

    What could put words out of sight is left out, so that they are seen by all who read. What cuts off may stay round
    pictures; round words it may not, since what they have room for is decided far outside and inside the element.
    """
    properties = _parsed(OURS.get(tag, ""))
    for name, value in _parsed(given).items():
        if name in STYLES and _harmless(value) and _is_seen(name, value):
            properties.pop(name, None)  # what is said last holds, and a margin-top said after a margin too
            properties[name] = value
    is_cut = any(name in properties for name in _CUTS) or _is_narrow(properties)
    if has_words:
        kept = TABLE_FRAME if frames_table and not is_cut else {}
        cut = [name for name in _CUT if properties.get(name, "visible") not in ("visible", kept.get(name))]
        if cut and tag in BOXES and not is_cut:
            properties.setdefault("display", "flow-root")  # it goes on to hold its floats and margins
        for name in cut:
            del properties[name]
    elif is_cut:
        for name in _CUT:
            if properties.get(name) not in (None, "auto", "visible", "scroll"):
                del properties[name]
    return ";".join(f"{name}:{value}" for name, value in properties.items())


def hiding(given: str) -> list[str]:
    """The declarations of an inline style that do not stay since they could put words out of sight.

    Whoever read the document has judged those of `_JUDGED` already, and said so.
    """
    return [
        f"{name}:{value}"
        for name, value in _parsed(given).items()
        if name in STYLES - _JUDGED and not (_harmless(value) and _is_seen(name, value))
    ]


def _is_narrow(properties: dict[str, str]) -> bool:
    """Whether words of a box may not have room: its width is none that can be reckoned with, or very small."""
    widths = (properties[name] for name in ("width", "max-width") if name in properties)
    lengths = [(width, seen_values.pixels(width)) for width in widths]
    return any("(" in width or (length is not None and length < NARROWEST and not width.endswith("%"))
               for width, length in lengths)  # fmt: skip


def _parsed(text: str) -> dict[str, str]:
    """The declarations by name in the order in which they hold; quotes around names of fonts are not needed."""
    found: dict[str, str] = {}
    urgent = set[str]()
    for name, _, value in (part.partition(":") for part in text.split(";")):
        name, plain = name.strip().lower(), _IMPORTANT.sub("", value.strip())
        is_urgent = plain != value.strip()
        if not plain or (name in urgent and not is_urgent):
            continue
        urgent |= {name} if is_urgent else set()
        found.pop(name, None)
        found[name] = _fonts(plain) if name == "font-family" else plain
    return found


def _fonts(value: str) -> str:
    """Names of fonts without their quotes; a name that needs them is left out."""
    names = (part.strip().strip("\"'").strip() for part in value.split(","))
    return ",".join(name for name in names if re.fullmatch(r"-?[^\W\d][\w-]*(?: [^\W\d][\w-]*)*", name))


def _harmless(value: str) -> bool:
    return bool(_VALUE.fullmatch(value)) and not _TRAPS.search(value)


def _is_seen(name: str, value: str) -> bool:
    """Whether words stay in sight with this declaration."""
    value = value.lower()
    if name == "display":
        return value in _DISPLAYS
    if name == "visibility":
        return value == "visible"
    if not seen_values.are_seen(name, value):
        return False
    if name in ("background-clip", "-webkit-background-clip"):
        return "text" not in value
    return True


def _attribute(tag: str, name: str, value: str) -> str | None:
    """An attribute as it stays. Styles are read here: the library's own reader breaks values such as gradients."""
    if name == "style":
        return style("", value) or None
    if (tag, name) == ("img", "src"):
        return value if IMAGE.fullmatch(value) else None
    if (tag, name) == ("a", "href"):
        return None if value.lower().startswith("file:") else value
    return value
