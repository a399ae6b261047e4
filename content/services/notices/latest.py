"""What is new, of all kinds in one list by date: articles, disclosures that are in force, postings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from content.services.answers import notice_search
from content.services.answers.notice_search import Result
from content.services.articles import public_list
from content.services.office import Office
from content.store.notices import notices

MOST_POSTINGS = 3  # an import brings many postings of one day; they have a page of their own


@dataclass(frozen=True)
class LatestItem:
    """One of them. `kind` is article, disclosure or posting; `source` is who it is from, `more` a number or the pay."""

    kind: str
    id: int
    title: str
    on: date | None
    source: str
    more: str = ""


def latest(office: Office, limit: int) -> list[LatestItem]:
    """The newest, newest first; of one day articles come before disclosures, postings last."""
    articles = [
        LatestItem("article", each.id, each.title, each.published_on, each.department)
        for each in public_list.articles(office, limit=limit)
    ]
    disclosures = [
        _item(each)
        for each in notice_search.newest(office, "disclosure", limit=limit)
        if each.status == notices.IN_FORCE
    ]
    postings = [_item(each) for each in notice_search.newest(office, "posting", limit=min(limit, MOST_POSTINGS))]
    return sorted([*articles, *disclosures, *postings], key=lambda item: item.on or date.min, reverse=True)[:limit]


def _item(found: Result) -> LatestItem:
    if found.kind == "posting":
        return LatestItem(found.kind, found.id, found.title, found.published_on, found.employer, found.salary)
    return LatestItem(found.kind, found.id, found.title, found.published_on, found.department, found.document_no)
