"""Working days by hand: every expected day was counted on the calendars of the State Council's notices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.wording import plain
from config.holidays import HolidayTable, Notice
from content.rules.errors import BadInput
from content.rules.figures import working_days
from content.rules.figures.holiday_calendar import UnknownYear, WorkCalendar

OWN = Path("/srv/gongkai/holidays.toml")
BARE = WorkCalendar(HolidayTable((), OWN))
NOTICE = Notice(2027, date(2026, 11, 20), "试编的通知", {date(2027, 1, day): "元旦" for day in (1, 2, 3)},
                {date(2026, 12, 27): "调休上班"})  # fmt: skip


@pytest.mark.parametrize(("start", "days", "end"), [
    ("2026-01-30", 7, "2026-02-10"), ("2026-01-30", 20, "2026-03-05"),
    ("2026-02-09", 7, "2026-02-25"), ("2026-02-09", 15, "2026-03-06"), ("2026-02-09", 20, "2026-03-13"),
    ("2026-02-09", 40, "2026-04-13"), ("2026-02-13", 20, "2026-03-19"), ("2026-04-24", 7, "2026-05-08"),
    ("2026-04-24", 20, "2026-05-26"), ("2026-09-10", 7, "2026-09-20"), ("2026-09-10", 20, "2026-10-14"),
    ("2026-09-18", 20, "2026-10-22"), ("2026-09-28", 20, "2026-10-30"), ("2026-11-23", 7, "2026-12-02"),
    ("2026-11-23", 15, "2026-12-14"), ("2026-11-23", 20, "2026-12-21"), ("2026-12-03", 20, "2026-12-31"),
])  # fmt: skip
def test_terms_end_where_a_person_counts_them_to(start: str, days: int, end: str) -> None:
    term = working_days.add(BARE, date.fromisoformat(start), days=days)
    assert (str(term.end), term.count) == (end, days)
    assert working_days.between(BARE, term.start, term.end).count == days


@pytest.mark.parametrize(
    ("start", "days"), [("2026-11-23", 40), ("2026-12-04", 20), ("2027-03-01", 1), ("2027-03-01", 0)]
)
def test_a_term_that_runs_into_an_unknown_year_is_refused_with_what_to_do(start: str, days: int) -> None:
    with pytest.raises(UnknownYear) as refused:
        working_days.add(BARE, date.fromisoformat(start), days=days)
    assert refused.value.year == 2027
    assert str(OWN) in refused.value.message and "2027 年的放假安排还没有录入" in refused.value.message
    assert "gongkai workday notice" in refused.value.message
    assert "“工作日”页" in plain(refused.value.message) and str(OWN) not in plain(refused.value.message)


def test_years_before_the_calendar_begins_are_refused_too() -> None:
    with pytest.raises(UnknownYear, match="最早到 2004 年"):
        working_days.add(BARE, date(1999, 5, 1), days=1)


def test_the_year_2026_has_248_working_days_six_of_them_at_weekends() -> None:
    term = working_days.between(BARE, date(2025, 12, 31), date(2026, 12, 31))
    weekends = [str(day.on) for day in term.days if day.works and day.on.weekday() > 4]
    assert term.count == 248
    assert weekends == ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]


def test_every_day_is_explained() -> None:
    lines = working_days.explain(BARE, working_days.add(BARE, date(2026, 2, 13), days=2))
    assert lines[0].startswith("2026 年：程序自带的日历") and lines[1] == "2026-02-13 是起算日，不计入。"
    assert lines[2] == "2026-02-14 周六，上班（春节调休）：第 1 个工作日"
    assert lines[3] == "2026-02-15 周日，休息（春节假期）：不计"
    assert lines[-1] == "2026-02-24 周二，上班：第 2 个工作日"


def test_an_entered_notice_makes_the_year_known_and_moves_december() -> None:
    entered = WorkCalendar(HolidayTable((NOTICE,), OWN))
    assert str(working_days.add(entered, date(2026, 12, 24), days=2).end) == "2026-12-27"
    assert str(working_days.add(entered, date(2026, 12, 31), days=1).end) == "2027-01-04"
    assert (
        "2026-11-20 录入的通知（试编的通知）"
        in working_days.explain(entered, working_days.add(entered, date(2027, 1, 4), days=1))[0]
    )
    warned = working_days.explain(BARE, working_days.add(BARE, date(2026, 12, 24), days=2))
    assert "2027 年的通知还可能调整 2026 年 12 月底" in warned[-1]


def test_a_past_computation_can_be_repeated() -> None:
    later = Notice(2027, date(2026, 12, 20), "更正", NOTICE.off | {date(2027, 1, 4): "元旦"}, NOTICE.work)
    table = HolidayTable((NOTICE, later), OWN)
    ends = [str(working_days.add(WorkCalendar(table.known_on(day)), date(2026, 12, 31), days=1).end)
            for day in (date(2026, 12, 1), None)]  # fmt: skip
    assert ends == ["2027-01-04", "2027-01-05"]
    with pytest.raises(UnknownYear):
        working_days.add(WorkCalendar(table.known_on(date(2026, 11, 19))), date(2026, 12, 31), days=1)


def test_a_notice_with_a_fault_is_not_used_and_the_fault_is_said() -> None:
    calendar = WorkCalendar(HolidayTable((replace(NOTICE, faults=("没有写中秋节。",)),), OWN))
    with pytest.raises(UnknownYear, match=r"不能用.*没有写中秋节"):
        calendar.day(date(2027, 1, 4))


def test_the_last_days_there_are_and_an_order_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(BadInput, match="早于"):
        working_days.between(BARE, date(2026, 2, 2), date(2026, 2, 1))
    with pytest.raises(BadInput, match="日期太远"):
        working_days.add(WorkCalendar(HolidayTable((replace(NOTICE, year=9999),), OWN)), date.max, days=1)


@given(st.dates(date(2004, 1, 1), date(2025, 12, 1)), st.integers(1, 60))
def test_adding_ends_on_a_working_day_and_between_gives_the_number_back(start: date, days: int) -> None:
    term = working_days.add(BARE, start, days=days)
    assert BARE.day(term.end).works and term.end - start >= timedelta(days=days)
    assert working_days.between(BARE, start, term.end).count == days
