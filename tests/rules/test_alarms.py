"""The hours at which a day's post is asked for, and the words for it."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.alarms import KIND_WORDS, OVER, AlarmKind
from content.rules.publishing import daily_post_hours
from content.rules.publishing.daily_post_hours import PostCheck

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY, TOMORROW = date(2026, 12, 31), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("hour", "asked"),
    [
        (time(0), []),
        (time(9, 59, 59), []),
        (time(10), [PostCheck(TODAY, time(10))]),
        (time(15), [PostCheck(TODAY, time(10)), PostCheck(TOMORROW, time(15))]),
        (time(16), [PostCheck(TODAY, time(16), last=True), PostCheck(TOMORROW, time(15))]),
        (time(23, 59), [PostCheck(TODAY, time(16), last=True), PostCheck(TOMORROW, time(15))]),
    ],
)
def test_the_day_before_at_15_and_the_day_itself_at_10_and_16(hour: time, asked: list[PostCheck]) -> None:
    assert daily_post_hours.slots(datetime.combine(TODAY, hour, SHANGHAI)) == asked


@given(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1), timezones=st.just(SHANGHAI)))
def test_a_slot_is_read_back_from_its_subject_also_when_it_was_raised_anew(now: datetime) -> None:
    for slot in daily_post_hours.slots(now):
        assert daily_post_hours.parse(slot.subject) == slot == daily_post_hours.parse(f"{slot.subject}#2")


@pytest.mark.parametrize("subject", ["", "publication:12", "2026-11-22", "2026-02-30 10:00", "2026-11-22 25:00"])
def test_what_is_no_slot_is_none(subject: str) -> None:
    assert daily_post_hours.parse(subject) is None


def test_every_kind_has_its_words_and_its_ending() -> None:
    assert set(KIND_WORDS) == set(OVER) == set(AlarmKind)
    assert all(len(kind) <= 32 for kind in AlarmKind)
