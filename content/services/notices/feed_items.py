"""What feeds and the list of all pages say: the newest of a kind with when each last changed, and every address there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from content.rules.language import plain_text
from content.rules.publishing import markup
from content.services.answers import notice_search
from content.services.articles import public_list
from content.services.office import Office
from content.store.notices import notices
from content.store.tables import Disclosure, Posting

ENTRIES = 30
SUMMARY = 600  # bytes


@dataclass(frozen=True)
class FeedItem:
    """One entry. `url` is our page of it and its lasting name; `updated` is an instant in UTC."""

    url: str
    title: str
    updated: datetime
    published_on: date | None = None
    source: str = ""
    category: str = ""
    summary: str = ""


def newest(office: Office, kind: str) -> list[FeedItem]:
    """The newest of a kind (article, disclosure, posting) that citizens may see, newest first."""
    return _articles(office) if kind == "article" else _notices(office, kind)


def paths(office: Office) -> list[str]:
    """The path of every disclosure, posting and article that citizens may see."""
    today, days = office.clock.today(), office.settings.posting_days
    found: list[str] = []
    with office.store.read() as session:
        for kind, table in (("disclosure", Disclosure), ("posting", Posting)):
            query = notices.open_to_citizens(kind, today=today, posting_days=days)
            ids = session.scalars(query.with_only_columns(table.id).order_by(table.id))
            found += [f"/{notice_search.PAGES[kind]}/{number}" for number in ids]
    return found + [f"/a/{number}" for number in public_list.numbers(office)]


def _articles(office: Office) -> list[FeedItem]:
    return [
        FeedItem(office.article_url(each.id), each.title, each.published_at, each.published_on, each.department,
                 each.category, each.digest)
        for each in public_list.articles(office, limit=ENTRIES)
    ]  # fmt: skip


def _notices(office: Office, kind: str) -> list[FeedItem]:
    shown = notice_search.newest(office, kind, limit=ENTRIES)
    table: Any = notices.TABLES[kind]
    query = select(table).where(table.id.in_([each.id for each in shown]))
    if table is Disclosure:
        query = query.options(joinedload(Disclosure.category))
    with office.store.read() as session:
        rows = {row.id: row for row in session.scalars(query)}
        return [_item(each, rows[each.id]) for each in shown if each.id in rows]


def _item(shown: notice_search.Result, row: Disclosure | Posting) -> FeedItem:
    fields = notices.fields(row)
    if isinstance(row, Posting):
        words = " · ".join(part for part in (row.salary, row.area, str(fields.get("description") or "")) if part)
        return FeedItem(shown.url, row.title, row.changed_at, row.published_on, row.employer, "", _short(words))
    category = row.category.name if row.category else ""
    text = _short(str(fields.get("body") or ""))
    return FeedItem(shown.url, row.title, row.changed_at, row.published_on, shown.department, category, text)


def _short(text: str) -> str:
    beginning = text[: 4 * SUMMARY]
    return plain_text.fit(plain_text.one_line(markup.words(beginning) if "<" in beginning else beginning), SUMMARY)
