"""Removes drafts of ours that no publication needs: those that a cut-off call left behind."""

from __future__ import annotations

from content.services.publishing import JobContext
from content.services.publishing.platform_draft import remove_orphans


def run(context: JobContext) -> str:
    """How many drafts were removed."""
    return f"{remove_orphans(context)} drafts removed"
