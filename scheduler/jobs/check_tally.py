"""Folds what is new in the ledger into the counters, so that a reader in the morning need not wait."""

from __future__ import annotations

from content.services.figures import yearly_tally
from content.services.publishing import JobContext


def run(context: JobContext) -> str:
    """Brings the counters up to the ledger's last entry."""
    yearly_tally.catch_up(context.office)
    return ""
