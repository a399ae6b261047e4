"""Mass sends as jobs: allowance, the administrator's word, the result, and what followers see."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from bot.emulator import xml
from bot.emulator.articles import published
from bot.emulator.chat import ACCOUNT
from bot.emulator.errors import ApiError
from bot.emulator.platform import Platform
from bot.emulator.state import Shelf

CONFIRMING, SENDING, SENT, FAILED = "CONFIRMING", "SENDING", "SEND_SUCCESS", "SEND_FAIL"
FIRST_MSG_ID = 1_000_000_000
CONFIRM_SECONDS = 30 * 60
ADMIN_REFUSED, ADMIN_SILENT = "err(40001)", "err(40002)"
ALLOWANCE = {"subscription": 1, "service": 4}  # a day; a calendar month
CLIENT_ID_BYTES, CLIENT_ID_GAP, CLIENT_ID_LIFE = 32, 60, 24 * 3600


def shelf(platform: Platform) -> Shelf:
    """All mass sends."""
    return platform.state.shelf("mass_jobs")


def check_client_id(platform: Platform, client_id: str) -> None:
    """Raises ApiError 45067 too long, 45066 again within a minute, 45065 with the earlier msg_id within a day."""
    if len(client_id.encode()) > CLIENT_ID_BYTES:
        raise ApiError(45067)
    known = platform.state.shelf("client_ids").get(client_id) if client_id else None
    if known is None:
        return
    passed = platform.clock.stamp() - known["at"]
    really = time.monotonic() - known["ticks"]
    if abs(passed) < CLIENT_ID_GAP and 0 <= really < CLIENT_ID_GAP:
        raise ApiError(45066)
    if passed < CLIENT_ID_LIFE:
        raise ApiError(45065, msg_id=int(known["msg_id"]))


def check_allowance(platform: Platform) -> None:
    """Raises ApiError 45028 when the day's (公众号) or month's (服务号) pushes are used up."""
    account = platform.settings["account"]
    most = platform.settings["mass_allowance"]
    if spent(platform) >= (ALLOWANCE[account] if most is None else most):
        raise ApiError(45028)


def spent(platform: Platform) -> int:
    """Pushes of this day or month that did not fail; those of the website count too."""
    today = platform.clock.today()
    first = today if platform.settings["account"] == "subscription" else today.replace(day=1)
    end = today + timedelta(days=1)
    found = shelf(platform).ranked(platform.clock.midnight(first), platform.clock.midnight(end))
    return sum(job["status"] != FAILED for job in found)


def begin(platform: Platform, job: dict[str, Any], *, client_id: str = "") -> dict[str, Any]:
    """Takes a mass send; it waits for the administrator if the account is set so, else it is sent by and by."""
    now = platform.clock.stamp()
    waits = platform.settings["mass_confirmation"]
    job = {
        **job, "msg_id": str(platform.state.count("mass_id", start=FIRST_MSG_ID)), "at": now, "article_id": "",
        "status": CONFIRMING if waits else SENDING, "result": platform.settings["mass_status"],
        "confirm_by": now + CONFIRM_SECONDS if waits else None, "client_id": client_id,
    }  # fmt: skip
    shelf(platform).put(job["msg_id"], job, rank=now)
    if client_id:
        known = {"msg_id": job["msg_id"], "at": now, "ticks": time.monotonic()}
        platform.state.shelf("client_ids").put(client_id, known)
    if not waits:
        platform.worker.after(platform.settings["mass_delay"], finish, platform, job["msg_id"])
    return job


def decide(platform: Platform, msg_id: str, *, confirmed: bool) -> dict[str, Any]:
    """The administrator's word. Raises ApiError 40059 when nothing waits for it."""
    overdue(platform)
    with platform.state.transaction():
        job = shelf(platform).get(msg_id)
        if job is None or job["status"] != CONFIRMING:
            raise ApiError(40059)
        job = {**job, "status": SENDING, "result": job["result"] if confirmed else ADMIN_REFUSED}
        shelf(platform).put(msg_id, job)
        platform.worker.after(platform.settings["mass_delay"] if confirmed else 0, finish, platform, msg_id)
    return job


def overdue(platform: Platform) -> None:
    """Fails what the administrator left unanswered for thirty minutes of the emulator's time."""
    if not platform.settings["mass_confirmation"] and not _any_waits(platform):
        return
    with platform.state.transaction():
        for job in shelf(platform).all():
            if job["status"] == CONFIRMING and platform.clock.stamp() > job["confirm_by"]:
                shelf(platform).put(job["msg_id"], {**job, "status": SENDING, "result": ADMIN_SILENT})
                platform.worker.after(0, finish, platform, job["msg_id"])


def finish(platform: Platform, msg_id: str) -> None:
    """Ends a job: pushes to followers and consumes the draft, or fails; MASSSENDJOBFINISH says which."""
    with platform.state.transaction():
        job = shelf(platform).get(msg_id)
        if job is None or job["status"] != SENDING:
            return
        if job["result"] == "send success":
            _push(platform, job)
        job["status"] = SENT if job["result"] == "send success" else FAILED
        job["finished"] = platform.clock.stamp()
        shelf(platform).put(msg_id, {**job, "articles": len(job["articles"])})
        platform.courier.post(_event(platform, job), event="MASSSENDJOBFINISH")


def resume(platform: Platform) -> None:
    """Takes up what a kill interrupted."""
    for job in shelf(platform).all():
        if job["status"] == SENDING:
            platform.worker.after(platform.settings["mass_delay"], finish, platform, job["msg_id"])


def _any_waits(platform: Platform) -> bool:
    waiting = "SELECT 1 FROM records WHERE kind = 'mass_jobs' AND json_extract(body, '$.status') = ? LIMIT 1"
    return bool(platform.state.run(waiting, CONFIRMING))


def _push(platform: Platform, job: dict[str, Any]) -> None:
    bubble = job["bubble"]
    if job["articles"]:
        whole = published.bring_out(
            platform, job["articles"], kind=published.PUSHED, msg_data_id=job["msg_data_id"], by=job["by"]
        )
        job["article_id"] = whole["article_id"]
        platform.state.shelf("drafts").delete(job["media_id"])
        bubble = published.as_card(whole)
    for user in platform.chats.followers():
        platform.chats.add(user["openid"], ACCOUNT, bubble)


def _event(platform: Platform, job: dict[str, Any]) -> str:
    sent = job["status"] == SENT
    reached = len(platform.chats.followers()) if sent else 0
    whole = published.find(platform, job["article_id"]) if job["article_id"] else None
    items = whole["items"] if whole else []
    urls: list[tuple[str, xml.Value]] = [
        ("item", [("ArticleIdx", item["idx"]), ("ArticleUrl", item["url"])]) for item in items
    ]
    return xml.write([
        ("ToUserName", platform.courier.account), ("FromUserName", platform.helper),
        ("CreateTime", platform.clock.stamp()), ("MsgType", "event"), ("Event", "MASSSENDJOBFINISH"),
        ("MsgID", int(job["msg_id"])), ("Status", job["result"]), ("TotalCount", len(platform.chats.followers())),
        ("FilterCount", reached), ("SentCount", reached), ("ErrorCount", 0),
        ("CopyrightCheckResult", [("Count", len(items)), ("ResultList", [_own_work(i) for i in items]), ("CheckState", 1)]),
        ("ArticleUrlResult", [("Count", len(items)), ("ResultList", urls)]),
    ])  # fmt: skip


def _own_work(item: dict[str, Any]) -> tuple[str, xml.Value]:
    """The copyright check of an article that is nobody else's."""
    return "item", [
        ("ArticleIdx", item["idx"]), ("UserDeclareState", 0), ("AuditState", 0), ("OriginalArticleUrl", ""),
        ("OriginalArticleType", 0), ("CanReprint", 0), ("NeedReplaceContent", 0), ("NeedShowReprintSource", 0),
    ]  # fmt: skip
