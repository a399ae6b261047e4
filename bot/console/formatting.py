"""How the console writes times: 11月28日 周六 9:00, with the year only if it is another."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from markupsafe import Markup

from bot.console import context
from config import clock
from content.rules import spoken_times
from content.rules.publishing.publication import Delivery

HOUR = timedelta(hours=1)
SHORT_OF_TIME, HARDLY_ANY = timedelta(hours=12), timedelta(hours=4)
DELIVERY_WORDS = {
    Delivery.PUBLISH: "发布",
    Delivery.MASS: "群发",
    Delivery.DRAFT: "放进公众平台草稿箱，由人来发",
    Delivery.HAND: "人工发布",
}

WAY_WORDS = {**DELIVERY_WORDS, Delivery.PUBLISH: "发布，不推送", Delivery.MASS: "群发给关注者"}


def here(instant: datetime) -> datetime:
    """An instant in the office's zone."""
    return instant.astimezone(context.office().settings.zone)


def day_words(day: date, today: date | None = None) -> str:
    """11月28日 周六; 2025年11月28日 周五 in another year than today's."""
    return spoken_times.day_words(day, today or context.office().clock.today())


def clock_words(instant: datetime) -> str:
    """9:00."""
    local = here(instant)
    return f"{local.hour}:{local.minute:02d}"


def time_words(instant: datetime) -> str:
    """11月28日 周六 9:00."""
    return spoken_times.time_words(instant, now=context.now(), zone=context.office().settings.zone)


def full_time(instant: datetime) -> str:
    """2026年11月28日 周六 9:00: for paper, which lies in a folder for years."""
    day = here(instant).date()
    return f"{day_words(day, date.min)} {clock_words(instant)}"


def time_tag(instant: datetime | None, otherwise: str = "没定时间") -> Markup:
    """The same as an element that machines read too."""
    if instant is None:
        return Markup('<span class="soft">{}</span>').format(otherwise)
    return Markup('<time datetime="{}">{}</time>').format(
        here(instant).isoformat(timespec="minutes"), time_words(instant)
    )


def field_time(instant: datetime | None) -> str:
    """As a field for date and time takes it: 2026-11-28T09:00."""
    return here(instant).strftime("%Y-%m-%dT%H:%M") if instant else ""


def time_left(until: datetime) -> tuple[str, str]:
    """How long there is to answer, and its tone: soft, warn under 12 hours, bad under 4."""
    left = until - context.now()
    if left <= timedelta():
        return "48 小时已过，等群众下次来信时告知", "soft"
    tone = "bad" if left < HARDLY_ANY else "warn" if left < SHORT_OF_TIME else "soft"
    whole = int(left / HOUR)
    return f"还可回复 {whole} 小时" if whole else f"还可回复 {max(1, left.seconds // 60)} 分钟", tone


def delivery_words(delivery: str) -> str:
    """发布, 群发, 只放草稿箱."""
    return DELIVERY_WORDS[Delivery(delivery)]


def way_words(delivery: str) -> str:
    """The same for a line that says nothing else of it: 发布，不推送."""
    return WAY_WORDS[Delivery(delivery)]


def text_tag(text: str) -> Markup:
    """A day or an instant in ISO 8601, as a list of evidence holds it, for people."""
    if "T" in text:
        return time_tag(clock.parse(text, context.office().settings.zone))
    return Markup('<time datetime="{}">{}</time>').format(text, day_words(date.fromisoformat(text)))
