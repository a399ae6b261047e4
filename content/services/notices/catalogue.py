"""What citizens may leaf through: disclosures by category, department and year, published articles and their files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, and_, extract, func, or_, select
from sqlalchemy.orm import Session, defer, joinedload

from content.rules.errors import NotFound
from content.rules.publishing.article_states import ArticleState
from content.rules.publishing.publication import OUT, PublicationState
from content.services.office import Office
from content.store.articles import published
from content.store.tables import (
    Article,
    Attachment,
    Category,
    Department,
    Disclosure,
    File,
    Publication,
    PublicationArticle,
    Revision,
)

UNSORTED = "未分类"
UNNAMED = "未注明部门"

CountedNames = list[tuple[str, str, int]]  # code, name, how many


@dataclass(frozen=True)
class CatalogueCounts:
    """The catalogue's categories and departments in their order, its years (newest first) with counts, and the total."""

    categories: CountedNames
    departments: CountedNames
    years: list[tuple[int, int]]
    total: int


@dataclass(frozen=True)
class DisclosureName:
    """A disclosure that another one names."""

    id: int
    title: str


class Altered(NotFound):
    """A published article whose wording in the database is not the one that was passed."""

    def __init__(self) -> None:
        super().__init__("这篇文章和审核通过的不一样，先不给看。请打电话告诉我们。")


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
    office: Office,
    *,
    category: str = "",
    department: str = "",
    year: int | None = None,
    limit: int = 20,
    offset: int = 0,
) -> list[Disclosure]:
    """Disclosures that stand, newest first; no bodies. Of one category, department (codes, or those without) or year if given."""
    query = select(Disclosure.id).where(
        Disclosure.withdrawn_at.is_(None),
        *_of(Disclosure.category_id, Category, category, UNSORTED),
        *_of(Disclosure.department_id, Department, department, UNNAMED),
    )
    if year:
        query = query.where(Disclosure.published_on.between(date(year, 1, 1), date(year, 12, 31)))
    order = (Disclosure.published_on.desc().nulls_last(), Disclosure.id.desc())
    with office.store.read() as session:
        ids = list(session.scalars(query.order_by(*order).limit(limit).offset(offset)))  # the index alone knows them
        rows = select(Disclosure).where(Disclosure.id.in_(ids)).order_by(*order)
        short = (joinedload(Disclosure.department), joinedload(Disclosure.category), defer(Disclosure.body))
        return list(session.scalars(rows.options(*short, defer(Disclosure.fields))))


def _of(column: Any, table: type[Category | Department], code: str, none: str) -> list[ColumnElement[bool]]:
    if not code:
        return []
    if code == none:
        return [column.is_(None)]
    return [column == select(table.id).where(table.code == code).scalar_subquery()]


def shelves(office: Office, *, category: str = "", department: str = "", year: int | None = None) -> CatalogueCounts:
    """How many disclosures stand in each category, department and year; each counted within what is chosen of the others."""
    columns = (Disclosure.category_id, Disclosure.department_id, extract("year", Disclosure.published_on))
    counts = select(*columns, func.count()).where(Disclosure.withdrawn_at.is_(None)).group_by(*columns)
    with office.store.read() as session:
        cells = session.execute(counts).all()
        categories = list(session.scalars(select(Category).order_by(Category.position, Category.id)))
        departments = list(session.scalars(select(Department).order_by(Department.position, Department.id)))
    codes = [
        {None: UNSORTED} | {name.id: name.code for name in categories},
        {None: UNNAMED} | {name.id: name.code for name in departments},
    ]
    keyed = [((codes[0][one], codes[1][two], int(year_ or 0)), count) for one, two, year_, count in cells]
    chosen = (category, department, year or "")
    by_category, by_department, by_year = (_counted(keyed, chosen, axis) for axis in range(3))
    return CatalogueCounts(
        categories=_shown(by_category, categories, UNSORTED),
        departments=_shown(by_department, departments, UNNAMED),
        years=sorted(((int(its), count) for its, count in by_year.items() if its), reverse=True),
        total=sum(count for keys, count in keyed if _suits(keys, chosen)),
    )


Keys = tuple[str | int, ...]


def _counted(cells: Sequence[tuple[Keys, int]], chosen: Keys, axis: int) -> Counter[str | int]:
    """The counts along one axis, within what is chosen on the others; those of none are 0."""
    others = tuple("" if place == axis else key for place, key in enumerate(chosen))
    found = Counter[str | int]()
    for keys, count in cells:
        found[keys[axis]] += count if _suits(keys, others) else 0
    return found


def _suits(keys: Keys, chosen: Keys) -> bool:
    return all(asked in ("", key) for key, asked in zip(keys, chosen, strict=True))


def _shown(counts: Counter[str | int], names: Sequence[Category | Department], none: str) -> CountedNames:
    """Those that the catalogue has, in their order; what the office did not list itself stands last, the most first."""
    known = sorted(names, key=lambda name: (not name.known, 0 if name.known else -counts[name.code]))
    shown = [(name.code, name.name) for name in known] + [(none, none)]
    return [(code, name, counts[code]) for code, name in shown if code in counts]


def named(office: Office, name: str) -> DisclosureName | None:
    """The disclosure that stands under this key, document number or title; the newest if there are several."""
    is_it = or_(Disclosure.key == name, Disclosure.document_no == name, Disclosure.title == name)
    query = select(Disclosure.id, Disclosure.title).where(is_it, Disclosure.withdrawn_at.is_(None))
    with office.store.read() as session:
        found = session.execute(query.order_by(Disclosure.id.desc()).limit(1)).first()
        return DisclosureName(*found) if found else None


def article(office: Office, number: int) -> PublicArticle | None:
    """The article of that id if it was ever published; without its content once it is withdrawn. Raises Altered."""
    with office.store.read() as session:
        found = _parts(session, or_(_public(), _withdrawn()), 1, number)
        if not found:
            return None
        opened = _opened(found[0])
        if opened.revision is not None and not published.is_vouched_for(session, found[0]):
            raise Altered
        return opened


def article_file(office: Office, number: int, sha256: str) -> tuple[Path, File] | None:
    """A file of a published article: one of its attachments, or an image in its body; None for any other. Raises Altered."""
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
