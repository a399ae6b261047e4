"""Walks the ledger's chain from its first entry, and against every signed head; an alarm names the first that breaks."""

from __future__ import annotations

from content.services import watching
from scheduler.jobs.desk import Desk


def run(desk: Desk) -> str:
    """Whether it holds."""
    return "" if watching.check_ledger(desk.office, desk.now()) else "the ledger is broken"
