"""Prepares 每日要点 from the newest disclosures and postings, and hands it to the reviewers."""

from __future__ import annotations

from content.services import digesting
from scheduler.jobs.desk import Desk


def run(desk: Desk) -> str:
    """What was prepared, or why nothing was."""
    return digesting.prepare(desk.office, desk.now())
