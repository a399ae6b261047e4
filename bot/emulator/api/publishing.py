"""freepublish/submit, get, getarticle, batchget, delete, and the jobs behind them."""

from __future__ import annotations

import time
from typing import Any

from bot.emulator import xml
from bot.emulator.api import drafts
from bot.emulator.api.gate import Call, Route
from bot.emulator.api.uploads import page
from bot.emulator.articles import published
from bot.emulator.errors import ApiError
from bot.emulator.platform import Platform

SUCCESS, PUBLISHING, NOT_ORIGINAL, FAILED, REFUSED, DELETED, BANNED = range(7)
FIRST_PUBLISH_ID, FIRST_MSG_DATA_ID = 2247500000, 2247480000
OK = {"errcode": 0, "errmsg": "ok"}


def submit(call: Call) -> dict[str, Any]:
    """POST freepublish/submit → `publish_id`, `msg_data_id`; accepted is not yet published."""
    platform = call.platform
    draft = drafts.find(platform, call.text("media_id"))
    _check_gap(platform)
    publish_id = str(platform.state.count("publish_id", start=FIRST_PUBLISH_ID))
    job = {
        "publish_id": publish_id, "media_id": draft["media_id"], "msg_data_id": new_msg_data_id(platform),
        "articles": draft["articles"], "status": PUBLISHING, "at": platform.clock.stamp(), "article_id": "",
        "outcome": platform.settings["publish_status"], "fail_idx": platform.settings["publish_fail_idx"],
    }  # fmt: skip
    platform.state.shelf("publish_jobs").put(publish_id, job)
    platform.worker.after(platform.settings["publish_delay"], finish, platform, publish_id)
    return {**OK, "publish_id": publish_id, "msg_data_id": job["msg_data_id"]}


def new_msg_data_id(platform: Platform) -> str:
    """The id that statistics know a publication by."""
    return str(platform.state.count("msg_data_id", start=FIRST_MSG_DATA_ID))


def finish(platform: Platform, publish_id: str) -> None:
    """Ends a job: brings the articles out or fails, consumes the draft, and sends PUBLISHJOBFINISH."""
    with platform.state.transaction():
        job = platform.state.shelf("publish_jobs").get(publish_id)
        if job is None or job["status"] != PUBLISHING:
            return
        if job["outcome"] == SUCCESS:
            whole = published.bring_out(
                platform, job["articles"], kind=published.PUBLISHED, msg_data_id=job["msg_data_id"], by="api"
            )
            job["article_id"] = whole["article_id"]
            platform.state.shelf("publish_of").put(whole["article_id"], {"publish_id": publish_id})
            platform.state.shelf("drafts").delete(job["media_id"])
        job["status"] = job["outcome"]
        job["finished"] = platform.clock.stamp()
        platform.state.shelf("publish_jobs").put(publish_id, {**job, "articles": len(job["articles"])})
        platform.courier.post(_event(platform, job), event="PUBLISHJOBFINISH")


def resume(platform: Platform) -> None:
    """Takes up the jobs that a kill interrupted."""
    for job in platform.state.shelf("publish_jobs").all():
        if job["status"] == PUBLISHING:
            platform.worker.after(platform.settings["publish_delay"], finish, platform, job["publish_id"])


def get(call: Call) -> dict[str, Any]:
    """POST freepublish/get → `publish_status` and, once published, the addresses."""
    job = call.platform.state.shelf("publish_jobs").get(call.text("publish_id"))
    if job is None:
        raise ApiError(53502)
    shown: dict[str, Any] = {"publish_id": job["publish_id"], "publish_status": job["status"], "fail_idx": []}
    if job["status"] in (SUCCESS, DELETED, BANNED):
        shown["article_id"] = job["article_id"]
    if job["status"] == SUCCESS:
        whole = published.find(call.platform, job["article_id"]) or {"items": []}
        found = [{"idx": item["idx"], "article_url": item["url"]} for item in whole["items"]]
        shown["article_detail"] = {"count": len(found), "item": found}
    if job["status"] in (NOT_ORIGINAL, REFUSED):
        shown["fail_idx"] = job["fail_idx"]
    return shown


def getarticle(call: Call) -> dict[str, Any]:
    """POST freepublish/getarticle → `news_item`."""
    whole = published.shelf(call.platform, published.PUBLISHED).get(call.text("article_id"))
    if whole is None:
        raise ApiError(53600)
    return {"news_item": [published.as_news_item(call.platform, item, content=True) for item in whole["items"]]}


def batchget(call: Call) -> dict[str, Any]:
    """POST freepublish/batchget: what was published (not what was mass-sent), newest first."""
    offset, size = page(call)
    content = call.number("no_content", 0) == 0
    shelf = published.shelf(call.platform, published.PUBLISHED)
    items = []
    for whole in shelf.newest(offset, size):
        shown = [published.as_news_item(call.platform, item, content=content) for item in whole["items"]]
        stamps = {"create_time": int(whole["at"]), "update_time": int(whole["at"])}
        items.append({
            "article_id": whole["article_id"], "content": {"news_item": shown, **stamps},
            "update_time": int(whole["at"]),
        })  # fmt: skip
    return {"total_count": shelf.size(), "item_count": len(items), "item": items}


def delete(call: Call) -> dict[str, Any]:
    """POST freepublish/delete: `index` from 1; 0 or none deletes all. For good."""
    article_id, index = call.text("article_id"), call.number("index", 0)
    if published.shelf(call.platform, published.PUBLISHED).get(article_id) is None:
        raise ApiError(53600)
    if not take_down(call.platform, article_id, index, status=DELETED, is_deleted=True):
        raise ApiError(40114)
    return OK


def take_down(platform: Platform, article_id: str, index: int, *, status: int, **changes: Any) -> bool:
    """Marks one article or all as gone; when none is left the job's status becomes 5 or 6."""
    with platform.state.transaction():
        whole = published.change(platform, article_id, index, **changes)
        if whole is None:
            return False
        known = platform.state.shelf("publish_of").get(article_id)
        job = known and platform.state.shelf("publish_jobs").get(known["publish_id"])
        if known and job and all(item["is_deleted"] or item["banned"] for item in whole["items"]):
            platform.state.shelf("publish_jobs").put(known["publish_id"], {**job, "status": status})
    return True


def publish_by_hand(platform: Platform, media_id: str, *, at: float | None = None) -> dict[str, Any]:
    """A person presses 发布 on the platform's page: out at once, no push, the draft is consumed. Raises ApiError."""
    with platform.state.transaction():
        draft = drafts.find(platform, media_id)
        whole = published.bring_out(
            platform,
            draft["articles"],
            kind=published.PUBLISHED,
            msg_data_id=new_msg_data_id(platform),
            by="hand",
            at=at,
        )
        platform.state.shelf("drafts").delete(media_id)
        if platform.settings["hand_event"]:
            job = {
                "publish_id": str(platform.state.count("publish_id", start=FIRST_PUBLISH_ID)), "status": SUCCESS,
                "article_id": whole["article_id"], "fail_idx": [],
            }  # fmt: skip
            platform.courier.post(_event(platform, job), event="PUBLISHJOBFINISH")
    return whole


def _check_gap(platform: Platform) -> None:
    gap, now, ticks = platform.settings["submit_gap"], platform.clock.stamp(), time.monotonic()
    last = platform.state.value("submitted", {"at": -gap, "ticks": -gap})
    if gap and abs(now - last["at"]) < gap and 0 <= ticks - last["ticks"] < gap:
        raise ApiError(53501)
    platform.state.set_value("submitted", {"at": now, "ticks": ticks})


def _event(platform: Platform, job: dict[str, Any]) -> str:
    info: list[tuple[str, xml.Value]] = [
        ("publish_id", int(job["publish_id"])), ("publish_status", job["status"]),
    ]  # fmt: skip
    if job["status"] == SUCCESS:
        whole = published.find(platform, job["article_id"]) or {"items": []}
        items = [("item", [("idx", i["idx"]), ("article_url", i["url"])]) for i in whole["items"]]
        info += [("article_id", job["article_id"]), ("article_detail", [("count", len(items)), *items])]
    elif job["status"] in (NOT_ORIGINAL, REFUSED):
        info += [("fail_idx", index) for index in job["fail_idx"]]
    return xml.write([
        ("ToUserName", platform.courier.account), ("FromUserName", platform.helper),
        ("CreateTime", platform.clock.stamp()), ("MsgType", "event"), ("Event", "PUBLISHJOBFINISH"),
        ("PublishEventInfo", info),
    ])  # fmt: skip


ROUTES = [
    Route("POST", "/cgi-bin/freepublish/submit", submit, "freepublish"),
    Route("POST", "/cgi-bin/freepublish/get", get, "freepublish"),
    Route("POST", "/cgi-bin/freepublish/getarticle", getarticle, "freepublish"),
    Route("POST", "/cgi-bin/freepublish/batchget", batchget, "freepublish"),
    Route("POST", "/cgi-bin/freepublish/delete", delete, "freepublish"),
]
