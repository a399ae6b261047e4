"""Whether the office is open: 今天上班吗, 元旦开门吗, 国庆放几天假, and what its calendar says to that.

By law some days are holidays whatever the year's notice says: 全国年节及纪念日放假办法, as revised on 2024-11-10.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from config.holidays import FIXED, SINCE_2025
from content.rules.figures.holiday_calendar import CalendarDay, UnknownYear, WorkCalendar
from content.rules.language import numerals
from content.rules.spoken_times import WEEKDAYS

LONGEST = 24  # characters; who writes more asks something else
AHEAD = 400  # days in which the next holiday of a name begins
MAKE_UP = 15  # days around a holiday in which people work for it
FRIDAY = 4

HOLIDAYS = {  # as citizens say them, and how the calendar's names begin
    "元旦": "元旦", "新年": "元旦", "春节": "春节", "过年": "春节", "除夕": "春节", "大年": "春节", "清明": "清明", "五一": "劳动", "劳动节": "劳动",
    "端午": "端午", "中秋": "中秋", "十一": "国庆", "国庆": "国庆",
}  # fmt: skip
CALLED = {
    "元旦": "元旦",
    "春节": "春节",
    "清明": "清明节",
    "劳动": "劳动节",
    "端午": "端午节",
    "中秋": "中秋节",
    "国庆": "国庆节",
}
_RELATIVE = {
    "今天": 0,
    "今日": 0,
    "现在": 0,
    "这会儿": 0,
    "今早": 0,
    "今晚": 0,
    "明天": 1,
    "明日": 1,
    "明早": 1,
    "后天": 2,
    "大后天": 3,
}
_HAN_DAYS = f"[{numerals.HAN}]{{1,3}}"
_DAY = re.compile(
    rf"(?P<relative>大后天|{'|'.join(_RELATIVE)})|(?P<next>下个?)?(?:这个?)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
    rf"|(?P<weekend>周末|双休日)|(?P<any>法定节假日|节假日|假期|放假)(?!吗|么|不|几|安排|时间|通知)|(?P<holiday>{'|'.join(HOLIDAYS)})(?:节|假期|期间)*"
    rf"|(?:(?P<month>\d{{1,2}}|{_HAN_DAYS})月(?:份)?)?(?P<day>\d{{1,2}}|{_HAN_DAYS})[号日]"
)
_OPEN = (
    "上不上班|上班|几点下班|下班|在不在|在吗|开不开门|开门|办公室|办公|办不办|办事|办业务|办理业务|办理|营业|放不放假|放假|放几天假?|放多少天|放到几号|休不休息|休息|值班电话|值班|有没有人|有人|开放|对外|接待"
    "|关门|调休|补班|休假|安排|几天假?|几号到几号|从几号|到几号|时间|电话|还|也|照常|正常|窗口|大厅|中心"
)
_AROUND = (
    "请问|问一下|问下|我想问|想问|我想|我要去|我要|要去|你们|您们|咱们|我们|你|您|那边|那里|那儿|这边|这里|那|园区|管委会|开发区|单位|政府|部门|办公室|上午|下午|中午|早上|晚上|白天"
    "|是|不是|的|在|有|没有|没|不|吗|么|呢|呀|啊|嘛|吧|了|能|可以|会|来|去|过来|过去|到|几点|多少|怎么|如何|什么时候|今年|明年|期间|要|得|都|或者|和|跟|还是"
)
_SAYS_OPEN = re.compile(_OPEN)
_REST = re.compile(rf"(?:{_OPEN}|{_AROUND}|[\s?!.,;:。、~])*+")
_ALL_HOLIDAYS = re.compile(
    rf"(?:{_AROUND})*+(?:放假|休假|节假日|假期)(?:安排|时间|通知|表|日历)?(?:{_AROUND}|[\s?!。])*+"
)
_ALSO = re.compile(f"(?:那|那么)?({'|'.join(HOLIDAYS)})(?:节|期间|假期|那几天|那天)*(?:呢|怎么样)")
_HOURS = re.compile(r"(\d{1,2})[:：](\d{2})\s*[-—–~至到]+\s*(\d{1,2})[:：](\d{2})")


@dataclass(frozen=True)
class OfficeDayQuestion:
    """What is asked: one `day`, a `holiday` (a key of `CALLED`), or neither for all holidays of the year."""

    day: date | None = None
    holiday: str = ""
    now: bool = False  # whether somebody is there at this very moment


@dataclass(frozen=True)
class HolidaySpan:
    """One holiday: its days off, and the weekend days on which people work for it."""

    name: str
    first: date
    last: date
    work: tuple[date, ...] = ()


def asked(bare: str, today: date) -> OfficeDayQuestion | None:
    """What a bare text asks of the office's days; None if it asks anything else, or names no day."""
    if len(bare) > LONGEST:
        return None
    if _ALL_HOLIDAYS.fullmatch(bare) and not _DAY.search(bare.replace("放假", "").replace("假期", "")):
        return OfficeDayQuestion()
    if also := _ALSO.fullmatch(bare):
        return OfficeDayQuestion(holiday=HOLIDAYS[also[1]])
    for found in _DAY.finditer(bare):
        before, after = bare[: found.start()], bare[found.end() :]
        if not (_SAYS_OPEN.search(before) or _SAYS_OPEN.search(after)):
            continue
        if _REST.fullmatch(before) and _REST.fullmatch(after):
            return _meant(found, today)
    return None


def holiday(name: str, calendar: WorkCalendar, today: date) -> HolidaySpan | None:
    """The holiday of that name that is on or comes next; None if its year is not known."""
    return next((span for span in holidays(calendar, today) if span.name == CALLED[name]), None)


def holidays(calendar: WorkCalendar, today: date) -> Iterator[HolidaySpan]:
    """The holidays from today on, as far as their years are known."""
    day, end = today, today + timedelta(days=AHEAD)
    while day < end and calendar.knows(day.year):
        name = _name_of(calendar.day(day))
        last = day
        while name and _is_of(name, last + timedelta(days=1), calendar):
            last += timedelta(days=1)
        if name:
            work = tuple(_make_up(name, day, last, calendar))
            yield HolidaySpan(CALLED[name], day, last, work)
        day = last + timedelta(days=1)


def next_working_day(after: date, calendar: WorkCalendar) -> date | None:
    """The first day after one on which people work; None if its year is not known."""
    day = after + timedelta(days=1)
    try:
        while not calendar.day(day).works:
            day += timedelta(days=1)
    except UnknownYear:
        return None
    return day


def by_law(day: date) -> str:
    """The holiday that a day is by law in every year; empty if it is none."""
    fixed = FIXED + (SINCE_2025 if day.year >= 2025 else ())
    return next((name for month, number, name in fixed if (day.month, day.day) == (month, number)), "")


def first_by_law(name: str, today: date) -> date | None:
    """The next day that is this holiday by law, whatever the notice says."""
    days = (date(year, month, day) for year in (today.year, today.year + 1) for month, day, _ in FIXED)
    return next((day for day in days if day >= today and by_law(day).startswith(name)), None)


def is_within(hours: str, minutes: int) -> bool | None:
    """Whether a time (minutes since midnight) is within hours such as 9:00—12:00，14:00—17:30; None if none are named."""
    spans = [tuple(map(int, found)) for found in _HOURS.findall(hours)]
    return any(60 * a + b <= minutes < 60 * c + d for a, b, c, d in spans) if spans else None


def said(day: date) -> str:
    """11月30日（周一）."""
    return f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def _meant(found: re.Match[str], today: date) -> OfficeDayQuestion | None:
    if found["relative"]:
        away = _RELATIVE[found["relative"]]
        return OfficeDayQuestion(today + timedelta(days=away), now=found["relative"] in ("现在", "这会儿"))
    if found["weekday"] or found["weekend"]:
        weekday = WEEKDAYS.index((found["weekday"] or "六").replace("天", "日"))
        monday = today - timedelta(days=today.weekday())
        day = monday + timedelta(days=weekday + (7 if found["next"] else 0))
        return OfficeDayQuestion(day if day >= today else day + timedelta(days=7))
    if found["any"]:
        return OfficeDayQuestion()
    if found["holiday"]:
        return OfficeDayQuestion(holiday=HOLIDAYS[found["holiday"]])
    return _on_a_day(found, today)


def _on_a_day(found: re.Match[str], today: date) -> OfficeDayQuestion | None:
    month = numerals.small(found["month"]) if found["month"] else today.month
    number = numerals.small(found["day"])
    for years in (0, 1):
        try:
            day = date(today.year + years, month or 0, number or 0)
        except ValueError:
            return None
        if day >= today or not found["month"]:
            return OfficeDayQuestion(day)
    return None


def _name_of(day: CalendarDay) -> str:
    """The holiday that a day belongs to, as a key of `CALLED`; empty for any other day."""
    return "" if day.works else next((name for name in CALLED if day.why.startswith(name)), "")


def _is_of(name: str, day: date, calendar: WorkCalendar) -> bool:
    return calendar.knows(day.year) and _name_of(calendar.day(day)) == name


def _make_up(name: str, first: date, last: date, calendar: WorkCalendar) -> Iterator[date]:
    """The weekend days on which people work for a holiday; an office's own notice may not say for which."""
    for away in range(-MAKE_UP, (last - first).days + MAKE_UP + 1):
        day = first + timedelta(days=away)
        if day.weekday() > FRIDAY and calendar.knows(day.year):
            found = calendar.day(day)
            other = any(found.why.startswith(one) for one in CALLED if one != name)
            if found.works and not other:
                yield day
