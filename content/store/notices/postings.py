"""Postings in SQL: what most of them have in common, and their words read anew by the rules of today."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from content.rules.jobs import posting_figures
from content.store.tables import Posting

CHUNK = 500  # rows read anew at a time


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
