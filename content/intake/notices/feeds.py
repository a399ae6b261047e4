"""What a portal publishes, as rows: RSS 0.9–2.0, Atom, JSON Feed, or a page of links with days beside them.

Nothing is fetched here, and no DTD or entity is ever read (rows need none, and both are ways in for attackers).
"""

from __future__ import annotations

import codecs
import hashlib
import html
import html.entities
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from content.intake.articles import html_elements
from content.intake.notices import feed_days, list_pages
from content.intake.notices.notice_rows import LONGEST_KEY
from content.intake.rows import InputSheet, Row, RowFault
from content.rules.errors import BadInput
from content.rules.language import plain_text

MOST_ITEMS = 2000
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
XML_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}
ENTITY = re.compile(r"&([A-Za-z]{2,31});")
DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,100}?\bencoding\s*=\s*["']([A-Za-z0-9._-]{2,30})["']""")
IN_PAGE = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._-]{2,30})""", re.IGNORECASE)
PROLOG = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
DECLARATION = re.compile(r"\s*<\?xml.*?\?>", re.DOTALL)
CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030"}  # their superset
FORGED = {"iso-8859-1", "latin-1", "us-ascii", "ascii"}  # what servers say when they do not know
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read(data: bytes, *, url: str, charset: str = "") -> InputSheet:
    """The items of the feed at `url`; `charset` is what the server says. Raises BadInput if it is no feed at all."""
    text = decoded(data, charset)
    start = text[PROLOG.match(text).end() :][:200].lower()  # type: ignore[union-attr]
    if start.startswith("{"):
        return _sheet(_from_json(text), url)
    if start.startswith(("<!doctype html", "<html")):
        return _sheet(list_pages.items(text), url)
    if start.startswith("<!doctype"):
        raise BadInput("里面有 DTD 定义，为安全起见不读。请让网站提供不带 DTD 的 RSS 或 Atom。")
    return _sheet(_from_xml(text), url)


def _sheet(items: Iterable[dict[str, Any] | str], url: str) -> InputSheet:
    """A string instead of an item says why it could not be read."""
    sheet = InputSheet()
    for number, item in enumerate(items, start=1):
        if number > MOST_ITEMS:
            sheet.warnings.append(RowFault(number, "", f"超过 {MOST_ITEMS} 条，后面的没有读。"))
            break
        zone = feed_days.unknown_zone(item.get("published_on")) if isinstance(item, dict) else ""
        fault = item if isinstance(item, str) else _complete(item, _joined(url, item.pop("base", "")))
        if zone:
            message = f"不认识时区“{zone}”，当作本地时间。日期可能差一天，请核对。"
            sheet.warnings.append(RowFault(number, "published_on", message))
        if fault:
            sheet.refused.append(RowFault(number, "", fault))
        else:
            assert isinstance(item, dict)
            sheet.rows.append(Row(number, {name: cell for name, cell in item.items() if cell}))
    return sheet


def _complete(item: dict[str, Any], base: str) -> str:
    """Makes an item's cells whole; what is wrong with it, or nothing."""
    link = plain_text.clean(str(item.get("url") or "")).strip()
    item["url"] = _joined(base, link) if link else ""
    item["title"] = plain_text.one_line(html_elements.marks(html.unescape(str(item.get("title") or "")), keep=False))
    key = str(item.get("key") or "").strip() or item["url"]
    item["key"] = key if len(key) <= LONGEST_KEY else f"sha256:{hashlib.sha256(key.encode()).hexdigest()}"
    item["published_on"] = feed_days.read(item.get("published_on"))
    if not key:
        return "这一条没有编号也没有网址，没有读进来。"
    return "" if item["title"] else "这一条没有标题，没有读进来。"


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return link


def _from_xml(text: str) -> Iterator[dict[str, Any]]:
    root = _root(text)
    name = _name(root)
    if name == "feed":
        return (_atom(entry) | {"base": _base(entry)} for entry in root if _name(entry) == "entry")
    if name in ("rss", "RDF"):
        return (_rss(item) | {"base": _base(item) or _home(root)} for item in root.iter() if _name(item) == "item")
    raise BadInput(f"是 XML，但不是 RSS 或 Atom（最外层是 <{name}>）。请核对网址。")


def _base(element: Any) -> str:
    """The address that links of an element start from, as `xml:base` says it here and further out; or nothing."""
    base = ""
    for each in [*reversed(list(element.iterancestors())), element]:
        base = _joined(base, each.get(XML_BASE, "").strip())
    return base


def _home(root: Any) -> str:
    """The site that an RSS channel says it is of; links without a host are meant on it."""
    channel = next((each for each in root if _name(each) == "channel"), None)
    link = _children(channel).get("link", "") if channel is not None else ""
    return link if link.lower().startswith(("http://", "https://")) else ""


def _root(text: str) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    whole = ENTITY.sub(_numeric, plain_text.clean(DECLARATION.sub("", text, count=1).strip()))
    try:
        return etree.fromstring(whole.encode(), parser)
    except etree.XMLSyntaxError as error:
        line = f"第 {error.lineno} 行" if error.lineno else "开头"
        raise BadInput(f"不是完整的 XML（{line}附近有错），没有读进来。请让网站的维护人员修好。") from error


def _numeric(entity: re.Match[str]) -> str:
    """Names that HTML knows and XML does not, such as &nbsp;, as numbers."""
    known = html.entities.html5.get(f"{entity[1]};") if entity[1] not in XML_ENTITIES else None
    return "".join(f"&#{ord(letter)};" for letter in known) if known else entity[0]


def _rss(item: Any) -> dict[str, Any]:
    cells = _children(item)
    return {
        "key": cells.get("guid") or item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"),
        "title": cells.get("title"),
        "url": cells.get("link") or _permalink(item),
        "category": cells.get("category") or cells.get("subject"),
        "department": cells.get("creator"),
        "published_on": cells.get("pubDate") or cells.get("date"),
    }


def _permalink(item: Any) -> str:
    """A guid is an address unless it says otherwise (RSS 2.0, "guid")."""
    guids = [each for each in item if _name(each) == "guid" and each.get("isPermaLink", "true") == "true"]
    words = _text(guids[0]) if guids else ""
    return words if words.startswith(("http://", "https://")) else ""


def _atom(entry: Any) -> dict[str, Any]:
    cells = _children(entry)
    links = [each for each in entry if _name(each) == "link" and each.get("rel", "alternate") == "alternate"]
    category = next((each for each in entry if _name(each) == "category"), None)
    author = next((each for each in entry if _name(each) == "author"), None)
    return {
        "key": cells.get("id"),
        "title": cells.get("title"),
        "url": links[0].get("href") if links else "",
        "category": (category.get("label") or category.get("term")) if category is not None else "",
        "department": _children(author).get("name") if author is not None else "",
        "published_on": cells.get("published") or cells.get("issued") or cells.get("updated"),
    }


def _children(element: Any) -> dict[str, str]:
    """The text of each child by its name, the first of a name that says something; extensions but Dublin Core aside."""
    own, found = etree.QName(element).namespace, dict[str, str]()
    for child in element:
        if isinstance(child.tag, str) and etree.QName(child).namespace in (own, DUBLIN_CORE) and (text := _text(child)):
            found.setdefault(_name(child), text)
    return found


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _text(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _from_json(text: str) -> Iterator[dict[str, Any] | str]:
    """JSON Feed 1 and 1.1 (jsonfeed.org)."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput("不是完整的 JSON，没有读进来。请让网站的维护人员修好。") from error
    items = feed.get("items")
    if not isinstance(items, list):
        raise BadInput("是 JSON，但不是 JSON Feed（没有 items）。请核对网址。")
    return (_json_item(item) if isinstance(item, dict) else "这一条不是一个对象，没有读进来。" for item in items)


def _json_item(item: dict[str, Any]) -> dict[str, Any]:
    authors, tags = item.get("authors"), item.get("tags")
    author = authors[0] if isinstance(authors, list) and authors else item.get("author")
    return {
        "key": item.get("id"),
        "title": item.get("title"),
        "url": item.get("url"),
        "category": tags[0] if isinstance(tags, list) and tags else "",
        "department": author.get("name") if isinstance(author, dict) else "",
        "published_on": item.get("date_published"),
    }


def decoded(data: bytes, charset: str) -> str:
    """Text by its mark, else by what the document declares, what the server says, UTF-8, GB18030: the first that fits."""
    declared = DECLARED.search(data[:400]) or IN_PAGE.search(data[:4000])
    said = [found.decode() for found in declared.groups()] if declared else []
    marked = [name for mark, name in MARKS if data.startswith(mark)]
    for name in [*marked, *said, *([charset] if charset.lower() not in FORGED else []), "utf-8", "gb18030"]:
        try:
            return data.decode(CHINESE.get(name.lower(), name or "utf-8")).removeprefix("\ufeff")
        except (UnicodeDecodeError, LookupError):
            continue
    raise BadInput("文字编码认不出来。请让网站的维护人员改用 UTF-8。")
