"""Prepares 每日要点 from the newest disclosures and postings, and hands it to the reviewers."""

from __future__ import annotations

from content.services.articles import daily_digest
from scheduler.jobs.context import Desk


def run(desk: Desk) -> str:
    """What was prepared, or why nothing was."""
    return daily_digest.prepare(desk.office, desk.now())
