"""message/mass/sendall, get, delete, preview, and the website's own 群发."""

from __future__ import annotations

from typing import Any

from bot.emulator.api import drafts
from bot.emulator.api.gate import Call, Route
from bot.emulator.api.publishing import new_msg_data_id
from bot.emulator.articles import mass_jobs, published
from bot.emulator.chat import ACCOUNT
from bot.emulator.errors import ApiError
from bot.emulator.platform import Platform

OK = {"errcode": 0, "errmsg": "ok"}


def sendall(call: Call) -> dict[str, Any]:
    """POST message/mass/sendall → `msg_id` and, for articles, `msg_data_id`."""
    platform, client_id = call.platform, call.text("clientmsgid")
    mass_jobs.overdue(platform)
    mass_jobs.check_client_id(platform, client_id)
    _check_filter(call.json.get("filter"))
    job = _job(call)
    mass_jobs.check_allowance(platform)
    job = mass_jobs.begin(platform, job, client_id=client_id)
    done: dict[str, Any] = {"errcode": 0, "errmsg": "send job submission success", "msg_id": int(job["msg_id"])}
    return {**done, "msg_data_id": int(job["msg_data_id"])} if job["articles"] else done


def get(call: Call) -> dict[str, Any]:
    """POST message/mass/get → `msg_status`; while the administrator is asked it is SENDING."""
    mass_jobs.overdue(call.platform)
    job = _find(call.platform, call.text("msg_id"))
    status = "SENDING" if job["status"] == mass_jobs.CONFIRMING else job["status"]
    return {"msg_id": int(job["msg_id"]), "msg_status": status}


def delete(call: Call) -> dict[str, Any]:
    """POST message/mass/delete: by `msg_id` and `article_idx` (from 1, 0 all), or by `url`. For good."""
    if call.text("msg_id"):
        job = _find(call.platform, call.text("msg_id"))
        article_id, index = job["article_id"], call.number("article_idx", 0)
    else:
        known = call.platform.state.shelf("pages").get(call.text("url").rpartition("/")[2])
        article_id, index = (known["article_id"], known["idx"]) if known else ("", 0)
    pushed = published.shelf(call.platform, published.PUSHED).get(article_id)
    if pushed is None:
        raise ApiError(40059)
    whole = published.change(call.platform, article_id, index, is_deleted=True)
    if whole is None:
        raise ApiError(40114)
    _mark_deleted(call.platform, whole)
    return OK


def preview(call: Call) -> dict[str, Any]:
    """POST message/mass/preview: shows it to one person; the draft stays."""
    name, job = call.text("towxname"), _job(call)
    user = call.platform.chats.phone(name) if name else call.platform.chats.users.get(call.text("touser"))
    if user is None:
        raise ApiError(40003)
    call.platform.chats.add(user["openid"], ACCOUNT, job["bubble"])
    return {"errcode": 0, "errmsg": "preview success", "msg_id": 0}


def push_by_hand(platform: Platform, media_id: str) -> dict[str, Any]:
    """A person presses 群发 on the platform's page; it uses up the same allowance. Raises ApiError."""
    with platform.state.transaction():
        draft = drafts.find(platform, media_id)
        mass_jobs.check_allowance(platform)
        return mass_jobs.begin(platform, _article_job(platform, draft, by="hand"))


def _check_filter(given: Any) -> None:
    if not isinstance(given, dict):
        raise ApiError(40035)
    if given.get("is_to_all") is not True and not str(given.get("tag_id", "")).isdigit():
        raise ApiError(40152)


def _job(call: Call) -> dict[str, Any]:
    kind = call.text("msgtype")
    payload = call.json.get("images" if kind == "image" and "images" in call.json else kind)
    if not isinstance(payload, dict):
        raise ApiError(40035)
    if kind == "mpnews":
        return _article_job(call.platform, drafts.find(call.platform, str(payload.get("media_id", ""))), by="api")
    if kind == "text":
        if not payload.get("content"):
            raise ApiError(44004)
        return _plain_job({"kind": "text", "content": str(payload["content"])})
    if kind in ("image", "voice", "mpvideo"):
        media_id = str((payload.get("media_ids") or [payload.get("media_id", "")])[0])
        material = call.platform.state.shelf("materials").get(media_id)
        if material is None:
            raise ApiError(40007)
        return _plain_job({"kind": kind, "media_id": media_id, "url": material["url"]})
    raise ApiError(40035)


def _article_job(platform: Platform, draft: dict[str, Any], *, by: str) -> dict[str, Any]:
    shown = [
        {"title": a["title"], "description": a.get("digest", ""), "picture": a.get("thumb_url", ""),
         "url": f"{platform.base_url}/s/draft/{draft['media_id']}/{index}"}
        for index, a in enumerate(draft["articles"], start=1)
    ]  # fmt: skip
    return {
        "media_id": draft["media_id"], "articles": draft["articles"], "msg_data_id": new_msg_data_id(platform),
        "bubble": {"kind": "news", "articles": shown}, "by": by,
    }  # fmt: skip


def _plain_job(bubble: dict[str, Any]) -> dict[str, Any]:
    return {"media_id": "", "articles": [], "msg_data_id": "", "bubble": bubble, "by": "api"}


def _find(platform: Platform, msg_id: str) -> dict[str, Any]:
    if (job := mass_jobs.shelf(platform).get(msg_id)) is None:
        raise ApiError(40059)
    return job


def _mark_deleted(platform: Platform, whole: dict[str, Any]) -> None:
    """A push whose articles are all gone is DELETE from then on; its allowance stays used up."""
    if not all(item["is_deleted"] for item in whole["items"]):
        return
    for job in mass_jobs.shelf(platform).all():
        if job["article_id"] == whole["article_id"]:
            mass_jobs.shelf(platform).put(job["msg_id"], {**job, "status": "DELETE"})


ROUTES = [
    Route("POST", "/cgi-bin/message/mass/sendall", sendall, "mass"),
    Route("POST", "/cgi-bin/message/mass/get", get, "mass"),
    Route("POST", "/cgi-bin/message/mass/delete", delete, "mass"),
    Route("POST", "/cgi-bin/message/mass/preview", preview, "mass"),
]
