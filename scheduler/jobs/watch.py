"""Alarms follow what is: raised for what stands still, closed when it is over, and a day's lost post noticed at once."""

from __future__ import annotations

from content.services.alarms import alarm_watch, daily_post_check
from content.services.publishing import JobContext


def run(context: JobContext) -> str:
    """How many alarms were raised and closed."""
    raised, closed = alarm_watch.watch(context.office, context.now())
    raised += len(daily_post_check.check(context.office, context.now()))
    return f"{raised} alarms raised, {closed} closed" if raised or closed else ""
