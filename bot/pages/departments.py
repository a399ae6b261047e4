"""The departments: how to reach each, what it sees to, and what it has disclosed; and who leads the office."""

from __future__ import annotations

from typing import NamedTuple

from flask import Blueprint, render_template

from config.directory import DirectoryEntry
from content.services.notices import catalogue
from content.services.office import Office


class _Shown(NamedTuple):
    entry: DirectoryEntry
    code: str
    disclosed: int


def blueprint(office: Office) -> Blueprint:
    """`/departments`."""
    pages = Blueprint("departments", __name__)

    @pages.get("/departments")
    def departments() -> str:
        return render_template(
            "departments.html", departments=_departments(office), leaders=office.directory.read().leaders
        )

    return pages


def called(office: Office, name: str) -> DirectoryEntry | None:
    """What the directory says of the department of this name; None if it says nothing that helps to reach it."""
    found = next(
        (each for each in office.directory.read().departments if name and name in (each.name, *each.also)), None
    )
    return found if found and (found.phone or found.address) else None


def _departments(office: Office) -> list[_Shown]:
    """Those of the directory in its order, then those that have only disclosed something."""
    disclosing = [each for each in catalogue.shelves(office).departments if each[0] != catalogue.UNNAMED]
    by_name = {name: (code, count) for code, name, count in disclosing}
    entries = office.directory.read().departments
    known = [_Shown(entry, *by_name.pop(entry.name, ("", 0))) for entry in entries]
    return known + [_Shown(DirectoryEntry(name), code, count) for name, (code, count) in by_name.items()]
