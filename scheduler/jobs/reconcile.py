"""Compares our list with the platform's: yesterday, and again the days whose statistics were late or open."""

from __future__ import annotations

from datetime import timedelta

from content.services import reconciliation
from scheduler.jobs.context import Desk

AGAIN = 3  # days; statistics come late, and the address of a push is known only from them


def run(desk: Desk) -> str:
    """What was found."""
    yesterday = desk.office.clock.day(desk.now()) - timedelta(days=1)
    first = yesterday - timedelta(days=AGAIN - 1)
    receipt = reconciliation.reconcile(
        desk.office, desk.channel, first=first, last=yesterday, now=desk.now(), stopping=desk.stopping
    )
    differences = sum(len(receipt[kind]) for kind in ("only_ours", "only_theirs", "different"))
    return f"{receipt['matched']} matched, {differences} differences"
