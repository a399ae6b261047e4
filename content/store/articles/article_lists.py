"""Lists of articles: a page of them by state, author, category, department or words of the title, and counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from content.rules.people import Role
from content.rules.publishing.article_states import Action, ArticleState
from content.rules.publishing.three_reviews import Pass
from content.store.tables import Article, Person, Publication, PublicationArticle, Review, Revision

CHANNEL = "wechat"


@dataclass(frozen=True)
class ArticleConditions:
    """Which articles are wanted; what is empty does not matter. `since` and `until` bound the time, end excluded."""

    states: Collection[ArticleState] = ()
    author: str = ""  # a username
    words: str = ""  # of the title
    category: str = ""  # a name
    department: str = ""
    reserve: bool | None = None
    since: datetime | None = None
    until: datetime | None = None


Row = tuple[Article, Revision, datetime | None]  # with the time at which it was published


def count(session: Session, wanted: ArticleConditions) -> int:
    """How many there are."""
    return session.scalar(_matching(select(func.count(Article.id)), wanted)) or 0


def by_state(session: Session) -> dict[ArticleState, int]:
    """How many articles there are in each state."""
    rows = session.execute(select(Article.state, func.count()).where(_ours()).group_by(Article.state))
    return {ArticleState(state): number for state, number in rows}


def page(
    session: Session, wanted: ArticleConditions, *, newest_first: bool = False, skip: int = 0, most: int = 50
) -> list[Row]:
    """Articles with their present wording, by the time they go out (those without one last), or the newest first."""
    when = _when()
    order = (when.is_(None), when.desc(), Article.id.desc()) if newest_first else (when.is_(None), when, Article.id)
    query = _matching(select(Article, Revision, _published_at()), wanted).order_by(*order)
    people = joinedload(Article.author), joinedload(Article.category), joinedload(Article.department)
    rows = session.execute(query.options(*people).offset(skip).limit(most))
    return [(article, revision, out) for article, revision, out in rows]


def passes_of(session: Session, ids: Iterable[int]) -> dict[int, list[Pass]]:
    """The passes of the present round of several articles."""
    return _passes(session, Review.article_id.in_(list(ids)))


def urgent_rounds(session: Session) -> dict[int, list[Pass]]:
    """The passes of every article that a chief passed in an emergency, by the article."""
    urgent = select(Review.article_id).where(Review.urgent.is_(True), Review.void.is_(False))
    return _passes(session, Review.article_id.in_(urgent))


def authors_of(session: Session, ids: Iterable[int]) -> dict[int, set[str]]:
    """Everyone who wrote a wording of each of several articles."""
    numbers = list(ids)
    first = select(Article.id, Person.username).join(Person, Person.id == Article.author_id)
    later = select(Revision.article_id, Person.username).join(Person, Person.id == Revision.created_by)
    found: dict[int, set[str]] = {number: set() for number in numbers}
    for query in (first.where(Article.id.in_(numbers)), later.where(Revision.article_id.in_(numbers))):
        for number, username in session.execute(query):
            found[number].add(username)
    return found


def published_at(session: Session, article_id: int) -> datetime | None:
    """When an article came out; None if it did not."""
    return session.scalar(select(_published_at()).where(Article.id == article_id))


def _passes(session: Session, which: Any) -> dict[int, list[Pass]]:
    away = aliased(Person)
    query = (
        select(Review.article_id, Person.username, Review.role, Review.step, away.username, Review.urgent)
        .join(Person, Person.id == Review.person_id)
        .outerjoin(away, away.id == Review.covers_id)
        .where(which, Review.action == Action.PASS, Review.void.is_(False))
        .order_by(Review.step)
    )
    found: dict[int, list[Pass]] = {}
    for number, username, role, step, covers, urgent in session.execute(query):
        found.setdefault(number, []).append(Pass(username, Role(role), step - 1, covers or "", urgent))
    return found


def _matching(query: Select[Any], wanted: ArticleConditions) -> Select[Any]:
    present = and_(Revision.article_id == Article.id, Revision.number == Article.revision_number)
    return query.select_from(Article).join(Revision, present).where(*_conditions(wanted))


def _conditions(wanted: ArticleConditions) -> Sequence[Any]:
    conditions: list[Any] = [_ours()]
    if wanted.states:
        conditions.append(Article.state.in_(wanted.states))
    if wanted.author:
        conditions.append(Article.author.has(Person.username == wanted.author))
    conditions += [Revision.title.contains(word, autoescape=True) for word in wanted.words.split()]
    if wanted.category:
        conditions.append(Article.category.has(name=wanted.category))
    if wanted.department:
        conditions.append(Article.department.has(name=wanted.department))
    if wanted.reserve is not None:
        conditions.append(Article.reserve.is_(wanted.reserve))
    if wanted.since is not None and wanted.until is not None:
        conditions.append(and_(_when() >= wanted.since, _when() < wanted.until))
    return conditions


def _ours() -> Any:
    return Article.channel == CHANNEL


def _published_at() -> Any:
    """When an article came out, if it did."""
    return (
        select(func.max(Publication.published_at))
        .join(PublicationArticle, PublicationArticle.publication_id == Publication.id)
        .where(PublicationArticle.article_id == Article.id)
        .correlate(Article)
        .scalar_subquery()
    )


def _when() -> Any:
    """When an article came out or goes out; a reserve that waits has no time."""
    asked = case((and_(Article.reserve, Article.due_at.is_(None)), None), else_=Article.wanted_at)
    return func.coalesce(_published_at(), Article.due_at, asked)
