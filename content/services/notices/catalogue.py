"""What citizens may leaf through: disclosures by category and year, published articles and their files."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import ColumnElement, and_, extract, func, or_, select
from sqlalchemy.orm import Session, defer, joinedload

from content.rules.publishing.publication import OUT, PublicationState
from content.rules.publishing.three_reviews import ArticleState
from content.services.office import Office
from content.store.tables import (
    Article,
    Attachment,
    Category,
    Disclosure,
    File,
    Publication,
    PublicationArticle,
    Revision,
)

UNSORTED = "未分类"


@dataclass(frozen=True)
class CatalogueCounts:
    """The catalogue's categories (code, name, count) in their order, its years (newest first) with counts, and the total."""

    categories: list[tuple[str, str, int]]
    years: list[tuple[int, int]]
    total: int


@dataclass(frozen=True)
class DisclosureName:
    """A disclosure that another one names."""

    id: int
    title: str


@dataclass(frozen=True)
class PublicArticle:
    """A published article; `revision` is the one that went out, None once it was withdrawn."""

    id: int
    revision: Revision | None
    department: str
    category: str
    published_on: date | None
    withdrawn_at: datetime | None
    url: str  # on the platform


def disclosures(
    office: Office, *, category: str = "", year: int | None = None, limit: int = 20, offset: int = 0
) -> list[Disclosure]:
    """Disclosures that stand, newest first, of one category (its code, or UNSORTED) or year if given; no bodies."""
    query = select(Disclosure.id).where(Disclosure.withdrawn_at.is_(None))
    if category == UNSORTED:
        query = query.where(Disclosure.category_id.is_(None))
    elif category:
        mine = select(Category.id).where(Category.code == category).scalar_subquery()
        query = query.where(Disclosure.category_id == mine)
    if year:
        query = query.where(Disclosure.published_on.between(date(year, 1, 1), date(year, 12, 31)))
    order = (Disclosure.published_on.desc().nulls_last(), Disclosure.id.desc())
    with office.store.read() as session:
        ids = list(session.scalars(query.order_by(*order).limit(limit).offset(offset)))  # the index alone knows them
        rows = select(Disclosure).where(Disclosure.id.in_(ids)).order_by(*order)
        short = (joinedload(Disclosure.department), defer(Disclosure.body), defer(Disclosure.fields))
        return list(session.scalars(rows.options(*short)))


def shelves(office: Office, *, category: str = "", year: int | None = None) -> CatalogueCounts:
    """How many disclosures stand in each category and each year; each counted within what is chosen of the other."""
    when = extract("year", Disclosure.published_on)
    counts = select(Disclosure.category_id, when, func.count()).where(Disclosure.withdrawn_at.is_(None))
    with office.store.read() as session:
        cells = session.execute(counts.group_by(Disclosure.category_id, when)).all()
        names = list(session.scalars(select(Category).order_by(Category.position, Category.id)))
    codes = {None: UNSORTED} | {name.id: name.code for name in names}
    by_category, by_year = Counter[str](), Counter[int]()
    for number, its_year, count in cells:
        by_category[codes[number]] += count if year in (None, its_year) else 0
        if its_year is not None:
            by_year[int(its_year)] += count if category in ("", codes[number]) else 0
    shown = [(name.code, name.name) for name in names] + [(UNSORTED, UNSORTED)]
    return CatalogueCounts(
        categories=[(code, name, by_category[code]) for code, name in shown if code in by_category],
        years=sorted(by_year.items(), reverse=True),
        total=by_category[category] if category else by_category.total(),
    )


def named(office: Office, name: str) -> DisclosureName | None:
    """The disclosure that stands under this key, document number or title; the newest if there are several."""
    is_it = or_(Disclosure.key == name, Disclosure.document_no == name, Disclosure.title == name)
    query = select(Disclosure.id, Disclosure.title).where(is_it, Disclosure.withdrawn_at.is_(None))
    with office.store.read() as session:
        found = session.execute(query.order_by(Disclosure.id.desc()).limit(1)).first()
        return DisclosureName(*found) if found else None


def newest_articles(office: Office, limit: int) -> list[PublicArticle]:
    """The articles published last, newest first."""
    with office.store.read() as session:
        return [_opened(part) for part in _parts(session, PublicationArticle.withdrawn_at.is_(None), limit)]


def article(office: Office, number: int) -> PublicArticle | None:
    """The article of that id if it was ever published; without its content once it is withdrawn."""
    with office.store.read() as session:
        found = _parts(session, or_(_public(), _withdrawn()), 1, number)
        return _opened(found[0]) if found else None


def article_file(office: Office, number: int, sha256: str) -> tuple[Path, File] | None:
    """A file of a published article: one of its attachments, or an image in its body; None for any other."""
    found = article(office, number)
    if found is None or found.revision is None:
        return None
    attached = {attachment.file.sha256 for attachment in found.revision.attachments}
    if sha256 not in attached and f"file:{sha256}" not in found.revision.html:
        return None
    with office.store.read() as session:
        file = session.scalars(select(File).where(File.sha256 == sha256)).first()
    return (office.files.path(sha256), file) if file else None


def _parts(
    session: Session, wanted: ColumnElement[bool], limit: int, number: int | None = None
) -> list[PublicationArticle]:
    query = (
        select(PublicationArticle)
        .join(PublicationArticle.publication)
        .join(PublicationArticle.article)
        .where(wanted, _public() if number is None else PublicationArticle.article_id == number)
        .order_by(Publication.published_at.desc(), Publication.id.desc(), PublicationArticle.position)
        .limit(limit)
    )
    revision = joinedload(PublicationArticle.revision).selectinload(Revision.attachments).joinedload(Attachment.file)
    names = joinedload(PublicationArticle.article).options(joinedload(Article.department), joinedload(Article.category))
    return list(session.scalars(query.options(joinedload(PublicationArticle.publication), names, revision)))


def _public() -> ColumnElement[bool]:
    return and_(Article.state == ArticleState.PUBLISHED, Publication.state == PublicationState.PUBLISHED)


def _withdrawn() -> ColumnElement[bool]:
    return and_(Article.state == ArticleState.WITHDRAWN, Publication.state.in_(OUT))


def _opened(part: PublicationArticle) -> PublicArticle:
    withdrawn = part.article.state == ArticleState.WITHDRAWN or part.withdrawn_at is not None
    return PublicArticle(
        id=part.article_id,
        revision=None if withdrawn else part.revision,
        department=part.article.department.name if part.article.department else "",
        category=part.article.category.name if part.article.category else "",
        published_on=part.publication.published_on,
        withdrawn_at=part.withdrawn_at or part.article.withdrawn_at,
        url="" if withdrawn else part.url,
    )
