"""Alarms follow what is: raised for what stands still, closed when it is over, and a day's lost post noticed at once."""

from __future__ import annotations

from content.services import gaps, watching
from scheduler.jobs.desk import Desk


def run(desk: Desk) -> str:
    """How many alarms were raised and closed."""
    raised, closed = watching.watch(desk.office, desk.now())
    raised += len(gaps.check(desk.office, desk.now()))
    return f"{raised} alarms raised, {closed} closed" if raised or closed else ""
