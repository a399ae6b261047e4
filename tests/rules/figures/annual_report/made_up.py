"""Reports made up for tests: consistent ones of both formats, at will."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import strategies as st

from content.rules.figures.annual_report import form
from content.rules.figures.annual_report.form import Format
from content.rules.figures.annual_report.report import AnnualReport

NOUGHTS = {shape: {row.name: (0,) * len(row.columns) for row in rows} for shape, rows in form.ACTIVE.items()}


def report(shape: Format = Format.OF_2021, **changes: Any) -> AnnualReport:
    """A report of noughts, changed where the test wants it; `cells` by name, such as {"t3.total.6": 1}."""
    cells: dict[str, Any] = changes.pop("cells", {})
    one = changes.pop("other_in_one", False)
    made = AnnualReport(
        format=shape,
        active=NOUGHTS[shape],
        requests={row.name: (0,) * 7 for row in form.request_rows(shape, other_in_one=one)},
        cases={name: (0,) * 5 for name in form.CASES},
        org="望江县人民政府",
        year=2020 if shape is Format.OF_2019 else 2024,
    )
    for name, value in cells.items():
        made = changed(made, name, value)
    return replace(made, **changes)


def changed(made: AnnualReport, cell: str, value: Any) -> AnnualReport:
    """The same report with another value in one cell."""
    table, name, column = cell.split(".")
    attribute = {"t2": "active", "t3": "requests", "t4": "cases"}[table]
    rows = dict(getattr(made, attribute))
    row = list(rows[name])
    row[int(column)] = value
    rows[name] = tuple(row)
    return replace(made, **{attribute: rows})


def requests(
    shape: Format, counts: list[list[int]], carried: list[list[int]], *, one: bool
) -> dict[str, tuple[int, ...]]:
    """Table three from outcomes by applicant; `carried`: what was carried out, and the share of in, by applicant."""
    outcomes = [row.name for row in form.request_rows(shape, other_in_one=one) if row.group]
    rows = {name: tuple(counts[at]) for at, name in enumerate(outcomes)}
    total = tuple(sum(column) for column in zip(*rows.values(), strict=True))
    out = tuple(carried[0])
    into = tuple(min(share, handled + left) for share, handled, left in zip(carried[1], total, out, strict=True))
    new = tuple(handled + left - came for handled, left, came in zip(total, out, into, strict=True))
    whole = {"new": new, "in": into, **rows, "total": total, "out": out}
    return {row.name: (*whole[row.name], sum(whole[row.name])) for row in form.request_rows(shape, other_in_one=one)}


def consistent_by(seed: int) -> AnnualReport:
    """A report in which everything foots; the same for the same seed."""
    chance = Random(seed)
    shape = chance.choice(list(Format))
    one = shape is Format.OF_2019 or chance.random() < 0.3
    number = len([row for row in form.request_rows(shape, other_in_one=one) if row.group])
    most = chance.choice((1, 4, 40, 5000))

    def counts(width: int) -> list[int]:
        return [chance.randint(0, most) if chance.random() < 0.6 else 0 for _ in range(width)]

    rows = requests(shape, [counts(6) for _ in range(number)], [counts(6), counts(6)], one=one)
    cases = {name: (*parts, sum(parts)) for name in form.CASES for parts in [counts(4)]}
    return replace(report(shape), requests=rows, cases=cases)


def consistent() -> st.SearchStrategy[AnnualReport]:
    """Reports in which everything foots."""
    return st.integers(0, 2**32).map(consistent_by)
