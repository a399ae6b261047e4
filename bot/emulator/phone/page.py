"""The citizen's phone: one page, and the JSON it lives on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request

from bot.emulator.api import pictures
from bot.emulator.api.uploads import IMAGE_KINDS, keep_picture
from bot.emulator.articles import published
from bot.emulator.errors import ApiError
from bot.emulator.phone import citizen
from bot.emulator.platform import Platform

NAME = "citizen"
LISTED = 50


def blueprint(platform: Platform) -> Blueprint:
    """/phone and /phone/…; `?user=` chooses another person's phone."""
    phone = Blueprint("phone", __name__, url_prefix="/phone")

    @phone.get("")
    def page() -> str:
        return render_template(
            "phone.html", account=platform.options.named(), user=_name(), zone=platform.options.timezone
        )

    @phone.get("/chat")
    def chat() -> Response:
        user = platform.chats.phone(_name())
        bubbles = platform.chats.since(user["openid"], int(request.args.get("after", "0")))
        return jsonify(
            follows=user["follows"], bubbles=bubbles, typing=platform.courier.typing(user["openid"]),
            menu=platform.state.value("menu"), now=platform.clock.stamp(), epoch=platform.epoch(),
        )  # fmt: skip

    @phone.get("/articles")
    def listed() -> Response:
        return jsonify(articles=_listed(platform), now=platform.clock.stamp())

    @phone.post("/<act>")
    def act(act: str) -> tuple[Response, int]:
        if act not in ACTS:
            return jsonify(error="没有这个动作"), 404
        try:
            return jsonify(ACTS[act](platform, _name())), 200
        except citizen.NotFollowing:
            return jsonify(error="请先关注公众号"), 409
        except ApiError as error:
            return jsonify(error="这张图片发不出去，请换一张。", errcode=error.code), 400
        except (KeyError, TypeError, ValueError):
            return jsonify(error="手机没有看懂这个动作"), 400

    return phone


def _name() -> str:
    return request.args.get("user") or NAME


def _body() -> dict[str, Any]:
    body = request.get_json(silent=True)
    return body if isinstance(body, dict) else {}


def _say(platform: Platform, name: str) -> dict[str, Any]:
    text = str(_body()["text"])
    if not text.strip():
        raise ValueError("空的消息")
    return {"delivery": citizen.say(platform, name, text, menu_id=str(_body().get("menu_id", "")))}


def _picture(platform: Platform, name: str) -> dict[str, Any]:
    data = request.files["picture"].read()
    url = keep_picture(platform, data, pictures.kind(data, allowed=IMAGE_KINDS, most=pictures.IMAGE))
    return {"delivery": citizen.send_picture(platform, name, url)}


def _location(platform: Platform, name: str) -> dict[str, Any]:
    place = {"latitude": 23.137466, "longitude": 113.352425, "label": f"{platform.options.named()}办事大厅"}
    return {"delivery": citizen.send_location(platform, name, **{**place, **_body()})}


def _listed(platform: Platform) -> list[dict[str, Any]]:
    """The article list of the account's page. The live platform leaves published ones out; the rehearsal shows both."""
    both = [
        whole
        for kind in (published.PUBLISHED, published.PUSHED)
        for whole in published.shelf(platform, kind).newest(0, LISTED)
    ]
    names = ("title", "digest", "url", "thumb_url")
    return [
        {
            "at": whole["at"],
            "articles": [{n: i.get(n, "") for n in names} for i in whole["items"] if not i["is_deleted"]],
        }
        for whole in sorted(both, key=lambda whole: -whole["at"])[:LISTED]
    ]


ACTS: dict[str, Callable[[Platform, str], dict[str, Any]]] = {
    "say": _say,
    "picture": _picture,
    "location": _location,
    "voice": lambda platform, name: {"delivery": citizen.send_voice(platform, name)},
    "follow": lambda platform, name: {"delivery": citizen.follow(platform, name)},
    "unfollow": lambda platform, name: {"delivery": citizen.unfollow(platform, name)},
    "tap": lambda platform, name: citizen.tap(platform, name, dict(_body()["button"])),
}
