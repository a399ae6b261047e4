"""Which days people work in China: statutory holidays and make-up days, year by year, and the source of each year.

Years up to 2026 come from the package `chinesecalendar`, later ones from the office's own table (`config.holidays`).
A notice of the office's goes before the package: it may be a correction that the package has not heard of.
"""

from __future__ import annotations

import importlib.metadata
from dataclasses import dataclass
from datetime import date

import chinese_calendar

from config.holidays import BUILT_IN, FIXED, SINCE_2025, HolidayTable, Notice
from content.rules.errors import BadInput
from content.rules.spoken_times import WEEKDAYS

PACKAGE = "chinesecalendar"
SATURDAY = 5


class UnknownYear(BadInput):
    """A computation runs into a year whose holidays are not known; the message says how to enter them."""

    def __init__(self, message: str, year: int) -> None:
        super().__init__(message)
        self.year = year


@dataclass(frozen=True)
class CalendarDay:
    """A day: whether people work, and why it is not an ordinary weekday or weekend (empty if it is)."""

    on: date
    works: bool
    why: str = ""

    @property
    def words(self) -> str:
        """The day as people read it: 2026-02-14 周六，上班（春节调休）."""
        reason = f"（{self.why}）" if self.why else ""
        return f"{self.on} 周{WEEKDAYS[self.on.weekday()]}，{'上班' if self.works else '休息'}{reason}"


class WorkCalendar:
    """The days of all years that are known, from the package and from the office's notices."""

    def __init__(self, table: HolidayTable) -> None:
        self.table = table
        self._notices: dict[int, Notice] = {notice.year: notice for notice in table.notices if not notice.faults}
        self._first = min(chinese_calendar.holidays).year
        self._last = max(chinese_calendar.holidays).year

    def knows(self, year: int) -> bool:
        """Whether the notice for a year is at hand."""
        return year in self._notices or self._first <= year <= self._last

    def day(self, on: date) -> CalendarDay:
        """What kind of day it is. Raises UnknownYear.

        The notice for the next year may speak of this December, so it is asked first.
        """
        if not self.knows(on.year):
            raise UnknownYear(self._how_to_enter(on.year), on.year)
        for year in (on.year + 1, on.year):
            notice = self._notices.get(year)
            if notice and on in notice.work:
                return CalendarDay(on, True, notice.work[on])
            if notice and on in notice.off:
                return CalendarDay(on, False, f"{notice.off[on]}假期")
        if on.year in self._notices:
            return CalendarDay(on, on.weekday() < SATURDAY)
        return _packaged(on)

    def source(self, year: int) -> str:
        """Where the days of a known year come from, in words."""
        notice = self._notices.get(year)
        if notice:
            return f"{year} 年：本单位 {notice.entered} 录入的通知（{notice.source or '没有写文号'}）"
        return f"{year} 年：程序自带的日历（{PACKAGE} {importlib.metadata.version(PACKAGE)}）"

    def _how_to_enter(self, year: int) -> str:
        if year < self._first:
            return f"{year} 年的放假安排程序里没有（最早到 {self._first} 年），算不出来。"
        if self.table.faults or any(notice.faults for notice in self.table.notices if notice.year == year):
            return f"{year} 年的放假安排不能用。请改 {self.table.path}：{' '.join(self.table.unused)}"
        return (f"{year} 年的放假安排还没有录入，算不出日期。等国务院办公厅发布 {year} 年放假安排的通知（一般在上年 11 月），"
                f"在后台的“工作日”页把通知的原文贴进去，再算一遍；没有开后台的，执行 gongkai workday notice 通知.txt --as 用户名，"
                f"或者自己写进 {self.table.path}（写法在 {BUILT_IN} 开头）。")  # fmt: skip


class EstimatedCalendar(WorkCalendar):
    """The same, with years that are not known yet by the law alone: no make-up days, no festivals of the moon. Never final."""

    def day(self, on: date) -> CalendarDay:
        """What kind of day it probably is."""
        try:
            return super().day(on)
        except UnknownYear:
            fixed = FIXED + (SINCE_2025 if on.year >= 2025 else ())
            name = next((name for month, day, name in fixed if (on.month, on.day) == (month, day)), "")
            return CalendarDay(on, on.weekday() < SATURDAY and not name, f"{name}假期" if name else "")


def _packaged(on: date) -> CalendarDay:
    if on in chinese_calendar.workdays:
        return CalendarDay(on, True, f"{_chinese(str(chinese_calendar.workdays[on]))}调休")
    if on in chinese_calendar.holidays:
        return CalendarDay(on, False, f"{_chinese(str(chinese_calendar.holidays[on]))}假期")
    return CalendarDay(on, on.weekday() < SATURDAY)


def _chinese(name: str) -> str:
    return str(next((kind.chinese for kind in chinese_calendar.Holiday if kind.value == name), name))
