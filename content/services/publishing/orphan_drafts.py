"""Drafts of ours that no publication needs: a cut-off call for a draft leaves one behind."""

from __future__ import annotations

from datetime import timedelta

from content.rules.publishing import article_marks
from content.rules.publishing.publication import OPEN
from content.services.ports import DraftItem
from content.services.publishing.context import JobContext
from content.store.articles import publications

PAGE = 20
LEAVE_FOR = timedelta(hours=1)  # a younger one may belong to a call that is just being answered


def remove_orphans(context: JobContext) -> int:
    """Removes them; how many. Drafts without our mark are a person's and are left alone."""
    if not context.office.settings.mark_articles:
        return 0
    with context.office.store.read() as session:
        needed = {publication.media_id for publication in publications.in_states(session, OPEN)}
    orphans = [item for item in _all_drafts(context) if _is_orphan(context, item, needed)]
    removed = 0
    while removed < len(orphans) and not context.stopping():
        context.channel.delete_draft(orphans[removed].media_id)
        removed += 1
    return removed


def _is_orphan(context: JobContext, item: DraftItem, needed: set[str]) -> bool:
    base = context.office.settings.base_url
    ours = bool(item.source_urls) and all(
        article_marks.read(url, base_url=base) is not None for url in item.source_urls
    )
    return ours and item.media_id not in needed and item.at < context.now() - LEAVE_FOR


def _all_drafts(context: JobContext) -> list[DraftItem]:
    found: list[DraftItem] = []
    while len(page := context.channel.drafts(len(found), PAGE)) == PAGE:
        found += page
    return found + page
