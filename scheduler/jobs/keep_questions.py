"""Brings the questions that were answered into their rows, should no further message have done so."""

from __future__ import annotations

from content.services.citizens import question_log
from scheduler.jobs.context import Desk


def run(desk: Desk) -> str:
    """How many were brought in."""
    brought = question_log.bring_in(desk.office)
    return f"{brought} questions" if brought else ""
