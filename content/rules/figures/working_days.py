"""Terms in working days: the day of start is not counted, make-up days are, and no unknown year is guessed at.

The law: 民法典 art. 201 (the day of start is not counted); 政府信息公开条例 arts 26, 30, 33 (terms in working days).
That a Saturday or Sunday worked in exchange counts as a working day is usual practice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from content.rules.errors import BadInput
from content.rules.figures.holiday_calendar import CalendarDay, WorkCalendar

YEAR_END = 26  # from this day of December on, the next year's notice may still change a day


@dataclass(frozen=True)
class WorkingTerm:
    """A span of days: `start` is not counted, `days` are all that follow up to `end`, `count` the working ones."""

    start: date
    end: date
    days: tuple[CalendarDay, ...]

    @property
    def count(self) -> int:
        """How many of the days are working days."""
        return sum(day.works for day in self.days)


def add(calendar: WorkCalendar, start: date, *, days: int) -> WorkingTerm:
    """The term that ends on the `days`-th working day after `start`; with 0 it ends where it began.

    Raises UnknownYear when it runs into a year whose holidays are not known.
    """
    calendar.day(start)
    passed: list[CalendarDay] = []
    on, left = start, days
    while left > 0:
        on = _next(on)
        passed.append(calendar.day(on))
        left -= passed[-1].works
    return WorkingTerm(start, on, tuple(passed))


def between(calendar: WorkCalendar, first: date, last: date) -> WorkingTerm:
    """The term from `first`, not counted, to `last`, counted. Raises UnknownYear; BadInput if `last` is earlier."""
    if last < first:
        raise BadInput(f"{last} 早于 {first}。请把早的日期写在前面。")
    calendar.day(first)
    passed: list[CalendarDay] = []
    on = first
    while on < last:
        on = _next(on)
        passed.append(calendar.day(on))
    return WorkingTerm(first, last, tuple(passed))


def explain(calendar: WorkCalendar, term: WorkingTerm) -> list[str]:
    """Each day of a term with its reason, one a line, after where the calendar comes from."""
    lines = [calendar.source(year) for year in sorted({day.on.year for day in term.days})]
    lines.append(f"{term.start} 是起算日，不计入。")
    counted = 0
    for day in term.days:
        counted += day.works
        lines.append(f"{day.words}：第 {counted} 个工作日" if day.works else f"{day.words}：不计")
    end = term.end
    if may_change(calendar, end):
        lines.append(f"{end.year + 1} 年的通知还可能调整 {end.year} 年 12 月底的日子，通知录入后请再算一遍。")
    return lines


def may_change(calendar: WorkCalendar, end: date) -> bool:
    """Whether the next year's notice, not at hand yet, may still move a term that ends then."""
    return end.month == 12 and end.day >= YEAR_END and not calendar.knows(end.year + 1)


def _next(on: date) -> date:
    try:
        return on + timedelta(days=1)
    except OverflowError as error:
        raise BadInput("日期太远，算不出来。") from error
