"""The days of a year on which nothing came out, and how near two weeks without a publication are."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from content.rules.alarms import chinese

NO_UPDATE = timedelta(days=14)  # 国办秘函〔2019〕19号: no update within 2 weeks fails the account at once
WARN_DAYS = 5  # days left under that rule from which on it is told every day


def days_without_publication(published: Collection[date], first: date | None, *, year: int, today: date) -> list[str]:
    """From 1 January, or from the first publication of all if that is later, to yesterday; none before there is one."""
    if first is None:
        return []
    start, end = max(first, date(year, 1, 1)), min(today - timedelta(days=1), date(year, 12, 31))
    wanted = (start + timedelta(days=number) for number in range((end - start).days + 1))
    return [day.isoformat() for day in wanted if day not in published]


def days_left(last: date | None, today: date) -> int | None:
    """Days until two weeks without a post are over: 0 is the last day that helps, below it is too late.

    None before the first post.
    """
    return None if last is None else (last + NO_UPDATE - today).days


def two_weeks(last: date | None, today: date) -> str:
    """A sentence on the two-week rule; empty before the first post."""
    left = days_left(last, today)
    if last is None or left is None:
        return ""
    since = f"上一篇是 {chinese(last)} 发的"
    if left < 0:
        return f"{since}，已经超过两周没有更新，按检查指标会被一票否决，请马上发布一篇。"
    if left == 0:
        return f"{since}，今天再不发布就满两周没有更新，按检查指标会被一票否决。"
    return f"{since}；两周不更新会被一票否决，还剩 {left} 天。"
