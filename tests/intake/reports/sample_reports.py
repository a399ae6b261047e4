"""Reports with all that cells hold, and what of them must come back from a file."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from content.rules.figures.annual_report.form import Format
from content.rules.figures.annual_report.report import AnnualReport
from tests.rules.figures.annual_report.made_up import changed, report, requests

COUNTS = [
    [at % 3 if column == at % 6 else (12 if at == 4 and column == 0 else 0) for column in range(6)] for at in range(21)
]
NEW = replace(
    report(org="望江县人民政府", narrative="全年公开信息1230余条，制发规范性文件7件。"),
    requests=requests(Format.OF_2021, COUNTS, [[3, 0, 1, 0, 0, 0], [2, 1, 0, 0, 0, 0]], one=False),
    active=report().active | {"行政规范性文件": (7, 2, 45), "行政许可": (1808,), "行政事业性收费(万元)": (4068.208,)},
    cases={"review": (3, 0, 1, 2, 6), "suit_direct": (1, 0, 0, 0, 1), "suit_after": (0, 10, 4, 0, 14)},
)
OLD = replace(
    report(Format.OF_2019, org="石桥镇人民政府", narrative="工作开展情况：一年来做了许多工作。"),
    requests=requests(Format.OF_2019, COUNTS[:19], [[3, 0, 1, 0, 0, 0], [2, 1, 0, 0, 0, 0]], one=True),
    active=report(Format.OF_2019).active
    | {"行政许可": (6, "减4", 2), "政府集中采购": (3, "251.5"), "规范性文件": (1, 1, 9)},
    cases=NEW.cases,
)
ONE_ROW = replace(NEW, requests=OLD.requests)
WITH_TEXT = changed(changed(changed(NEW, "t2.规章.0", "22（其中修订16件）"), "t2.规章.1", None), "t3.d8.3", "/")
WITH_BLANKS = changed(changed(changed(NEW, "t3.in.6", None), "t3.d1.0", None), "t4.review.1", None)
BLANK_ROWS = changed(
    changed(replace(NEW, requests=NEW.requests | {"d2": (None,) * 7}), "t2.规章.0", None), "t2.行政强制.0", None
)
EMPTY = report(org="河东街道办事处")


def compared(made: AnnualReport) -> tuple[Any, ...]:
    """What must come back."""
    number = {name: tuple(_plain(cell) for cell in row) for name, row in made.active.items()}
    return made.format, made.org, made.year, number, dict(made.requests), dict(made.cases)


def _plain(cell: Any) -> Any:
    return float(cell) if isinstance(cell, str) and re.fullmatch(r"\d+\.\d+", cell) else cell
