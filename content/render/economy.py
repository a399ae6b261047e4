"""A body that is too long for the platform gives up markup: first what changes nothing, then what matters least.

The platform counts markup as it counts words, and editors write ten times more of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml.html import HtmlElement

from content.render import html_sanitizer
from content.rules.publishing.markup import BLOCKS, inner, tree

# What a property says when nobody says it; `None`: whatever is said around.
NOTHING: dict[str, frozenset[str]] = {
    "background-color": frozenset({"transparent", "initial", "none", "rgba(0,0,0,0)", "rgba(255,255,255,0)", "unset"}),
    "border": frozenset({"0", "none", "0px", "0px none", "medium none", "0 none", "initial"}),
    "box-sizing": frozenset({"content-box", "initial"}),
    "caret-color": frozenset({"auto", "currentcolor"}),
    "clear": frozenset({"none"}),
    "float": frozenset({"none"}),
    "font-stretch": frozenset({"normal", "inherit", "100%"}),
    "font-style": frozenset({"normal"}),
    "font-variant": frozenset({"normal"}),
    "height": frozenset({"auto"}),
    "letter-spacing": frozenset({"0", "0px", "normal"}),
    "line-height": frozenset({"1.8"}),
    "max-width": frozenset({"100%", "none"}),
    "min-width": frozenset({"0", "0px", "auto"}),
    "opacity": frozenset({"1"}),
    "outline": frozenset({"0", "0px", "none", "none 0px", "0px none", "medium none"}),
    "overflow": frozenset({"visible"}),
    "overflow-wrap": frozenset({"break-word", "normal"}),
    "overflow-x": frozenset({"visible"}),
    "text-align": frozenset({"justify"}),
    "text-decoration": frozenset({"none"}),
    "text-indent": frozenset({"0", "0px", "0em"}),
    "transform": frozenset({"none"}),
    "vertical-align": frozenset({"baseline"}),
    "visibility": frozenset({"visible"}),
    "white-space": frozenset({"normal"}),
    "width": frozenset({"auto"}),
    "word-break": frozenset({"normal"}),
    "word-spacing": frozenset({"0", "0px", "normal"}),
    "word-wrap": frozenset({"break-word", "normal"}),
}
PLAIN_DISPLAY = {"section": "block", "p": "block", "span": "inline", "strong": "inline", "em": "inline", "b": "inline"}
# What browsers give these elements by themselves, so that even a plain value says something
OWN_LOOKS = {
    "font-style": frozenset({"em", "i"}),
    "font-weight": frozenset({"strong", "b", "th", "h1", "h2", "h3", "h4", "h5", "h6"}),
    "font-size": frozenset({"sub", "sup", "code", "pre"}),
    "text-align": frozenset({"th"}),
    "text-decoration": frozenset({"u", "s"}),
    "vertical-align": frozenset({"td", "th", "sub", "sup"}),
    "white-space": frozenset({"pre"}),
}
FRAMED = frozenset({"width", "height", "min-width", "min-height", "max-width", "max-height", "flex-basis", "flex"})
SIDES = ("margin", "padding")
ZERO = re.compile(r"(?:0(?:px|em|pt|%)?\s*)+")
INHERITED = frozenset({"color", "font-size", "font-style", "font-weight", "letter-spacing", "line-height", "text-align",
                       "text-indent", "white-space", "word-break"})  # fmt: skip
BASE = {"color": "#333", "font-size": "16px", "line-height": "1.8", "font-weight": "normal"}
# What an empty box may show
SHOWN = ("background", "border", "height", "width", "min-", "max-", "padding", "box-shadow", "flex", "clear", "float",
         "display", "outline", "aspect-ratio")  # fmt: skip
HOLLOW = frozenset({"span", "strong", "em", "b", "i", "u", "s", "section", "a", "sub", "sup", "p", "code"})
THROUGH = frozenset({"span", "section"})
PLAIN_STYLES = frozenset({"text-align", "text-indent"})  # what stays when a body has to be simplified
# Given up one after the other, what is missed least first.
LEAST = (
    frozenset(["caret-color", "orphans", "widows", "tab-size", "font-stretch", "font-variant", "outline", "word-spacing", "hyphens", "line-break", "-webkit-tap-highlight-color", "-webkit-overflow-scrolling", "text-size-adjust", "-webkit-text-size-adjust", "word-wrap", "overflow-wrap", "box-sizing", "unicode-bidi", "direction", "font-size-adjust"]),
    frozenset(["font-family", "letter-spacing", "text-shadow", "white-space", "min-height", "max-width", "word-break"]),
    frozenset(["line-height", "text-indent", "transform", "box-shadow"]),
    frozenset(["padding", "padding-top", "padding-right", "padding-bottom", "padding-left", "margin-left", "margin-right"]),
)  # fmt: skip
LIGHTER = "排版太复杂，超过了微信的上限，已去掉一些看不大出来的格式（如字间距、行距、边距），请在预览里核对。"
STEPS = (
    "排版太复杂，超过了微信的上限，已去掉字号、间距、边框等格式（颜色和对齐保留），请在预览里核对。",
    "排版太复杂，超过了微信的上限，只留下文字、图片、段落和对齐，请在预览里核对。",
    "排版太复杂，超过了微信的上限，只留下文字、图片和段落，请在预览里核对。",
)
INDENTED = frozenset({"figure", "ul", "ol", "li", "blockquote"})  # a browser gives these sides of their own
EDGES = ("top", "right", "bottom", "left")
_BLANKS = re.compile(r"[ \t\r\n]+")
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")


def spare_boxes(root: HtmlElement) -> None:
    """Takes off boxes that hold and show nothing, and boxes without a look around a single box."""
    for element in list(root.iterdescendants())[::-1]:
        _spare_box(element)


def spare(root: HtmlElement) -> None:
    """Takes off, besides, styles that say nothing new, and blanks that nobody sees; writes the others shorter."""
    for element in list(root.iterdescendants()):
        _spare_style(element)
    spare_boxes(root)
    for element in root.iter():
        _spare_blanks(element)


def simplified(html: str, fits: Callable[[str], bool]) -> tuple[str, str]:
    """(HTML that fits, what was given up); the same HTML and nothing if no simplification helps, or none is needed."""
    if fits(html):
        return html, ""
    root = tree(html)
    spare(root)
    if fits(plain := inner(root).strip()):
        return plain, ""
    for least in LEAST:
        _without(root, least)
        if fits(plain := inner(root).strip()):
            return plain, LIGHTER
    for step, sentence in enumerate(STEPS):
        for element in list(root.iterdescendants()):
            _plainer(element, step)
        spare_boxes(root)
        if fits(plain := inner(root).strip()):
            return plain, sentence
    return html, ""


def _without(root: HtmlElement, names: frozenset[str]) -> None:
    for element in root.iterdescendants():
        own = _pairs(html_sanitizer.OURS.get(str(element.tag), ""))
        style = _parsed(element)
        _write(element, {name: value for name, value in style.items() if name not in names or name in own})
    spare_boxes(root)


def _spare_style(element: HtmlElement) -> None:
    style = _parsed(element)
    if not style:
        element.attrib.pop("style", None)
        return
    tag = str(element.tag)
    ours = _pairs(html_sanitizer.OURS.get(tag, ""))
    around = _around(element)
    kept = {}
    for name, value in style.items():
        value = _short(value)
        is_own = name in ours or tag in OWN_LOOKS.get(name, frozenset())
        says_nothing = name not in around and _is_nothing(name, value, tag)
        is_said = says_nothing or (name in INHERITED and around.get(name) == value)
        if is_said and not is_own and not _sets_back(style, name, tag):
            continue
        if name not in ours and _changes_nothing_here(element, style, name, value):
            continue
        kept[name] = value
    _write(element, _joined(kept, tag))


def _sets_back(style: dict[str, str], name: str, tag: str) -> bool:
    """Whether a declaration undoes or limits what the same element says otherwise."""
    if name == "max-width":
        return "width" in style or "min-width" in style or tag == "table"
    return name == "background-color" and "background" in style


def _changes_nothing_here(element: HtmlElement, style: dict[str, str], name: str, value: str) -> bool:
    """Whether a declaration has no effect because of what else the element says or holds."""
    if name == "box-sizing":
        sized = any(other in FRAMED and not _is_nothing(other, said, str(element.tag)) for other, said in style.items())
        return not (sized and any(other.startswith(("padding", "border")) for other in style))
    if name == "min-height":
        return value in ("1em", "1rem") and bool(element.text_content().strip())
    if name == "display":
        return PLAIN_DISPLAY.get(str(element.tag)) == value and "display" not in _of_parent(element)
    if (name.startswith("border-") and name.endswith(("-color", "-width"))) or name == "border-color":
        return not any("style" in other or other in ("border", *(f"border-{edge}" for edge in EDGES)) for other in style
                       if other.startswith("border"))  # fmt: skip
    return False


def _of_parent(element: HtmlElement) -> dict[str, str]:
    parent = element.getparent()
    return {} if parent is None else _parsed(parent)


def _joined(style: dict[str, str], tag: str) -> dict[str, str]:
    """Four sides in one declaration, and a line's width, style and colour in one."""
    for name in SIDES:
        style = _sides_joined(style, name, tag)
    for edge in EDGES:
        style = _line_joined(style, f"border-{edge}")
    has_line = any(f"border-{edge}" in style for edge in EDGES) and "border" not in style
    if has_line and not any(name.startswith("border") and "style" in name for name in style):
        style.pop("border-color", None)
    return style


def _sides_joined(style: dict[str, str], name: str, tag: str) -> dict[str, str]:
    sides = [f"{name}-{edge}" for edge in EDGES]
    if name in style:
        found = style[name].split()
        return _with_side(style, name, found) if f"{name}-bottom" in style and len(found) in (1, 2, 3) else style
    if sum(side in style for side in sides) < 3 or tag in INDENTED:
        return style
    values = [style.get(side, "0") for side in sides]
    return {**{other: value for other, value in style.items() if other not in sides}, name: _four(values)}


def _line_joined(style: dict[str, str], line: str) -> dict[str, str]:
    parts = [f"{line}-width", f"{line}-style"]
    colour = style.get(f"{line}-color") or style.get("border-color", "")
    if any(part not in style for part in parts) or " " in colour:
        return style
    said = " ".join(filter(None, (*(style[part] for part in parts), colour)))
    return {**{name: value for name, value in style.items() if name not in (*parts, f"{line}-color")}, line: said}


def _with_side(style: dict[str, str], name: str, found: list[str]) -> dict[str, str]:
    """`margin:0 0 1em;margin-top:5px;margin-bottom:15px` as one declaration, if the sides come after the whole."""
    order = list(style)
    sides = [side for side in (f"{name}-{edge}" for edge in EDGES) if side in style]
    if any(order.index(side) < order.index(name) for side in sides):
        return style
    four = [*found, *found, *found, *found][:4] if len(found) < 3 else [*found, found[1]]
    four = [style.get(f"{name}-{edge}", four[number]) for number, edge in enumerate(EDGES)]
    return {other: _four(four) if other == name else value for other, value in style.items() if other not in sides}


def _four(values: list[str]) -> str:
    top, right, bottom, left = values
    if right != left:
        return " ".join(values)
    if top != bottom:
        return " ".join((top, right, bottom))
    return top if top == right else f"{top} {right}"


def _is_block(element: HtmlElement) -> bool:
    return element.tag in BLOCKS and not _parsed(element).get("display", "").startswith("inline")


def _spare_blanks(element: HtmlElement) -> None:
    """Blanks between blocks are seen by nobody."""
    if not isinstance(element.tag, str) or any(each.tag == "pre" for each in (element, *element.iterancestors())):
        return
    if element.text:
        element.text = _BLANKS.sub(" ", element.text)
        if not element.text.strip(" ") and (len(element) == 0 or element[0].tag in BLOCKS) and element.tag in BLOCKS:
            element.text = None
    for child in element:
        if child.tail:
            child.tail = _BLANKS.sub(" ", child.tail)
            after = child.getnext()
            if not child.tail.strip(" ") and _is_block(child) and (after is None or _is_block(after)):
                child.tail = None


def _around(element: HtmlElement) -> dict[str, str]:
    """What an element inherits. Headings and table cells set sizes of their own."""
    found: dict[str, str] = {}
    for ancestor in element.iterancestors():
        for name, value in (_pairs(html_sanitizer.OURS.get(str(ancestor.tag), "")) | _parsed(ancestor)).items():
            if name in INHERITED:
                found.setdefault(name, _short(value))
    return BASE | found


def _is_nothing(name: str, value: str, tag: str) -> bool:
    if name.startswith(SIDES):
        return tag in THROUGH and bool(ZERO.fullmatch(value))
    if tag == "img" and name in ("max-width", "height"):
        return False
    if name.startswith("border-") and name != "border-collapse":
        return value in NOTHING["border"]
    return value in NOTHING.get(name, frozenset())


def _spare_box(element: HtmlElement) -> None:
    """Drops an empty box that shows nothing, and one that only goes around others."""
    if element.getparent() is None or not isinstance(element.tag, str):
        return
    style = _parsed(element)
    is_empty = not len(element) and not (element.text or "").strip("\t\n\r ")
    if is_empty and element.tag in HOLLOW and not any(name.startswith(SHOWN) for name in style):
        if (element.text or "") and element.tag == "span":
            element.drop_tag()
        else:
            element.drop_tree()
    elif (element.tag == "span" and not style) or (element.tag == "section" and not style and _only_boxes(element)):
        element.drop_tag()


def _only_boxes(element: HtmlElement) -> bool:
    """Whether a section holds nothing but other blocks, so that nothing changes without it."""
    loose = [element.text, *(child.tail for child in element)]
    return not any((text or "").strip() for text in loose) and all(
        child.tag in ("section", "p", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr")
        for child in element
    )


def _plainer(element: HtmlElement, step: int) -> None:
    style = _parsed(element)
    allowed_now = (
        PLAIN_STYLES | {"color", "background-color", "font-weight", "overflow-x"} if step == 0 else PLAIN_STYLES
    )
    if element.tag == "img":
        allowed_now = frozenset({"max-width"})
    kept = {} if step == 2 else {name: value for name, value in style.items() if name in allowed_now}
    _write(element, {name: value for name, value in kept.items() if not _is_nothing(name, value, str(element.tag))})


def _short(value: str) -> str:
    value = " ".join(value.split())
    return _RGB.sub(
        lambda found: "#{:02x}{:02x}{:02x}".format(*(min(int(part), 255) for part in found.groups())), value
    )


def _parsed(element: HtmlElement) -> dict[str, str]:
    return _pairs(element.get("style", ""))


def _pairs(text: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in text.split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if value.strip()}


def _write(element: HtmlElement, style: dict[str, str]) -> None:
    if style:
        element.set("style", ";".join(f"{name}:{value}" for name, value in style.items()))
    else:
        element.attrib.pop("style", None)
