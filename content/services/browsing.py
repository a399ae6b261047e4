"""What citizens may leaf through: disclosures by category and year, published articles and their files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import ColumnElement, and_, extract, func, or_, select
from sqlalchemy.orm import Session, joinedload

from content.rules.publication import OUT, PublicationState
from content.rules.review import ArticleState
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


@dataclass(frozen=True)
class OpenedArticle:
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
) -> tuple[list[Disclosure], int]:
    """Disclosures that stand, newest first, of one category (its code) or year if given; and how many there are."""
    query = select(Disclosure).where(Disclosure.withdrawn_at.is_(None))
    if category:
        query = query.where(Disclosure.category_id.in_(select(Category.id).where(Category.code == category)))
    if year:
        query = query.where(Disclosure.published_on.between(date(year, 1, 1), date(year, 12, 31)))
    order = (Disclosure.published_on.is_(None), Disclosure.published_on.desc(), Disclosure.id.desc())
    rows = query.options(joinedload(Disclosure.department)).order_by(*order).limit(limit).offset(offset)
    with office.store.read() as session:
        total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
        return list(session.scalars(rows)), total


def shelves(office: Office) -> tuple[list[tuple[Category, int]], list[int]]:
    """The categories that hold disclosures, with their counts, and the years, newest first."""
    standing = Disclosure.withdrawn_at.is_(None)
    year = extract("year", Disclosure.published_on)
    with office.store.read() as session:
        counts = dict(
            session.execute(
                select(Disclosure.category_id, func.count()).where(standing).group_by(Disclosure.category_id)
            ).all()
        )
        names = session.scalars(select(Category).order_by(Category.position, Category.id))
        years = session.scalars(select(year).where(standing, Disclosure.published_on.is_not(None)).distinct())
        categories = [(name, counts[name.id]) for name in names if name.id in counts]
        return categories, sorted((int(number) for number in years), reverse=True)


def newest_articles(office: Office, limit: int) -> list[OpenedArticle]:
    """The articles published last, newest first."""
    with office.store.read() as session:
        return [_opened(part) for part in _parts(session, PublicationArticle.withdrawn_at.is_(None), limit)]


def article(office: Office, number: int) -> OpenedArticle | None:
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


def _opened(part: PublicationArticle) -> OpenedArticle:
    withdrawn = part.article.state == ArticleState.WITHDRAWN or part.withdrawn_at is not None
    return OpenedArticle(
        id=part.article_id,
        revision=None if withdrawn else part.revision,
        department=part.article.department.name if part.article.department else "",
        category=part.article.category.name if part.article.category else "",
        published_on=part.publication.published_on,
        withdrawn_at=part.withdrawn_at or part.article.withdrawn_at,
        url="" if withdrawn else part.url,
    )
