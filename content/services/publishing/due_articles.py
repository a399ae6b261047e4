"""Due articles become publications: one each, but mass sends of one day go as one push."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from content.rules.publishing.publication import Delivery
from content.services.office import Office
from content.store.articles import articles as kept
from content.store.articles import publications
from content.store.tables import Article

MOST_IN_A_PUSH = 8  # articles of one draft; third-party knowledge, the platform's page names no number


def gather(office: Office, now: datetime) -> int:
    """Prepares a publication for every article that is due; how many publications were made."""
    with office.store.read() as session:
        if not publications.due_articles(session, now):
            return 0  # an idle clock takes no lock
    with office.store.write() as session:
        due = publications.due_articles(session, now)
        groups = [*_single(office, due), *_pushes(office, session, due, now)]
        for articles in groups:
            delivery = delivery_of(office, articles[0])
            due_at = max(article.due_at or now for article in articles)
            publications.prepare(session, articles, delivery=delivery, due_at=due_at, now=now)
    return len(groups)


def delivery_of(office: Office, article: Article) -> Delivery:
    """How an article goes out: as it says itself, else as the settings say."""
    return Delivery(article.delivery or office.settings.wechat_delivery)


def _single(office: Office, due: list[Article]) -> Iterator[list[Article]]:
    return ([article] for article in due if delivery_of(office, article) is not Delivery.MASS)


def _pushes(office: Office, session: Session, due: list[Article], now: datetime) -> Iterator[list[Article]]:
    """A day has few pushes, so the articles of a day wait for the last one approved for it, and go together."""
    mass = [article for article in due if delivery_of(office, article) is Delivery.MASS]
    if not mass or _later_today(office, session, now):
        return
    for start in range(0, len(mass), MOST_IN_A_PUSH):
        yield mass[start : start + MOST_IN_A_PUSH]


def _later_today(office: Office, session: Session, now: datetime) -> bool:
    today = office.clock.day(now)
    return any(
        article.due_at and article.due_at > now and office.clock.day(article.due_at) == today
        for article in kept.scheduled(session)
        if delivery_of(office, article) is Delivery.MASS
    )
