"""Importing from web pages: saved ones, or those at an address; what they say is kept as rows, and goes on as a sheet does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from content.intake.notices import portal_pages
from content.intake.notices.notice_rows import FIELDS
from content.intake.rows import InputSheet, Row
from content.rules.errors import BadInput, GongkaiError, Stopped
from content.services.notices import sheet_import
from content.services.office import Office
from content.services.ports import Feed, FetchedDocument

MOST_PAGES = 300  # that are fetched for one list
ENDINGS = (".html", ".htm")
POSTING = {"body": "description", "department": "employer"}  # what a page's parts are of a posting

OnPages = Callable[[int, int], None]  # pages fetched, of how many


@dataclass
class PageRows:
    """What pages hold: `rows`, and in words which pages could not be read."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class KeptPages:
    """Rows that were kept: the key of their file, how many there are, which pages could not be read."""

    key: str
    count: int
    unread: tuple[str, ...]


def is_page(name: str) -> bool:
    """Whether a file is a saved web page, by its name."""
    return name.lower().endswith(ENDINGS)


def saved(office: Office, kind: str, pages: Sequence[tuple[str, bytes]]) -> KeptPages:
    """Keeps what saved pages (name, bytes) say. Raises BadInput if none can be read."""
    found = PageRows()
    for name, data in pages:
        _add(found, name, lambda data=data, name=name: portal_pages.read(data, name))  # type: ignore[misc]
    return _keep(office, kind, found, pages[0][0] if len(pages) == 1 else f"{len(pages)} 个网页")


def at_address(office: Office, web: Feed, kind: str, url: str, *, on_pages: OnPages) -> KeptPages:
    """Keeps what the page at an address says, or the pages that it lists. Raises BadInput, GongkaiError.

    Of portal items the list is enough; of others each page is fetched for its text.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise BadInput("网址要以 http:// 或 https:// 开头。请从浏览器的地址栏复制。")
    found = PageRows()
    on_pages(0, 1)
    first = _read(_fetched(web, url))
    listed = [row for row in first.rows if row.cells.get("url") and not row.cells.get("body")]
    if kind == "portal" or not listed:
        found.rows += [row.cells for row in first.rows]
    else:
        found.rows += _each(web, listed[:MOST_PAGES], found, on_pages)
        if len(listed) > MOST_PAGES:
            found.unread.append(f"这一页列了 {len(listed)} 条，只取了前 {MOST_PAGES} 条。")
    parts = urlsplit(url)
    return _keep(office, kind, found, f"{parts.netloc}{parts.path}".replace("/", "_"))


def _each(web: Feed, listed: Sequence[Row], found: PageRows, on_pages: OnPages) -> Iterator[dict[str, Any]]:
    """What each page of a list says; where it cannot be had, what the list says of it."""
    for number, row in enumerate(listed):
        on_pages(number, len(listed))
        try:
            page = _read(_fetched(web, row.cells["url"]))
            own = page.rows[0].cells if len(page.rows) == 1 else {}
        except Stopped:
            raise
        except GongkaiError as error:
            found.unread.append(f"“{row.cells.get('title', row.cells['url'])}”没有取到正文：{error.message}")
            own = {}
        yield {**row.cells, **own, "key": row.cells["key"]}


def _fetched(web: Feed, url: str) -> FetchedDocument:
    document = web.fetch(url, etag="", modified="")
    if document is None:
        raise GongkaiError("对方网站没有给出内容。请过一会儿再试。")
    return document


def _read(document: FetchedDocument) -> InputSheet:
    return portal_pages.read(document.data, document.url, url=document.url, charset=document.charset)


def _add(found: PageRows, name: str, read: Callable[[], InputSheet]) -> None:
    try:
        sheet = read()
    except BadInput as error:
        found.unread.append(f"“{name}”：{error.message}")
        return
    found.rows += [row.cells for row in sheet.rows]
    found.unread += [f"“{name}”：{fault.message}" for fault in sheet.refused]


def _keep(office: Office, kind: str, found: PageRows, name: str) -> KeptPages:
    if not found.rows:
        raise BadInput("；".join(found.unread) or "这里面没有能导入的内容。请核对网址或文件。")
    lines = "\n".join(json.dumps(cells, ensure_ascii=False) for cells in _of_kind(kind, found.rows))
    key = sheet_import.keep(office, f"{name}.jsonl", lines.encode())
    return KeptPages(key, len(found.rows), tuple(found.unread))


def _of_kind(kind: str, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The cells that a kind has."""
    for cells in rows:
        named = {POSTING.get(name, name): cell for name, cell in cells.items()} if kind == "posting" else cells
        yield {name: cell for name, cell in named.items() if name in FIELDS[kind]}
