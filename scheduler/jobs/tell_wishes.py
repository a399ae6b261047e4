"""Sends subscription notices of what is new to those who said yes to one."""

from __future__ import annotations

from content.services.citizens import subscription_notices
from scheduler.jobs.context import Desk


def run(desk: Desk) -> str:
    """How many went out."""
    sent = subscription_notices.tell_all(desk.office, desk.channel, desk.now(), desk.stopping)
    return f"{sent} notices" if sent else ""
