"""Removes drafts of ours that no publication needs: those that a cut-off call left behind."""

from __future__ import annotations

from content.services.publishing.orphan_drafts import remove_orphans
from scheduler.jobs.context import Desk


def run(desk: Desk) -> str:
    """How many drafts were removed."""
    return f"{remove_orphans(desk.press)} drafts removed"
