"""Folds what is new in the ledger into the counters, so that a reader in the morning need not wait."""

from __future__ import annotations

from content.services.figures import yearly_tally
from scheduler.jobs.context import Desk


def run(desk: Desk) -> str:
    """Brings the counters up to the ledger's last entry."""
    yearly_tally.catch_up(desk.office)
    return ""
