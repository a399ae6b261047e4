"""Tells new alarms to the address in `GONGKAI_ALARM_URL`."""

from __future__ import annotations

from content.services.alarms import alarm_webhook_tries
from content.services.publishing import JobContext


def run(context: JobContext) -> str:
    """How many were told."""
    told = alarm_webhook_tries.tell(context.office, context.alarm_receiver, context.now())
    return f"{told} alarms told" if told else ""
