"""The days of a year on which nothing came out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta


def days_without_publication(published: Collection[date], first: date | None, *, year: int, today: date) -> list[str]:
    """From 1 January, or from the first publication of all if that is later, to yesterday; none before there is one."""
    if first is None:
        return []
    start, end = max(first, date(year, 1, 1)), min(today - timedelta(days=1), date(year, 12, 31))
    wanted = (start + timedelta(days=number) for number in range((end - start).days + 1))
    return [day.isoformat() for day in wanted if day not in published]
