"""Drafts of ours that no publication needs: a cut-off call for a draft leaves one behind."""

from __future__ import annotations

from datetime import timedelta

from content.rules.publishing import article_marks
from content.rules.publishing.publication import OPEN
from content.services.ports import DraftItem
from content.services.publishing.context import Press
from content.store.articles import publications

PAGE = 20
LEAVE_FOR = timedelta(hours=1)  # a younger one may belong to a call that is just being answered


def remove_orphans(press: Press) -> int:
    """Removes them; how many. Drafts without our mark are a person's and are left alone."""
    if not press.office.settings.mark_articles:
        return 0
    with press.office.store.read() as session:
        needed = {publication.media_id for publication in publications.in_states(session, OPEN)}
    orphans = [item for item in _all_drafts(press) if _is_orphan(press, item, needed)]
    removed = 0
    while removed < len(orphans) and not press.stopping():
        press.channel.delete_draft(orphans[removed].media_id)
        removed += 1
    return removed


def _is_orphan(press: Press, item: DraftItem, needed: set[str]) -> bool:
    base = press.office.settings.base_url
    ours = bool(item.source_urls) and all(
        article_marks.read(url, base_url=base) is not None for url in item.source_urls
    )
    return ours and item.media_id not in needed and item.at < press.now() - LEAVE_FOR


def _all_drafts(press: Press) -> list[DraftItem]:
    found: list[DraftItem] = []
    while len(page := press.channel.drafts(len(found), PAGE)) == PAGE:
        found += page
    return found + page
