"""How long a notice holds, by its own words: 本通知有效期1年."""

from __future__ import annotations

import re
from datetime import date

from content.rules.language import numerals

TERM = "有效期"  # what every term says
_TERM = re.compile(
    rf"(?:本(?:通知|办法|细则|规定|措施|意见|方案|标准)[^。；\n]{{0,24}})?{TERM}(?:为|限为)?\s?(\d{{1,2}}|[一二两三四五六七八九十])\s?年"
)
_OF_ITSELF = re.compile("本(?:通知|办法|细则|规定|措施|意见|方案|标准)|施行|实施|执行")
_BEGINS = re.compile(r"自\s?(20\d\d)年(\d{1,2})月(\d{1,2})日起")
BEFORE = 40  # characters before a term in which it is said that it is that of the notice itself


def run_out(body: str, published_on: date, today: date) -> str:
    """The term in its own words if it is over; empty if it is not, or none is said. A term that began later counts from then."""
    for found in _TERM.finditer(body):
        years = numerals.small(found[1])
        if not years or not _OF_ITSELF.search(body[max(0, found.start() - BEFORE) : found.end()]):
            continue
        begun = _BEGINS.search(body[max(0, found.start() - BEFORE) : found.end()])
        first = _day(begun) if begun else published_on
        if first and _years_after(max(first, published_on), years) < today:
            return f"有效期{found[1]}年"
    return ""


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _years_after(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28))
