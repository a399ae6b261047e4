"""The catalogue in and out as a sheet with the national columns."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from content.intake import catalogue as intake
from content.render import spreadsheet
from content.rules.catalogue.catalogue_columns import WORDS
from content.rules.errors import BadInput
from content.rules.people import Right
from content.services.office import Office
from content.store import catalogue_items, people
from content.store.figures import ledger
from content.store.tables import CatalogueItem

SHEET = "政务公开目录"


@dataclass
class CatalogueReceipt:
    """What an import did; `refused`: (row, what to do)."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    refused: tuple[tuple[int, str], ...] = ()


def take_in(office: Office, file: Path, *, username: str, complete: bool = False) -> CatalogueReceipt:
    """Upserts the items of a file by 一级事项/二级事项; `complete`: what is missing is withdrawn.

    Raises BadInput, NotAllowed, NotFound.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise BadInput(f"打不开文件“{file}”：{error.strerror}。") from error
    return take_in_bytes(office, data, file.name, username=username, complete=complete)


def take_in_bytes(office: Office, data: bytes, name: str, *, username: str, complete: bool = False) -> CatalogueReceipt:
    """The same for the bytes of a file; `name` tells its kind by its ending."""
    with office.store.read() as session:
        people.actor(session, username, Right.REGISTER, what="维护公开目录")
    sheet = intake.read(data, name)
    if complete and sheet.refused:
        row, fault = sheet.refused[0]
        raise BadInput(
            f"有 {len(sheet.refused)} 行读不进来（第 {row} 行：{fault}），不能当作完整的目录。请改好再导入。"
        )
    now = office.clock.now()
    items = {f"{cells.get('first', '')}/{cells['second']}": cells for cells in sheet.items}
    with office.store.write() as session:
        actor = people.actor(session, username, Right.REGISTER, what="维护公开目录")
        receipt = _upsert(session, items, complete=complete, now=now)
        ledger.append(session, kind="catalogue.imported", actor=username, role=actor.role, subject="catalogue", at=now,
                      file=name, sha256=hashlib.sha256(data).hexdigest(), new=receipt.new, changed=receipt.changed,
                      withdrawn=receipt.withdrawn)  # fmt: skip
    receipt.refused = tuple(sheet.refused)
    return receipt


def write(office: Office, path: Path) -> int:
    """Writes the catalogue to a .csv or .xlsx that can be taken in again; how many items. Raises BadInput, GongkaiError."""
    items = standing(office)
    rows = [[str(number), *(getattr(item, column) for column in WORDS)] for number, item in enumerate(items, start=1)]
    spreadsheet.write(path, spreadsheet.OutputSheet(SHEET, ("序号", *WORDS.values()), rows))
    return len(items)


def standing(office: Office) -> list[CatalogueItem]:
    """The items that hold, in the catalogue's order."""
    with office.store.read() as session:
        return catalogue_items.standing(session)


def disclosed(office: Office) -> dict[int, list[tuple[int, str]]]:
    """The disclosures (id, title) under each item, newest first."""
    with office.store.read() as session:
        return catalogue_items.disclosed(session)


def _upsert(
    session: Session, items: Mapping[str, Mapping[str, str]], *, complete: bool, now: datetime
) -> CatalogueReceipt:
    known = catalogue_items.by_name(session)
    receipt = CatalogueReceipt()
    for position, (name, cells) in enumerate(items.items()):
        values: dict[str, str | int] = {column: cells.get(column, "") for column in WORDS}
        values["position"] = position
        row = known.get(name)
        if row is None:
            session.add(CatalogueItem(name=name, changed_at=now, **values))
            receipt.new += 1
        elif _update(row, values):
            row.changed_at = now
            receipt.changed += 1
        else:
            receipt.unchanged += 1
    for name, row in known.items():
        if complete and name not in items and row.withdrawn_at is None:
            row.withdrawn_at = now
            receipt.withdrawn += 1
    return receipt


def _update(row: CatalogueItem, values: Mapping[str, str | int]) -> bool:
    before = {name: getattr(row, name) for name in values} | {"withdrawn_at": row.withdrawn_at}
    for name, value in values.items():
        setattr(row, name, value)
    row.withdrawn_at = None
    return before != {**values, "withdrawn_at": None}
