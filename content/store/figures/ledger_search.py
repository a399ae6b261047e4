"""Looking things up in the ledger: by what it is about, by who acted, by kind and by time, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from content.store.tables import Article, Difference, LedgerEntry, PublicationArticle, Revision


@dataclass(frozen=True)
class LedgerCondition:
    """Which entries: `since` included, `until` not; None or empty stands for any."""

    subjects: Sequence[str] | None = None
    actor: str = ""
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None


def page(session: Session, wanted: LedgerCondition, *, limit: int | None, offset: int = 0) -> list[LedgerEntry]:
    """The entries, newest first."""
    query = _met(select(LedgerEntry), wanted).order_by(LedgerEntry.number.desc())
    return list(session.scalars(query.limit(limit).offset(offset)))


def total(session: Session, wanted: LedgerCondition) -> int:
    """How many there are."""
    return session.scalar(_met(select(func.count()).select_from(LedgerEntry), wanted)) or 0


def titled(session: Session, words: str, *, most: int) -> list[int]:
    """The articles of which some wording has these words in its title, the newest first."""
    has_them = [Revision.title.contains(word, autoescape=True) for word in words.split()]
    query = select(Revision.article_id).where(*has_them).distinct().order_by(Revision.article_id.desc())
    return list(session.scalars(query.limit(most)))


def about_articles(session: Session, articles: Sequence[int]) -> list[str]:
    """The subjects under which the ledger speaks of articles: their own, their publications', their differences'."""
    parts = select(PublicationArticle.publication_id).where(PublicationArticle.article_id.in_(articles)).distinct()
    found = select(Difference.id).where(Difference.article_id.in_(articles))
    return [
        *(f"article:{number}" for number in articles),
        *(f"publication:{number}" for number in session.scalars(parts)),
        *(f"difference:{number}" for number in session.scalars(found)),
    ]


def titles(session: Session, articles: Sequence[int]) -> dict[int, str]:
    """The present titles of articles."""
    query = (
        select(Article.id, Revision.title)
        .join(Revision, (Revision.article_id == Article.id) & (Revision.number == Article.revision_number))
        .where(Article.id.in_(articles))
    )
    return {number: title for number, title in session.execute(query)}


def _met(query: Select[Any], wanted: LedgerCondition) -> Select[Any]:
    entry = LedgerEntry
    if wanted.subjects is not None:
        query = query.where(entry.subject.in_(wanted.subjects))
    if wanted.actor:
        query = query.where(entry.actor == wanted.actor)
    if wanted.kind:
        query = query.where(entry.kind == wanted.kind)
    if wanted.since is not None:
        query = query.where(entry.at >= wanted.since)
    return query.where(entry.at < wanted.until) if wanted.until is not None else query
