"""The seal of a year's report: one spelling of its figures and its text, and the hash of it."""

from __future__ import annotations

import hashlib

from content.render.annual_report import figures_file
from content.services.figures.annual_report.year_figures import YearFigures
from content.store.figures import ledger


def seal(figures: YearFigures) -> tuple[str, str]:
    """The canonical JSON of figures and text, and its SHA-256."""
    text = ledger.canonical(figures_file.shape(figures.report))
    return text, hashlib.sha256(text.encode()).hexdigest()
