"""user/info, user/get, and customer-service messages."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from bot.emulator.api.gate import Call, Route
from bot.emulator.articles import published
from bot.emulator.chat import ACCOUNT
from bot.emulator.errors import ApiError
from bot.emulator.platform import Platform

OK = {"errcode": 0, "errmsg": "ok"}
TEXT_BYTES = 2048


def info(call: Call) -> dict[str, Any]:
    """GET user/info: without name, picture, sex and place since 2021-12-27."""
    user = call.platform.chats.users.get(call.request.args.get("openid", ""))
    if user is None:
        raise ApiError(40003)
    if not user["follows"]:
        return {"subscribe": 0, "openid": user["openid"]}
    return {
        "subscribe": 1, "openid": user["openid"], "subscribe_time": user["followed_at"], "remark": "", "groupid": 0,
        "tagid_list": [], "subscribe_scene": "ADD_SCENE_SEARCH", "qr_scene": 0, "qr_scene_str": "",
    }  # fmt: skip


def listed(call: Call) -> dict[str, Any]:
    """GET user/get: every follower, 10,000 a page (a rehearsal has fewer)."""
    found = [user["openid"] for user in call.platform.chats.followers()]
    after = call.request.args.get("next_openid", "")
    rest = found[found.index(after) + 1 :] if after in found else found
    shown: dict[str, Any] = {"total": len(found), "count": len(rest), "next_openid": rest[-1] if rest else ""}
    return {**shown, "data": {"openid": rest}} if rest else shown


def send(call: Call) -> dict[str, Any]:
    """POST message/custom/send: within the windows that the person's own acts opened (45015, 45047)."""
    user = call.platform.chats.users.get(call.text("touser"))
    if user is None:
        raise ApiError(40003)
    if not user["follows"]:
        raise ApiError(43004)
    bubble = _bubble(call)
    _spend_window(call.platform, user)
    call.platform.chats.add(user["openid"], ACCOUNT, bubble)
    return OK


def typing(call: Call) -> dict[str, Any]:
    """POST message/custom/typing."""
    if call.platform.chats.users.get(call.text("touser")) is None:
        raise ApiError(40003)
    return OK


def _spend_window(platform: Platform, user: dict[str, Any]) -> None:
    now = platform.clock.stamp()
    open_ones = [window for window in user["windows"] if now <= window["until"]]
    if not open_ones:
        raise ApiError(45015)
    usable = [window for window in open_ones if window["left"] > 0]
    if not usable:
        raise ApiError(45047)
    min(usable, key=lambda window: int(window["until"]))["left"] -= 1
    platform.chats.users.put(user["openid"], {**user, "windows": open_ones})


def _bubble(call: Call) -> dict[str, Any]:
    kind = call.text("msgtype")
    payload = call.json.get(kind)
    if not isinstance(payload, dict):
        raise ApiError(40035)
    if kind == "text":
        return {"kind": "text", "content": _text(payload.get("content"))}
    if kind == "msgmenu":
        return {"kind": "text", "content": _menu(payload)}
    if kind == "news":
        return _news(payload)
    if kind == "mpnewsarticle":
        return _article(call.platform, str(payload.get("article_id", "")))
    if kind in ("image", "voice", "video"):
        material = call.platform.state.shelf("materials").get(str(payload.get("media_id", "")))
        if material is None:
            raise ApiError(40007)
        return {"kind": kind, "url": material["url"], "media_id": material["media_id"]}
    raise ApiError(40035)


def _text(content: Any) -> str:
    if not isinstance(content, str) or not content:
        raise ApiError(44004)
    if len(content.encode()) > TEXT_BYTES:
        raise ApiError(45002)
    return content


def _menu(payload: dict[str, Any]) -> str:
    """A menu message as the client shows it: each choice a line to tap."""
    links = [
        f'<a href="weixin://bizmsgmenu?msgmenucontent={quote(str(item["content"]))}&msgmenuid={quote(str(item["id"]))}">'
        f"{item['content']}</a>"
        for item in payload.get("list", [])
    ]
    return "\n".join(filter(None, [payload.get("head_content", ""), *links, payload.get("tail_content", "")]))


def _news(payload: dict[str, Any]) -> dict[str, Any]:
    items = payload.get("articles")
    if not isinstance(items, list) or len(items) != 1:
        raise ApiError(45008)
    names = {"title": "title", "description": "description", "picture": "picurl", "url": "url"}
    return {"kind": "news", "articles": [{k: str(items[0].get(v, "")) for k, v in names.items()}]}


def _article(platform: Platform, article_id: str) -> dict[str, Any]:
    whole = published.find(platform, article_id)
    if whole is None:
        raise ApiError(53600)
    return published.as_card(whole)


ROUTES = [
    Route("GET", "/cgi-bin/user/info", info, "user"),
    Route("GET", "/cgi-bin/user/get", listed, "user"),
    Route("POST", "/cgi-bin/message/custom/send", send, "custom"),
    Route("POST", "/cgi-bin/message/custom/typing", typing, "custom"),
]
