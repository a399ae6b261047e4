"""Walks the ledger's chain from its first entry, and against every signed head; an alarm names the first that breaks."""

from __future__ import annotations

from content.services.alarms import alarm_watch
from content.services.publishing import JobContext


def run(context: JobContext) -> str:
    """Whether it holds."""
    return "" if alarm_watch.check_ledger(context.office, context.now()) else "the ledger is broken"
