"""The annual report's figures as JSON: the shape of `gongkai report figures YEAR --json`."""

from __future__ import annotations

import json
from typing import Any

from content.render.annual_report.report_document import ReportDocument
from content.rules.figures.annual_report import drafted_text
from content.rules.figures.annual_report.report import AnnualReport


def shape(report: AnnualReport) -> dict[str, Any]:
    """`{"org","year","format","t2","t3","t4"}` and `narrative` where there is one; rows in the form's order.

    A row of table two with one column is its cell alone, as in the format of 2021.
    """
    figures: dict[str, Any] = {
        "org": report.org,
        "year": report.year,
        "format": report.format.value,
        "t2": {name: list(row) if len(row) > 1 else row[0] for name, row in report.active.items()},
        "t3": {name: list(row) for name, row in report.requests.items()},
        "t4": {name: list(row) for name, row in report.cases.items()},
    }
    return figures | ({"narrative": report.narrative} if report.narrative else {})


def write(document: ReportDocument) -> bytes:
    """The file: the figures, the six sections as `narrative`, and `draft` where it is one."""
    figures = shape(document.report) | {"narrative": "\n".join(drafted_text.paragraphs(document.sections))}
    figures |= {"draft": True} if document.draft else {}
    return (json.dumps(figures, ensure_ascii=False, indent=1) + "\n").encode()
