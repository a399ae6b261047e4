"""Atom 1.0 feeds (RFC 4287) of what is new: articles, disclosures, postings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from flask import Blueprint, Response, request
from lxml import etree

from content.rules import notice_kinds
from content.rules.language import plain_text
from content.services.notices import feed_items
from content.services.notices.feed_items import FeedItem
from content.services.office import Office

ATOM = "http://www.w3.org/2005/Atom"
MIME = "application/atom+xml"
KEPT = 300  # seconds for which a reader need not ask again
NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # when a feed changed that never had an entry


class _Feed(NamedTuple):
    """A feed: its kind, its title, and the page that shows the same."""

    kind: str
    title: str
    page: str


FEEDS = {
    "articles": _Feed("article", notice_kinds.TITLES["article"], "/articles"),
    "disclosures": _Feed("disclosure", notice_kinds.TITLES["disclosure"], "/disclosures"),
    "jobs": _Feed("posting", notice_kinds.TITLES["posting"], "/jobs"),
}


def blueprint(office: Office) -> Blueprint:
    """`/feeds/articles.xml`, `/feeds/disclosures.xml`, `/feeds/jobs.xml`."""
    pages = Blueprint("feeds", __name__)

    for name, feed in FEEDS.items():
        pages.add_url_rule(f"/feeds/{name}.xml", name, _view(office, feed, f"/feeds/{name}.xml"))
    return pages


def _view(office: Office, feed: _Feed, path: str) -> Callable[[], Response]:
    def shown() -> Response:
        response = Response(_atom(office, feed, path, feed_items.newest(office, feed.kind)), mimetype=MIME)
        response.cache_control.public = True
        response.cache_control.max_age = KEPT
        response.add_etag()
        response.make_conditional(request)
        return response

    return shown


def _atom(office: Office, feed: _Feed, path: str, items: Sequence[FeedItem]) -> bytes:
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]
    root.set("{http://www.w3.org/XML/1998/namespace}lang", "zh-CN")
    _add(root, "id", office.base_url + path)
    _add(root, "title", f"{office.name}：{feed.title}")
    _add(root, "updated", _instant(max((item.updated for item in items), default=NEVER)))
    _add(root, "link", rel="self", type=MIME, href=office.base_url + path)
    _add(root, "link", rel="alternate", type="text/html", href=office.base_url + feed.page)
    _add(_add(root, "author"), "name", office.name)
    for item in items:
        _entry(root, office, item)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _entry(root: etree._Element, office: Office, item: FeedItem) -> None:
    entry = _add(root, "entry")
    _add(entry, "id", item.url)
    _add(entry, "title", item.title)
    _add(entry, "updated", _instant(item.updated))
    if item.published_on:
        _add(entry, "published", _instant(_midnight(office, item.published_on)))
    _add(entry, "link", rel="alternate", type="text/html", href=item.url)
    if item.source:
        _add(_add(entry, "author"), "name", item.source)
    if item.category:
        _add(entry, "category", term=item.category)
    if item.summary:
        _add(entry, "summary", item.summary)


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{ATOM}}}{name}", attrib=attributes)
    child.text = None if text is None else plain_text.clean(text)
    return child


def _midnight(office: Office, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=office.settings.zone)


def _instant(moment: datetime) -> str:
    return moment.replace(microsecond=0).isoformat()
