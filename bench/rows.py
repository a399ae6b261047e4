"""One line of the table, the table, and bench/results.json."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

RESULTS = Path(__file__).with_name("results.json")


@dataclass(frozen=True)
class Row:
    """A figure. `ratio` is this value divided by that of the row named `ratio_to`, measured in the same run."""

    name: str
    value: float | None
    unit: str
    ratio_to: str | None = None
    ratio: float | None = None


def compared(row: Row, *, to: Row) -> Row:
    """The row with its ratio to another one; without one where either has no value."""
    if not (row.value and to.value):
        return row
    return replace(row, ratio_to=to.name, ratio=round(row.value / to.value, 3))


def rounded(value: float, digits: int = 0) -> float:
    """A whole number where no digits are asked for."""
    return round(value, digits) if digits else round(value)


def write(rows: Sequence[Row]) -> None:
    """Replaces bench/results.json."""
    text = json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1)
    RESULTS.write_text(text + "\n", encoding="utf-8")


def show(rows: Sequence[Row]) -> None:
    """Prints the table."""
    wide = max(len(row.name) for row in rows)
    print(f"{'':{wide}}  {'value':>10}  {'unit':<14}  ratio")
    for row in rows:
        value = "–" if row.value is None else f"{row.value:,}"
        ratio = f"{row.ratio} of “{row.ratio_to}”" if row.ratio is not None else ""
        print(f"{row.name:{wide}}  {value:>10}  {row.unit:<14}  {ratio}".rstrip())


def say(what: str) -> None:
    """Tells on standard error what is going on."""
    print(f"==> {what}", file=sys.stderr, flush=True)
