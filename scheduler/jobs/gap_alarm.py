"""Asks whether tomorrow (at 15:00) and today (at 10:00 and 16:00) have a post; at the last hour a reserve steps in."""

from __future__ import annotations

from content.services.alarms import daily_post_check
from content.services.publishing import JobContext


def run(context: JobContext) -> str:
    """What was told that is new."""
    return " ".join(daily_post_check.check(context.office, context.now()))
