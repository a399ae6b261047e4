"""Tells new alarms to the address in `GONGKAI_ALARM_URL`."""

from __future__ import annotations

from content.services import telling
from scheduler.jobs.desk import Desk


def run(desk: Desk) -> str:
    """How many were told."""
    told = telling.tell(desk.office, desk.bell, desk.now())
    return f"{told} alarms told" if told else ""
