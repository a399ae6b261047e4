"""Keeping the search index in step with the rows: after imports, at the start of a process, after a loss."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from content.services.office import Office
from content.store import imports, notices
from content.store.index_schema import FORMAT, IndexEntry
from content.store.tables import Disclosure, Posting

KINDS = ("disclosure", "posting")  # portal items are counted, not searched
FACTS = {
    "disclosure": ("document_no", "index_no", "category", "department"),
    "posting": ("employer", "area", "salary", "degree", "experience", "address"),
}
BODY = {
    "disclosure": ("body",),
    "posting": ("description", "how_to_apply", "benefits", "contact"),
}

log = logging.getLogger(__name__)


def refresh(office: Office) -> bool:
    """Builds the index anew if it does not show the rows as they are now; whether it had to."""
    with office.index.building(), office.store.read() as session:
        marker = expected(office, session)
        pointer = office.index.pointer()
        if pointer and pointer.marker == marker:
            return False
        office.index.build(_entries(office, session), marker)
    return True


def is_current(office: Office) -> bool:
    """Whether the index shows the rows as they are now."""
    pointer = office.index.pointer()
    with office.store.read() as session:
        return pointer is not None and pointer.marker == expected(office, session)


def expected(office: Office, session: Session) -> str:
    """The marker of an index of the rows as they are now: it changes with every import, setting and schema."""
    last = imports.last_receipt(session, KINDS)
    state = f"{last.id} {last.at.isoformat()} {last.file_sha256}" if last else "empty"
    return f"{FORMAT} {office.settings.posting_days} {state}"


def _entries(office: Office, session: Session) -> Iterator[IndexEntry]:
    for kind in KINDS:
        for notice in notices.standing(session, kind):
            yield entry(office, notice)


def entry(office: Office, notice: Disclosure | Posting) -> IndexEntry:
    """A notice as the index holds it."""
    kind = "posting" if isinstance(notice, Posting) else "disclosure"
    fields = json.loads(notice.fields)
    return IndexEntry(
        ref=f"{kind}:{notice.id}",
        kind=kind,
        texts={
            "title": notice.title,
            "body": _joined(fields, BODY[kind]),
            "facts": _joined(fields, FACTS[kind]),
        },
        last_day=notices.last_day(notice, office.settings.posting_days) if isinstance(notice, Posting) else None,
        in_force=not isinstance(notice, Disclosure) or notice.status == notices.IN_FORCE,
        card=notices.card(notice),
    )


def _joined(fields: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return "\n".join(str(fields[name]) for name in names if name in fields)
