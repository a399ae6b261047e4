"""The clock: UTC inside, the office's zone for people, and a file that tests may set it by."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import clock

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_a_test_clock_is_followed_as_its_file_changes(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    told = clock.Clock(SHANGHAI, str(file))
    file.write_text("2026-12-31T23:59:59+08:00\n", encoding="utf-8")
    assert told.today() == date(2026, 12, 31)
    file.write_text("2027-01-01T00:00:00+08:00\n", encoding="utf-8")
    assert told.now() == datetime(2026, 12, 31, 16, tzinfo=UTC)
    assert told.today() == date(2027, 1, 1)


def test_without_a_test_clock_time_goes_on() -> None:
    told = clock.Clock(SHANGHAI)
    first = told.now()
    assert first.tzinfo is UTC
    assert first <= told.now()


def test_the_day_is_the_offices_not_the_worlds() -> None:
    told = clock.Clock(SHANGHAI)
    assert told.day(datetime(2026, 11, 21, 16, 0, tzinfo=UTC)) == date(2026, 11, 22)
    assert told.day(datetime(2026, 11, 21, 15, 59, 59, tzinfo=UTC)) == date(2026, 11, 21)


def test_a_time_without_an_offset_is_the_offices() -> None:
    assert clock.parse("2026-11-22T09:30", SHANGHAI) == datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
    assert clock.parse("2026-11-22T09:30Z", SHANGHAI) == datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-02-30T10:00", "25:00"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        clock.parse(text, SHANGHAI)


@given(st.datetimes(datetime(1992, 1, 1), datetime(2100, 1, 1)))
def test_what_people_read_is_read_back_as_the_same_instant(moment: datetime) -> None:
    instant = moment.replace(tzinfo=UTC, microsecond=0)
    assert clock.parse(clock.local(instant, SHANGHAI), SHANGHAI) == instant
    assert clock.local(instant, SHANGHAI).endswith("+08:00")
    assert instant.astimezone(SHANGHAI) - instant == timedelta(0)
