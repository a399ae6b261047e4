"""Articles that are out: their addresses, their lists, and what happens to them afterwards."""

from __future__ import annotations

from typing import Any

from bot.emulator.platform import Platform
from bot.emulator.state import Shelf

PUBLISHED, PUSHED = "published", "pushed"  # freepublish and the website's 发布; mass-sent
ITEM_FIELDS = (
    "title", "author", "digest", "content", "content_source_url", "thumb_media_id", "thumb_url", "show_cover_pic",
    "need_open_comment", "only_fans_can_comment",
)  # fmt: skip


def bring_out(
    platform: Platform, articles: list[dict[str, Any]], *, kind: str, msg_data_id: str, by: str, at: float | None = None
) -> dict[str, Any]:
    """Gives each article its own address and puts them on the list `kind`; returns the whole.

    `by`: `api` or `hand`. `at`: stamp of publication, now if left out.
    """
    stamp = platform.clock.stamp() if at is None else at
    article_id = platform.new_id(64)
    items = [_item(platform, article, index) for index, article in enumerate(articles, start=1)]
    whole = {"article_id": article_id, "kind": kind, "by": by, "msg_data_id": msg_data_id, "at": stamp, "items": items}
    shelf(platform, kind).put(article_id, whole, rank=stamp)
    for item in items:
        platform.state.shelf("pages").put(item["page"], {"kind": kind, "article_id": article_id, "idx": item["idx"]})
    return whole


def shelf(platform: Platform, kind: str) -> Shelf:
    """The list of one kind."""
    return platform.state.shelf(kind)


def find(platform: Platform, article_id: str) -> dict[str, Any] | None:
    """A published or pushed whole."""
    return shelf(platform, PUBLISHED).get(article_id) or shelf(platform, PUSHED).get(article_id)


def page(platform: Platform, page_id: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The whole and the one article at an address /s/<page_id>."""
    known = platform.state.shelf("pages").get(page_id)
    whole = known and find(platform, known["article_id"])
    return (whole, whole["items"][known["idx"] - 1]) if known and whole else None


def change(platform: Platform, article_id: str, index: int = 0, **changes: Any) -> dict[str, Any] | None:
    """Changes one article of a whole (index from 1), or all (0): is_deleted, banned, title, reads."""
    with platform.state.transaction():
        whole = find(platform, article_id)
        if whole is None or not 0 <= index <= len(whole["items"]):
            return None
        for item in whole["items"]:
            if index in (0, item["idx"]):
                item.update(changes)
        shelf(platform, whole["kind"]).put(article_id, whole)
    return whole


def as_news_item(platform: Platform, item: dict[str, Any], *, content: bool) -> dict[str, Any]:
    """An article as freepublish/getarticle and batchget show it."""
    shown = {name: item[name] for name in ITEM_FIELDS if name in item}
    if not platform.settings["gives_source_url_back"]:
        shown["content_source_url"] = ""
    if content:
        shown["content"] = platform.state.text(item["page"])
    return {**shown, "url": item["url"], "is_deleted": item["is_deleted"]}


def _item(platform: Platform, article: dict[str, Any], index: int) -> dict[str, Any]:
    page_id = platform.new_id(22)
    platform.state.keep_text(page_id, article["content"])
    material = platform.state.shelf("materials").get(article.get("thumb_media_id", "")) or {}
    kept = {name: article[name] for name in ITEM_FIELDS if name in article and name != "content"}
    return {
        **kept, "idx": index, "page": page_id, "url": f"{platform.base_url}/s/{page_id}", "is_deleted": False,
        "banned": False, "reads": platform.settings["reads"], "thumb_url": material.get("url", ""),
        "article_type": article.get("article_type", "news"), "images": article.get("images", []),
    }  # fmt: skip


def as_card(whole: dict[str, Any]) -> dict[str, Any]:
    """A publication as the card that a chat shows."""
    items = [
        {"title": i["title"], "description": i.get("digest", ""), "picture": i["thumb_url"], "url": i["url"]}
        for i in whole["items"]
    ]
    return {"kind": "news", "articles": items}
