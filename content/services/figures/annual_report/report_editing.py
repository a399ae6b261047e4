"""Editing a year's report in a form: only what was changed is entered, and nobody overwrites what she did not see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from content.rules.errors import BadInput, Conflict, NotFound
from content.rules.figures.annual_report import cell_values, form
from content.rules.figures.annual_report.cell_values import Cell, Kind
from content.rules.language import plain_text
from content.rules.people import Right
from content.services.figures.annual_report import report_entries, report_text, year_figures
from content.services.figures.annual_report.report_entries import TABLES
from content.services.figures.annual_report.year_figures import YearFigures
from content.services.office import Office
from content.store import people
from content.store.figures import ledger
from content.store.figures import report_entries as rows

LONGEST_CELL, LONGEST_SECTION = 200, 20_000  # characters
WITH_TOTALS = ("t3", "t4")  # tables whose rows end in their sum


@dataclass(frozen=True)
class OthersChange:
    """A row or a section that somebody changed meanwhile: what stands there now, and who entered it (empty: the register)."""

    name: str
    now: Any
    by: str


class EntryConflict(Conflict):
    """Somebody else changed the same rows; nothing was kept."""

    def __init__(self, changes: tuple[OthersChange, ...]) -> None:
        super().__init__(f"您填的时候，有 {len(changes)} 处别人也改了，没有存。请看过不同的地方再存。")
        self.changes = changes


@dataclass(frozen=True)
class EntryForm:
    """A form as it was sent, by name: what stands in it, what it showed when it was opened, and rows to be taken back."""

    given: Mapping[str, Any]
    shown: Mapping[str, Any]
    dropped: frozenset[str] = frozenset()

    @property
    def changed(self) -> dict[str, Any]:
        """What was changed in it."""
        return {name: value for name, value in self.given.items()
                if name not in self.dropped and _one(value) != _one(self.shown.get(name))}  # fmt: skip


def values(figures: YearFigures) -> dict[str, Any]:
    """All rows and sections as they stand now, by name: what a form shows."""
    found: dict[str, Any] = {
        f"{table}.{name}": list(row)
        for table, attribute in TABLES.items()
        for name, row in getattr(figures.report, attribute).items()
    }
    return found | {name: "\n".join(part) for name, part in zip(report_text.NAMES, figures.sections, strict=True)}


def edit(office: Office, year: int, sent: EntryForm, *, username: str) -> tuple[str, ...]:
    """Keeps what was changed; the names. Raises EntryConflict, BadInput, NotAllowed, NotFound."""
    before = year_figures.gather(office, year)
    now = values(before)
    if strange := [name for name in sent.given if name not in now]:
        raise NotFound(f"{year} 年度的报告里没有“{strange[0]}”。")
    _check_lengths(sent)
    fresh = {name: value for name, value in sent.changed.items() if _one(value) != _one(now[name])}
    with office.store.write() as session:
        rights = [Right.WRITE, Right.COUNT] if all(name in report_text.NAMES for name in sent.given) else [Right.COUNT]
        actor = people.actor(session, username, *rights, what="填报年度报告")
        known = rows.current(session, year)
        touched = {*fresh, *(sent.dropped & known.keys())}
        theirs = [name for name in touched if name in sent.shown and _one(sent.shown[name]) != _one(now[name])]
        if theirs:
            raise EntryConflict(tuple(
                OthersChange(name, now[name], known[name].entered_by if name in known else "") for name in theirs
            ))  # fmt: skip
        back = {*sent.dropped, *(name for name, value in fresh.items() if _as_drafted(before, name, value))}
        kept = {name: ledger.canonical(value) for name, value in fresh.items() if name not in back}
        at = office.clock.now()
        report_entries.take_back(session, year, sorted(back), actor=actor, at=at)
        report_entries.keep(session, year, kept, actor=actor, at=at)
    return tuple(sorted(touched))


def carry(office: Office, year: int, *, username: str) -> bool:
    """Enters last year's 四（结转下年度） as this year's 二（上年结转）; whether there was one. Raises NotAllowed, NotFound."""
    found = year_figures.gather(office, year)
    out = found.previous.requests.get(form.CARRIED_OUT) if found.previous else None
    if out is None or all(cell is None for cell in out):
        return False
    name = f"t3.{form.CARRIED_IN}"
    with office.store.write() as session:
        actor = people.actor(session, username, Right.COUNT, what="填报年度报告的数字")
        report_entries.keep(session, year, {name: ledger.canonical(list(out))}, actor=actor, at=office.clock.now())
    return True


def sources(office: Office, year: int) -> dict[str, tuple[str, datetime]]:
    """Who entered what holds now, and when, by the name of the row."""
    with office.store.read() as session:
        return {name: (entry.entered_by, entry.entered_at) for name, entry in rows.current(session, year).items()}


def cells(name: str, typed: list[str]) -> list[Cell]:
    """The cells of a row as typed; a blank total of tables three and four becomes the sum of its parts."""
    found: list[Cell] = [cell_values.printed(plain_text.clean(text)) for text in typed]
    *parts, last = found
    readings = [cell_values.read(part) for part in parts]
    wanted = name.partition(".")[0] in WITH_TOTALS and last is None and any(part is not None for part in parts)
    if wanted and all(reading.kind is not Kind.TEXT for reading in readings):
        found[-1] = sum(reading.value or 0 for reading in readings)
    return found


def label(name: str) -> str:
    """A row or a section in words."""
    table, _, row = name.partition(".")
    if table == "text":
        return f"第{'一二三四五六'[int(row) - 1]}部分"
    words = {
        "t2": f"表二 {row}",
        "t3": f"表三 {form.short_label(form.REQUEST_ROWS[row])}" if row in form.REQUEST_ROWS else row,
    }
    return words.get(table) or f"表四 {form.CASES.get(row, row)}"


def _as_drafted(figures: YearFigures, name: str, value: Any) -> bool:
    """Whether a section was set back to its draft; a blank one comes back as drafted, unless it has a table to show."""
    if name not in report_text.NAMES:
        return False
    number = report_text.NAMES.index(name)
    written = report_text.paragraphs(str(value))
    return written == figures.drafted[number] or (not written and number + 1 not in report_text.TABLE_SECTIONS)


def _check_lengths(sent: EntryForm) -> None:
    for name, value in sent.given.items():
        if isinstance(value, str):
            if len(value) > LONGEST_SECTION:
                raise BadInput(f"{label(name)}太长（{len(value)} 个字），最多 {LONGEST_SECTION} 个字。")
        elif any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in value):
            raise BadInput(f"{label(name)}有一格太长，最多 {LONGEST_CELL} 个字。")


def _one(value: Any) -> str:
    """One spelling of a value, whatever line ends and blanks a browser put around it."""
    if isinstance(value, str):
        value = "\n".join(report_text.paragraphs(value))
    return ledger.canonical(value)
