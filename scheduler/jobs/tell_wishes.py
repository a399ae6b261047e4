"""Sends subscription notices of what is new to those who said yes to one."""

from __future__ import annotations

from content.services.citizens import subscription_notices
from content.services.publishing import JobContext


def run(context: JobContext) -> str:
    """How many went out."""
    sent = subscription_notices.tell_all(context.office, context.channel, context.now(), context.stopping)
    return f"{sent} notices" if sent else ""
