"""Brings due articles out, and learns what became of those under way."""

from __future__ import annotations

from content.services.publishing import JobContext
from content.services.publishing import run as publish


def run(context: JobContext) -> str:
    """Takes every step that is due now."""
    taken = publish(context)
    return f"{taken} steps" if taken else ""
