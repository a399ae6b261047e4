"""What became of a publication, written once: state, addresses, ledger."""

from __future__ import annotations

import logging
from datetime import datetime

from redis.exceptions import RedisError
from sqlalchemy import select
from sqlalchemy.orm import Session

from config.clock import local
from content.rules.publishing.article_states import Action
from content.rules.publishing.publication import Delivery, PublicationState
from content.services.figures import yearly_tally
from content.services.office import Office
from content.store.articles import publications
from content.store.figures import ledger
from content.store.tables import Publication, PublicationArticle, Review

log = logging.getLogger(__name__)


def published(
    office: Office,
    session: Session,
    publication: Publication,
    *,
    at: datetime,
    urls: dict[int, str],
    platform_article_id: str = "",
    actor: str = "platform",
    delivery: Delivery | None = None,
    now: datetime,
    fence: int | None = None,
) -> None:
    """The publication is out since `at` (the platform's time): one ledger entry for each article.

    `delivery` says how, if otherwise than was meant. Raises Conflict if somebody recorded it before; then nothing is written.
    """
    day = office.clock.day(at)
    publication = publications.load(session, publication.id)
    publications.move(
        session,
        publication,
        PublicationState.PUBLISHED,
        now=now,
        fence=fence,
        published_at=at,
        published_on=day,
        platform_article_id=platform_article_id or publication.platform_article_id,
        delivery=delivery or publication.delivery,
    )
    publications.end(session, publication.id, "ok", at=now, code=0)
    for part in publication.articles:
        part.url = urls.get(part.position, part.url)
        _enter(office, session, publication, part, actor=actor, now=now)


def count(office: Office) -> None:
    """Lets the counters follow the ledger; without Redis they follow when they are next read."""
    try:
        yearly_tally.catch_up(office)
    except RedisError as error:
        log.warning("the counters could not follow: %s", error)


def refused(
    session: Session, publication: Publication, *, code: int, reason: str, now: datetime, fence: int | None = None
) -> None:
    """The platform will not have it; staff read the reason."""
    publications.move(session, publication, PublicationState.REFUSED, now=now, fence=fence, reason=reason)
    publications.end(session, publication.id, "refused", at=now, code=code, message=reason)
    ledger.append(
        session,
        kind="publication.refused",
        actor="platform",
        subject=f"publication:{publication.id}",
        at=now,
        articles=[part.article_id for part in publication.articles],
        code=code,
        reason=reason,
    )


def _enter(
    office: Office, session: Session, publication: Publication, part: PublicationArticle, *, actor: str, now: datetime
) -> None:
    article, revision = part.article, part.revision
    ledger.append(
        session,
        kind="article.published",
        actor=actor,
        subject=f"article:{article.id}",
        at=now,
        account=publication.account,
        channel=publication.channel,
        delivery=publication.delivery,
        publication=publication.id,
        position=part.position,
        revision=revision.number,
        sha256=revision.sha256,
        title=revision.title,
        url=part.url,
        category=article.category.code if article.category else "",
        department=article.department.code if article.department else "",
        published_at=local(publication.published_at or now, office.settings.zone),
        published_on=str(publication.published_on),
        publish_id=publication.publish_id,
        msg_id=publication.msg_id,
        msg_data_id=publication.msg_data_id,
        platform_article_id=publication.platform_article_id,
        media_id=publication.media_id,
        passed_by=_passed_by(session, part),
    )


def _passed_by(session: Session, part: PublicationArticle) -> list[str]:
    passes = session.scalars(
        select(Review)
        .where(Review.revision_id == part.revision_id, Review.action == Action.PASS, Review.void.is_(False))
        .order_by(Review.step)
    )
    return [review.person.username for review in passes]
