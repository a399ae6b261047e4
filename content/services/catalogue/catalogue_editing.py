"""One item of the catalogue at a time: added, changed, withdrawn, each with an entry in the ledger."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from content.rules.catalogue import catalogue_columns
from content.rules.errors import BadInput, Conflict
from content.rules.language import plain_text
from content.rules.people import Right
from content.services.office import Office
from content.store import catalogue_items, people
from content.store.figures import ledger
from content.store.tables import CatalogueItem

WHAT = "维护公开目录"
LONG = frozenset({"content", "basis", "channels"})  # several lines


def read(given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The columns as they were typed, and what to mend: column and sentence."""
    values = {name: plain_text.clean(str(given.get(name) or "")).strip() for name in catalogue_columns.WORDS}
    values = {name: value if name in LONG else plain_text.one_line(value) for name, value in values.items()}
    faults = {name: f"请写{catalogue_columns.WORDS[name]}。" for name in catalogue_columns.NEEDED if not values[name]}
    for name, longest in catalogue_columns.LONGEST.items():
        if len(values[name]) > longest:
            faults[name] = f"{catalogue_columns.WORDS[name]}最多 {longest} 个字，现在有 {len(values[name])} 个。"
    return values, faults


def save(office: Office, number: int | None, given: Mapping[str, str], *, username: str) -> int:
    """Adds an item, or changes the one of that number; its number. Raises BadInput, Conflict, NotAllowed, NotFound."""
    values, faults = read(given)
    if faults:
        raise BadInput("".join(faults.values()))
    name, now = f"{values['first']}/{values['second']}", office.clock.now()
    with office.store.write() as session:
        actor = people.actor(session, username, Right.REGISTER, what=WHAT)
        other = catalogue_items.by_name(session).get(name)
        if number is None:
            row = other if other and other.withdrawn_at else None
            if other and row is None:
                raise Conflict(f"目录里已经有“{name}”。请改那一条，或者换一个二级事项的名称。")
            if row is None:
                row = CatalogueItem(name=name, changed_at=now, position=_end(session), **values)
                session.add(row)
            row.withdrawn_at = None
        else:
            row = catalogue_items.item(session, number)
            if other and other.id != row.id:
                raise Conflict(f"目录里已经有“{name}”（第 {other.id} 号）。")
        row.name, row.changed_at = name, now
        for column, value in values.items():
            setattr(row, column, value)
        session.flush()
        ledger.append(session, kind="catalogue.changed", actor=username, role=actor.role, subject=f"item:{row.id}", at=now,
                      item=name, what="changed" if number else "added")  # fmt: skip
        return row.id


def withdraw(office: Office, number: int, *, username: str) -> None:
    """Takes an item out of the catalogue; what was formed under it stays. Raises NotAllowed, NotFound."""
    now = office.clock.now()
    with office.store.write() as session:
        actor = people.actor(session, username, Right.REGISTER, what=WHAT)
        row = catalogue_items.item(session, number)
        row.withdrawn_at = now
        ledger.append(session, kind="catalogue.changed", actor=username, role=actor.role, subject=f"item:{number}", at=now,
                      item=row.name, what="withdrawn")  # fmt: skip


def _end(session: Session) -> int:
    return max((item.position for item in catalogue_items.standing(session)), default=-1) + 1
