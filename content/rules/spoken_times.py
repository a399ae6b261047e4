"""How days and times are written for staff, everywhere alike: 12月1日 周二 9:00, with the year if it is another than today's."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

WEEKDAYS = "一二三四五六日"


def day_words(day: date, today: date | None = None) -> str:
    """11月28日 周六; 2025年11月28日 周五 in another year than today's, and where no today is given."""
    year = "" if today and day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日 周{WEEKDAYS[day.weekday()]}"


def time_words(instant: datetime, *, now: datetime, zone: tzinfo) -> str:
    """11月28日 周六 9:00."""
    local = instant.astimezone(zone)
    return f"{day_words(local.date(), now.astimezone(zone).date())} {local.hour}:{local.minute:02d}"
