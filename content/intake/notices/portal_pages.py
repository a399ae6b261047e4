"""Pages of a portal as rows: a page with one notice, or whatever lists several (a page of links, RSS, Atom, JSON Feed)."""

from __future__ import annotations

import hashlib
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from content.intake.articles import html_page
from content.intake.notices import feeds, list_pages
from content.intake.notices.notice_rows import LONGEST_KEY
from content.intake.rows import InputSheet, Row, SheetChoice
from content.rules.errors import BadInput
from content.rules.language import plain_text
from content.rules.publishing import markup

# What pages of governments say of themselves in <meta> (政府网站发展指引, annex 3), then what others say.
TITLE = ("articletitle", "og:title", "citation_title")
DAY = ("pubdate", "article:published_time", "publishdate", "date")
SOURCE = ("contentsource", "source", "og:site_name")
COLUMN = ("columnname", "article:section")
ADDRESS = ("url", "og:url")
FILES = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|7z)(?:[?#]|$)", re.IGNORECASE)
SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
PAGE_DAY = re.compile(rf"(?:发布|更新|成文|公开)?(?:日期|时间)\s*[:：]\s*({list_pages.DAY.pattern})")
SITE = re.compile(r"\s*[-_|—–]\s*[^-_|—–]*$")  # what stands behind the title of a page: - 某某人民政府门户网站
FEWEST_LISTED = 3  # items; a page with fewer links and days is no list


def read(data: bytes, name: str, choice: SheetChoice | None = None, *, url: str = "", charset: str = "") -> InputSheet:
    """The rows of a page or feed; `url` is where it lies, if that is known. Raises BadInput.

    `choice` is of no use here: pages have no columns.
    """
    text = feeds.decoded(data, charset)
    if not _is_page(text):
        return feeds.read(data, url=url, charset=charset)
    facts = _facts(text)
    if not facts.get("articletitle") and _listed(text) >= FEWEST_LISTED:
        return feeds.read(data, url=url, charset=charset)
    return InputSheet([Row(1, _notice(text, facts, url))])


def _is_page(text: str) -> bool:
    return bool(re.search(r"<(?:html|body|head)\b", text[:20_000], re.IGNORECASE)) and "<rss" not in text[:500]


def _listed(text: str) -> int:
    try:
        return len(list_pages.items(text))
    except BadInput:
        return 0


def _notice(text: str, facts: dict[str, str], url: str) -> dict[str, Any]:
    """The cells of the notice on a page."""
    body, _ = html_page.read(text)
    address = _address(text, facts, url)
    title = _first(facts, TITLE) or SITE.sub("", facts.get("<title>", "")) or facts.get("<h1>", "")
    if not title:
        raise BadInput("这一页里找不到标题。请核对是不是一篇公开信息的网页。")
    found = {
        "title": title,
        "published_on": _first(facts, DAY) or _day(text),
        "department": _first(facts, SOURCE),
        "category": _first(facts, COLUMN),
        "body": markup.words(body),
        "attachments": _attachments(body, address),
        "url": address,
        "key": _key(address, title, text),
    }
    return {name: cell for name, cell in found.items() if cell}


def _facts(text: str) -> dict[str, str]:
    """What a page says of itself, by the name of its <meta>; its <title> and first <h1> under those names."""
    found: dict[str, str] = {}
    try:
        page: HtmlElement = lxml_html.document_fromstring(text.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return found
    for meta in page.iter("meta"):
        name, told = (meta.get("name") or meta.get("property") or "").lower(), meta.get("content") or ""
        if name and told.strip():
            found.setdefault(name, plain_text.one_line(told))
    for tag in ("title", "h1"):
        element = next(page.iter(tag), None)
        if element is not None and (words := plain_text.one_line("".join(map(str, element.itertext())))):
            found[f"<{tag}>"] = words
    canonical = next((each.get("href", "") for each in page.iter("link") if each.get("rel") == "canonical"), "")
    return found | ({"canonical": canonical} if canonical else {})


def _first(facts: dict[str, str], names: tuple[str, ...]) -> str:
    return next((facts[name] for name in names if facts.get(name)), "")


def _day(text: str) -> str:
    """The day that a page shows as its own."""
    found = PAGE_DAY.search(markup.words(text))
    return found[1] if found else ""


def _address(text: str, facts: dict[str, str], url: str) -> str:
    saved = SAVED_FROM.search(text[:2000])
    told = [_first(facts, ADDRESS), facts.get("canonical", ""), url, saved[1] if saved else ""]
    return next((each for each in told if urlsplit(each).scheme in ("http", "https")), "")


def _key(address: str, title: str, text: str) -> str:
    if address and len(address) <= LONGEST_KEY:
        return address
    return f"sha256:{hashlib.sha256((address or title + text).encode()).hexdigest()}"


def _attachments(body: str, address: str) -> list[dict[str, str]]:
    """The files that the notice links to."""
    found: dict[str, str] = {}
    for link in markup.tree(body).iter("a"):
        target = urljoin(address, link.get("href", "").strip())
        if FILES.search(urlsplit(target).path) and target.startswith(("http://", "https://")):
            found.setdefault(target, plain_text.one_line(link.text_content()) or target.rpartition("/")[2])
    return [{"name": name, "url": target} for target, name in found.items()]
