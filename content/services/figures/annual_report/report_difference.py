"""In what a report differs from the one that a reviewer knows: row by row, and its text sentence by sentence.

Each report that was handed in lies under its seal among the office's files, so that a later one can be laid beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from content.intake.reports import figures_json
from content.render.annual_report.report_document import printed
from content.rules.errors import BadInput
from content.rules.figures.annual_report import drafted_text, form
from content.rules.figures.annual_report.report import AnnualReport, Row
from content.rules.publishing.article_states import Action
from content.services.articles import revision_difference
from content.services.articles.revision_difference import WordingChange
from content.services.figures.annual_report import report_editing, report_seal
from content.services.figures.annual_report.report_entries import TABLES
from content.services.figures.annual_report.year_figures import YearFigures
from content.services.office import Office
from content.store.tables import ReportReview

BLANK = "（空）"


def keep(office: Office, figures: YearFigures) -> None:
    """Keeps the report as it is handed in; twice is once."""
    office.files.keep(report_seal.seal(figures)[0].encode())


def known_before(
    office: Office, trail: Sequence[ReportReview], sha256: str, username: str
) -> tuple[ReportReview, AnnualReport] | None:
    """The report to lay beside the one of this hash, and how it was handed in; None for the first that is kept.

    It is the last that this person passed or returned, else the last that anybody handed in.
    """
    theirs = {row.sha256 for row in trail if row.person == username and row.action != Action.SUBMIT}
    others = [row for row in reversed(trail) if row.action == Action.SUBMIT and row.sha256 != sha256]
    kept = [row for row in others if office.files.is_whole(row.sha256)]
    row = next((row for row in kept if row.sha256 in theirs), kept[0] if kept else None)
    if row is None:
        return None
    try:
        return row, figures_json.report(office.files.read(row.sha256).decode(), name=row.sha256[:8])
    except BadInput:  # an older form of the file must not keep anybody from reviewing
        return None


def changes(old: AnnualReport, new: AnnualReport) -> list[WordingChange]:
    """Every place that differs, in the order of the report: the office's name, the tables, the text."""
    named = [WordingChange("机关名称", old.org, new.org)] if old.org != new.org else []
    return [*named, *_rows(old, new), *_text(old.narrative, new.narrative)]


def _rows(old: AnnualReport, new: AnnualReport) -> Iterator[WordingChange]:
    for table, attribute in TABLES.items():
        before, after = getattr(old, attribute), getattr(new, attribute)
        for name in {**after, **before}:
            was, now = before.get(name, ()), after.get(name, ())
            if was != now:
                columns = _columns(new, table, name)
                yield WordingChange(report_editing.label(f"{table}.{name}"), *_cells(columns, was, now))


def _cells(columns: Sequence[str], was: Row, now: Row) -> tuple[str, str]:
    """The cells that differ, each with its column: 自然人 1，总计 1."""
    differ = [(column, *cells) for column, *cells in zip_longest(columns, was, now) if cells[0] != cells[1]]

    def told(at: int) -> str:
        return "，".join(f"{column} {printed(cells[at]) or BLANK}" for column, *cells in differ)

    return told(0), told(1)


def _columns(report: AnnualReport, table: str, name: str) -> Sequence[str]:
    if table == "t2":
        return next((row.columns for row in form.ACTIVE[report.format] if row.name == name), ())
    return form.APPLICANTS if table == "t3" else form.CASE_COLUMNS


def _text(old: str, new: str) -> Iterator[WordingChange]:
    before, after = _sections(old), _sections(new)
    for heading in drafted_text.headings():
        yield from revision_difference.in_sentences(heading, before.get(heading, ""), after.get(heading, ""))


def _sections(narrative: str) -> dict[str, str]:
    """The text under each heading."""
    found: dict[str, list[str]] = {}
    current = ""
    for line in narrative.split("\n"):
        if line in drafted_text.headings():
            current = line
        else:
            found.setdefault(current, []).append(line)
    return {heading: "\n".join(lines) for heading, lines in found.items()}
