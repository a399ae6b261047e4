"""Cells as people fill them, read as figures and kept apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.figures.annual_report.cell_values import Cell, Kind, printed, read


@pytest.mark.parametrize(("cell", "kind", "value"), [
    (None, Kind.BLANK, None), (" \u3000", Kind.BLANK, None), (0, Kind.NUMBER, 0), ("0", Kind.NUMBER, 0), (3.0, Kind.NUMBER, 3),
    ("１２", Kind.NUMBER, 12), ("1,808,595", Kind.NUMBER, 1808595), ("59237.2449", Kind.NUMBER, 59237.2449),
    ("-4", Kind.NUMBER, -4), ("－４", Kind.NUMBER, -4), ("−4", Kind.NUMBER, -4), ("/", Kind.NONE, None), ("／", Kind.NONE, None),
    ("—", Kind.NONE, None), ("无", Kind.NONE, None), ("减4", Kind.CHANGE, -4), ("增加 12", Kind.CHANGE, 12), ("↓3", Kind.CHANGE, -3),
    ("22（其中修订16件）", Kind.REMARK, 22), ("55件(含自然失效29件)", Kind.REMARK, 55), ("251000元", Kind.UNIT, 251000),
    ("12.5万元", Kind.UNIT, 12.5), ("若干", Kind.TEXT, None), ("约20", Kind.TEXT, None), ("1.", Kind.TEXT, None), ("9" * 30, Kind.TEXT, None),
])  # fmt: skip
def test_a_cell_is_read_as_what_it_is(cell: Cell, kind: Kind, value: float | None) -> None:
    reading = read(cell)
    assert (reading.kind, reading.value) == (kind, value)


def test_a_printed_number_becomes_one_and_text_stays_as_it_is() -> None:
    assert [printed(text) for text in ("", " 12 ", "０", "/", "减\n4", "22（其中修订16件）\u200b")] == [
        None, 12, 0, "/", "减4", "22（其中修订16件）"]  # fmt: skip


@given(st.text(max_size=30))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    assert read(text).kind in Kind
