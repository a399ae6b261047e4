"""Fetches the portal's own list and counts what is new on it, under the channel `portal`."""

from __future__ import annotations

from bot.outside import download
from bot.outside.portal_feed import WebFeed
from content.services.notices import portal
from content.services.publishing import JobContext


def run(context: JobContext) -> str:
    """What came of it."""
    receipt = portal.refresh(context.office, WebFeed(near=download.is_near(context.office.settings.base_url)))
    told = [f"{receipt.new} new, {receipt.changed} changed"] if receipt.new or receipt.changed else []
    if receipt.refused:
        told.append(f"{len(receipt.refused)} not read: {receipt.refused[0].message}")
    return ", ".join(told)
