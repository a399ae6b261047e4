"""Brings the questions that were answered into their rows, should no further message have done so."""

from __future__ import annotations

from content.services.citizens import question_log
from content.services.publishing import JobContext


def run(context: JobContext) -> str:
    """How many were brought in."""
    brought = question_log.bring_in(context.office)
    return f"{brought} questions" if brought else ""
