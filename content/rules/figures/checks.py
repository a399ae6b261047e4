"""All checks of an annual report, in the order in which a person reads it."""

from __future__ import annotations

from content.rules.figures import active, carry, claims, counts, equations, layout, narrative
from content.rules.figures.report import ERROR, AnnualReport, ReportFinding


def check(report: AnnualReport, *, previous: AnnualReport | None = None) -> list[ReportFinding]:
    """What a check finds: errors first, then queries. Raises BadInput if `previous` is another year's report."""
    rooms = (layout, counts, active, equations, narrative, claims)
    found = [finding for room in rooms for finding in room.findings(report)]
    if previous is not None:
        found += carry.findings(report, previous)
    return sorted(found, key=lambda finding: finding.level != ERROR)
