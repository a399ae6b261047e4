"""A whole page that somebody saved: where its article is, without navigation, footers and what is recommended beside it."""

from __future__ import annotations

import contextlib
import html
import re
from urllib.parse import urljoin

from lxml.html import HtmlElement

from content.rules.errors import BadInput

FOUND = "这是整个网页，只取了其中的正文，请在预览里核对有没有多了或少了。"
LOST = "这是整个网页，认不出正文在哪里。请只复制正文部分，粘贴到新的文件里再用。"
# Where portals of governments and WeChat keep the text: ids and classes of their content systems.
IDS = ("js_content", "UCAP-CONTENT", "zoom", "Zoom", "vsb_content", "vsb_content_2", "NewsContent", "newsContent",
       "articleContent", "article-content", "article_content", "artibody", "BodyLabel", "fontzoom", "mainText",
       "contentText", "info_content", "printContent", "zoomcon")  # fmt: skip
CLASSES = ("rich_media_content", "TRS_Editor", "trs_editor_view", "TRS_UEDITOR", "TRS_PreAppend", "v_news_content",
           "pages_content", "article-content", "article_content", "articleContent", "news_content", "news-content",
           "news_cont", "ewb-article-info", "con_text", "content_text", "view_content", "entry-content", "art_con",
           "zhengwen", "xl_con", "detail_con", "text_con", "bt-content", "content_article")  # fmt: skip
SHARE = 0.7  # of the words of a page that its article has
MOST_LINKS = 0.35  # share of an article's words that are links; navigation has more
FEWEST_IN_PARAGRAPHS = 80  # characters by which an article is known, where nothing but its paragraphs tells
SHORTEST = 15  # characters of an article without pictures

AROUND = frozenset({"nav", "footer", "aside", "header", "frameset", "frame"})

_BASE = re.compile(r"""<base\b[^>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_WHOLE = re.compile(r"<!doctype\s|<html\b|<body\b|<frameset\b", re.IGNORECASE)
_AROUND = re.compile(r"(?:^|[\s_-])(?:nav|navbar|menu|footer|foot|header|head|sidebar|breadcrumb|crumbs?|copyright|"
                     r"topbar|toolbar|position)(?:$|[\s_-])", re.IGNORECASE)  # fmt: skip


def is_whole(text: str) -> bool:
    """Whether a text is a page of its own, not a piece of one."""
    return bool(_WHOLE.search(text[:5000]))


def complete_links(page: HtmlElement, text: str) -> None:
    """Writes out links that a page leaves short, where it says itself what they start from (`<base href>`)."""
    found = _BASE.search(text)
    base = html.unescape(found[1] or found[2] or found[3]).strip() if found else ""
    if not base.lower().startswith(("http://", "https://", "//")):
        return
    for element in page.iter("a", "img"):
        for name in ("href", "src", "data-src", "data-original"):
            address = (element.get(name) or "").strip()
            if address and not address.startswith(("#", "data:")):
                with contextlib.suppress(ValueError):
                    element.set(name, urljoin(base, address))


def find(page: HtmlElement) -> tuple[HtmlElement, bool]:
    """(the element that holds the article, whether things around it are left out). Raises BadInput if there is none."""
    known = _known(page)
    if known is not None:
        return known, True
    if not _has_surroundings(page):
        return page, False
    _strip(page)
    candidate = _dense(page)
    if candidate is None or candidate is page:
        candidate = _of_paragraphs(page)
    if candidate is None or candidate is page:
        raise BadInput(LOST)
    return candidate, True


def _known(page: HtmlElement) -> HtmlElement | None:
    for element in page.iter():
        if isinstance(element.tag, str) and element.get("id") in IDS and _says(element):
            return element
    by_class: list[HtmlElement] = []
    for element in page.iter():
        names = set(element.get("class", "").split()) if isinstance(element.tag, str) else set()
        if names & set(CLASSES) and _says(element):
            by_class.append(element)
    for tag in ("article", "main"):
        by_class += [each for each in page.iter(tag) if _says(each)]
    by_class += [each for each in page.iter() if isinstance(each.tag, str) and each.get("itemprop") == "articleBody"]
    return max(by_class, key=lambda each: _own_words(each)[0], default=None)


def _says(element: HtmlElement) -> bool:
    return _own_words(element)[0] >= SHORTEST or next(element.iter("img"), None) is not None


def _has_surroundings(page: HtmlElement) -> bool:
    if any(_is_around(element) for element in page.iter()):
        return True
    words, links = _own_words(page)
    return not words or links > words * MOST_LINKS


def _is_around(element: HtmlElement) -> bool:
    """Whether an element calls itself navigation, header, footer or the like."""
    if not isinstance(element.tag, str):
        return False
    names = f"{element.get('id', '')} {element.get('class', '')}"
    return element.tag in AROUND or bool(_AROUND.search(names))


def _strip(page: HtmlElement) -> None:
    """Takes off what is around the article, unless most of the page calls itself so."""
    whole = _own_words(page)[0]
    for element in [each for each in page.iterdescendants() if _is_around(each)]:
        if element.getparent() is not None and _own_words(element)[0] < whole * SHARE:
            element.drop_tree()


def _dense(page: HtmlElement) -> HtmlElement | None:
    """The innermost element that has most of the words that are no links."""
    at, whole = page, _own_words(page)[0]
    while True:
        inside = max(at, key=lambda each: _own_words(each)[0], default=None)
        if (
            inside is None
            or _own_words(inside)[0] < whole * SHARE
            or inside.tag in ("p", "td", "li", "h1", "h2", "span")
        ):
            break
        at = inside
    words, links = _own_words(at)
    return at if words >= SHORTEST and links <= (words + links) * MOST_LINKS else None


def _of_paragraphs(page: HtmlElement) -> HtmlElement | None:
    """The element that holds nearly all paragraphs of a page, where menus and notes have more words than the article."""
    held: dict[HtmlElement, int] = {}
    for paragraph in page.iter("p"):
        words, links = _own_words(paragraph)
        around = paragraph.getparent()
        if around is not None and words and links <= (words + links) * MOST_LINKS:
            held[around] = held.get(around, 0) + words
    best = max(held, key=lambda each: held[each], default=None)
    if best is None or best is page or held[best] < max(FEWEST_IN_PARAGRAPHS, sum(held.values()) * 0.5):
        return None
    return best


def _own_words(element: HtmlElement) -> tuple[int, int]:
    """(characters that are no links, characters of links) inside an element."""
    if not isinstance(element.tag, str) or element.tag in ("script", "style", "head", "noscript", "template"):
        return 0, 0
    silent = sum(len(_squeezed(each.text_content())) for each in element.iter("script", "style", "noscript"))
    links = sum(len(_squeezed(each.text_content())) for each in element.iter("a") if each.get("href"))
    return max(len(_squeezed(element.text_content())) - links - silent, 0), links


def _squeezed(text: str) -> str:
    return "".join(text.split())
