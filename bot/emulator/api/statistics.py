"""datacube/getarticletotaldetail: how the articles of one day were read."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from bot.emulator.api.gate import Call, Route
from bot.emulator.articles import published
from bot.emulator.errors import ApiError
from bot.emulator.platform import Platform

FIRST_DAY = date(2025, 11, 1)
LEAST_READS = 3
DAYS_PER_ARTICLE = 30
READY_HOUR = 8
PUSHED, NOT_PUSHED = 0, 1


def total_detail(call: Call) -> dict[str, Any]:
    """POST datacube/getarticletotaldetail: `begin_date` = `end_date`, up to yesterday → `list`, `is_delay`.

    Articles of that day, published and pushed alike; those with fewer than three reads are left out.
    """
    platform, day = call.platform, _day(call)
    start = platform.clock.midnight(day)
    end = platform.clock.midnight(day + timedelta(days=1))
    if day.isoformat() in platform.settings["delayed_days"]:
        return {"list": [], "is_delay": True}
    both = [(whole, NOT_PUSHED) for whole in published.shelf(platform, published.PUBLISHED).ranked(start, end)]
    both += [(whole, PUSHED) for whole in published.shelf(platform, published.PUSHED).ranked(start, end)]
    rows = [
        _row(platform, day, whole, item=item, kind=kind)
        for whole, kind in both
        for item in whole["items"]
        if _counted(item)
    ]
    return {"list": rows, "is_delay": False}


def _day(call: Call) -> date:
    try:
        first, last = (date.fromisoformat(call.text(name)) for name in ("begin_date", "end_date"))
    except ValueError as error:
        raise ApiError(61500) from error
    clock = call.platform.clock
    if first != last or not FIRST_DAY <= first < clock.today():
        raise ApiError(61501)
    hour = datetime.fromtimestamp(clock.stamp(), clock.zone).hour
    if first == clock.today() - timedelta(days=1) and hour < READY_HOUR:
        raise ApiError(61503)
    return first


def _counted(item: dict[str, Any]) -> bool:
    return bool(item["reads"] >= LEAST_READS)


def _row(platform: Platform, day: date, whole: dict[str, Any], *, item: dict[str, Any], kind: int) -> dict[str, Any]:
    last = min(platform.clock.today() - timedelta(days=1), day + timedelta(days=DAYS_PER_ARTICLE - 1))
    days = [day + timedelta(days=n) for n in range((last - day).days + 1)]
    return {
        "ref_date": day.isoformat(), "msgid": f"{whole['msg_data_id']}_{item['idx']}", "publish_type": kind,
        "title": item["title"], "content_url": item["url"],
        "detail_list": [_stat(stat_day, item["reads"]) for stat_day in days],
    }  # fmt: skip


def _stat(day: date, reads: int) -> dict[str, Any]:
    """The sums from publication to one day; a rehearsed article gets all its reads on the first."""
    none = dict.fromkeys(
        ("share_user", "zaikan_user", "like_user", "comment_count", "collection_user", "praise_money",
         "read_subscribe_user"), 0,
    )  # fmt: skip
    source = [{"user_count": reads, "scene_desc": "全部"}]
    return {"stat_date": day.isoformat(), "read_user": reads, "read_user_source": source, **none}


ROUTES = [Route("POST", "/datacube/getarticletotaldetail", total_detail, "datacube")]
