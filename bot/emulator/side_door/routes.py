"""The side door /_/…: what only a rehearsal can do — look, seed, move time, break things, act for people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify, request

from bot.emulator.api import drafts, mass, publishing, quotas, subscribe, tokens
from bot.emulator.api.menu import checked as checked_menu
from bot.emulator.articles import mass_jobs, published
from bot.emulator.errors import ApiError
from bot.emulator.phone import citizen
from bot.emulator.platform import Platform
from bot.emulator.side_door import seed, state_view

IDLE_SECONDS = 20.0
Act = Callable[[Platform, dict[str, Any]], Any]


def blueprint(platform: Platform) -> Blueprint:
    """GET /_/state and one POST per act."""
    door = Blueprint("side_door", __name__, url_prefix="/_")

    @door.get("/state")
    def state() -> Response:
        wanted = [name for name in request.args.get("include", "").split(",") if name]
        return _json(lambda: state_view.look(platform, wanted))

    @door.get("/<name>")
    def read(name: str) -> Response:
        return _json(lambda: _known(READS, name)(platform, {}))

    @door.post("/<name>")
    def act(name: str) -> Response:
        return _json(lambda: _known(ACTS, name)(platform, request.get_json(silent=True) or {}))

    return door


class NoSuchAct(Exception):
    """An address behind the side door that does not exist."""


def _known(acts: dict[str, Act], name: str) -> Act:
    if name not in acts:
        raise NoSuchAct(f"没有 /_/{name}；有 {'、'.join(acts)}")
    return acts[name]


def _json(act: Callable[[], Any]) -> Response:
    try:
        return jsonify(act())
    except ApiError as error:
        return _refused({"error": error.message, "errcode": error.code}, 409)
    except citizen.NotFollowing:
        return _refused({"error": "还没有关注公众号"}, 409)
    except NoSuchAct as error:
        return _refused({"error": str(error)}, 404)
    except (KeyError, TypeError, ValueError) as error:
        return _refused({"error": f"参数不对：{error}"}, 400)


def _refused(body: dict[str, Any], status: int) -> Response:
    response = jsonify(body)
    response.status_code = status
    return response


def _reset(platform: Platform, body: dict[str, Any]) -> Any:
    platform.state.clear()
    return {"ok": True}


def _time(platform: Platform, body: dict[str, Any]) -> Any:
    now = platform.clock.set(now=body.get("now"), offset=body.get("offset", 0), hold=body.get("hold", False))
    mass_jobs.overdue(platform)
    return {"now": now.astimezone(platform.clock.zone).isoformat()}


def _faults(platform: Platform, body: dict[str, Any]) -> Any:
    if body.get("clear"):
        platform.faults.clear()
        return {"faults": []}
    added = [platform.faults.add(rule) for rule in body.get("rules", [body])]
    return {"faults": added}


def _settle(platform: Platform, body: dict[str, Any]) -> Any:
    return {"idle": platform.worker.idle(float(body.get("timeout", IDLE_SECONDS)))}


def _deliver(platform: Platform, body: dict[str, Any]) -> Any:
    tries = int(body.get("tries", 1))
    return {"attempts": platform.courier.carry_now(str(body["xml"]), mode=body.get("mode", ""), tries=tries)}


def _repeat(platform: Platform, body: dict[str, Any]) -> Any:
    id = body.get("delivery")
    last = platform.state.shelf("deliveries").get(str(id)) if id else platform.courier.last()
    if last is None:
        raise ValueError("还没有投递过")
    attempts = platform.courier.carry_now(last["xml"], mode=body.get("mode", ""))
    return {"delivery": last["id"], "attempts": attempts}


def _say(platform: Platform, body: dict[str, Any]) -> Any:
    name = body.get("user", "citizen")
    return _waited(platform, name, lambda: citizen.say(platform, name, body["text"], menu_id=body.get("menu_id", "")))


def _follow(platform: Platform, body: dict[str, Any]) -> Any:
    name = body.get("user", "citizen")
    return _waited(platform, name, lambda: citizen.follow(platform, name, scene=body.get("scene", "")))


def _unfollow(platform: Platform, body: dict[str, Any]) -> Any:
    name = body.get("user", "citizen")
    return _waited(platform, name, lambda: citizen.unfollow(platform, name))


def _tap(platform: Platform, body: dict[str, Any]) -> Any:
    name = body.get("user", "citizen")
    return _waited(platform, name, lambda: citizen.tap(platform, name, body["button"])["delivery"])


def _located(platform: Platform, body: dict[str, Any]) -> Any:
    name, place = body.get("user", "citizen"), {"latitude": body["latitude"], "longitude": body["longitude"]}
    return _waited(platform, name, lambda: citizen.send_location(platform, name, label=body.get("label", ""), **place))


def _send(platform: Platform, body: dict[str, Any]) -> Any:
    """Any other message: `kind`, and the elements that it has."""
    name, kind, fields = body.get("user", "citizen"), str(body["kind"]), list(dict(body.get("fields", {})).items())
    bubble = {"kind": kind, "content": str(body.get("shown", kind))}
    return _waited(platform, name, lambda: citizen.send(platform, name, kind, fields=fields, bubble=bubble))


def _consent(platform: Platform, body: dict[str, Any]) -> Any:
    """A person's answer to subscription notices: `template`, `accept`."""
    name, accept = body.get("user", "citizen"), bool(body.get("accept", True))
    return _waited(platform, name, lambda: subscribe.answer(platform, name, body["template"], accept=accept))


def _waited(platform: Platform, name: str, act: Callable[[], str]) -> dict[str, Any]:
    """Does something on a phone, waits for the answer, and returns the delivery with the bubbles it brought."""
    user = platform.chats.phone(name)
    seen = platform.chats.since(user["openid"], 0)
    id = act()
    platform.worker.idle(IDLE_SECONDS)
    bubbles = platform.chats.since(user["openid"], seen[-1]["number"] if seen else 0)
    return {"openid": user["openid"], "delivery": platform.state.shelf("deliveries").get(id), "bubbles": bubbles}


def _publish_draft(platform: Platform, body: dict[str, Any]) -> Any:
    at = platform.clock.parse(body["at"]).timestamp() if body.get("at") else None
    whole = publishing.publish_by_hand(platform, body["media_id"], at=at)
    return state_view.whole_shown(platform, whole)


def _push_draft(platform: Platform, body: dict[str, Any]) -> Any:
    return state_view.job_shown(mass.push_by_hand(platform, body["media_id"]))


def _mass(platform: Platform, body: dict[str, Any]) -> Any:
    """`do`: confirm or refuse; `msg_id`: the one that waits for the administrator."""
    confirmed = {"confirm": True, "refuse": False}[body["do"]]
    return state_view.job_shown(mass_jobs.decide(platform, str(body["msg_id"]), confirmed=confirmed))


def _delete_draft(platform: Platform, body: dict[str, Any]) -> Any:
    drafts.find(platform, body["media_id"])
    return {"deleted": platform.state.shelf("drafts").delete(body["media_id"])}


def _change_article(platform: Platform, body: dict[str, Any]) -> Any:
    """`do`: delete, ban, retitle (`title`) or reads (`reads`); `article_id`, or `url`; `index` from 1, 0 for all."""
    article_id, index = _which(platform, body)
    gone = {
        "delete": {"status": publishing.DELETED, "is_deleted": True},
        "ban": {"status": publishing.BANNED, "banned": True},
    }
    if body["do"] in gone:
        found = publishing.take_down(platform, article_id, index, **gone[body["do"]])
    else:
        name = {"retitle": "title", "reads": "reads"}[body["do"]]
        found = published.change(platform, article_id, index, **{name: body[name]}) is not None
    if not found:
        raise ValueError("没有这篇文章")
    return state_view.whole_shown(platform, published.find(platform, article_id) or {})


def _which(platform: Platform, body: dict[str, Any]) -> tuple[str, int]:
    if not body.get("url"):
        return str(body["article_id"]), int(body.get("index", 0))
    known = platform.state.shelf("pages").get(str(body["url"]).rpartition("/")[2])
    if known is None:
        raise ValueError("没有这个地址的文章")
    return known["article_id"], known["idx"]


def _menu(platform: Platform, body: dict[str, Any]) -> Any:
    platform.state.set_value("menu", checked_menu(body))
    return {"ok": True}


def _kill_tokens(platform: Platform, body: dict[str, Any]) -> Any:
    tokens.kill(platform)
    return {"ok": True}


READS: dict[str, Act] = {
    "options": lambda platform, body: platform.settings.all(),
    "faults": lambda platform, body: {"faults": platform.faults.all()},
    "time": lambda platform, body: {"now": platform.clock.now().astimezone(platform.clock.zone).isoformat()},
    "quotas": lambda platform, body: {path: quotas.used(platform, path) for path in quotas.DAILY},
}
ACTS: dict[str, Act] = {
    "reset": _reset,
    "seed": seed.seed,
    "time": _time,
    "options": lambda platform, body: platform.settings.change(body),
    "faults": _faults,
    "settle": _settle,
    "deliver": _deliver,
    "repeat": _repeat,
    "verify": lambda platform, body: platform.courier.verify(),
    "say": _say,
    "follow": _follow,
    "unfollow": _unfollow,
    "tap": _tap,
    "locate": _located,
    "send": _send,
    "consent": _consent,
    "publish_draft": _publish_draft,
    "push_draft": _push_draft,
    "mass": _mass,
    "delete_draft": _delete_draft,
    "article": _change_article,
    "menu": _menu,
    "kill_tokens": _kill_tokens,
}
