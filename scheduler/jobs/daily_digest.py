"""Prepares 每日要点 from the newest disclosures and postings, and hands it to the reviewers."""

from __future__ import annotations

from content.services.articles import daily_digest
from content.services.publishing import JobContext


def run(context: JobContext) -> str:
    """What was prepared, or why nothing was."""
    return daily_digest.prepare(context.office, context.now())
