"""What a citizen can do with the phone: each act becomes a bubble and a delivery to the product."""

from __future__ import annotations

from typing import Any

from bot.emulator import xml
from bot.emulator.chat import CITIZEN
from bot.emulator.platform import Platform

FIRST_MSG_ID = 24_000_000_000_000_000
MESSAGE_WINDOW: dict[str, Any] = {"seconds": 48 * 3600, "messages": 5, "replaces": "message"}
TAP_WINDOW: dict[str, Any] = {"seconds": 60, "messages": 3, "replaces": "tap"}
TAPS_WITH_WINDOW = ("click", "scancode_push", "scancode_waitmsg")


class NotFollowing(Exception):
    """Someone who does not follow the account cannot speak with it."""


def say(platform: Platform, name: str, text: str, *, menu_id: str = "") -> str:
    """A text message; `menu_id`: it was sent by tapping a link in a reply. Returns the delivery's id."""
    more: list[tuple[str, xml.Value]] = [("bizmsgmenuid", menu_id)] if menu_id else []
    return send(platform, name, "text", fields=[("Content", text), *more], bubble={"kind": "text", "content": text})


def send_picture(platform: Platform, name: str, url: str) -> str:
    """A picture that the emulator keeps at `url`."""
    fields: list[tuple[str, xml.Value]] = [("PicUrl", url), ("MediaId", platform.new_id(64))]
    return send(platform, name, "image", fields=fields, bubble={"kind": "image", "url": url})


def send_voice(platform: Platform, name: str) -> str:
    """A voice message; Recognition arrives empty, as it does since 2026."""
    fields: list[tuple[str, xml.Value]] = [
        ("MediaId", platform.new_id(64)), ("Format", "amr"), ("MediaId16K", platform.new_id(64)), ("Recognition", ""),
    ]  # fmt: skip
    return send(platform, name, "voice", fields=fields, bubble={"kind": "voice", "content": "3″"})


def send_location(platform: Platform, name: str, *, latitude: float, longitude: float, label: str) -> str:
    """A place."""
    fields: list[tuple[str, xml.Value]] = [
        ("Location_X", latitude), ("Location_Y", longitude), ("Scale", 16), ("Label", label),
    ]  # fmt: skip
    return send(platform, name, "location", fields=fields, bubble={"kind": "location", "content": label})


def send(
    platform: Platform, name: str, kind: str, *, fields: list[tuple[str, xml.Value]], bubble: dict[str, Any]
) -> str:
    """Any message of a follower. Raises NotFollowing."""
    user = platform.chats.phone(name)
    if not user["follows"]:
        raise NotFollowing
    with platform.state.transaction():
        platform.chats.add(user["openid"], CITIZEN, bubble)
        platform.chats.open_window(user["openid"], **MESSAGE_WINDOW)
        msg_id = platform.state.count("msg_id", start=FIRST_MSG_ID)
        document = _document(platform, user["openid"], kind, [*fields, ("MsgId", msg_id)])
        return platform.courier.post(document, user=user["openid"])


def follow(platform: Platform, name: str, *, scene: str = "") -> str:
    """Begins to follow, perhaps through a QR code with a scene. Returns the delivery's id."""
    user = platform.chats.phone(name)
    more: list[tuple[str, xml.Value]] = [("EventKey", f"qrscene_{scene}"), ("Ticket", platform.new_id(64))]
    with platform.state.transaction():
        platform.chats.follow(user["openid"], follows=True)
        platform.chats.open_window(user["openid"], **TAP_WINDOW)
        return _event(platform, user["openid"], "subscribe", more if scene else [("EventKey", "")])


def unfollow(platform: Platform, name: str) -> str:
    """Ends following; nothing of the answer is shown."""
    user = platform.chats.phone(name)
    with platform.state.transaction():
        platform.chats.follow(user["openid"], follows=False)
        return _event(platform, user["openid"], "unsubscribe", [("EventKey", "")], silent=True)


def tap(platform: Platform, name: str, button: dict[str, Any]) -> dict[str, Any]:
    """Taps a menu button; returns `{"delivery", "open"}`: what was sent, and the address to open if there is one."""
    user = platform.chats.phone(name)
    if not user["follows"]:
        raise NotFollowing
    kind = str(button.get("type", ""))
    if kind == "view":
        fields: list[tuple[str, xml.Value]] = [("EventKey", button["url"]), ("MenuId", _menu_id(platform))]
        return {"delivery": _event(platform, user["openid"], "VIEW", fields, silent=True), "open": button["url"]}
    if kind == "miniprogram":
        fields = [("EventKey", button.get("pagepath", "")), ("MenuId", _menu_id(platform))]
        delivery = _event(platform, user["openid"], "view_miniprogram", fields, silent=True)
        return {"delivery": delivery, "open": button.get("url")}
    with platform.state.transaction():
        if kind in TAPS_WITH_WINDOW:
            platform.chats.open_window(user["openid"], **TAP_WINDOW)
        event = "CLICK" if kind == "click" else kind
        fields = [("EventKey", button.get("key", "")), *_enclosed(kind)]
        return {"delivery": _event(platform, user["openid"], event, fields), "open": None}


def _enclosed(kind: str) -> list[tuple[str, xml.Value]]:
    """What the camera or the map adds to the events of such buttons."""
    if kind.startswith("scancode"):
        return [("ScanCodeInfo", [("ScanType", "qrcode"), ("ScanResult", "https://example.gov.cn/")])]
    if kind.startswith("pic_"):
        picture = [("item", [("PicMd5Sum", "1b5f7c23b5bf75682a53e7b6d163e185")])]
        return [("SendPicsInfo", [("Count", 1), ("PicList", picture)])]
    if kind == "location_select":
        place: list[tuple[str, xml.Value]] = [
            ("Location_X", "23.13"), ("Location_Y", "113.36"), ("Scale", "16"), ("Label", "临江路"), ("Poiname", ""),
        ]  # fmt: skip
        return [("SendLocationInfo", place)]
    return []


def _menu_id(platform: Platform) -> int:
    return int(platform.state.value("menu_id", 0))


def _event(
    platform: Platform, openid: str, name: str, fields: list[tuple[str, xml.Value]], *, silent: bool = False
) -> str:
    document = _document(platform, openid, "event", [("Event", name), *fields])
    return platform.courier.post(document, user="" if silent else openid, event=name)


def _document(platform: Platform, openid: str, kind: str, fields: list[tuple[str, xml.Value]]) -> str:
    return xml.write([
        ("ToUserName", platform.courier.account), ("FromUserName", openid), ("CreateTime", platform.clock.stamp()),
        ("MsgType", kind), *fields,
    ])  # fmt: skip
