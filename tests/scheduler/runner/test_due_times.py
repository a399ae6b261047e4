"""When `at` jobs are due: missed ones folded into one, once a day through every change of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler import timetable
from scheduler.runner.due import latest_due
from scheduler.timetable import TIMETABLE, Job

SHANGHAI, BERLIN, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
CHANGES = [
    (BERLIN, date(2026, 3, 29), "02:30"),
    (BERLIN, date(2026, 10, 25), "02:30"),
    (NEW_YORK, date(2026, 3, 8), "02:30"),
    (NEW_YORK, date(2026, 11, 1), "01:30"),
]


def job(*at: str, grace: timedelta = timedelta(hours=12)) -> Job:
    """A job at these times of the day."""
    return Job("test", lambda context: "", "a test", at=at, grace=grace)


def local(zone: ZoneInfo, *moment: int) -> datetime:
    """An instant in UTC from a wall clock."""
    return datetime(*moment, tzinfo=zone).astimezone(UTC)  # type: ignore[misc, arg-type]


def all_due(found: Job, zone: ZoneInfo, since: datetime, until: datetime) -> list[datetime]:
    """Every due time that a clock notices that looks every five minutes."""
    steps = range(0, int((until - since).total_seconds()), 300)
    seen = (latest_due(found, since + timedelta(seconds=step), zone) for step in steps)
    return list(dict.fromkeys(due for due in seen if due is not None and due >= since))


def test_a_job_is_due_from_its_minute_on() -> None:
    found = job("07:30")
    assert latest_due(found, local(SHANGHAI, 2026, 11, 22, 7, 29, 59), SHANGHAI) is None
    due = local(SHANGHAI, 2026, 11, 22, 7, 30)
    assert latest_due(found, due, SHANGHAI) == due == latest_due(found, due + timedelta(hours=12), SHANGHAI)


def test_what_was_missed_for_longer_than_its_grace_is_let_go() -> None:
    found = job("07:30", grace=timedelta(hours=2))
    assert latest_due(found, local(SHANGHAI, 2026, 11, 22, 9, 31), SHANGHAI) is None


def test_missed_hours_are_folded_into_the_last() -> None:
    found = job("10:00", "15:00", "16:00")
    assert latest_due(found, local(SHANGHAI, 2026, 11, 22, 20), SHANGHAI) == local(SHANGHAI, 2026, 11, 22, 16)
    assert latest_due(found, local(SHANGHAI, 2026, 11, 22, 15, 59), SHANGHAI) == local(SHANGHAI, 2026, 11, 22, 15)
    assert latest_due(found, local(SHANGHAI, 2026, 11, 23, 3), SHANGHAI) == local(SHANGHAI, 2026, 11, 22, 16)


@pytest.mark.parametrize(("zone", "day", "hour"), CHANGES, ids=str)
def test_a_job_in_the_hour_of_the_change_is_due_once_that_day(zone: ZoneInfo, day: date, hour: str) -> None:
    since, until = (datetime.combine(day + timedelta(days=n), time(), zone).astimezone(UTC) for n in (-1, 2))
    due = all_due(job(hour, grace=timedelta(hours=5)), zone, since, until)
    assert [each.astimezone(zone).date() for each in due] == [day + timedelta(days=n) for n in (-1, 0, 1)]


def test_an_hour_that_is_left_out_in_spring_is_made_up_for_after_it() -> None:
    due = latest_due(job("02:30"), local(BERLIN, 2026, 3, 29, 12), BERLIN)
    assert due == local(BERLIN, 2026, 3, 29, 3, 30)


def test_an_hour_that_comes_twice_in_autumn_is_due_the_first_time() -> None:
    due = latest_due(job("02:30"), local(BERLIN, 2026, 10, 25, 12), BERLIN)
    assert due == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("zone", [SHANGHAI, BERLIN, NEW_YORK], ids=str)
def test_every_job_of_the_timetable_is_due_once_on_every_day_of_the_year(zone: ZoneInfo) -> None:
    for found in (found for found in TIMETABLE if found.at):
        noons = [local(zone, 2026, 1, 1, 23, 59) + timedelta(hours=hours) for hours in range(-24, 366 * 24, 1)]
        due = sorted({latest_due(found, noon, zone) for noon in noons} - {None}, key=str)
        per_day = [each.astimezone(zone).date() for each in due if each]
        wanted = [date(2026, 1, 1) + timedelta(days=number) for number in range(364)]
        assert all(per_day.count(day) == len(found.at) for day in wanted), found.name
    assert all(SHANGHAI.utcoffset(datetime(2026, month, 1)) == timedelta(hours=8) for month in range(1, 13))


@given(
    st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2035, 1, 1), timezones=st.just(UTC)),
    st.sampled_from([SHANGHAI, BERLIN, NEW_YORK]),
    st.lists(st.times().map(lambda time: f"{time:%H:%M}"), min_size=1, max_size=4, unique=True),
)
def test_a_due_time_lies_within_the_grace_and_never_moves_back(now: datetime, zone: ZoneInfo, at: list[str]) -> None:
    found = job(*at)
    seen = [latest_due(found, now + timedelta(minutes=minutes), zone) for minutes in range(0, 600, 20)]
    for minutes, due in zip(range(0, 600, 20), seen, strict=True):
        assert due is None or timedelta() <= now + timedelta(minutes=minutes) - due <= found.grace
    assert all(later is None or earlier is None or earlier <= later for earlier, later in pairwise(seen))


def test_the_timetable_tells_its_hours() -> None:
    assert timetable.when(job("10:00", "16:00")) == "每天 10:00、16:00"
    assert timetable.when(TIMETABLE[0]) == "每 1 秒"
    assert timetable.find("publish_due") is TIMETABLE[0] and timetable.find("nothing") is None
