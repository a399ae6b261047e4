"""Articles that are out, as search and lists show them; and how far the rows have changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, joinedload

from content.rules.publishing.publication import PublicationState
from content.rules.publishing.three_reviews import ArticleState
from content.store.tables import Article, Publication, PublicationArticle

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
