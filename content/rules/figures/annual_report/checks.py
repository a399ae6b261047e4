"""All checks of an annual report, in the order in which a person reads it."""

from __future__ import annotations

from content.rules.figures.annual_report import (
    active_disclosure,
    cell_faults,
    claims,
    equations,
    layout,
    narrative,
    previous_year,
)
from content.rules.figures.annual_report.report import ERROR, AnnualReport, ReportFinding


def check(report: AnnualReport, *, previous: AnnualReport | None = None) -> list[ReportFinding]:
    """What a check finds: errors first, then queries. Raises BadInput if `previous` is another year's report."""
    rooms = (layout, cell_faults, active_disclosure, equations, narrative, claims)
    found = [finding for room in rooms for finding in room.findings(report)]
    if previous is not None:
        found += previous_year.findings(report, previous)
    return sorted(found, key=lambda finding: finding.level != ERROR)
