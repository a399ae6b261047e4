"""The two-week rule: how many days are left, and what is said of it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from content.rules.figures import days_without_publication


@given(st.dates(), st.integers(0, 40))
def test_two_weeks_are_fourteen_days(last: date, passed: int) -> None:
    today = last + timedelta(days=passed) if last < date(9999, 1, 1) else last
    assert days_without_publication.days_left(last if last < date(9999, 1, 1) else None, today) in (14 - passed, None)


def test_the_sentence_says_how_many_days_are_left_and_when_it_is_too_late() -> None:
    last = date(2026, 11, 1)
    assert "还剩 5 天" in days_without_publication.two_weeks(last, date(2026, 11, 10))
    assert "今天再不发布" in days_without_publication.two_weeks(last, date(2026, 11, 15))
    assert "已经超过两周" in days_without_publication.two_weeks(last, date(2026, 11, 16))
    assert days_without_publication.two_weeks(None, date(2026, 11, 16)) == ""
