"""What people say to what the check of a report asks: kept beside the finding, until the figures or the text change."""

from __future__ import annotations

import hashlib

from content.rules import notes
from content.rules.errors import NotFound
from content.rules.figures.annual_report.report import ERROR, ReportFinding
from content.rules.people import Right
from content.services.figures.annual_report import year_figures
from content.services.figures.annual_report.year_figures import YearFigures
from content.services.office import Office
from content.store import people
from content.store.figures import ledger
from content.store.figures import report_entries as rows
from content.store.tables import ReportExplanation

LONGEST = 500  # characters of an explanation


def key(finding: ReportFinding) -> str:
    """What names a finding: the hash of what it says, so that another figure is another question."""
    content = [finding.rule, list(finding.cells), finding.message]
    return hashlib.sha256(ledger.canonical(content).encode()).hexdigest()


def given(office: Office, figures: YearFigures) -> dict[str, ReportExplanation]:
    """The explanations that hold now, by the key of the finding."""
    with office.store.read() as session:
        kept = rows.explanations(session, figures.report.year or 0)
    return {key(one): kept[key(one)] for one in figures.findings if key(one) in kept}


def missing(office: Office, figures: YearFigures) -> list[ReportFinding]:
    """The queries to which nobody has said anything."""
    told = given(office, figures)
    return [one for one in figures.findings if one.level != ERROR and key(one) not in told]


def explain(office: Office, year: int, finding: str, note: str, *, username: str) -> None:
    """Keeps what somebody says to a query. Raises BadInput without a word, NotFound for a finding that is gone, NotAllowed."""
    words = notes.note(note, needed="请写一句核对的结果，比如“含上级转来的 7 件”。", longest=LONGEST)
    figures = year_figures.gather(office, year)
    asked = next((one for one in figures.findings if key(one) == finding and one.level != ERROR), None)
    if asked is None:
        raise NotFound("这一条已经没有了：数字或正文改过以后，核对的结果变了。请看现在的。")
    with office.store.write() as session:
        actor = people.actor(session, username, Right.WRITE, Right.COUNT, what="说明年度报告的核对")
        now = office.clock.now()
        session.add(ReportExplanation(year=year, finding=finding, message=asked.message, note=words, explained_at=now,
                                      explained_by=username))  # fmt: skip
        ledger.append(session, kind="report.explained", actor=username, role=actor.role, subject=f"report:{year}", at=now,
                      message=asked.message, note=words)  # fmt: skip
