"""Asks whether tomorrow (at 15:00) and today (at 10:00 and 16:00) have a post; at the last hour a reserve steps in."""

from __future__ import annotations

from content.services import gaps
from scheduler.jobs.desk import Desk


def run(desk: Desk) -> str:
    """What was told that is new."""
    return " ".join(gaps.check(desk.office, desk.now()))
