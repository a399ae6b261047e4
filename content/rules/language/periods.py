"""Dates and years in a question: 去年, 2024年, 3月份, 上周, 最近一个月; and which items belong to them.

A month or a day without its year is the last one that is not in the future: 3月份 asked in January is last year's March.
"""

from __future__ import annotations

import calendar
import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from content.rules.language import numerals, periods_in_titles

WEEKDAYS = "一二三四五六日"
FEW = 3  # 最近几天
REMEMBERED = 64  # texts: several ask about the same one, one after the other

_RELATIVE = {"大前年": -3, "前年": -2, "去年": -1, "上年": -1, "上一年": -1, "今年": 0, "本年": 0, "明年": 1}
_DAYS = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2}
CLUE = re.compile(r"[年月天日周季期拜]|(?:19|20)\d\d")

_FIGURES = rf"\d{{1,2}}|[{numerals.HAN}]{{1,3}}"
_YEARS = "(?:" + "|".join(_RELATIVE) + ")(?!级)"  # 上一年级 is a class at school
_WHOSE = rf"(?:({_YEARS}|(?<!\d)(?:19|20)\d\d年|[一二]?[九〇零○][{numerals.HAN}]{{2}}年)度?的?\s?)"
_YEAR = rf"({_YEARS}|(?<!\d)(?:19|20)\d\d年|二[〇零○][{numerals.HAN}]{{2}}年)"
_SHORT_YEAR = r"(?<!\d)(\d\d)年(?=度|的?(?:部门|政府|财政)?(?:预算|决算|预决算|年报))"
_BARE_YEAR = r"(?<![\d.\-])((?:19|20)\d\d)(?![\d.元块万千k以左到至~人名个号平米多起/\-])"

_BORN = re.compile(
    rf"(?:(?:\d{{2}}|\d{{4}})年|[今去前]年)?(?:{_FIGURES})月份?(?:(?:{_FIGURES})[日号])?(?:出生|生的|生人|生(?=$|[\s,]))|(?<!\d)(?:\d{{2}}|\d{{4}})年(?:出生|生的|生人)"
)
_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)年?\s?[-—–~至到]+\s?((?:19|20)\d\d)(?!\d)")
_IN_TITLE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)|(二[〇零○][〇零○一二三四五六七八九]{2})")


@dataclass(frozen=True)
class Period:
    """The days from `first` to `last`. `words`: how it is said back; `rest`: the question without it."""

    first: date
    last: date
    words: str
    rest: str = ""

    @property
    def year(self) -> int | None:
        """The calendar year that it is exactly; None for any other."""
        whole = (date(self.first.year, 1, 1), date(self.first.year, 12, 31))
        return self.first.year if (self.first, self.last) == whole else None

    @property
    def _compared(self) -> bool:
        """Whether it is a month, a quarter or the like, which titles name too."""
        return not self.year and self.first.day == 1 and (self.last + timedelta(days=1)).day == 1

    def is_named_in(self, title: str) -> bool:
        """Whether a folded title names just these days with their year."""
        return (self.first, self.last) in periods_in_titles.named(title, self.last)

    def holds(self, title: str, published_on: date | None) -> bool:
        """Whether an item belongs to it. 2024年决算 comes out in 2025: what a title names counts before the day."""
        if self.year and (own := years(title)):
            return self.year in own
        if spans := self._compared and periods_in_titles.named(title, published_on):
            return periods_in_titles.meets(spans, self.first, self.last)
        return published_on is not None and self.first <= published_on <= self.last


@functools.lru_cache(REMEMBERED)
def read(text: str, today: date) -> Period | None:
    """The first date, year or span of days in a folded question; None if there is none that exists."""
    if not CLUE.search(text):
        return None
    if "生" in text:  # when somebody was born is no time of which is asked
        text = _BORN.sub(" ", text)
    for pattern, meaning in _PATTERNS:
        found = pattern.search(text)
        if found and (days := meaning(found, today)):
            rest = " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
            return Period(*days, said(*days, today), rest)
    return None


def years(title: str) -> set[int]:
    """The years that a title names, those within a span of years too."""
    named = {int(figures) if figures else numerals.year(signs) or 0 for figures, signs in _IN_TITLE.findall(title)}
    for first, last in _SPAN.findall(title):
        if int(last) - int(first) < 30:
            named |= set(range(int(first), int(last) + 1))
    return named


Days = tuple[date, date]


def _day(found: re.Match[str], today: date) -> Days | None:
    year, month, day = _year_of(found[1], today), numerals.small(found[2]), numerals.small(found[3])
    made = _made(year or today.year, month, day)
    if made and not year and made > today:
        made = _made(today.year - 1, month, day)
    return (made, made) if made else None


def _iso_day(found: re.Match[str], _today: date) -> Days | None:
    made = _made(int(found[1]), int(found[2]), int(found[3]))
    return (made, made) if made else None


def _month(found: re.Match[str], today: date) -> Days | None:
    year, month = _year_of(found[1], today), numerals.small(found[2])
    if not month or month > 12:
        return None
    return _whole_month(year or (today.year if month <= today.month else today.year - 1), month)


def _iso_month(found: re.Match[str], _today: date) -> Days | None:
    return _whole_month(int(found[1]), int(found[2])) if 0 < int(found[2]) < 13 else None


def _quarter(found: re.Match[str], today: date) -> Days:
    number = numerals.small(found[2]) or 1
    year = _year_of(found[1], today) or (today.year if 3 * number - 2 <= today.month else today.year - 1)
    return _months(year, 3 * number - 2, 3 * number)


def _first_quarters(found: re.Match[str], today: date) -> Days:
    last = 3 * (numerals.small(found[2]) or 1)
    year = _year_of(found[1], today) or (today.year if last - 2 <= today.month else today.year - 1)
    return _months(year, 1, last)


def _this_quarter(found: re.Match[str], today: date) -> Days:
    number = (today.month - 1) // 3 - (found[0][0] == "上")
    year, number = (today.year, number) if number >= 0 else (today.year - 1, 3)
    return _months(year, 3 * number + 1, 3 * number + 3)


def _half(found: re.Match[str], today: date) -> Days:
    first = 1 if found[2] == "上半年" else 7
    year = _year_of(found[1], today) or (today.year if first <= today.month else today.year - 1)
    return _months(year, first, first + 5)


def _whole_year(found: re.Match[str], today: date) -> Days | None:
    year = _year_of(found[1], today)
    return _months(year, 1, 12) if year else None


def _short_year(found: re.Match[str], _today: date) -> Days:
    return _months(2000 + int(found[1]), 1, 12)


def _bare_year(found: re.Match[str], today: date) -> Days | None:
    return _months(int(found[1]), 1, 12) if int(found[1]) <= today.year + 1 else None


def _named_day(found: re.Match[str], today: date) -> Days:
    day = today + timedelta(days=_DAYS[found[0]])
    return day, day


def _week(found: re.Match[str], today: date) -> Days | None:
    monday = today - timedelta(days=today.weekday() + 7 * found[1].count("上"))
    if not found[2]:
        return monday, min(monday + timedelta(days=6), max(today, monday))
    day = monday + timedelta(days=WEEKDAYS.index(found[2].replace("天", "日")))
    return (day, day) if day <= today else None


def _this_month(found: re.Match[str], today: date) -> Days:
    last_of_former = today.replace(day=1) - timedelta(days=1)
    day = last_of_former if found[0][0] == "上" else today
    return _whole_month(day.year, day.month)


def _latest(found: re.Match[str], today: date) -> Days | None:
    count, unit = (FEW if found[1] in ("几", "些") else numerals.small(found[1])), found[2]
    days = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30, "年": 365}[unit]
    whole = days // 2 if found[1] == "半" else days * (count or 0)
    return (today - timedelta(days=whole - 1), today) if 0 < whole < 36500 else None


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


# The first that fits counts, so the fuller ones come first.
_PATTERNS: list[tuple[re.Pattern[str], Callable[[re.Match[str], date], Days | None]]] = [
    (_pattern(r"(?<!\d)((?:19|20)\d\d)[-./](\d{1,2})[-./](\d{1,2})(?!\d)"), _iso_day),
    (_pattern(rf"{_WHOSE}?(?<!\d)({_FIGURES})月份?({_FIGURES})[日号]"), _day),
    (_pattern(r"(?<!\d)((?:19|20)\d\d)[-./](\d{1,2})(?![\d])"), _iso_month),
    (
        _pattern(rf"{_WHOSE}?(?<![\d个])({_FIGURES})月份?(?![薪租供龄嫂饼子季内\d]|[{numerals.HAN}]{{1,3}}[日号])"),
        _month,
    ),
    (_pattern(rf"{_WHOSE}?前([二两三23])个?季度"), _first_quarters),
    (_pattern(rf"{_WHOSE}?第?([一二三四1-4])季度"), _quarter),
    (_pattern(r"(?:本|这|这个|上|上个|上一)季度"), _this_quarter),
    (_pattern(rf"{_WHOSE}?(上半年|下半年)"), _half),
    (
        _pattern(r"(?:最近|近|过去)这?([0-9]{1,3}|[" + numerals.HAN + r"几半些]{1,2})个?(天|日|周|星期|礼拜|月|年)"),
        _latest,
    ),
    (_pattern(r"这(几)(天|日)"), _latest),
    (_pattern("|".join(_DAYS)), _named_day),
    (_pattern(r"(本|这|上上|上)[个一]?(?:周|星期|礼拜)(?!边|围|末|期|转|年)([一二三四五六日天])?"), _week),
    (_pattern(r"本月|这个月|当月|上个?月|上一个月"), _this_month),
    (_pattern(rf"{_YEAR}度?"), _whole_year),
    (_pattern(_SHORT_YEAR + "度?"), _short_year),
    (_pattern(_BARE_YEAR), _bare_year),
]


def _year_of(text: str | None, today: date) -> int | None:
    if not text:
        return None
    if text in _RELATIVE:
        return today.year + _RELATIVE[text]
    return numerals.year(text.removesuffix("年"))


def _made(year: int, month: int | None, day: int | None) -> date | None:
    try:
        return date(year, month or 0, day or 0)
    except ValueError:
        return None


def _whole_month(year: int, month: int) -> Days:
    return _months(year, month, month)


def _months(year: int, first: int, last: int) -> Days:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def said(first: date, last: date, today: date) -> str:
    """How a period is said back, so that the citizen sees which one was meant."""
    if first == last:
        return _day_said(first, today)
    if first.day == 1 and last == _months(last.year, last.month, last.month)[1] and first.year == last.year:
        if (first.month, last.month) == (1, 12):
            return f"{first.year}年"
        if first.month == last.month:
            return f"{first.year}年{first.month}月"
        return f"{first.year}年{first.month}至{last.month}月"
    return f"{_day_said(first, today)}至{_day_said(last, today)}"


def _day_said(day: date, today: date) -> str:
    return f"{'' if day.year == today.year else f'{day.year}年'}{day.month}月{day.day}日"
