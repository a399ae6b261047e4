"""Sends subscription notices of what is new to those who said yes to one."""

from __future__ import annotations

from content.services import heralding
from scheduler.jobs.desk import Desk


def run(desk: Desk) -> str:
    """How many went out."""
    sent = heralding.tell_all(desk.office, desk.channel, desk.now(), desk.stopping)
    return f"{sent} notices" if sent else ""
