"""Articles that are out, as search and lists show them; and how far the rows have changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, joinedload

from content.rules.publishing.article_states import ArticleState
from content.rules.publishing.publication import PublicationState
from content.store.articles.articles import seal
from content.store.figures import ledger
from content.store.tables import Article, LedgerEntry, Publication, PublicationArticle, Revision

VOUCHED = ("article.approved", "article.published")  # entries that name the wording
SETTLED = (ArticleState.PUBLISHED, ArticleState.WITHDRAWN)


@dataclass(frozen=True)
class ArticleForSearch:
    """One article that is out, in the wording that went out. `url` is the platform's."""

    id: int
    title: str
    digest: str
    html: str
    department: str
    category: str
    published_on: date | None
    url: str
    changed_at: datetime


def is_vouched_for(session: Session, part: PublicationArticle) -> bool:
    """Whether the wording that went out is still what the ledger's newest entry about its approval or publication names."""
    mine = select(LedgerEntry).where(LedgerEntry.subject == f"article:{part.article_id}", LedgerEntry.kind.in_(VOUCHED))
    entry = session.scalars(mine.order_by(LedgerEntry.number.desc()).limit(1)).first()
    if entry is None or ledger.seal(entry) != entry.hash or not ledger.is_sealed(session, entry):
        return False
    told = json.loads(entry.data)
    return (told["revision"], told["sha256"]) == (part.revision.number, seal(part.revision))


def last_change(session: Session) -> datetime | None:
    """When an article last went out or was withdrawn; None if none ever was."""
    return session.scalar(select(func.max(Article.changed_at)).where(Article.state.in_(SETTLED)))


def changed_since(session: Session, at: datetime) -> tuple[list[int], list[int]]:
    """The ids of the articles that went out at that time or later, and of those that were withdrawn."""
    query = select(Article.id, Article.state).where(Article.state.in_(SETTLED), Article.changed_at >= at)
    rows = list(session.execute(query))
    out, gone = ([number for number, state in rows if state == wanted] for wanted in SETTLED)
    return out, gone


def articles(session: Session, ids: Sequence[int] | None = None) -> list[ArticleForSearch]:
    """The articles that are out (only those `ids`, if given), oldest first."""
    query = select(PublicationArticle).join(PublicationArticle.publication).join(PublicationArticle.article)
    query = query.where(is_out()) if ids is None else query.where(is_out(), PublicationArticle.article_id.in_(ids))
    names = joinedload(PublicationArticle.article).options(joinedload(Article.department), joinedload(Article.category))
    shown = (joinedload(PublicationArticle.publication), joinedload(PublicationArticle.revision), names)
    parts = session.scalars(query.order_by(Publication.published_at, Publication.id).options(*shown))
    return list({part.article_id: _article(part) for part in parts}.values())


def titles(session: Session, *, but: int, limit: int) -> list[tuple[int, str]]:
    """The titles of other articles that are out, with their numbers, the newest first."""
    query = (
        select(Article.id, Revision.title)
        .join(Revision, and_(Revision.article_id == Article.id, Revision.number == Article.revision_number))
        .where(Article.state == ArticleState.PUBLISHED, Article.id != but)
        .order_by(Article.id.desc())
        .limit(limit)
    )
    return [(number, title) for number, title in session.execute(query)]


def was_taken_down(session: Session, url: str) -> bool:
    """Whether an article of ours went out under this address of the platform and was withdrawn."""
    query = select(PublicationArticle.article_id).join(PublicationArticle.article)
    return (
        session.scalar(query.where(PublicationArticle.url == url, Article.state == ArticleState.WITHDRAWN)) is not None
    )


def is_readable(session: Session, article_id: int) -> bool:
    """Whether the article of that number can be read by everybody."""
    return (
        session.scalar(select(Article.id).where(Article.id == article_id, Article.state == ArticleState.PUBLISHED))
        is not None
    )


def is_out() -> ColumnElement[bool]:
    """Whether the article of a publication's part can be read by everybody."""
    return and_(
        Article.state == ArticleState.PUBLISHED,
        Publication.state == PublicationState.PUBLISHED,
        PublicationArticle.withdrawn_at.is_(None),
    )


def _article(part: PublicationArticle) -> ArticleForSearch:
    article, revision = part.article, part.revision
    return ArticleForSearch(
        id=part.article_id,
        title=revision.title,
        digest=revision.digest,
        html=revision.html,
        department=article.department.name if article.department else "",
        category=article.category.name if article.category else "",
        published_on=part.publication.published_on,
        url=part.url,
        changed_at=article.changed_at,
    )
