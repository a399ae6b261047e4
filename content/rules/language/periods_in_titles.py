"""Which months, quarters and halves of a year a title or a text is about: 2026年9月, 第三季度, 前三季度, 3月至6月, 上半年."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

from content.rules.language import numerals

Days = tuple[date, date]

LOOKED_AT = 1000  # characters of a text that tell what it is about

_YEAR = r"(?:(?<!\d)((?:19|20)\d\d)(?:年度?)?的?\s?)?"
_MONTH = rf"(\d{{1,2}}|[{numerals.HAN}]{{1,3}})"
_QUARTER = r"第?([一二三四1-4])季度"
_SPANS = re.compile(
    rf"{_YEAR}(?:{_MONTH}月?份?\s?[-—–~至到]+\s?{_MONTH}月(?![\d{numerals.HAN}])|前([二两三23])个?季度|{_QUARTER}|(上半年|下半年)"
    rf"|(?<![\d{numerals.HAN}个]){_MONTH}月份?(?![\d{numerals.HAN}]{{1,3}}[日号]))"
)


def named(text: str, published_on: date | None) -> list[Days]:
    """The spans of days that are named, finer than a year; one without its year is the last that had begun by then."""
    return [span for found in _SPANS.finditer(text[:LOOKED_AT]) if (span := _days(found, published_on))]


def meets(spans: list[Days], first: date, last: date) -> bool:
    """Whether what is about these spans is about the days from `first` to `last`: one of them lies in the other."""
    return any((first <= begin and end <= last) or (begin <= first and last <= end) for begin, end in spans)


def _days(found: re.Match[str], published_on: date | None) -> Days | None:
    months = next(_months(found), None)
    if months is None or not 1 <= months[0] <= months[1] <= 12:
        return None
    if found[1]:
        year = int(found[1])
    elif published_on is None:
        return None
    else:
        year = published_on.year - (months[0] > published_on.month)
    first, last = months
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _months(found: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The first and the last month."""
    _, first, last, several, quarter, half, month = found.groups()
    if first:
        yield numerals.small(first) or 0, numerals.small(last) or 0
    elif several:
        yield 1, 3 * (numerals.small(several) or 0)
    elif quarter:
        yield 3 * (numerals.small(quarter) or 0) - 2, 3 * (numerals.small(quarter) or 0)
    elif half:
        yield (1, 6) if half == "上半年" else (7, 12)
    else:
        yield numerals.small(month) or 0, numerals.small(month) or 0
