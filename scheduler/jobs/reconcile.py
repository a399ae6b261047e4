"""Compares our list with the platform's: yesterday, and again the days whose statistics were late or open."""

from __future__ import annotations

from datetime import timedelta

from content.services import reconciliation
from content.services.publishing import JobContext

AGAIN = 3  # days; statistics come late, and the address of a push is known only from them


def run(context: JobContext) -> str:
    """What was found."""
    yesterday = context.office.clock.day(context.now()) - timedelta(days=1)
    first = yesterday - timedelta(days=AGAIN - 1)
    receipt = reconciliation.reconcile(
        context.office, context.channel, first=first, last=yesterday, now=context.now(), stopping=context.stopping
    )
    differences = sum(len(receipt[kind]) for kind in ("only_ours", "only_theirs", "different"))
    return f"{receipt['matched']} matched, {differences} differences"
