"""The names of departments and categories: the office's files say what they are called, the store keeps each with its code."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from config.reference import Coded, code_of
from content.services.office import Office
from content.store import people
from content.store.tables import Category, Department

STORED = {"directory": Department, "categories": Category}  # by the file that names them


def keep(office: Office) -> None:
    """Makes the coded rows say what the office's files say; for after a change of these."""
    departments, categories = office.directory.read().coded, office.categories.read()
    with office.store.write() as session:
        people.keep_names(session, departments=departments, categories=categories)


def departments(office: Office) -> list[Coded]:
    """The departments to choose from: those of the directory; of an office without one, those it had before."""
    return list(office.directory.read().coded) or _stored(office, Department, only_known=True)


def categories(office: Office) -> list[Coded]:
    """The categories to choose from."""
    return list(office.categories.read())


def every_department(office: Office) -> list[Coded]:
    """The departments to choose from, then those that only older posts have."""
    return _with_former(departments(office), _stored(office, Department))


def every_category(office: Office) -> list[Coded]:
    """The categories to choose from, then those that only older posts have."""
    return _with_former(categories(office), _stored(office, Category))


def code(office: Office, file: str, name: str) -> str:
    """The code under which what an entry of a file names is kept, or will be."""
    table = STORED[file]
    with office.store.read() as session:
        row = session.scalars(select(table).where(table.name == name)).first()
        return row.code if row else code_of(name)


def _stored(office: Office, table: type[Department] | type[Category], *, only_known: bool = False) -> list[Coded]:
    with office.store.read() as session:
        rows = session.scalars(select(table).order_by(table.position, table.id))
        return [Coded(row.code, row.name) for row in rows if row.known or not only_known]


def _with_former(now: Sequence[Coded], stored: Sequence[Coded]) -> list[Coded]:
    names = {each.name for each in now}
    return [*now, *(each for each in stored if each.name not in names)]
