"""Ledger entries made directly, for tests that count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from content.services.office import Office
from content.store.figures import ledger
from tests import world


def published(office: Office, article: int = 1, **changes: Any) -> None:
    """An article is out."""
    _append(office, "article.published", f"article:{article}", article_data(article, **changes))


def all_published(office: Office, articles: Iterable[dict[str, Any]]) -> None:
    """Many articles are out; each with what is special about it."""
    with office.store.write() as session:
        ledger.append_many(session, [
            ledger.NewEntry("article.published", "platform", f"article:{number}", world.NOON, article_data(number, **own))
            for number, own in enumerate(articles, start=1)
        ])  # fmt: skip


def article_data(article: int = 1, **changes: Any) -> dict[str, Any]:
    """What the ledger says of an article that is out."""
    data = {
        "account": "main", "channel": "wechat", "delivery": "publish", "publication": article, "position": 1,
        "revision": 1, "sha256": "ab" * 32, "title": "园区召开安全生产会议", "url": "https://mp.weixin.qq.com/s/x1",
        "category": "", "department": "", "published_at": "2026-11-22T12:00:00+08:00", "published_on": "2026-11-22",
        "publish_id": "100000001", "msg_id": "", "msg_data_id": "2247483650", "platform_article_id": "PwX9",
        "media_id": "JfIm", "passed_by": ["sunhao", "zhoujianguo", "zhaominghua"],
    }  # fmt: skip
    return {**data, **changes}


def withdrawn(
    office: Office, article: int = 1, published_on: str | None = "2026-11-22", note: str = "数字有误"
) -> None:
    """An article is taken down; without a day, before it was out."""
    data = {"revision": 1, "sha256": "ab" * 32, "note": note, "published_on": published_on}
    _append(office, "article.withdrawn", f"article:{article}", data)


def on_portal(office: Office, item: int = 1, **changes: Any) -> None:
    """An item of the portal is known to be out."""
    data = {"channel": "portal", "title": "预算公开", "url": "https://example.gov.cn/1", "category": "",
            "department": "", "published_on": "2026-11-22"}  # fmt: skip
    _append(office, "portal.published", f"portal:{item}", {**data, **changes})


def something_else(office: Office) -> None:
    """An entry that is not counted."""
    _append(office, "menu.pushed", "menu", {"sha256": "cd" * 32})


def days(first: date, last: date) -> list[str]:
    """All days from first to last, both included, as ISO text."""
    return [date.fromordinal(number).isoformat() for number in range(first.toordinal(), last.toordinal() + 1)]


def _append(office: Office, kind: str, subject: str, data: dict[str, Any]) -> None:
    with office.store.write() as session:
        ledger.append(session, kind=kind, actor="platform", subject=subject, at=world.NOON, **data)
