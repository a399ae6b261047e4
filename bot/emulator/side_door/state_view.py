"""What the side door shows of the platform's state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.emulator.articles import published
from bot.emulator.platform import Platform

RECENT = 200


def look(platform: Platform, wanted: list[str]) -> dict[str, Any]:
    """The parts named in `wanted`, or all of them. Raises ValueError for an unknown part."""
    if unknown := set(wanted) - set(PARTS):
        raise ValueError(f"没有 {'、'.join(sorted(unknown))}；可看的有 {'、'.join(PARTS)}")
    with platform.state.transaction():
        return {name: show(platform) for name, show in PARTS.items() if not wanted or name in wanted}


def whole_shown(platform: Platform, whole: dict[str, Any]) -> dict[str, Any]:
    """A publication with its time in words, without the bodies."""
    at = datetime.fromtimestamp(whole["at"], platform.clock.zone)
    names = ("idx", "title", "url", "digest", "author", "content_source_url", "is_deleted", "banned", "reads")
    items = [{name: item.get(name) for name in names} for item in whole["items"]]
    return {**{k: v for k, v in whole.items() if k != "items"}, "published_at": at.isoformat(), "items": items}


def _published(platform: Platform) -> list[dict[str, Any]]:
    """Everything that is or was out, of both kinds, oldest first."""
    both = published.shelf(platform, published.PUBLISHED).all() + published.shelf(platform, published.PUSHED).all()
    return [whole_shown(platform, whole) for whole in sorted(both, key=lambda whole: whole["at"])]


def _drafts(platform: Platform) -> list[dict[str, Any]]:
    names = (
        "title",
        "author",
        "digest",
        "content_source_url",
        "thumb_media_id",
        "content",
        "pic_crop_235_1",
        "pic_crop_1_1",
    )
    return [
        {**draft, "articles": [{name: article.get(name) for name in names} for article in draft["articles"]]}
        for draft in platform.state.shelf("drafts").all()
    ]


def job_shown(job: dict[str, Any]) -> dict[str, Any]:
    """A job without the bodies of its articles."""
    return {name: value for name, value in job.items() if name not in ("articles", "bubble")}


def _jobs(platform: Platform, kind: str) -> list[dict[str, Any]]:
    return [job_shown(job) for job in platform.state.shelf(kind).all()]


def _calls(platform: Platform) -> dict[str, Any]:
    calls = platform.state.shelf("calls").all()
    return {
        "counts": Counter(call["endpoint"] for call in calls),
        "acted": Counter(c["endpoint"] for c in calls if c["errcode"] == 0),
        "errors": Counter(str(call["errcode"]) for call in calls if call["errcode"]),
        "recent": calls[-RECENT:],
    }


def _chat(platform: Platform) -> dict[str, Any]:
    return {
        user["name"]: {**user, "bubbles": platform.chats.since(user["openid"], 0)}
        for user in platform.chats.users.all()
    }


PARTS: dict[str, Callable[[Platform], Any]] = {
    "now": lambda platform: platform.clock.now().astimezone(platform.clock.zone).isoformat(),
    "account": lambda platform: {
        "name": platform.options.named(), "app_id": platform.options.app_id,
        "original_id": platform.courier.account, "helper": platform.helper, "url": platform.base_url,
    },
    "options": lambda platform: platform.settings.all(),
    "published": _published,
    "drafts": _drafts,
    "materials": lambda platform: platform.state.shelf("materials").all(),
    "publish_jobs": lambda platform: _jobs(platform, "publish_jobs"),
    "mass_jobs": lambda platform: _jobs(platform, "mass_jobs"),
    "menu": lambda platform: platform.state.value("menu"),
    "calls": _calls,
    "chat": _chat,
    "deliveries": lambda platform: [d for _, d in platform.state.shelf("deliveries").after(0, 100_000)],
    "faults": lambda platform: platform.faults.all(),
}  # fmt: skip
