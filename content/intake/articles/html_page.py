"""HTML as a person sees it: what is hidden goes, what cannot come is named, a saved page is its article."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import css_inline
from lxml import etree
from lxml.html import HtmlElement

from content.intake import colours, symbols
from content.intake.articles import hidden_styles, html_limits, page_article, rewritten_elements, style_sheets
from content.intake.articles import html_elements as elements
from content.intake.articles.notes import MOST_PLACES, Notes
from content.intake.articles.style_sheets import computed
from content.intake.colours import BLACK, WHITE, Colour
from content.rules.errors import BadInput
from content.rules.publishing.markup import inner, tree

HIDDEN = "隐藏的内容（看不见的文字或图片）没有带过来。"
CONTROLS = "表单里要填写、点选的部分没有带过来。"
FORMULAS = "公式改成了一行文字，请核对；复杂的公式请截成图片。"
COMMENTS = "批注没有带过来。"
FOLDED = "折叠的内容已经展开。"
BACKGROUND = "背景图片没有带过来，需要的话请作为图片插入。"
ADDED = "网页用样式加上的符号、编号或图没有带过来，请核对。"
ADDED_WORDS = "网页用样式加上的文字{}已经写进正文，请核对。"
UNSURE = "网页的样式里有认不出的隐藏规则，看不见的内容可能带过来了，请核对。"
RUNS = "会自己运行的代码（脚本）去掉了，没有运行。"
_AROUND = re.compile(r"^.*?<body[^>]*>|</body>.*$", re.DOTALL)
_SCRIPT = re.compile(r"<script\b|\son\w+\s*=", re.IGNORECASE)
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
    font: str = ""  # the first that a style names
    case: str = ""  # what `text-transform` makes of letters
    variables: Mapping[str, str] = field(default_factory=dict)  # of CSS, set here or further out

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
    notes = Notes()
    page, styled = opened(text, notes)
    page_article.complete_links(page, text)
    if page_article.is_whole(text):
        page, left = page_article.find(page)
        if left:
            notes.add(page_article.FOUND)
    leave_seen(page, styled, notes)
    return inner(page), notes.sentences()


def opened(text: str, notes: Notes) -> tuple[HtmlElement, str]:
    """(a page with the rules of its style sheets on each element, its HTML). Raises BadInput."""
    styled, is_unsure = _styled(text)
    page = tree(styled if styled is text or page_article.is_whole(text) else _AROUND.sub("", styled))
    rewritten_elements.without_void(page)
    if _depth(page) > DEEPEST:
        raise BadInput("网页的结构太复杂（层层嵌套）。请只复制正文部分，粘贴到新的文件里再用。")
    if is_unsure:
        notes.add(UNSURE)
    return page, styled


def leave_seen(page: HtmlElement, styled: str, notes: Notes) -> None:
    """Leaves on an opened page what a person sees of it, and notes what cannot come."""
    eyes = _Eyes(notes, has_scripts=bool(_SCRIPT.search(styled)), names_scripts=not page_article.is_whole(styled))
    eyes.look(page, Sight(variables=_variables(styled, page)))


def _styled(text: str) -> tuple[str, bool]:
    """(the page with the rules of its style sheets on each element, whether some that hide are not understood)."""
    if not re.search(r"<style\b", text, re.IGNORECASE):
        return text, False
    page = style_sheets.plain(text)
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)
    try:
        return inliner.inline(page.html), page.is_unsure
    except (css_inline.InlineError, ValueError):  # a sheet that no browser understands either
        return text, False


def _variables(styled: str, page: HtmlElement) -> Mapping[str, str]:
    """The variables of CSS that are set around what is read."""
    outer = [html.unescape(found[1]) for found in re.finditer(r"<(?:html|body)\b[^>]*?\bstyle=\"([^\"]*)\"", styled)]
    found: Mapping[str, str] = {}
    for style in [*outer, *(each.get("style", "") for each in reversed(list(page.iterancestors())))]:
        _, found = computed.resolved(hidden_styles.properties(style), found)
    return found


def _depth(page: HtmlElement) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(page, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


class _Eyes:
    """Walks over a page, drops what is not seen and names what cannot come."""

    def __init__(self, notes: Notes, *, has_scripts: bool = False, names_scripts: bool = False) -> None:
        self.notes = notes
        self.has_scripts = has_scripts
        self.added: dict[str, None] = {}  # words that styles add
        self.names_scripts = names_scripts  # a saved page always has some, which nobody misses
        self.last = ""  # the words seen last
        self.gone: list[HtmlElement] = []

    def look(self, page: HtmlElement, around: Sight) -> None:
        """Leaves on the page what a person sees of it."""
        sights, after = [around], [""]
        walk = etree.iterwalk(page, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                sights.pop()
                _append(element, after.pop())
                if element is not page:
                    element.tail = self._seen(element.tail, sights[-1])
                continue
            style, variables = self._style(element, sights[-1]) if element is not page else ({}, sights[-1].variables)
            if element is not page and self._goes(element, style):
                self.gone.append(element)
                walk.skip_subtree()
                sights.append(sights[-1])
                after.append("")
                continue
            sights.append(replace(self._sight(element, style, sights[-1]), variables=variables))
            before = self._added(element, computed.pseudo(style, style_sheets.BEFORE), sights[-1])
            element.text = f"{before}{self._seen(element.text, sights[-1]) or ''}" or None
            after.append(self._added(element, computed.pseudo(style, style_sheets.AFTER), sights[-1]))
            if (
                element.tag == "img"
                and not _is_lazy(element)
                and not (sights[-1].visible and sights[-1].solid >= colours.FAINTEST)
            ):
                self._hidden(element)
                self.gone.append(element)
        if self.added:
            more = f"等 {len(self.added)} 处" if len(self.added) > MOST_PLACES else ""
            self.notes.add(
                ADDED_WORDS.format("、".join(f"“{each[:20]}”" for each in list(self.added)[:MOST_PLACES]) + more)
            )
        for element in self.gone:
            if element.getparent() is not None:
                element.drop_tree()
        for element in list(page.iterdescendants()):
            rewritten_elements.rewrite(element)

    def _style(self, element: HtmlElement, around: Sight) -> tuple[dict[str, str], Mapping[str, str]]:
        written = hidden_styles.properties(element.get("style", ""))
        style, variables = computed.resolved(written, around.variables)
        if style is not written:
            element.set("style", hidden_styles.written(style))
        return style, variables

    def _added(self, element: HtmlElement, style: dict[str, str], around: Sight) -> str:
        """The words that a style puts before or behind those of an element, if they can be seen."""
        if "content" not in style or element.tag in elements.EMPTY or hidden_styles.hides_all(style):
            return ""
        sight = replace(around, size=hidden_styles.size_of_letters(style, around.size))
        colour = colours.parse(style.get("color", ""))
        sight = replace(sight, colour=colour[0] if colour and colour[1] >= colours.FAINTEST else sight.colour)
        words = computed.added(element, style["content"])
        if words is None and sight.is_seen:
            self._tell(ADDED)
        if not words or not words.strip() or not sight.is_seen or style.get("visibility", "visible") != "visible":
            return ""
        self.added.setdefault(" ".join(words.split()))
        return words

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
        if style.get("mso-element") in elements.COMMENTS or element.get("href", "").startswith(elements.TO_COMMENT):
            self._tell(COMMENTS)
            return True
        if _shows_nothing(element, has_scripts=self.has_scripts):
            return True
        name = elements.media(tag, element.get("class", ""))
        if name:
            self._tell(f"{name}没有带过来（微信的接口不收），需要的话请发布以后在公众平台上插入。")
            return True
        if tag in elements.CONTROLS:
            self._tell(CONTROLS)
            return tag != "textarea"
        self._changes(element, tag)
        return False

    def _changes(self, element: HtmlElement, tag: str) -> None:
        """Says what becomes of an element that stays, but not as it was."""
        for mark, word in elements.SCRIPTED.items():
            if element.get(mark) is not None:
                self._tell(f"{word}没有带过来，只留下文字或图片。")
        if not elements.is_known(tag):
            self._tell(f"有认不出的内容（<{tag[:30]}>），只留下其中的文字。")
        if tag == "math":
            self._tell(FORMULAS)
        if tag == "details" and element.get("open") is None:
            self._tell(FOLDED)

    def _sight(self, element: HtmlElement, style: dict[str, str], around: Sight) -> Sight:
        solid = 1.0 if _is_moving(style) else hidden_styles.opacity(style)
        sight = replace(around, size=hidden_styles.size_of_letters(style, around.size), solid=around.solid * solid)
        font = hidden_styles.font(style) or element.get("face", "")
        if font:
            sight = replace(sight, font=font.partition(",")[0].strip("\"' "))
            if symbols.is_symbol_font(sight.font):
                _without(element, style, "font-family")  # its letters become signs, which no phone has in that font
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
        if symbols.is_symbol_font(sight.font):
            text, is_lost = symbols.text(sight.font, text)
            if is_lost:
                self._tell(symbols.LOST)
        self.last = text
        return _CASES.get(sight.case, str)(text)

    def _hidden(self, element: HtmlElement) -> None:
        if element.text_content().strip() or element.tag == "img" or next(element.iter("img"), None) is not None:
            self._tell(HIDDEN)

    def _tell(self, sentence: str) -> None:
        words = "".join(self.last.split())[-SHOWN:]
        self.notes.add(sentence, f"“{words}”之后" if words else "开头")


def _append(element: HtmlElement, words: str) -> None:
    """Puts words behind everything in an element."""
    if words and len(element):
        element[-1].tail = f"{element[-1].tail or ''}{words}"
    elif words:
        element.text = f"{element.text or ''}{words}"


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


def _shows_nothing(element: HtmlElement, *, has_scripts: bool) -> bool:
    """A field that is never shown, or a canvas on which no script draws: nobody misses it."""
    return (element.tag == "canvas" and not has_scripts) or (
        element.tag == "input" and element.get("type", "").lower() == "hidden"
    )


def _is_shut(element: HtmlElement) -> bool:
    return element.tag == "dialog" and element.get("open") is None


def _is_speck(element: HtmlElement, style: dict[str, str]) -> bool:
    """A picture of a point or less: what counters and editors leave behind."""
    if element.tag != "img":
        return False
    sizes = [style.get(name) or element.get(name, "") for name in ("width", "height")]
    lengths = [hidden_styles.pixels(size) for size in sizes if size]
    return any(length is not None and length < 2 for length in lengths)


def _titled(text: str) -> str:
    return re.sub(r"(?<![\w'’])[^\W\d_]", lambda found: found[0].upper(), text)


_CASES: dict[str, Callable[[str], str]] = {"uppercase": str.upper, "lowercase": str.lower, "capitalize": _titled}
