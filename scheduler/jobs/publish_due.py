"""Brings due articles out, and learns what became of those under way."""

from __future__ import annotations

from content.services.publishing import run as publish
from scheduler.jobs.context import Desk


def run(desk: Desk) -> str:
    """Takes every step that is due now."""
    taken = publish(desk.press)
    return f"{taken} steps" if taken else ""
