"""The year's figures: what the registers hold, with what people entered in its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from content.rules.figures.annual_report import cell_values, checks, drafted_text, form
from content.rules.figures.annual_report.drafted_text import Sections, YearsWork
from content.rules.figures.annual_report.form import Format
from content.rules.figures.annual_report.report import AnnualReport, ReportFinding, Row
from content.services.figures import yearly_tally
from content.services.figures.annual_report import report_entries, report_text
from content.services.figures.annual_report.report_entries import ORG, TABLES
from content.services.office import Office
from content.store import disclosure_cases
from content.store.figures import report_entries as rows
from content.store.figures import table_three

NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True)
class YearFigures:
    """The report of a year as it stands now. `entered`: names of the rows that people entered.

    `report.narrative` is the six sections as text, drafted where nobody wrote them. `previous`: last year's, if it is known.
    """

    report: AnnualReport
    sections: Sections
    entered: tuple[str, ...]
    findings: tuple[ReportFinding, ...]
    drafted: Sections = ()
    previous: AnnualReport | None = None

    @property
    def entered_cells(self) -> list[str]:
        """The names of all cells that people entered: t3.new.0 and so on."""
        tables = {table: getattr(self.report, attribute) for table, attribute in TABLES.items()}
        return [
            f"{table}.{name}.{column}"
            for table, found in tables.items()
            for name, row in found.items()
            if f"{table}.{name}" in self.entered
            for column in range(len(row))
        ]


def gather(office: Office, year: int, *, typed: Mapping[str, Any] = NOTHING) -> YearFigures:
    """The figures, the text and the findings of a year. Raises BadInput for a year without a form.

    `typed`: rows and sections by name that stand in a form and are not kept; they go before what is.
    """
    report_entries.check_year(year)
    name = office.name
    with office.store.read() as session:
        fees = table_three.fees(session, year)
        values = {**_values(session, year), **typed}
        report = _report(session, year, values, name)
        before = _values(session, year - 1) if year > form.FIRST_REPORT_YEAR else NOTHING
        known = any(name.startswith("t") and not name.startswith("text") for name in before)
        previous = _report(session, year - 1, before, name) if known else None
    drafted = drafted_text.draft(report, _work(office, year, fees))
    texts = report_text.whole(values, drafted)
    report = replace(report, narrative="\n".join(drafted_text.paragraphs(texts)))
    found = tuple(checks.check(report, previous=previous))
    return YearFigures(report, texts, tuple(values), found, drafted, previous)


def _values(session: Session, year: int) -> dict[str, Any]:
    """What people entered for a year, by the name of the row."""
    return {name: report_entries.read(entry.value) for name, entry in rows.current(session, year).items()}


def _report(session: Session, year: int, values: Mapping[str, Any], name: str) -> AnnualReport:
    """The report of a year without its text; `name` is the office's."""
    shape = form.format_of_year(year)
    entered = {table: {name.removeprefix(f"{table}."): tuple(row) for name, row in values.items()
                       if name.startswith(f"{table}.")} for table in TABLES}  # fmt: skip
    return AnnualReport(
        format=shape, year=year, org=str(values.get(ORG) or name),
        active={row.name: entered["t2"].get(row.name, (None,) * len(row.columns)) for row in form.ACTIVE[shape]},
        requests=_requests(table_three.rows_of(session, year), entered["t3"], shape),
        cases={name: entered["t4"].get(name, tuple(row)) for name, row in disclosure_cases.table_four(session, year).items()},
    )  # fmt: skip


def _requests(register: Mapping[str, list[int]], entered: Mapping[str, Row], shape: Format) -> dict[str, Row]:
    """The register's rows with those that were entered; a total that nobody entered follows what was."""
    found = {row.name: entered.get(row.name, tuple(register[row.name])) for row in form.REQUESTS[shape]}
    outcomes = [row.name for row in form.REQUESTS[shape] if row.group]
    if form.TOTAL not in entered and any(name in entered for name in outcomes):
        columns = zip(*(found[name] for name in outcomes), strict=True)
        found[form.TOTAL] = tuple(sum(cell_values.read(cell).value or 0 for cell in column) for column in columns)
    return found


def _work(office: Office, year: int, fees: int) -> YearsWork:
    counted: Mapping[str, Any] = yearly_tally.recount(office, year, office.clock.now())
    questions = counted["questions"]
    return YearsWork(
        articles=counted["by_channel"]["wechat"], portal_items=counted["by_channel"]["portal"],
        categories=counted["by_category"], asked=questions["asked"], answered=questions["answered"], fees=fees,
    )  # fmt: skip
