"""Times at which posts go out: the one that a day is given first, and what is said of one that is past or near."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from content.rules.publishing import schedule
from tests import world

DAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("now", "day", "first"),
    [
        ("2026-12-01T07:30", DAY, "2026-12-01T09:00"),
        ("2026-12-01T12:20", DAY, "2026-12-01T14:00"),
        ("2026-12-01T12:20", DAY + timedelta(days=1), "2026-12-02T09:00"),
        ("2026-12-01T22:20", DAY, None),
        ("2026-12-01T12:20", DAY - timedelta(days=1), None),
    ],
)
def test_the_first_time_of_a_day_is_never_past(now: str, day: date, first: str | None) -> None:
    found = schedule.usual_time(day, datetime.fromisoformat(now).replace(tzinfo=world.ZONE))
    assert (found.strftime("%Y-%m-%dT%H:%M") if found else None) == first


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (-300, "定的时间 11月22日 周日 7:00 已经过去，三审都通过后马上发布。"),
        (20, "离定的时间 11月22日 周日 12:20 不到 20 分钟，到时三审没有都通过，就等通过后马上发布。"),
        (90, ""),
    ],
)
def test_what_will_really_happen_is_told_of_a_time_that_is_past_or_near(minutes: int, said: str) -> None:
    at = world.NOON + timedelta(minutes=minutes)
    assert schedule.concern(at, now=world.NOON, zone=world.ZONE) == said
