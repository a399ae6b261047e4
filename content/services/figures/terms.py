"""Terms in working days by the office's calendar: the package's years and the notices that the office has entered."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from config import holidays
from content.rules.figures.holiday_calendar import WorkCalendar


def calendar(home: Path, *, known_on: date | None = None) -> WorkCalendar:
    """The calendar of the office whose files are in `home`.

    `known_on`: only notices entered by that day, which repeats a computation of the past.
    """
    return WorkCalendar(holidays.table(home).known_on(known_on))
