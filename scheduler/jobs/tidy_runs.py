"""Forgets what the clock did long ago: the diary of its runs is for finding out what went wrong lately."""

from __future__ import annotations

from datetime import timedelta

from content.services.publishing import JobContext
from content.store import clock_runs

KEPT = timedelta(days=90)


def run(context: JobContext) -> str:
    """How many runs were forgotten."""
    with context.office.store.write() as session:
        return f"{clock_runs.forget(session, context.now() - KEPT)} runs forgotten"
