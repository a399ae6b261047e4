"""The signature under a year's report: its figures and its text sealed in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from content.rules import notes
from content.rules.errors import BadInput, Conflict
from content.rules.figures.annual_report import drafted_text
from content.rules.figures.annual_report.report import ReportFinding
from content.rules.people import Right
from content.services.figures.annual_report import explanations, report_files, report_reviews, report_seal, year_figures
from content.services.figures.annual_report.year_figures import YearFigures
from content.services.office import Office
from content.store import people
from content.store.figures import ledger
from content.store.figures import report_entries as rows
from content.store.tables import ReportSignature

LONGEST_NOTE = 500


@dataclass(frozen=True)
class SignatureState:
    """Whether a year's report is signed as it stands: `by` and `at` are empty and None where nobody signed."""

    by: str = ""
    at: datetime | None = None
    holds: bool = False  # nothing has changed since


def sign(office: Office, year: int, *, username: str, note: str = "") -> str:
    """Signs the year's report as it stands; its SHA-256. Queries that nobody explained want a note.

    Raises NotAllowed, NotFound, Conflict while there are errors, gaps in the text or reviews to come, BadInput without a note.
    """
    figures = year_figures.gather(office, year)
    words = notes.note(note, longest=LONGEST_NOTE)
    asked = explanations.missing(office, figures)
    with office.store.write() as session:
        actor = people.actor(session, username, Right.COUNT, what="签发年度报告")
        _refuse(figures, asked, words)
        report_reviews.demand_passed(office, session, figures)
        text, digest = report_seal.seal(figures)
        now = office.clock.now()
        session.add(
            ReportSignature(year=year, figures=text, sha256=digest, note=words, signed_at=now, signed_by=username)
        )
        ledger.append(session, kind="report.signed", actor=username, role=actor.role, subject=f"report:{year}", at=now,
                      format=figures.report.format.value, sha256=digest, note=words)  # fmt: skip
    return digest


def state(office: Office, figures: YearFigures) -> SignatureState:
    """Whether the report is signed, and whether it still is what was signed."""
    with office.store.read() as session:
        signature = rows.signature(session, figures.report.year or 0)
    if signature is None:
        return SignatureState()
    return SignatureState(signature.signed_by, signature.signed_at, signature.sha256 == report_seal.seal(figures)[1])


def _refuse(figures: YearFigures, asked: Sequence[ReportFinding], note: str) -> None:
    report_files.refuse_errors(figures, to="不能签发")
    if found := drafted_text.gaps(figures.sections):
        raise Conflict(f"正文还有 {len(found)} 处没有写：{'、'.join(found)}。写好以后再签发。")
    if asked and not note:
        raise BadInput(f"有 {len(asked)} 处要请您核对。核对过了，请用 --note 写明：{asked[0].message}")
