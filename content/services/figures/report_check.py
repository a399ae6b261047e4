"""The check of an annual report in a file, against last year's if it is at hand. Nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from content.intake import reports
from content.intake.reports import strangers_file
from content.rules.figures.annual_report import checks
from content.rules.figures.annual_report.report import ERROR, AnnualReport, ReportFinding


@dataclass(frozen=True)
class CheckedReport:
    """A report as it was read, and what was found in it."""

    report: AnnualReport
    findings: tuple[ReportFinding, ...]

    @property
    def errors(self) -> int:
        """How many findings cannot be right."""
        return sum(finding.level == ERROR for finding in self.findings)


def check_bytes(data: bytes, name: str, *, previous: tuple[bytes, str] | None = None) -> CheckedReport:
    """The same of a stranger's file in memory; `name` tells its kind by its ending. Raises BadInput."""
    report = strangers_file.read(data, name=name)
    last = strangers_file.read(previous[0], name=previous[1]) if previous else None
    return CheckedReport(report, tuple(checks.check(report, previous=last)))


def check(file: Path, *, previous: Path | None = None) -> CheckedReport:
    """Reads and checks a report. Raises BadInput with what to do about a file that cannot be read."""
    report = reports.read(file)
    last = reports.read(previous) if previous else None
    return CheckedReport(report, tuple(checks.check(report, previous=last)))
