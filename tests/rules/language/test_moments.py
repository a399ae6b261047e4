"""Moments as clerks write them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.language import moments

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("2026-12-01T09:00", "2026-12-01T09:00"),
        ("2026-12-1 9:00", "2026-12-01T09:00"),
        ("2026/12/1 9:30", "2026-12-01T09:30"),
        ("2026.12.1 9:30", "2026-12-01T09:30"),
        ("2026年12月1日9点", "2026-12-01T09:00"),
        ("2026年12月1日 9点半", "2026-12-01T09:30"),
        ("2026年12月1日上午9时05分", "2026-12-01T09:05"),
        ("2026年12月1日下午3点", "2026-12-01T15:00"),
        ("2026年12月1号晚上8点一刻", "2026-12-01T20:15"),
        ("2026-12-1　９：３０", "2026-12-01T09:30"),
        ("2026-12-01T09:00:30", "2026-12-01T09:00:30"),
        ("2026-12-01T01:00:00Z", "2026-12-01T09:00"),
        ("2026-12-01T09:00:00+08:00", "2026-12-01T09:00"),
    ],
)
def test_moments(text: str, local: str) -> None:
    assert moments.read(text, ZONE) == datetime.fromisoformat(local).replace(tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize("text", ["2026-12-01", "2026/12/1", "2026年12月1日", "2026年12月1日上午"])
def test_a_day_without_an_hour_is_no_moment(text: str) -> None:
    with pytest.raises(moments.NoHour):
        moments.read(text, ZONE)


@pytest.mark.parametrize(
    "text", ["", "明天", "9:00", "2026-13-01 9:00", "2026-12-01 25:00", "2026-12-01 9:61", "12月1日9点", "x" * 5000]
)
def test_what_is_no_moment_is_told(text: str) -> None:
    with pytest.raises(ValueError) as told:
        moments.read(text, ZONE)
    assert not isinstance(told.value, moments.NoHour)


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_a_value_error(text: str) -> None:
    try:
        assert moments.read(text, ZONE).tzinfo is UTC
    except ValueError:
        return


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2099, 1, 1)))
def test_iso_is_read_as_it_stands(at: datetime) -> None:
    local = at.replace(microsecond=0, tzinfo=ZONE)
    assert moments.read(local.replace(tzinfo=None).isoformat(), ZONE) == local.astimezone(UTC)
