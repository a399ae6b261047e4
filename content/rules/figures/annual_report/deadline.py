"""By when the report must be out: 政府信息公开条例 art. 49."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from content.rules.figures.holiday_calendar import UnknownYear, WorkCalendar
from content.rules.spoken_times import day_words

DEPARTMENT = (1, 31)  # departments of governments at county level or above, to which a park is counted


@dataclass(frozen=True)
class ReportDeadline:
    """`on`: the day that the law names. `work_by`: the last working day up to it; `certain` if its year's notice is known."""

    on: date
    work_by: date
    certain: bool

    @property
    def words(self) -> str:
        """Both days, as people read them."""
        said = f"{day_words(self.on)}以前公布"
        if self.work_by != self.on:
            said += f"；那天不上班，最晚在 {day_words(self.work_by)}办完"
        if not self.certain:
            said += f"（{self.on.year} 年的放假安排还没有录入，只按周末算）"
        return said


def deadline(year: int, calendar: WorkCalendar) -> ReportDeadline:
    """The deadline for the report on `year`. The law moves no day: what falls on a day off is to be done before it."""
    on = date(year + 1, *DEPARTMENT)
    day = on
    while not _works(calendar, day):
        day -= timedelta(days=1)
    return ReportDeadline(on, day, calendar.knows(on.year))


def _works(calendar: WorkCalendar, day: date) -> bool:
    try:
        return calendar.day(day).works
    except UnknownYear:
        return day.weekday() < 5
