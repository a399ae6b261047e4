"""HTML as a person sees it: what is hidden goes, what cannot come is named, a saved page is its article."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import css_inline
from lxml import etree
from lxml.html import HtmlElement

from content.intake import colours
from content.intake.articles import hidden_styles, html_limits, numbered_lists, page_article
from content.intake.articles import html_elements as elements
from content.intake.articles.notes import Notes
from content.intake.colours import BLACK, WHITE, Colour
from content.rules.errors import BadInput
from content.rules.publishing.markup import inner, tree

HIDDEN = "隐藏的内容（看不见的文字或图片）没有带过来。"
CONTROLS = "表单里要填写、点选的部分没有带过来。"
FOLDED = "折叠的内容已经展开。"
BACKGROUND = "背景图片没有带过来，需要的话请作为图片插入。"
ADDED = "网页用样式加上的符号或文字（列表符号、编号、引号等）没有带过来，请核对。"
_ADDED = re.compile(
    r"::?(?:before|after)\s*\{[^{}]*?content\s*:\s*(?:counter|attr|\"[^\"\s]+\"|'[^'\s]+')", re.IGNORECASE
)
RUNS = "会自己运行的代码（脚本）去掉了，没有运行。"
DEEPEST = 300  # elements inside one another
SHOWN = 12  # characters of a place that a note names


@dataclass(frozen=True)
class Sight:
    """How text at some place is seen. `behind` None: not known, such as a picture."""

    colour: Colour | None = BLACK
    behind: Colour | None = WHITE
    size: float = 16.0
    solid: float = 1.0
    visible: bool = True
    case: str = ""  # what `text-transform` makes of letters

    @property
    def is_seen(self) -> bool:
        """Whether letters can be seen here."""
        if (
            not self.visible
            or self.size < hidden_styles.TINIEST
            or self.solid < colours.FAINTEST
            or self.colour is None
        ):
            return False
        return self.behind is None or not colours.alike(self.colour, self.behind)


def read(text: str) -> tuple[str, tuple[str, ...]]:
    """(HTML of what is seen, notes). Raises BadInput for too much of it, or a page whose article cannot be found."""
    html_limits.check(text)
    page = tree(_styled(text))
    if _depth(page) > DEEPEST:
        raise BadInput("网页的结构太复杂（层层嵌套）。请只复制正文部分，粘贴到新的文件里再用。")
    notes = Notes()
    if page_article.is_whole(text):
        page, left = page_article.find(page)
        if left:
            notes.add(page_article.FOUND)
    if _ADDED.search(text):
        notes.add(ADDED)
    _Eyes(notes, names_scripts=not page_article.is_whole(text)).look(page)
    return inner(page), notes.sentences()


def _styled(text: str) -> str:
    """The page with the rules of its style sheets on each element, so that it is seen what they hide."""
    if not re.search(r"<style\b", text, re.IGNORECASE):
        return text
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)
    try:
        styled = inliner.inline(text)
    except (css_inline.InlineError, ValueError):  # a sheet that no browser understands either
        return text
    return styled if page_article.is_whole(text) else re.sub(r"(?s)^.*?<body>|</body>.*$", "", styled)


def _depth(page: HtmlElement) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(page, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


class _Eyes:
    """Walks over a page, drops what is not seen and names what cannot come."""

    def __init__(self, notes: Notes, *, names_scripts: bool = False) -> None:
        self.notes = notes
        self.names_scripts = names_scripts  # a saved page always has some, which nobody misses
        self.last = ""  # the words seen last
        self.gone: list[HtmlElement] = []

    def look(self, page: HtmlElement) -> None:
        """Leaves on the page what a person sees of it."""
        sights = [Sight()]
        walk = etree.iterwalk(page, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                sights.pop()
                if element is not page:
                    element.tail = self._seen(element.tail, sights[-1])
                continue
            style = hidden_styles.properties(element.get("style", "")) if element is not page else {}
            if element is not page and self._goes(element, style):
                self.gone.append(element)
                walk.skip_subtree()
                sights.append(sights[-1])
                continue
            sights.append(self._sight(element, style, sights[-1]))
            element.text = self._seen(element.text, sights[-1])
            if (
                element.tag == "img"
                and not _is_lazy(element)
                and not (sights[-1].visible and sights[-1].solid >= colours.FAINTEST)
            ):
                self._hidden(element)
                self.gone.append(element)
        for element in self.gone:
            if element.getparent() is not None:
                element.drop_tree()
        for element in list(page.iterdescendants()):
            _REWRITTEN.get(str(element.tag), _as_it_is)(element)

    def _goes(self, element: HtmlElement, style: dict[str, str]) -> bool:
        """Whether an element leaves the page with everything in it; says so where a person would miss it."""
        tag = str(element.tag)
        if self.names_scripts and (tag == "script" or any(name.lower().startswith("on") for name in element.attrib)):
            self._tell(RUNS)
        if tag in elements.UNSHOWN:
            return True
        if (
            hidden_styles.hides_all({} if _is_lazy(element) or _is_moving(style) else style)
            or element.get("hidden") is not None
            or _is_shut(element)
            or _is_speck(element, style)
        ):
            self._hidden(element)
            return True
        name = elements.media(tag, element.get("class", ""))
        if name:
            self._tell(f"{name}没有带过来（微信的接口不收），需要的话请发布以后在公众平台上插入。")
            return True
        if tag in elements.CONTROLS:
            self._tell(CONTROLS)
            return tag != "textarea"
        for mark, word in elements.SCRIPTED.items():
            if element.get(mark) is not None:
                self._tell(f"{word}没有带过来，只留下文字或图片。")
        if not elements.is_known(tag):
            self._tell(f"有认不出的内容（<{tag[:30]}>），只留下其中的文字。")
        if tag == "details" and element.get("open") is None:
            self._tell(FOLDED)
        return False

    def _sight(self, element: HtmlElement, style: dict[str, str], around: Sight) -> Sight:
        solid = 1.0 if _is_moving(style) else hidden_styles.opacity(style)
        sight = replace(around, size=hidden_styles.size_of_letters(style, around.size), solid=around.solid * solid)
        if style.get("visibility"):
            sight = replace(sight, visible=style["visibility"] not in ("hidden", "collapse"))
        if style.get("text-transform", "inherit") != "inherit":
            sight = replace(sight, case=style["text-transform"])
        behind = self._behind(element, style, around.behind)
        sight = replace(sight, behind=behind)
        return self._coloured(element, style, sight)

    def _coloured(self, element: HtmlElement, style: dict[str, str], sight: Sight) -> Sight:
        written = style.get("-webkit-text-fill-color") or style.get("color") or element.get("color", "")
        found = colours.parse(written) if written else None
        if "text" in style.get("background-clip", "") + style.get("-webkit-background-clip", ""):
            _without(element, style, "color")  # letters cut out of a gradient: seen, though their own colour is none
            return replace(sight, colour=BLACK, behind=WHITE)
        if found is None:
            return sight
        if sight.behind is None and colours.alike(found[0], WHITE):
            _without(element, style, "color")  # the picture behind does not come, and white would not be seen
            return replace(sight, colour=BLACK)
        return replace(sight, colour=found[0] if found[1] >= colours.FAINTEST else None)

    def _behind(self, element: HtmlElement, style: dict[str, str], around: Colour | None) -> Colour | None:
        """What stands behind an element. A colour in another spelling is written so that the article keeps it."""
        written = f"{style.get('background', '')} {style.get('background-image', '')}".strip()
        picture = hidden_styles.address(written) or element.get("background", "")
        plain = style.get("background-color") or element.get("bgcolor", "")
        if picture:
            self._background(element, picture)
            return None
        colour = colours.parse(plain) or _first_colour(written)
        if colour is None or colour[1] < colours.FAINTEST:
            return around
        if colour[1] < 0.5 and around is not None:
            return around
        style["background-color"] = (
            "#{:02x}{:02x}{:02x}".format(*colour[0]) if colour[1] == 1 else plain or "transparent"
        )
        element.set("style", hidden_styles.written(style))
        return colour[0]

    def _background(self, element: HtmlElement, picture: str) -> None:
        """A box that only shows a picture is one; behind words it cannot come."""
        if element.text_content().strip() or next(element.iter("img"), None) is not None:
            self._tell(BACKGROUND)
        elif not picture.startswith("data:image/svg"):
            element.append(element.makeelement("img", {"src": picture}))

    def _seen(self, text: str | None, sight: Sight) -> str | None:
        if not text or not text.strip():
            return text
        if not sight.is_seen:
            self._tell(HIDDEN)
            return None
        self.last = text
        return _CASES.get(sight.case, str)(text)

    def _hidden(self, element: HtmlElement) -> None:
        if element.text_content().strip() or element.tag == "img" or next(element.iter("img"), None) is not None:
            self._tell(HIDDEN)

    def _tell(self, sentence: str) -> None:
        words = "".join(self.last.split())[-SHOWN:]
        self.notes.add(sentence, f"“{words}”之后" if words else "开头")


def _without(element: HtmlElement, style: dict[str, str], name: str) -> None:
    style.pop(name, None)
    element.attrib.pop(name, None)
    element.set("style", hidden_styles.written(style))


def _first_colour(written: str) -> tuple[Colour, float] | None:
    """The colour of a `background`, or the first of a gradient."""
    for part in re.findall(r"(?:rgb|hsl)a?\([^)]*\)|#[0-9a-f]{3,8}\b|\b[a-z]{3,20}\b(?!\()", written):
        found = colours.parse(part)
        if found:
            return found
    return None


def _is_lazy(element: HtmlElement) -> bool:
    """A picture that a page shows only once its script has fetched it."""
    return element.tag == "img" and bool(element.get("data-src") or element.get("data-original"))


def _is_moving(style: dict[str, str]) -> bool:
    """Whether something comes into sight by an animation."""
    return "animation" in style or "animation-name" in style


def _is_shut(element: HtmlElement) -> bool:
    return element.tag == "dialog" and element.get("open") is None


def _is_speck(element: HtmlElement, style: dict[str, str]) -> bool:
    """A picture of a point or less: what counters and editors leave behind."""
    if element.tag != "img":
        return False
    sizes = [style.get(name) or element.get(name, "") for name in ("width", "height")]
    lengths = [hidden_styles.pixels(size) for size in sizes if size]
    return any(length is not None and length < 2 for length in lengths)


def _as_it_is(element: HtmlElement) -> None:
    """Nothing to rewrite."""


def _reading(element: HtmlElement) -> None:
    """Pinyin above a character goes into brackets behind it."""
    words = (element.text or "").strip()
    element.text = f"（{words}）" if words else None
    element.drop_tag()


def _quoted(element: HtmlElement) -> None:
    element.text = f"“{element.text or ''}"
    last = element[-1] if len(element) else None
    if last is None:
        element.text += "”"
    else:
        last.tail = f"{last.tail or ''}”"
    element.drop_tag()


def _italic(element: HtmlElement) -> None:
    element.tag = "em"


def _code(element: HtmlElement) -> None:
    element.tag = "code"


def _dropped(element: HtmlElement) -> None:
    element.drop_tree()


def _block(element: HtmlElement) -> None:
    element.tag = "p"


def _titled(text: str) -> str:
    return re.sub(r"(?<![\w'’])[^\W\d_]", lambda found: found[0].upper(), text)


def _list(element: HtmlElement) -> None:
    element.tag = "ul"


_CASES: dict[str, Callable[[str], str]] = {"uppercase": str.upper, "lowercase": str.lower, "capitalize": _titled}
_REWRITTEN: dict[str, Callable[[HtmlElement], None]] = {
    "rt": _reading, "rp": _dropped, "q": _quoted, "cite": _italic, "var": _italic, "dfn": _italic, "samp": _code,
    "tt": _code, "legend": _block, "summary": _block, "menu": _list, "dir": _list,
    "ol": numbered_lists.keep_numbers,
}  # fmt: skip
