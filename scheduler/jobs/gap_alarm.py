"""Asks at the hours of the rule whether today and tomorrow have a post; at the day's last hour a reserve steps in."""

from __future__ import annotations

from content.services.alarms import daily_post_check
from content.services.publishing import JobContext


def run(context: JobContext) -> str:
    """What was told that is new."""
    return " ".join(daily_post_check.check(context.office, context.now()))
