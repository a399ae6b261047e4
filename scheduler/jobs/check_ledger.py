"""Walks the ledger's chain from its first entry, and against every signed head; an alarm names the first that breaks."""

from __future__ import annotations

from content.services.alarms import alarm_watch
from scheduler.jobs.context import Desk


def run(desk: Desk) -> str:
    """Whether it holds."""
    return "" if alarm_watch.check_ledger(desk.office, desk.now()) else "the ledger is broken"
