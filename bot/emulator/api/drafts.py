"""draft/add, get, update, delete, count, batchget."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from bot.emulator.api.gate import Call, Route
from bot.emulator.api.uploads import page
from bot.emulator.articles import html_filter
from bot.emulator.errors import ApiError
from bot.emulator.platform import Platform

MOST_ARTICLES = 8  # third parties only; the official page gives no number
TITLE, AUTHOR, DIGEST = 32, 16, 120
SOURCE_URL_BYTES = 1024
DIGEST_FROM_TEXT = 54
PICTURES = 20
OK = {"errcode": 0, "errmsg": "ok"}


def add(call: Call) -> dict[str, Any]:
    """POST draft/add: `articles` is a list → `media_id`."""
    articles = call.json.get("articles")
    if not isinstance(articles, list) or not articles:
        raise ApiError(44003)
    return {"media_id": keep(call.platform, articles)["media_id"]}


def keep(platform: Platform, articles: list[Any]) -> dict[str, Any]:
    """A new draft of checked and filtered articles. Raises ApiError."""
    if len(articles) > MOST_ARTICLES:
        raise ApiError(45008)
    now = platform.clock.stamp()
    draft = {"media_id": platform.new_id(64), "create_time": now, "update_time": now}
    draft["articles"] = [_checked(platform, article, single=len(articles) == 1) for article in articles]
    platform.state.shelf("drafts").put(str(draft["media_id"]), draft)
    return draft


def get(call: Call) -> dict[str, Any]:
    """POST draft/get → `news_item`, `create_time`, `update_time`."""
    draft = find(call.platform, call.text("media_id"))
    return {
        "news_item": _shown(call.platform, draft, content=True),
        "create_time": draft["create_time"], "update_time": draft["update_time"],
    }  # fmt: skip


def update(call: Call) -> dict[str, Any]:
    """POST draft/update: `index` from 0, `articles` is one object."""
    draft = find(call.platform, call.text("media_id"))
    index, article = call.number("index", 0), call.json.get("articles")
    if not 0 <= index < len(draft["articles"]):
        raise ApiError(40114)
    if not isinstance(article, dict):
        raise ApiError(47001)
    draft["articles"][index] = _checked(call.platform, article, single=len(draft["articles"]) == 1)
    draft["update_time"] = call.platform.clock.stamp()
    call.platform.state.shelf("drafts").put(draft["media_id"], draft)
    return OK


def delete(call: Call) -> dict[str, Any]:
    """POST draft/delete: for good."""
    if not call.platform.state.shelf("drafts").delete(call.text("media_id")):
        raise ApiError(40007)
    return OK


def count(call: Call) -> dict[str, Any]:
    """GET draft/count → `total_count`."""
    return {"total_count": call.platform.state.shelf("drafts").size()}


def batchget(call: Call) -> dict[str, Any]:
    """POST draft/batchget: `offset`, `count` 1–20, `no_content`; newest first."""
    offset, size = page(call)
    content = call.number("no_content", 0) == 0
    shelf = call.platform.state.shelf("drafts")
    items = [
        {
            "media_id": draft["media_id"], "update_time": draft["update_time"],
            "content": {
                "news_item": _shown(call.platform, draft, content=content),
                "create_time": draft["create_time"], "update_time": draft["update_time"],
            },
        }
        for draft in shelf.newest(offset, size)
    ]  # fmt: skip
    return {"total_count": shelf.size(), "item_count": len(items), "item": items}


def find(platform: Platform, media_id: str) -> dict[str, Any]:
    """A draft. Raises ApiError 40007 when there is none, or no longer."""
    if (draft := platform.state.shelf("drafts").get(media_id)) is None:
        raise ApiError(40007)
    return draft


def _shown(platform: Platform, draft: dict[str, Any], *, content: bool) -> list[dict[str, Any]]:
    items = []
    for index, article in enumerate(draft["articles"], start=1):
        shown = {k: v for k, v in article.items() if k != "images" and (content or k != "content")}
        if not platform.settings["gives_source_url_back"]:
            shown["content_source_url"] = ""
        items.append({**shown, "url": f"{platform.base_url}/s/draft/{draft['media_id']}/{index}"})
    return items


def _checked(platform: Platform, article: Any, *, single: bool) -> dict[str, Any]:
    """One article with every rule of the documentation applied. Raises ApiError."""
    if not isinstance(article, dict):
        raise ApiError(47001)
    kind = str(article.get("article_type") or "news")
    if kind not in ("news", "newspic"):
        raise ApiError(40035)
    text = {k: _text(article, k) for k in ("title", "author", "digest", "content", "content_source_url")}
    _check_lengths(platform, text)
    checked: dict[str, Any] = {
        "article_type": kind, **text, "show_cover_pic": 0,
        "need_open_comment": _flag(article, "need_open_comment"),
        "only_fans_can_comment": _flag(article, "only_fans_can_comment"),
    }  # fmt: skip
    checked |= {
        k: article[k] for k in ("pic_crop_235_1", "pic_crop_1_1", "cover_info", "product_info") if article.get(k)
    }
    if kind == "newspic":
        return checked | _pictures(platform, article, text["content"])
    checked["content"] = html_filter.clean(text["content"], base_url=platform.base_url)
    cover = _material(platform, _text(article, "thumb_media_id"))
    digest = (text["digest"] or html_filter.visible_text(checked["content"])[:DIGEST_FROM_TEXT]) if single else ""
    return checked | {"digest": digest, "thumb_media_id": cover["media_id"], "thumb_url": cover["url"]}


def _check_lengths(platform: Platform, text: dict[str, str]) -> None:
    if not text["title"].strip():
        raise ApiError(44003)
    if len(text["title"]) > TITLE:
        raise ApiError(45003)
    if len(text["author"]) > AUTHOR:
        raise ApiError(45110)
    if len(text["digest"]) > DIGEST:
        raise ApiError(45004)
    if not text["content"].strip():
        raise ApiError(44004)
    most_chars, most_bytes = platform.settings["content_chars"], platform.settings["content_bytes"]
    if len(text["content"].encode()) >= most_bytes or len(html_filter.visible_text(text["content"])) >= most_chars:
        raise ApiError(45002)
    _check_source_url(text["content_source_url"])


def _check_source_url(address: str) -> None:
    if not address:
        return
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise ApiError(41039) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or len(address.encode()) > SOURCE_URL_BYTES:
        raise ApiError(41039)


def _pictures(platform: Platform, article: dict[str, Any], content: str) -> dict[str, Any]:
    info = article.get("image_info")
    listed = info.get("image_list") if isinstance(info, dict) else None
    if not isinstance(listed, list) or not 1 <= len(listed) <= PICTURES or not all(isinstance(i, dict) for i in listed):
        raise ApiError(40007)
    covers = [_material(platform, _text(image, "image_media_id")) for image in listed]
    return {
        "content": html_filter.visible_text(content), "thumb_media_id": covers[0]["media_id"],
        "thumb_url": covers[0]["url"], "images": [cover["url"] for cover in covers],
        "image_info": {"image_list": [{"image_media_id": cover["media_id"]} for cover in covers]},
    }  # fmt: skip


def _material(platform: Platform, media_id: str) -> dict[str, Any]:
    material = platform.state.shelf("materials").get(media_id)
    if material is None or material["type"] not in ("image", "thumb"):
        raise ApiError(40007)
    return material


def _text(article: dict[str, Any], name: str) -> str:
    value = article.get(name) or ""
    if not isinstance(value, str):
        raise ApiError(47001)
    return value


def _flag(article: dict[str, Any], name: str) -> int:
    return 1 if article.get(name) in (1, "1", True) else 0


ROUTES = [
    Route("POST", "/cgi-bin/draft/add", add, "draft"),
    Route("POST", "/cgi-bin/draft/get", get, "draft"),
    Route("POST", "/cgi-bin/draft/update", update, "draft"),
    Route("POST", "/cgi-bin/draft/delete", delete, "draft"),
    Route("GET", "/cgi-bin/draft/count", count, "draft"),
    Route("POST", "/cgi-bin/draft/batchget", batchget, "draft"),
]
