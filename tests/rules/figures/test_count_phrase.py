"""A count in words never says more than was done, and never a hundred less."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.figures.count_phrase import phrase


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 条"), (86, "86 条"), (100, "100 条"), (101, "100 余条"), (1386, "1300 余条"), (1400, "1400 条"), (1467, "1400 余条"),
     (10_000, "1 万条"), (12_345, "1.2 万余条"), (999_999, "99.9 万余条"), (1_000_000, "100 万条")],
)  # fmt: skip
def test_the_rule(count: int, words: str) -> None:
    assert phrase(count) == words


@given(st.integers(0, 10_000_000))
def test_it_is_cut_off_and_says_so(count: int) -> None:
    found = re.fullmatch(r"([\d.]+) (万?)(余?)条", phrase(count))
    assert found
    said = round(float(found[1]) * (10_000 if found[2] else 1))
    assert said <= count < said + (1 if count < 100 else 100 if count < 10_000 else 1000)
    assert bool(found[3]) is (said < count)
