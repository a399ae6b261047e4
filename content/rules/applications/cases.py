"""Reviews and suits about disclosure: their kinds and results, as table four of the form has them."""

from __future__ import annotations

from enum import StrEnum

from content.rules.figures.annual_report import form


class CaseResult(StrEnum):
    """How a case ended, in the order of the form's first columns."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHERWISE = "otherwise"


RESULT_WORDS = dict(zip(CaseResult, form.CASE_COLUMNS, strict=False))
KINDS = tuple(form.CASES)
OPEN = 3  # the column 尚未审结
