"""Alarms follow what is: raised for what stands still, closed when it is over, and a day's lost post noticed at once."""

from __future__ import annotations

from content.services.alarms import alarm_watch, daily_post_check
from scheduler.jobs.context import Desk


def run(desk: Desk) -> str:
    """How many alarms were raised and closed."""
    raised, closed = alarm_watch.watch(desk.office, desk.now())
    raised += len(daily_post_check.check(desk.office, desk.now()))
    return f"{raised} alarms raised, {closed} closed" if raised or closed else ""
