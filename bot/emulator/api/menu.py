"""menu/create, get, delete, get_current_selfmenu_info, with the documented checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.emulator.api.gate import Call, Route
from bot.emulator.errors import ApiError

OK = {"errcode": 0, "errmsg": "ok"}
TOP, SUB = 3, 5
KEY_BYTES, URL_BYTES = 128, 1024
KEYED = "click scancode_push scancode_waitmsg pic_sysphoto pic_photo_or_album pic_weixin location_select"
WITH_KEY = frozenset(KEYED.split())
WITH_MEDIA = {
    "media_id": "media_id", "view_limited": "media_id", "article_id": "article_id", "article_view_limited": "article_id",
}  # fmt: skip


@dataclass(frozen=True)
class Level:
    """One level of the menu: how long a name may be (bytes) and its error codes."""

    name_bytes: int
    count: int
    kind: int
    name: int
    key: int
    url: int
    domain: int


FIRST = Level(16, count=40016, kind=40017, name=40018, key=40019, url=40020, domain=40055)
SECOND = Level(60, count=40023, kind=40024, name=40025, key=40026, url=40027, domain=40054)


def create(call: Call) -> dict[str, Any]:
    """POST menu/create."""
    if call.escaped:
        raise ApiError(40033)
    menu = checked(call.json)
    call.platform.state.set_value("menu", menu)
    call.platform.state.count("menu_id", start=430_000_000)
    return OK


def get(call: Call) -> dict[str, Any]:
    """GET menu/get."""
    if (menu := call.platform.state.value("menu")) is None:
        raise ApiError(46003)
    return {"menu": {"button": [{**button, "sub_button": button.get("sub_button", [])} for button in menu["button"]]}}


def delete(call: Call) -> dict[str, Any]:
    """GET menu/delete."""
    call.platform.state.set_value("menu", None)
    return OK


def current(call: Call) -> dict[str, Any]:
    """GET get_current_selfmenu_info: sub-buttons stand in an object with a `list`."""
    menu = call.platform.state.value("menu")
    if menu is None:
        return {"is_menu_open": 0}
    buttons = [
        {"name": b["name"], "sub_button": {"list": b["sub_button"]}} if b.get("sub_button") else b
        for b in menu["button"]
    ]
    return {"is_menu_open": 1, "selfmenu_info": {"button": buttons}}


def checked(body: dict[str, Any]) -> dict[str, Any]:
    """The menu if every rule holds. Raises ApiError 40016 … 40055."""
    buttons = body.get("button")
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= TOP:
        raise ApiError(FIRST.count)
    for button in buttons:
        _check(button, FIRST)
        for sub in button.get("sub_button") or []:
            _check(sub, SECOND)
    return {"button": buttons}


def _check(button: Any, level: Level) -> None:
    if not isinstance(button, dict):
        raise ApiError(47001)
    name = button.get("name")
    if not isinstance(name, str) or not name or len(name.encode()) > level.name_bytes:
        raise ApiError(level.name)
    subs = button.get("sub_button")
    if subs:
        if level is SECOND:
            raise ApiError(40022)
        if not isinstance(subs, list) or len(subs) > SUB:
            raise ApiError(SECOND.count)
        return
    _check_act(button, level)


def _check_act(button: dict[str, Any], level: Level) -> None:
    kind = button.get("type")
    if kind in WITH_KEY:
        key = button.get("key")
        if not isinstance(key, str) or not key or len(key.encode()) > KEY_BYTES:
            raise ApiError(level.key)
    elif kind in ("view", "miniprogram"):
        _check_url(button.get("url"), level)
        if kind == "miniprogram" and not (button.get("appid") and button.get("pagepath")):
            raise ApiError(40035)
    elif kind not in WITH_MEDIA:
        raise ApiError(level.kind)
    elif not button.get(WITH_MEDIA[kind]):
        raise ApiError(40007)


def _check_url(url: Any, level: Level) -> None:
    if not isinstance(url, str) or not url or len(url.encode()) > URL_BYTES:
        raise ApiError(level.url)
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ApiError(level.domain)


ROUTES = [
    Route("POST", "/cgi-bin/menu/create", create, "menu"),
    Route("GET", "/cgi-bin/menu/get", get, "menu"),
    Route("GET", "/cgi-bin/menu/delete", delete, "menu"),
    Route("GET", "/cgi-bin/get_current_selfmenu_info", current),
]
