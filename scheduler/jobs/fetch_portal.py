"""Fetches the portal's own list and counts what is new on it, under the channel `portal`."""

from __future__ import annotations

from bot.outside import web
from bot.outside.portal import WebFeed
from content.services import portal
from scheduler.jobs.desk import Desk


def run(desk: Desk) -> str:
    """What came of it."""
    receipt = portal.refresh(desk.office, WebFeed(near=web.is_near(desk.office.settings.base_url)))
    told = [f"{receipt.new} new, {receipt.changed} changed"] if receipt.new or receipt.changed else []
    if receipt.refused:
        told.append(f"{len(receipt.refused)} not read: {receipt.refused[0].message}")
    return ", ".join(told)
