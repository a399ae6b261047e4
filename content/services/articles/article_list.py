"""Articles as people look through them: one card for each, with its state, its time and whom it waits for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from content.rules.publishing import three_reviews
from content.rules.publishing import three_reviews as rules
from content.rules.publishing.article_states import ArticleState
from content.rules.publishing.publication import Delivery
from content.rules.publishing.three_reviews import STEPS
from content.services.office import Office
from content.services.people import review_staff
from content.services.people.review_staff import ReviewStaff
from content.services.reviewing import dead_ends
from content.services.reviewing.dead_ends import DeadEnd
from content.store.articles import article_lists
from content.store.articles.article_lists import ArticleConditions, Row
from content.store.tables import Article, Revision

__all__ = ["ArticleCard", "ArticleConditions", "ArticlePage", "card_of", "cards", "counts", "page"]

NOT_OUT = tuple(state for state in ArticleState if state not in (ArticleState.PUBLISHED, ArticleState.WITHDRAWN))


@dataclass(frozen=True)
class ArticleCard:
    """One article in a list. `passed`: how many of the three reviews of this round it has; `at`: its time, in UTC.

    `waits_for`: those who should pass the next review, as (username, name); `returned`: whether it came back.
    `dead_end`: why its reviews cannot come to their end, with the way out.
    `steps`: the reviews of which one comes next, the higher first. `owed`: the review that it owes after an emergency.
    `urgent`: a chief passed it in an emergency.
    """

    id: int
    title: str
    state: ArticleState
    passed: int
    author: str
    author_name: str
    at: datetime | None
    delivery: Delivery
    reserve: bool
    reason: str
    returned: bool
    category: str
    department: str
    revision: int
    changed_at: datetime
    waits_for: tuple[tuple[str, str], ...] = ()
    steps: tuple[int, ...] = ()
    owed: int | None = None
    urgent: bool = False
    dead_end: DeadEnd | None = None


@dataclass(frozen=True)
class ArticlePage:
    """A page of a list, and how many there are in all."""

    cards: tuple[ArticleCard, ...]
    total: int


def page(
    office: Office, wanted: ArticleConditions, *, newest_first: bool = False, number: int = 1, size: int = 50
) -> ArticlePage:
    """One page, counted from 1."""
    with office.store.read() as session:
        rows = article_lists.page(session, wanted, newest_first=newest_first, skip=(number - 1) * size, most=size)
        return ArticlePage(tuple(_cards(office, session, rows)), article_lists.count(session, wanted))


def cards(office: Office, states: Collection[ArticleState]) -> list[ArticleCard]:
    """All articles in these states, by their time."""
    with office.store.read() as session:
        rows = article_lists.page(session, ArticleConditions(states=states), most=1000)
        return _cards(office, session, rows)


def counts(office: Office) -> dict[ArticleState, int]:
    """How many articles there are in each state."""
    with office.store.read() as session:
        return article_lists.by_state(session)


def card_of(office: Office, session: Session, article: Article, revision: Revision) -> ArticleCard:
    """The card of one article."""
    return _cards(office, session, [(article, revision, article_lists.published_at(session, article.id))])[0]


def _cards(office: Office, session: Session, rows: list[Row]) -> list[ArticleCard]:
    rounds = article_lists.urgent_rounds(session)
    rounds |= article_lists.passes_of(session, [row[0].id for row in rows if row[0].state == ArticleState.REVIEWING])
    waiting = [row[0].id for row in rows if _open_steps(row[0], rounds.get(row[0].id, []))]
    authors = article_lists.authors_of(session, waiting)
    staff = review_staff.on(office, session, office.clock.today()) if waiting else None
    return [_card(office, row, rounds.get(row[0].id, []), authors.get(row[0].id, set()), staff) for row in rows]


def _card(
    office: Office, row: Row, passed: list[rules.Pass], authors: set[str], staff: ReviewStaff | None
) -> ArticleCard:
    article, revision, out = row
    waiting = article.wanted_at if not article.reserve else None
    steps = _open_steps(article, passed)
    return ArticleCard(
        id=article.id,
        title=revision.title,
        state=ArticleState(article.state),
        passed=len(passed),
        author=article.author.username,
        author_name=article.author.name,
        at=out or article.due_at or waiting,
        delivery=Delivery(article.delivery or office.settings.wechat_delivery),
        reserve=article.reserve,
        reason=article.reason,
        returned=article.state == ArticleState.DRAFT and bool(article.reason),
        category=article.category.name if article.category else "",
        department=article.department.name if article.department else "",
        revision=article.revision_number,
        changed_at=article.changed_at,
        waits_for=staff.advised(authors=authors, passed=passed) if steps and staff else (),
        steps=steps,
        owed=three_reviews.owed(passed, ArticleState(article.state)),
        urgent=any(done.urgent for done in passed),
        dead_end=dead_ends.find(staff, authors=authors, passed=passed) if steps and staff else None,
    )


def _open_steps(article: Article, passed: list[rules.Pass]) -> tuple[int, ...]:
    """The reviews that the article waits for: the next, or the one that it owes."""
    state = ArticleState(article.state)
    is_waiting = state == ArticleState.REVIEWING or three_reviews.owed(passed, state) is not None
    return three_reviews.open_steps(passed) if is_waiting and len(passed) < len(STEPS) else ()
