"""Subscription notices of official accounts: a person says yes on the phone, once for each notice, and bizsend uses it up."""

from __future__ import annotations

from typing import Any

from bot.emulator import xml
from bot.emulator.api.gate import Call, Route
from bot.emulator.chat import NOTICE
from bot.emulator.errors import ApiError
from bot.emulator.platform import Platform
from bot.emulator.state import Shelf

EVENTS = {"accept": "subscribe_msg_popup_event", "reject": "subscribe_msg_change_event"}
ELEMENTS = {"accept": "SubscribeMsgPopupEvent", "reject": "SubscribeMsgChangeEvent"}


def bizsend(call: Call) -> dict[str, Any]:
    """POST message/subscribe/bizsend: one notice to one person who said yes to it (43101 otherwise)."""
    platform, template = call.platform, call.text("template_id")
    user = platform.chats.users.get(call.text("touser"))
    data = call.json.get("data")
    if user is None:
        raise ApiError(40003)
    if not template:
        raise ApiError(40037)
    if not isinstance(data, dict) or not data or not all(_is_value(value) for value in data.values()):
        raise ApiError(47003)
    with platform.state.transaction():
        _use(platform, user["openid"], template)
        number = str(platform.state.count("notice"))
        lines = [f"{name}：{value['value']}" for name, value in data.items()]
        bubble = {"kind": "text", "content": "\n".join(["【订阅通知】", *lines]), "url": call.text("page")}
        platform.chats.add(user["openid"], NOTICE, bubble)
        told: list[tuple[str, xml.Value]] = [
            ("TemplateId", template), ("MsgID", number), ("ErrorCode", "0"), ("ErrorStatus", "success"),
        ]  # fmt: skip
        _push(platform, user["openid"], "subscribe_msg_sent_event", [("SubscribeMsgSentEvent", [("List", told)])])
    return {"errcode": 0, "errmsg": "ok", "msgid": number}


def answer(platform: Platform, name: str, template: str, *, accept: bool) -> str:
    """A person says yes to one more notice, or no to all of them. Returns the delivery's id."""
    user = platform.chats.phone(name)
    word = "accept" if accept else "reject"
    with platform.state.transaction():
        left = (_consents(platform).get(f"{user['openid']} {template}") or {"left": 0})["left"]
        _consents(platform).put(f"{user['openid']} {template}", {"left": left + 1 if accept else 0})
        item: list[tuple[str, xml.Value]] = [("TemplateId", template), ("SubscribeStatusString", word)]
        return _push(platform, user["openid"], EVENTS[word], [(ELEMENTS[word], [("List", item)])])


def _use(platform: Platform, openid: str, template: str) -> None:
    found = _consents(platform).get(f"{openid} {template}")
    if found is None or found["left"] < 1:
        raise ApiError(43101)
    _consents(platform).put(f"{openid} {template}", {"left": found["left"] - 1})


def _consents(platform: Platform) -> Shelf:
    return platform.state.shelf("consents")


def _push(platform: Platform, openid: str, event: str, fields: list[tuple[str, xml.Value]]) -> str:
    head: list[tuple[str, xml.Value]] = [
        ("ToUserName", platform.courier.account), ("FromUserName", openid), ("CreateTime", platform.clock.stamp()),
        ("MsgType", "event"), ("Event", event),
    ]  # fmt: skip
    return platform.courier.post(xml.write([*head, *fields]), event=event)


def _is_value(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("value"), str) and bool(value["value"].strip())


ROUTES = [Route("POST", "/cgi-bin/message/subscribe/bizsend", bizsend, "subscribe")]
