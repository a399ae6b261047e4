"""Folds what is new in the ledger into the counters, so that a reader in the morning need not wait."""

from __future__ import annotations

from content.services import tallying
from scheduler.jobs.desk import Desk


def run(desk: Desk) -> str:
    """Brings the counters up to the ledger's last entry."""
    tallying.catch_up(desk.office)
    return ""
