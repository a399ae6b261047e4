"""The published articles as citizens leaf through them: by month, category and department, newest first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import extract, func, select

from content.rules.publishing.article_states import ArticleState
from content.rules.publishing.publication import PublicationState
from content.services.office import Office
from content.store.tables import Article, Category, Department, Publication, PublicationArticle, Revision

Month = tuple[int, int]  # year, month
Name = tuple[str, str]  # code, name


@dataclass(frozen=True)
class ListedArticle:
    """One published article in a list. `url` is its address on the platform."""

    id: int
    title: str
    digest: str
    published_on: date | None
    published_at: datetime
    category: str
    department: str
    url: str


@dataclass(frozen=True)
class ArticleCounts:
    """Months (newest first), categories and departments (code, name, count; most first), and how many suit in all."""

    months: list[tuple[Month, int]]
    categories: list[tuple[str, str, int]]
    departments: list[tuple[str, str, int]]
    total: int


@dataclass(frozen=True)
class PublicArticleFilter:
    """What is chosen; empty is any. `category` and `department` are codes."""

    month: Month | None = None
    category: str = ""
    department: str = ""


ANY = PublicArticleFilter()


def articles(
    office: Office, chosen: PublicArticleFilter = ANY, *, limit: int = 20, offset: int = 0
) -> list[ListedArticle]:
    """The articles that suit, the one published last first."""
    columns = (
        Article.id, Revision.title, Revision.digest, Publication.published_on, Publication.published_at,
        Category.name, Department.name, PublicationArticle.url,
    )  # fmt: skip
    query = _public(select(*columns))
    if chosen.month:
        query = query.where(_year() == chosen.month[0], _month() == chosen.month[1])
    if chosen.category:
        query = query.where(Category.code == chosen.category)
    if chosen.department:
        query = query.where(Department.code == chosen.department)
    order = (Publication.published_at.desc(), Publication.id.desc(), PublicationArticle.position)
    with office.store.read() as session:
        rows = session.execute(query.order_by(*order).limit(limit).offset(offset)).all()
    return [
        ListedArticle(number, title, digest, on, at, category or "", department or "", url)
        for number, title, digest, on, at, category, department, url in rows
    ]


def counts(office: Office, chosen: PublicArticleFilter = ANY) -> ArticleCounts:
    """How many articles each month, category and department has; each counted within what is chosen of the others."""
    columns = (_year(), _month(), Category.code, Category.name, Department.code, Department.name)
    with office.store.read() as session:
        cells = session.execute(_public(select(*columns, func.count())).group_by(*columns)).all()
    months, categories, departments = Counter[Month](), Counter[Name](), Counter[Name]()
    total = 0
    for year, month, category, category_name, department, department_name, count in cells:
        its = (int(year or 0), int(month or 0))
        timely = chosen.month in (None, its)
        sorted_, theirs = chosen.category in ("", category), chosen.department in ("", department)
        months[its] += count * (sorted_ and theirs)
        categories[category or "", category_name or ""] += count * (timely and theirs)
        departments[department or "", department_name or ""] += count * (timely and sorted_)
        total += count * (timely and sorted_ and theirs)
    return ArticleCounts(
        months=sorted(((month, count) for month, count in months.items() if month[0]), reverse=True),
        categories=_named(categories),
        departments=_named(departments),
        total=total,
    )


def numbers(office: Office) -> list[int]:
    """The id of every published article."""
    with office.store.read() as session:
        return list(session.scalars(_public(select(Article.id)).order_by(Article.id)))


def _named(counts: Counter[Name]) -> list[tuple[str, str, int]]:
    return [(code, name, count) for (code, name), count in counts.most_common() if code]


def _public(query: Any) -> Any:
    return (
        query.select_from(PublicationArticle)
        .join(Article, Article.id == PublicationArticle.article_id)
        .join(Revision, Revision.id == PublicationArticle.revision_id)
        .join(Publication, Publication.id == PublicationArticle.publication_id)
        .join(Category, Category.id == Article.category_id, isouter=True)
        .join(Department, Department.id == Article.department_id, isouter=True)
        .where(
            Article.state == ArticleState.PUBLISHED,
            Publication.state == PublicationState.PUBLISHED,
            PublicationArticle.withdrawn_at.is_(None),
        )
    )


def _year() -> Any:
    return extract("year", Publication.published_on)


def _month() -> Any:
    return extract("month", Publication.published_on)
