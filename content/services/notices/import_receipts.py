"""The receipts of imports as people read them: figures, and each fault with its cell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from content.rules.errors import NotFound
from content.services.notices import import_undo
from content.services.office import Office
from content.store import people
from content.store.notices import imports
from content.store.tables import ImportReceipt

NEWEST = 20
MACHINES = {"operator": "维护人员", "clock": "时钟"}


@dataclass(frozen=True)
class ImportAccount:
    """One import. `told` is its receipt as the command prints it."""

    id: int
    kind: str
    file: str
    at: datetime
    who: str
    told: Mapping[str, Any]
    may_be_undone: bool


def newest(office: Office) -> list[ImportAccount]:
    """The last imports, newest first."""
    with office.store.read() as session:
        names = _names(session)
        return [_account(session, row, names) for row in imports.receipts(session, NEWEST)]


def one(office: Office, number: int) -> ImportAccount:
    """One import. Raises NotFound."""
    with office.store.read() as session:
        row = session.get(ImportReceipt, number) if number < 2**31 else None
        if row is None:
            raise NotFound("没有这次导入。")
        return _account(session, row, _names(session))


def _names(session: Session) -> dict[str, str]:
    return {**{person.username: person.name for person in people.everyone(session)}, **MACHINES}


def _account(session: Session, row: ImportReceipt, names: Mapping[str, str]) -> ImportAccount:
    return ImportAccount(row.id, row.kind, row.file_name, row.at, names.get(row.actor, row.actor),
                         json.loads(row.receipt), import_undo.may_be_undone(session, row))  # fmt: skip
