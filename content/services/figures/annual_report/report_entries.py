"""What people enter for the annual report: whole rows of the form, the office's name, the text.

A row that is entered stands instead of the registers' and is marked as entered; what it replaces is kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from content.intake import reports
from content.rules.errors import BadInput
from content.rules.figures.annual_report import form
from content.rules.figures.annual_report.form import Format
from content.rules.figures.annual_report.layout import FIRST_YEAR, NOTICES
from content.rules.figures.annual_report.report import AnnualReport
from content.rules.language import plain_text
from content.rules.people import Right
from content.services.figures.annual_report import report_text
from content.services.office import Office
from content.store import people
from content.store.figures import ledger
from content.store.figures import report_entries as rows
from content.store.tables import ReportEntry

TABLES = {"t2": "active", "t3": "requests", "t4": "cases"}
ORG = "org"
LAST_YEAR = 2100


@dataclass(frozen=True)
class EntryReceipt:
    """What was entered: the names of the rows, and of those that replaced what somebody had entered otherwise, who."""

    entered: tuple[str, ...]
    replaced: Mapping[str, str]


def enter(office: Office, year: int, file: Path, *, username: str) -> EntryReceipt:
    """Takes the rows of a file in; other rows stay. Figures as JSON, or a report as it was published (without its text).

    Raises BadInput, NotAllowed, NotFound.
    """
    check_year(year)
    with office.store.read() as session:
        people.actor(session, username, Right.COUNT, what="填报年度报告的数字")
    given = reports.read(file, part_of=year)
    return _take_in(office, year, _values(year, given, with_text=file.suffix.lower() == ".json"), username=username)


def enter_published(office: Office, year: int, data: bytes, name: str, *, username: str) -> EntryReceipt:
    """The three tables of a report as it was published, from a file's bytes. Raises BadInput, NotAllowed, NotFound."""
    check_year(year)
    given = reports.from_bytes(data, name=name, part_of=year)
    return _take_in(office, year, _values(year, given, with_text=False), username=username)


def _take_in(office: Office, year: int, values: Mapping[str, str], *, username: str) -> EntryReceipt:
    with office.store.write() as session:
        actor = people.actor(session, username, Right.COUNT, what="填报年度报告的数字")
        replaced = keep(session, year, values, actor=actor, at=office.clock.now())
    return EntryReceipt(tuple(values), replaced)


def keep(
    session: Session, year: int, values: Mapping[str, str], *, actor: people.Actor, at: datetime
) -> dict[str, str]:
    """Enters values, as canonical JSON by name, inside the caller's transaction; who had entered what they replace."""
    username = actor.person.username
    known = rows.current(session, year)
    fresh = {name: text for name, text in values.items() if name not in known or known[name].value != text}
    for name, text in fresh.items():
        _retire(known.get(name), username, at)
        session.add(ReportEntry(year=year, name=name, value=text, entered_at=at, entered_by=username))
    if fresh:
        _note(session, year, fresh, actor=actor, at=at)
    return {name: known[name].entered_by for name in fresh if name in known}


def drop(office: Office, year: int, names: tuple[str, ...], *, username: str) -> None:
    """Takes back what was entered for rows, so that the registers' figures stand again. Raises BadInput, NotAllowed."""
    check_year(year)
    now = office.clock.now()
    with office.store.write() as session:
        actor = people.actor(session, username, Right.COUNT, what="填报年度报告的数字")
        known = rows.current(session, year)
        missing = [name for name in names if name not in known]
        if missing:
            raise BadInput(f"{year} 年没有填报过“{missing[0]}”。填报过的是：{'、'.join(known) or '（没有）'}。")
        take_back(session, year, names, actor=actor, at=now)


def take_back(session: Session, year: int, names: Iterable[str], *, actor: people.Actor, at: datetime) -> None:
    """Takes entries back inside the caller's transaction; names without an entry are passed over."""
    known = rows.current(session, year)
    gone = [name for name in names if name in known]
    for name in gone:
        _retire(known[name], actor.person.username, at)
    if gone:
        _note(session, year, dict.fromkeys(gone, ""), actor=actor, at=at)


def check_year(year: int) -> None:
    """Raises BadInput for a year that has no form here."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadInput(f"没有 {year} 年度的报告格式。可以用的年份从 {FIRST_YEAR} 开始。")


def _values(year: int, given: AnnualReport, *, with_text: bool) -> dict[str, str]:
    """What a file gives, by name, as JSON. Raises BadInput if it is for another year or form."""
    shape = form.format_of_year(year)
    if given.year not in (None, year):
        raise BadInput(f"文件里写的是 {given.year} 年度，要填报的是 {year} 年度。请核对年份。")
    if given.format is not shape or (given.claimed and given.claimed is not shape):
        raise BadInput(
            f"{year} 年度的报告用 {shape.value} 年格式（国办公开办函{NOTICES[shape]}），文件里是另一种格式。"
        )
    _refuse_one_row(given, shape)
    values: dict[str, Any] = {
        f"{table}.{name}": [plain_text.clean(cell) if isinstance(cell, str) else cell for cell in row]
        for table, attribute in TABLES.items()
        for name, row in getattr(given, attribute).items()
    }
    if with_text:
        values |= {ORG: plain_text.one_line(plain_text.clean(given.org))} if given.org.strip() else {}
        written = report_text.split(plain_text.clean(given.narrative))
        values |= {name: "\n".join(part) for name, part in zip(report_text.NAMES, written, strict=True) if part}
    if not values:
        raise BadInput("文件里没有一行数字，没有什么可填报的。")
    return {name: ledger.canonical(value) for name, value in values.items()}


def _refuse_one_row(given: AnnualReport, shape: Format) -> None:
    known = {row.name for row in form.REQUESTS[shape]}
    strange = [name for name in given.requests if name not in known]
    if strange:
        rows_of = "、".join(row.name for row in form.REQUESTS[shape] if row.group == "o")
        raise BadInput(f"{shape.value} 年格式的表三没有“{strange[0]}”这一行。（六）其他处理请填：{rows_of}。")


def _retire(entry: ReportEntry | None, username: str, now: Any) -> None:
    if entry is not None:
        entry.replaced_at, entry.replaced_by = now, username


def _note(session: Session, year: int, values: Mapping[str, str], *, actor: people.Actor, at: Any) -> None:
    digest = hashlib.sha256(ledger.canonical(values).encode()).hexdigest()
    ledger.append(session, kind="report.entered", actor=actor.person.username, role=actor.role,
                  subject=f"report:{year}", at=at, rows=sorted(values), sha256=digest)  # fmt: skip


def read(value: str) -> Any:
    """An entry's value."""
    return json.loads(value)
