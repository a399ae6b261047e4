"""Postings in SQL as citizens look for them: by words, place, pay, schooling and employer."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select, update
from sqlalchemy.orm import Session, defer

from content.rules.jobs import posting_figures
from content.rules.jobs.posting_figures import Wanted
from content.rules.language import plain_text
from content.store.tables import Posting

CHUNK = 500  # rows read anew at a time


def matching(standing: Select[tuple[Posting]], wanted: Wanted) -> Select[tuple[Posting]]:
    """Those of the postings that fit. What says nothing of schooling fits everybody, what says nothing of pay nobody."""
    query = standing.where(*(Posting.words.contains(term, autoescape=True) for term in wanted.terms))
    for word in plain_text.normalise(wanted.place).split():
        query = query.where(Posting.place.contains(word, autoescape=True))
    if wanted.employer:
        query = query.where(Posting.employer.icontains(wanted.employer.strip(), autoescape=True))
    if wanted.pay is not None:
        query = query.where(Posting.pay_high >= wanted.pay)
    if wanted.schooling is not None:
        query = query.where(or_(Posting.schooling.is_(None), Posting.schooling <= wanted.schooling))
    return query


def page(session: Session, query: Select[tuple[Posting]], wanted: Wanted, *, limit: int, offset: int) -> list[Posting]:
    """A page of them: first those with the words in the title, then those that ask for just this schooling, then the newest."""
    rows = query.options(defer(Posting.fields), defer(Posting.words), defer(Posting.place))
    return list(session.scalars(rows.order_by(*_order(wanted)).limit(limit).offset(offset)))


def count(session: Session, query: Select[tuple[Posting]]) -> int:
    """How many there are."""
    return session.scalar(query.with_only_columns(func.count())) or 0


def most_common(session: Session, query: Select[tuple[Posting]], column: Any, *, limit: int) -> list[str]:
    """The values of a column that most postings have."""
    values = query.with_only_columns(column).where(column != "").group_by(column)
    return list(session.scalars(values.order_by(func.count().desc(), column).limit(limit)))


def read_anew(session: Session) -> int:
    """Reads the postings that the rules of today have not read yet; how many there were."""
    rows = session.execute(select(Posting.id, Posting.fields).where(Posting.edition != posting_figures.EDITION)).all()
    for start in range(0, len(rows), CHUNK):
        readings = [
            {"id": number, **posting_figures.reading(json.loads(fields))}
            for number, fields in rows[start : start + CHUNK]
        ]
        session.execute(update(Posting), readings)
    return len(rows)


def _order(wanted: Wanted) -> list[ColumnElement[Any]]:
    order: list[ColumnElement[Any]] = []
    for term in wanted.terms:
        order.append(case((Posting.title.icontains(term, autoescape=True), 0), else_=1))
    if wanted.schooling is not None:
        order.append(case((Posting.schooling == int(wanted.schooling), 0), else_=1))
    return [*order, Posting.published_on.desc().nulls_last(), Posting.id.desc()]
