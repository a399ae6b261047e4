"""What stands still: publications that wait for a person or were given up, late articles, runs that failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, selectinload

from content.rules.publishing.article_states import ArticleState
from content.rules.publishing.publication import BEFORE_THE_PLATFORM, OPEN, PublicationState
from content.rules.publishing.retry import USED_UP
from content.store.articles import publications
from content.store.clock_lead import LEAD
from content.store.tables import (
    Article,
    Difference,
    JobRun,
    Leader,
    PortalItem,
    Publication,
    PublicationArticle,
    Revision,
)

ASKED, RUNNING, OK, FAILED = "asked", "running", "ok", "failed"  # outcomes of a run; asked: by hand, not begun yet
WANT_A_PERSON = (PublicationState.HANDED, PublicationState.CONFIRMING)

IN_A_CALL = (PublicationState.DRAFTING, PublicationState.SUBMITTING)


@dataclass(frozen=True)
class LateArticle:
    """An approved article whose time has passed, and that no publication carries."""

    article_id: int
    title: str
    due_at: datetime
    delivery: str | None


def held_up(session: Session) -> list[Publication]:
    """Publications that may need a person: waiting, unknown, given up, or refused and not revised since."""
    parts = selectinload(Publication.articles)
    query = (
        select(Publication)
        .where(
            or_(
                Publication.state.in_(WANT_A_PERSON),
                (Publication.state == PublicationState.UNKNOWN) & Publication.next_try_at.is_(None),
                Publication.state.in_(OPEN) & (Publication.tries >= USED_UP),
                (Publication.state == PublicationState.REFUSED) & _newest_of_a_refused_article(),
            )
        )
        .options(parts.selectinload(PublicationArticle.revision))
        .order_by(Publication.id)
    )
    return list(session.scalars(query))


def undated(session: Session) -> tuple[int, str]:
    """(how many portal items have no day of publication, the title of the newest)."""
    without = (PortalItem.published_on.is_(None), PortalItem.withdrawn_at.is_(None))
    number = session.scalar(select(func.count()).select_from(PortalItem).where(*without)) or 0
    newest = select(PortalItem.title).where(*without).order_by(PortalItem.id.desc()).limit(1)
    return number, (session.scalar(newest) or "") if number else ""


def is_given_up(publication: Publication) -> bool:
    """Whether its retries are used up; slow ones go on, and it stays given up while one of them is under way."""
    tried = publication.state in BEFORE_THE_PLATFORM or publication.state in IN_A_CALL
    return tried and publication.tries >= USED_UP


def late(session: Session, before: datetime) -> list[LateArticle]:
    """Approved articles that were due before that time."""
    query = (
        select(Article.id, Revision.title, Article.due_at, Article.delivery)
        .join(Revision, (Revision.article_id == Article.id) & (Revision.number == Article.revision_number))
        .where(Article.state == ArticleState.SCHEDULED, Article.due_at < before, ~publications.has_open_publication())
        .order_by(Article.id)
    )
    return [
        LateArticle(number, title, due_at, delivery)
        for number, title, due_at, delivery in session.execute(query)
        if due_at
    ]


def waits_for(session: Session, reason: str) -> bool:
    """Whether an open publication stands where it stands for this reason, or is just being tried again."""
    tried_again = Publication.state.in_(IN_A_CALL) & (Publication.tries > 0)
    query = select(Publication.id).where(Publication.state.in_(OPEN), or_(Publication.reason == reason, tried_again))
    return session.scalar(query.limit(1)) is not None


def is_refused(session: Session, subject: str) -> bool:
    """Whether the article that `article:NUMBER` names is still refused."""
    article = session.get(Article, int(subject.removeprefix("article:")))
    return article is not None and article.state == ArticleState.REFUSED


def failed_runs(session: Session, before: datetime) -> list[JobRun]:
    """For each job its last run, if that failed, or began before that time and was cut off (its note is empty)."""
    last = select(func.max(JobRun.id)).where(JobRun.outcome != ASKED).group_by(JobRun.job)
    leader = select(Leader.holder).where(Leader.name == LEAD).scalar_subquery()
    cut_off = (JobRun.outcome == RUNNING) & (JobRun.runner != leader) & (JobRun.started_at < before)
    query = select(JobRun).where(JobRun.id.in_(last), or_(JobRun.outcome == FAILED, cut_off))
    return list(session.scalars(query.order_by(JobRun.job)))


def unsigned(session: Session) -> list[Difference]:
    """Differences that nobody has signed, oldest first."""
    return list(session.scalars(select(Difference).where(Difference.resolved_at.is_(None)).order_by(Difference.id)))


def count(session: Session, state: PublicationState) -> int:
    """How many publications are in this state."""
    return session.scalar(select(func.count()).select_from(Publication).where(Publication.state == state)) or 0


def _newest_of_a_refused_article() -> ColumnElement[bool]:
    later = aliased(PublicationArticle)
    return exists().where(
        PublicationArticle.publication_id == Publication.id,
        PublicationArticle.article_id == Article.id,
        Article.state == ArticleState.REFUSED,
        ~exists().where(
            later.article_id == PublicationArticle.article_id, later.publication_id > PublicationArticle.publication_id
        ),
    )
