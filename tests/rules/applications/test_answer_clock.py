"""The clock of an application against dates that were counted by hand on the calendar of 2026."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.holidays import HolidayTable
from content.rules.applications import answer_clock, fees, retention
from content.rules.applications.answer_clock import DatedStep
from content.rules.applications.steps import AFTER, LEADS_TO, ApplicationState, Step, next_state
from content.rules.errors import BadInput, Conflict
from content.rules.figures import working_days
from content.rules.figures.holiday_calendar import WorkCalendar

CALENDAR = WorkCalendar(HolidayTable((), Path("holidays.toml")))
R = date(2026, 1, 30)
CORRECTED = (DatedStep(Step.ASK_CORRECTION, date(2026, 2, 5)), DatedStep(Step.CORRECT, date(2026, 2, 9)))
HEARD = (*CORRECTED, DatedStep(Step.CONSULT, date(2026, 2, 13)), DatedStep(Step.HEAR, date(2026, 3, 6)))


@pytest.mark.parametrize(("steps", "due"), [
    ((), "2026-03-05"),
    (CORRECTED, "2026-03-13"),  # twenty from the correction
    (HEARD, "2026-03-30"),  # and eleven for those who were asked: 14 and 24 to 28 February, 2 to 6 March
    ((*HEARD, DatedStep(Step.EXTEND, date(2026, 3, 30), 10)), "2026-04-14"),  # Qingming lies between
    ((DatedStep(Step.EXTEND, date(2026, 3, 2), 20),), "2026-04-02"),
    ((DatedStep(Step.ASK_REASONS, R), DatedStep(Step.HEAR_REASONS, R), DatedStep(Step.DELAY, R, 20)), "2026-04-02"),
    ((DatedStep(Step.ASK_FEE, date(2026, 2, 5)), DatedStep(Step.PAY, date(2026, 2, 9))), "2026-03-13"),
])  # fmt: skip
def test_the_day_of_the_answer(steps: tuple[DatedStep, ...], due: str) -> None:
    assert str(answer_clock.clock(CALENDAR, R, steps).due) == due


def test_while_others_are_asked_the_clock_stands_still() -> None:
    found = answer_clock.clock(CALENDAR, date(2026, 1, 29), [DatedStep(Step.CONSULT, date(2026, 2, 9))])
    assert found.due is None and str(found.waits_until) == "2026-03-06" and "停着" in found.why[-1]
    corrected = answer_clock.clock(CALENDAR, R, CORRECTED[:1])
    assert corrected.due is None and corrected.correct_by is None
    consulted = [DatedStep(Step.CONSULT, date(2026, 2, 9)), DatedStep(Step.EXTEND, date(2026, 2, 10), 5)]
    assert answer_clock.clock(CALENDAR, R, consulted).due is None


def test_a_correction_is_asked_for_in_seven_days_and_waited_for_as_long_as_was_said() -> None:
    fresh = answer_clock.clock(CALENDAR, R, [DatedStep(Step.CONFIRM, R)])
    assert str(fresh.correct_by) == "2026-02-10"
    asked = answer_clock.clock(CALENDAR, R, [DatedStep(Step.ASK_CORRECTION, date(2026, 2, 9), 7)])
    assert str(asked.waits_until) == "2026-02-25" and asked.correct_by is None


def test_what_runs_into_an_unknown_year_is_not_guessed() -> None:
    found = answer_clock.clock(CALENDAR, date(2026, 12, 4), [])
    assert (found.due, found.unknown_year) == (None, 2027) and "还没有录入" in found.why[0]
    assert (str(found.estimate), found.day, found.final) == (
        "2027-01-04",
        found.estimate,
        False,
    )  # 1 January is a holiday by law
    late = answer_clock.clock(CALENDAR, date(2026, 12, 3), [])
    assert (
        str(late.due) == "2026-12-31" and not late.final
    )  # the notice for 2027 may still move the last days of December
    assert answer_clock.clock(CALENDAR, R, []).final


@given(st.dates(date(2024, 1, 1), date(2026, 6, 1)), st.integers(0, 19), st.integers(0, 30), st.integers(0, 20))
def test_the_time_for_others_is_not_counted_and_nothing_else(start: date, before: int, asked: int, longer: int) -> None:
    first = working_days.add(CALENDAR, start, days=before).end
    heard = working_days.add(CALENDAR, first, days=asked).end
    steps = [DatedStep(Step.CONSULT, first), DatedStep(Step.HEAR, heard)]
    steps += [DatedStep(Step.EXTEND, heard, longer)] if longer else []
    due = answer_clock.clock(CALENDAR, start, steps).due
    assert due and working_days.between(CALENDAR, start, due).count == 20 + asked + longer


def test_steps_follow_the_table_and_some_come_once() -> None:
    for (state, step), after in LEADS_TO.items():
        assert next_state(state, step, done=frozenset({AFTER[step]} if step in AFTER else ())) is after
    with pytest.raises(Conflict, match="先要“请申请人说明理由”"):
        next_state(ApplicationState.HANDLING, Step.HEAR_REASONS, done=frozenset())
    with pytest.raises(Conflict, match="已经延长过"):
        next_state(ApplicationState.HANDLING, Step.ASK_EXTENSION, done=frozenset({Step.EXTEND}))
    with pytest.raises(Conflict, match="只能有一次"):
        next_state(ApplicationState.HANDLING, Step.EXTEND, done=frozenset({Step.EXTEND}))
    with pytest.raises(Conflict, match="现在能做的：确认收到"):
        next_state(ApplicationState.ARRIVED, Step.ANSWER, done=frozenset())
    assert not [state for state, _ in LEADS_TO if state is ApplicationState.ANSWERED]


@pytest.mark.parametrize("days", [0, 21, -1])
def test_no_extension_is_longer_than_the_law_has_it(days: int) -> None:
    with pytest.raises(BadInput, match="最多 20"):
        answer_clock.check_extension(days)


def test_fees_rise_by_bands() -> None:
    assert [fees.by_item(count) for count in (0, 10, 11, 30, 31, 40, 41)] == [0, 0, 100, 2000, 2200, 4000, 4300]
    assert [fees.by_page(pages) for pages in (0, 30, 31, 100, 101, 200, 201)] == [0, 0, 10, 700, 720, 2700, 2740]


def test_personal_data_goes_after_five_years() -> None:
    assert retention.erase_on(date(2026, 3, 1)) == date(2031, 3, 1)
    assert retention.erase_on(date(2024, 2, 29)) == date(2029, 3, 1)
