"""The yearly notices on holidays and make-up days, as the office entered them: HOME/holidays.toml.

Each notice is one entry with the day on which it was entered. A correction is a new entry, so that what was computed
earlier can be computed again. A notice with a fault is not used, and says in words what is wrong with it.
The law: 全国年节及纪念日放假办法 as revised on 2024-11-10, thirteen days a year; before 2025 eleven.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from config import reference

NAME = "holidays.toml"
BUILT_IN = reference.DATA / NAME
FESTIVALS = ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆")
FIXED = ((1, 1, "元旦"), (5, 1, "劳动节"), (10, 1, "国庆节"), (10, 2, "国庆节"), (10, 3, "国庆节"))
SINCE_2025 = ((5, 2, "劳动节"),)
LONGEST = 15  # days of one holiday; more is a slip of the pen
SATURDAY = 5


@dataclass(frozen=True)
class Notice:
    """One notice: the days off by name and the weekend days on which people work. `faults`: why it is not used."""

    year: int
    entered: date
    source: str
    off: dict[date, str] = field(default_factory=dict)
    work: dict[date, str] = field(default_factory=dict)
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class HolidayTable:
    """All notices of an office in the order of entry. `path` is where the office's own table is, or would be."""

    notices: tuple[Notice, ...]
    path: Path
    faults: tuple[str, ...] = ()  # the file as a whole cannot be read

    @property
    def unused(self) -> tuple[str, ...]:
        """What of the file is not used, and why, in words."""
        wrong = (f"{one.year} 年（{one.entered} 录入）：{' '.join(one.faults)}" for one in self.notices if one.faults)
        return (*self.faults, *wrong)

    def known_on(self, day: date | None) -> HolidayTable:
        """The table as it was on the evening of a day; None for now."""
        kept = tuple(notice for notice in self.notices if day is None or notice.entered <= day)
        return HolidayTable(kept, self.path, self.faults)


def table(home: Path) -> HolidayTable:
    """The notices that the office whose files are in `home` has entered; an empty table without a file."""
    path = home / NAME
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("notice", [])
    except FileNotFoundError:
        return HolidayTable((), path)
    except OSError as error:
        return HolidayTable((), path, (f"读不出来：{error.strerror or error}。",))
    except UnicodeDecodeError:
        return HolidayTable((), path, ("不是 UTF-8 编码，请另存为 UTF-8。",))
    except tomllib.TOMLDecodeError as error:
        return HolidayTable((), path, (f"格式不对：{error}。常见的是少了引号或括号。",))
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return HolidayTable((), path, ("每份通知以 [[notice]] 开头，现在不是这样写的。",))
    read = [_read(place, row) for place, row in enumerate(rows, start=1)]
    notices = [notice for notice in read if isinstance(notice, Notice)]
    faults = tuple(notice for notice in read if isinstance(notice, str))
    return HolidayTable(tuple(sorted(notices, key=lambda notice: notice.entered)), path, faults)


def checked(
    year: int,
    *,
    entered: date,
    source: str,
    spans: Iterable[tuple[str, date, date]],
    work: Iterable[date],
    exception: bool = False,
) -> Notice:
    """A notice that is not written down yet, with its faults. `spans`: name, first and last day of each holiday."""
    row = {"year": year, "entered": entered, "source": source, "workdays": sorted(work), "exception": exception,
           "holiday": [{"name": name, "from": first, "to": last} for name, first, last in spans]}  # fmt: skip
    found = _read(1, row)
    return found if isinstance(found, Notice) else Notice(year, entered, source, faults=(found,))


def _read(place: int, row: dict[str, Any]) -> Notice | str:
    """A notice, with its faults; a sentence for one that does not even say its year and day of entry."""
    year, entered, source = row.get("year"), row.get("entered"), row.get("source", "")
    if type(year) is not int or type(entered) is not date or not isinstance(source, str):
        return f"第 {place} 段要有 year = 2027（年份）和 entered = 2026-11-20（录入的日期），日期不加引号。"
    spans: Any = row.get("holiday", [])
    work: Any = row.get("workdays")
    faults = [] if isinstance(spans, list) else ["holiday 要写成一列假期。"]
    if not isinstance(work, list) or not all(type(day) is date for day in work):
        faults.append("要有 workdays = [调休上班的日子]，没有就写 []；日期不加引号。")
    faults += [fault for span in spans if (fault := _span_fault(span))] if isinstance(spans, list) else []
    if faults:
        return Notice(year, entered, source, faults=tuple(faults))
    off = {day: str(span["name"]) for span in spans for day in _days(span["from"], span["to"])}
    notice = Notice(year, entered, source, off, dict.fromkeys(work, "调休上班"))
    names = tuple(str(span["name"]) for span in spans)
    return Notice(year, entered, source, notice.off, notice.work,
                  tuple(_faults(notice, names, bool(row.get("exception")))))  # fmt: skip


def _span_fault(span: Any) -> str:
    if not isinstance(span, dict) or not isinstance(span.get("name"), str):
        return '每个假期写成 { name = "元旦", from = 2027-01-01, to = 2027-01-03 }。'
    first, last = span.get("from"), span.get("to")
    if type(first) is not date or type(last) is not date:
        return f"{span['name']}：from 和 to 要写日期，例如 2027-01-01，不加引号。"
    if not timedelta(0) <= last - first < timedelta(LONGEST):
        return f"{span['name']}：从 {first} 到 {last} 不像一个假期，请核对。"
    return ""


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days) for days in range((last - first).days + 1)]


def _faults(notice: Notice, names: tuple[str, ...], excepted: bool) -> list[str]:
    """What a notice cannot be right with. `excepted`: the office says why it differs from the law's number of days."""
    year = notice.year
    faults = [f"没有写{name}节，请对照通知补上。" for name in FESTIVALS if not any(name in one for one in names)]
    fixed = FIXED + (SINCE_2025 if year >= 2025 else ())
    faults += [f"{year}-{month:02}-{day:02}（{name}）没有写进假期。" for month, day, name in fixed
               if date(year, month, day) not in notice.off]  # fmt: skip
    for day in sorted(notice.off.keys() | notice.work.keys()):
        if not (day.year == year or (day.year == year - 1 and day.month == 12)):
            faults.append(f"{day} 不在 {year} 年（或上年 12 月）里。")
    faults += [f"{day} 又放假又上班，请核对。" for day in sorted(notice.off.keys() & notice.work.keys())]
    faults += [f"{day} 不是周六或周日，不用写进 workdays。" for day in sorted(notice.work) if day.weekday() < SATURDAY]
    return faults or ([] if excepted else _balance(notice))


def _balance(notice: Notice) -> list[str]:
    """Weekdays off less weekend days of work are the days that the law gives: a day left out shows here."""
    lawful = 13 if notice.year >= 2025 else 11
    off = sum(day.weekday() < SATURDAY for day in notice.off)
    work = len(notice.work)
    if off - work == lawful:
        return []
    return [f"像是漏了或多了日子：周一至周五放假 {off} 天，周末上班 {work} 天，相差 {off - work} 天，"
            f"按法定节假日应当相差 {lawful} 天。请对照通知；通知确实如此的，请写明原因（文件里是一行 exception = \"原因\"）。"]  # fmt: skip
