"""What a day's posts stand at: out, planned, waiting for a person, or stuck; and the reserve that may step in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.orm import Session, selectinload

from content.rules.publishing.article_states import ArticleState
from content.rules.publishing.publication import OPEN, OUT, PublicationState
from content.store.alarms.stuck_work import is_given_up
from content.store.articles import publications
from content.store.tables import Article, Publication, PublicationArticle, Revision

CHANNEL = "wechat"
NEEDS_A_HAND = frozenset({PublicationState.HANDED, PublicationState.CONFIRMING})
UNDER_WAY = (ArticleState.SCHEDULED, ArticleState.PUBLISHING, ArticleState.WAITING, ArticleState.UNKNOWN)


@dataclass
class DayPosts:
    """The posts of one day: how many are out; the titles of those to come, by how they stand; stuck ones with why."""

    out: int = 0
    planned: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    stuck: list[tuple[str, str]] = field(default_factory=list)


def prospect(session: Session, day: date, *, since: datetime | None, until: datetime) -> DayPosts:
    """How a day stands that ends at `until`; with `since` only posts due from then on count, else overdue ones too."""
    found = DayPosts(out=count_out(session, day))
    for article in _scheduled(session, since, until):
        found.planned.append(_title(session, article))
    for publication in _open(session, since, until):
        titles = [part.revision.title for part in publication.articles]
        if publication.state in NEEDS_A_HAND:
            found.waiting += titles
        elif is_stuck(publication, until):
            found.stuck += [(title, publication.reason) for title in titles]
        else:
            found.planned += titles
    return found


def is_stuck(publication: Publication, until: datetime) -> bool:
    """Whether an open publication will not be out by `until` unless something changes."""
    if publication.state == PublicationState.SUBMITTED:
        return False  # the platform is at work; we only look seldom
    return is_given_up(publication) or publication.next_try_at is None or publication.next_try_at >= until


def last_day_out(session: Session) -> date | None:
    """The last day on which an article was published."""
    return session.scalar(select(func.max(Publication.published_on)).where(*_out()))


def days_out(session: Session, since: date, until: date) -> int:
    """On how many days from `since` to `until` (both included) an article was published."""
    day = Publication.published_on
    return session.scalar(select(func.count(day.distinct())).where(*_out(), day.between(since, until))) or 0


def first_day_out(session: Session) -> date | None:
    """The first day on which an article was published."""
    return session.scalar(select(func.min(Publication.published_on)).where(*_out()))


def reserve(session: Session) -> list[Article]:
    """Approved reserve articles that wait to be called, the oldest first."""
    return list(session.scalars(select(Article).where(*_waits_in_reserve()).order_by(Article.id)))


def called_reserve(session: Session) -> Article | None:
    """A reserve article that was called and is not out yet."""
    query = select(Article).where(
        Article.channel == CHANNEL, Article.reserve.is_(True), Article.due_at.is_not(None), Article.state.in_(UNDER_WAY)
    )
    return session.scalars(query.order_by(Article.id)).first()


def call(session: Session, article: Article, now: datetime) -> bool:
    """Makes a waiting reserve article due now; False when it waits no longer."""
    statement = update(Article).where(Article.id == article.id, *_waits_in_reserve())
    statement = statement.values(due_at=now, changed_at=now).execution_options(synchronize_session="fetch")
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1


def _waits_in_reserve() -> Sequence[Any]:
    return (
        Article.channel == CHANNEL,
        Article.reserve.is_(True),
        Article.state == ArticleState.SCHEDULED,
        Article.due_at.is_(None),
        ~publications.has_open_publication(),
    )


def _out() -> Sequence[Any]:
    return Publication.state.in_(OUT), Publication.channel == CHANNEL, Publication.published_on.is_not(None)


def count_out(session: Session, day: date) -> int:
    """How many pushes came out on a day."""
    query = select(func.count()).select_from(Publication).where(*_out(), Publication.published_on == day)
    return session.scalar(query) or 0


def _scheduled(session: Session, since: datetime | None, until: datetime) -> list[Article]:
    query = select(Article).where(
        Article.channel == CHANNEL,
        Article.state == ArticleState.SCHEDULED,
        Article.due_at < until,
        ~publications.has_open_publication(),
    )
    if since is not None:
        query = query.where(Article.due_at >= since)
    return list(session.scalars(query.order_by(Article.due_at, Article.id)))


def _open(session: Session, since: datetime | None, until: datetime) -> list[Publication]:
    query = select(Publication).where(
        Publication.channel == CHANNEL, Publication.state.in_(OPEN), Publication.due_at < until
    )
    if since is not None:
        query = query.where(Publication.due_at >= since)
    parts = selectinload(Publication.articles).selectinload(PublicationArticle.revision)
    return list(session.scalars(query.order_by(Publication.due_at, Publication.id).options(parts)))


def _title(session: Session, article: Article) -> str:
    query = select(Revision.title).where(Revision.article_id == article.id, Revision.number == article.revision_number)
    return session.scalar(query) or ""
