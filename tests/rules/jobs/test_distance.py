"""Distances on the ground."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.jobs.distance import metres, said

PLACES = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def test_a_known_distance() -> None:
    assert metres((23.1291, 113.2644), (22.5431, 114.0579)) == pytest.approx(104_300, rel=0.01)  # Guangzhou, Shenzhen


@given(PLACES, PLACES)
def test_a_distance_is_the_same_both_ways_and_nobody_is_far_from_himself(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    assert metres(one, other) == pytest.approx(metres(other, one), abs=0.01)
    assert metres(one, one) == 0 and 0 <= metres(one, other) <= 20_100_000


@pytest.mark.parametrize(
    ("distance", "words"),
    [(0, "不到 100 米"), (99, "不到 100 米"), (149, "约 100 米"), (820, "约 800 米"), (960, "约 1.0 公里"), (2345, "约 2.3 公里"),
     (9940, "约 9.9 公里"), (15_400, "约 15 公里")],
)  # fmt: skip
def test_a_distance_is_said_no_finer_than_needed(distance: float, words: str) -> None:
    assert said(distance) == words
