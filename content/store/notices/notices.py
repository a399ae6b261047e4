"""Disclosures, postings and portal items in SQL: what stands, the newest, one with its past."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, defer, joinedload

from content.store.session import Store
from content.store.tables import Category, Department, Disclosure, PortalItem, Posting

Notice = Disclosure | Posting | PortalItem
TABLES: dict[str, Any] = {
    "disclosure": Disclosure,
    "posting": Posting,
    "portal": PortalItem,
}
IN_FORCE = "有效"
AT_ONCE = 3  # rows by their numbers; a statement that grows with their count takes a third longer
_IDS: list[BindParameter[int]] = [bindparam(f"id{place}") for place in range(AT_ONCE)]
_OF_ALL = (
    "id",
    "key",
    "title",
    "published_on",
    "fields",
    "url",
    "version",
    "changed_at",
    "withdrawn_at",
    "withdrawn_why",
)
_OF_DISCLOSURES = [getattr(Disclosure, name) for name in (*_OF_ALL, "document_no", "status")]
_OF_POSTINGS = [
    getattr(Posting, name) for name in (*_OF_ALL, "employer", "salary", "area", "valid_until", "lat", "lng")
]
_CODES = (func.coalesce(Department.name, "").label("department"), func.coalesce(Category.name, "").label("category"))
_WHOLE: dict[str, Select[Any]] = {
    "disclosure": select(*_OF_DISCLOSURES, *_CODES)
    .outerjoin(Disclosure.department)
    .outerjoin(Disclosure.category)
    .where(Disclosure.id.in_(_IDS)),
    "posting": select(*_OF_POSTINGS).where(Posting.id.in_(_IDS)),
}
_BEGINNINGS = select(Disclosure.id, func.substr(Disclosure.body, 1, bindparam("length"))).where(Disclosure.id.in_(_IDS))


def get(session: Session, kind: str, notice_id: int) -> Notice | None:
    """The notice of that number, withdrawn or not; None if there never was one."""
    found: Notice | None = session.get(TABLES[kind], notice_id)
    return found


def several(store: Store, kind: str, ids: Sequence[int]) -> list[Any]:
    """Those disclosures or postings of these numbers that there are, withdrawn or not: rows with the names of their codes."""
    return [row for some in _by_number(ids) for row in store.rows(_WHOLE[kind], some)]


def fields(notice: Any) -> dict[str, Any]:
    """The row as it was imported."""
    found: dict[str, Any] = json.loads(notice.fields)
    return found


def beginnings(store: Store, ids: Sequence[int], length: int) -> dict[int, str]:
    """The first characters of some disclosures' texts, without anything else of them, by their numbers."""
    found = (store.rows(_BEGINNINGS, {**some, "length": length}) for some in _by_number(ids))
    return {number: text for rows in found for number, text in rows}


def _by_number(ids: Sequence[int]) -> Iterator[dict[str, int]]:
    """The values of `_IDS` for these numbers; the last stands in for those that are too few."""
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        yield {one.key: some[min(place, len(some) - 1)] for place, one in enumerate(_IDS)}


def newest(
    session: Session,
    kind: str,
    *,
    today: date,
    posting_days: int,
    limit: int,
    offset: int,
    days: tuple[date, date] | None = None,
) -> list[Notice]:
    """What citizens may see, newest first; what is no longer in force comes last. `days`: published from … to."""
    query = open_to_citizens(kind, today=today, posting_days=posting_days)
    table = TABLES[kind]
    if days:
        query = query.where(table.published_on.between(*days))
    if table is not Disclosure:
        return _page(session, query, table, limit, offset)
    # Two walks along the index instead of sorting everything for the few that are no longer in force.
    standing = query.where(Disclosure.status == IN_FORCE)
    found = _page(session, standing, table, limit, offset)
    if len(found) < limit:
        before = session.scalar(standing.with_only_columns(func.count())) or 0
        rest = query.where(Disclosure.status != IN_FORCE)
        found += _page(session, rest, table, limit - len(found), max(0, offset - before))
    return found


def _page(session: Session, query: Select[Any], table: Any, limit: int, offset: int) -> list[Notice]:
    """A page of cards: whole texts stay in the database."""
    query = query.options(defer(table.fields))
    if table is Disclosure:
        query = query.options(defer(Disclosure.body), joinedload(Disclosure.department))
    if table is Posting:
        query = query.options(defer(Posting.words), defer(Posting.place))
    order = (table.published_on.desc().nulls_last(), table.id.desc())
    return list(session.scalars(query.order_by(*order).limit(limit).offset(offset)))


def new_since(
    session: Session,
    kind: str,
    since: datetime | None,
    *,
    but: Collection[int],
    today: date,
    posting_days: int,
    limit: int,
) -> tuple[int, list[Any]]:
    """What citizens may see and first stood here after `since` (None: ever), `but` for these: how many, the newest."""
    table = TABLES[kind]
    query = open_to_citizens(kind, today=today, posting_days=posting_days).where(table.id.not_in(but))
    if since is not None:
        query = query.where(table.first_seen_at > since)
    if table is Disclosure:
        query = query.where(Disclosure.status == IN_FORCE).options(joinedload(Disclosure.department))
    count = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    order = (table.published_on.is_(None), table.published_on.desc(), table.id.desc())
    return count, list(session.scalars(query.order_by(*order).limit(limit)))


def count_open(session: Session, kind: str, *, today: date, posting_days: int) -> int:
    """How many of a kind citizens may see today."""
    query = open_to_citizens(kind, today=today, posting_days=posting_days)
    return session.scalar(query.with_only_columns(func.count())) or 0


def card(notice: Disclosure | Posting) -> dict[str, Any]:
    """What a list shows of a notice, as JSON can hold it."""
    if isinstance(notice, Posting):
        return card_of("posting", notice)
    return card_of("disclosure", notice, notice.department.name if notice.department else "")


def card_of(kind: str, row: Any, department: str = "") -> dict[str, Any]:
    """The same of a row of a disclosure or a posting."""
    shown: dict[str, Any] = {
        "kind": kind,
        "id": row.id,
        "key": row.key,
        "title": row.title,
        "published_on": row.published_on.isoformat() if row.published_on else None,
    }
    if kind == "posting":
        return shown | {"employer": row.employer, "salary": row.salary, "area": row.area}
    return shown | {"document_no": row.document_no, "status": row.status, "department": department}


def last_day(posting: Any, posting_days: int) -> date | None:
    """The last day on which a posting is offered; None: without end."""
    return end(posting.valid_until, posting.published_on, posting_days)


def end(valid_until: date | None, published_on: date | None, posting_days: int) -> date | None:
    """The same, of a posting's two dates."""
    if valid_until or not posting_days or not published_on:
        return valid_until
    return published_on + timedelta(days=posting_days)


def standing(session: Session, kind: str, ids: Sequence[int] | None = None) -> Iterator[Any]:
    """The notices of a kind that are not withdrawn (only those `ids`, if given), with their coded names."""
    table = TABLES[kind]
    query = select(table).where(table.withdrawn_at.is_(None)).order_by(table.id)
    if table is Disclosure:
        query = query.options(joinedload(Disclosure.category), joinedload(Disclosure.department))
    if ids is None:
        yield from session.scalars(query.execution_options(yield_per=1000))
        return
    for start in range(0, len(ids), 500):
        yield from session.scalars(query.where(table.id.in_(ids[start : start + 500])))


def titles(session: Session, limit: int) -> list[str]:
    """The titles of the newest disclosures that stand."""
    query = select(Disclosure.title).where(Disclosure.withdrawn_at.is_(None)).order_by(Disclosure.id.desc())
    return list(session.scalars(query.limit(limit)))


def count_standing(session: Session, kind: str) -> int:
    """How many of a kind are not withdrawn."""
    table = TABLES[kind]
    return session.scalar(select(func.count()).select_from(table).where(table.withdrawn_at.is_(None))) or 0


def open_to_citizens(kind: str, *, today: date, posting_days: int) -> Select[Any]:
    """The query for what citizens may see of a kind today."""
    table = TABLES[kind]
    query = select(table).where(table.withdrawn_at.is_(None))
    if table is not Posting:
        return query
    query = query.where(or_(Posting.valid_until.is_(None), Posting.valid_until >= today))
    if posting_days:
        too_old = Posting.published_on < today - timedelta(days=posting_days)
        query = query.where(~and_(Posting.valid_until.is_(None), Posting.published_on.is_not(None), too_old))
    return query
