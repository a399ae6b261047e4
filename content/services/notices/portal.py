"""The portal's own list, fetched from `GONGKAI_PORTAL_FEED`: its items count as those of `import portal` do."""

from __future__ import annotations

import hashlib
import json
import logging
from urllib.parse import urlsplit

from redis.exceptions import RedisError

from content.intake.notices import feeds, notice_rows
from content.intake.rows import InputSheet, Row
from content.rules.errors import BadInput, GongkaiError
from content.services.notices import notice_import
from content.services.notices.notice_import import NoticeImportReceipt
from content.services.office import Office
from content.services.ports import Feed, FetchedDocument
from content.store.notices import imports
from content.store.redis import keys

log = logging.getLogger(__name__)

REMEMBERED_S = 24 * 3600  # then it is read anew whatever the site says: our own store may be an older one by now
SAID = "GONGKAI_PORTAL_FEED（门户网站的订阅源）"


def refresh(office: Office, feed: Feed) -> NoticeImportReceipt:
    """Takes in what the portal lists that is new or changed. Raises GongkaiError if it cannot be fetched or read."""
    url = office.settings.portal_feed
    if not url:
        raise BadInput(f"没有设置 {SAID}。")
    try:
        fetched = feed.fetch(url, **_version(office, url))
        receipt = _take(office, fetched) if fetched else NoticeImportReceipt()
    except GongkaiError as error:
        raise BadInput(f"{SAID}{error.message}") from error
    if fetched:
        _remember(office, url, fetched)
    return receipt


def _take(office: Office, fetched: FetchedDocument) -> NoticeImportReceipt:
    sheet = feeds.read(fetched.data, url=fetched.url, charset=fetched.charset)
    if sheet.refused and not sheet.rows:
        raise BadInput(f"里面 {len(sheet.refused)} 条一条也没读懂：{sheet.refused[0].message}")
    found = notice_rows.entries("portal", _ours_to_take(office, sheet), office.settings.zone)
    notice_rows.warn_of_future(found, office.clock.today())
    for fault in [*found.refused, *found.warnings]:
        log.warning("portal feed, item %s %s: %s", fault.row, fault.field, fault.message)
    parts = urlsplit(fetched.url)
    sha256 = hashlib.sha256(fetched.data).hexdigest()
    return notice_import.import_portal(office, found, name=f"{parts.netloc}{parts.path}", sha256=sha256)


def _ours_to_take(office: Office, sheet: InputSheet) -> InputSheet:
    """Without the items that a file brought under a key of its own: one address is one item, and counts once."""
    with office.store.read() as session:
        known = imports.keys_by_address(session, "portal", [row.cells.get("url", "") for row in sheet.rows])

    def is_ours(row: Row) -> bool:
        keys = known.get(row.cells.get("url", ""), set()) if row.cells.get("url") else set()
        return not keys or row.cells["key"] in keys

    sheet.rows = [row for row in sheet.rows if is_ours(row)]
    return sheet


def _version(office: Office, url: str) -> dict[str, str]:
    """What the site called the version that was read last; nothing if that is not known (any more)."""
    try:
        kept = json.loads(office.redis.client.get(keys.PORTAL_VERSION) or "{}")
    except RedisError as error:
        log.warning("no Redis: the portal's feed is read whole: %s", error)
        kept = {}
    ours = kept if kept.get("url") == url else {}
    return {"etag": ours.get("etag", ""), "modified": ours.get("modified", "")}


def _remember(office: Office, url: str, fetched: FetchedDocument) -> None:
    kept = json.dumps({"url": url, "etag": fetched.etag, "modified": fetched.modified})
    try:
        office.redis.client.set(keys.PORTAL_VERSION, kept, ex=REMEMBERED_S)
    except RedisError as error:
        log.warning("no Redis: the portal's feed will be read whole again: %s", error)
