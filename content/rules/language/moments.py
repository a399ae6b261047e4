"""Moments as people write them: 2026-12-01T09:00, 2026-12-1 9:00, 2026/12/1 9:30, 2026年12月1日9点半, 12月… needs its year."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

EXAMPLE = "2026-12-01 09:00"

_DAY = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?"
_HALF = "(凌晨|早上|早晨|上午|中午|下午|傍晚|晚上)?"
_HOUR = r"(\d{1,2})\s*(?::|时|点钟?)\s*(半|一刻|三刻|\d{1,2})?\s*分?(?::(\d{1,2}))?"
_MOMENT = re.compile(rf"{_DAY}[T,\s]*{_HALF}\s*{_HOUR}")
_ONLY_A_DAY = re.compile(rf"{_DAY}\s*{_HALF}")
_MINUTES = {"": 0, "半": 30, "一刻": 15, "三刻": 45}
_AFTERNOON = {"下午", "傍晚", "晚上"}


class NoHour(ValueError):
    """A day is named, and no hour."""


def read(text: str, zone: ZoneInfo) -> datetime:
    """The instant in UTC; without an offset it is local to `zone`. Raises NoHour, ValueError."""
    words = unicodedata.normalize("NFKC", text).strip()
    if _ONLY_A_DAY.fullmatch(words):
        raise NoHour(text)
    found = _MOMENT.fullmatch(words)
    instant = _put_together(*found.groups("")) if found else datetime.fromisoformat(words)
    return (instant if instant.tzinfo else instant.replace(tzinfo=zone)).astimezone(UTC)


def _put_together(year: str, month: str, day: str, half: str, hour: str, minute: str, second: str) -> datetime:
    hours = int(hour)
    if (half in _AFTERNOON and hours < 12) or (half == "中午" and hours < 3):
        hours += 12
    minutes = _MINUTES[minute] if minute in _MINUTES else int(minute)
    return datetime(int(year), int(month), int(day), hours, minutes, int(second or 0))  # noqa: DTZ001 - the zone follows
