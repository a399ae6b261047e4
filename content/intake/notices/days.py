"""Days as people write them: 2026-03-05, 2026年3月5日（星期四）, 二〇二六年三月五日, 12月31日前, Excel's number of days."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from content.intake.notices.shown_values import ShownNumber

EXCEL_EPOCH = date(1899, 12, 30)
DAYS_TO_1904 = 1462  # where the other way of counting begins
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000  # what can be a day of a notice
DIGITS = {
    sign: number
    for number, signs in enumerate(("〇零○Ｏ", "一", "二", "三", "四", "五", "六", "七", "八", "九"))
    for sign in signs
}
DAY = re.compile(r"(\d{4})(?:\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?[日号]?|(\d{2})(\d{2}))(?:[T\s].*)?")
CHINESE = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)
WITHOUT_YEAR = re.compile(r"(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]")
WESTERN = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2}|\d{4})(?:\s.*)?")
WEEKDAY = re.compile(r"\s*[(\[]?\s*(?:星期|周|礼拜)([一二三四五六日天])\s*[)\]]?")
WEEKDAYS = "一二三四五六日"
UNTIL = re.compile(
    r"^(?:截止日?期?|截至|至|到|即日起至)\s*[::]?\s*|\s*(?:之?以?前|止|为止|截止|\(含(?:当日)?\)|24[时点])$"
)
RANGE = re.compile(r"(?<=[\d日号])\s*(?:至|到|~|—+|--+|–|-(?=\s*\d{4}))\s*(?=\d)")


class UnreadableDay(ValueError):
    """A cell holds no day; the message says what it should look like."""


def read(value: Any, zone: ZoneInfo) -> date | None:
    """The day of a value or of words; None for nothing. Raises UnreadableDay."""
    if isinstance(value, datetime):
        return _plausible(value.astimezone(zone).date() if value.tzinfo else value.date())
    if isinstance(value, date):
        return _plausible(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = value + DAYS_TO_1904 if isinstance(value, ShownNumber) and value.from_1904 else value
        if FIRST_SERIAL <= number < LAST_SERIAL:
            return EXCEL_EPOCH + timedelta(days=int(number))
    words = _folded(value)
    return _of_words(words, zone) if words else None


def read_last(value: Any, zone: ZoneInfo, *, begins: date | None) -> date | None:
    """The last day of a time: 至…止, …前, a range; without a year the first such day after it begins. Raises."""
    if not isinstance(value, str):
        return read(value, zone)
    words = _folded(value)
    words = UNTIL.sub("", UNTIL.sub("", RANGE.split(words)[-1]))
    found = WITHOUT_YEAR.fullmatch(words)
    if not found or begins is None:
        return _of_words(words, zone) if words else None
    for year in (begins.year, begins.year + 1):
        day = _made(year, int(found[1]), int(found[2]))
        if day >= begins:
            return day
    raise UnreadableDay("没有写年份，按没有日期处理。要写成 2026-12-01。")


def lacks_year(value: Any) -> bool:
    """Whether a last day is written without its year, as 12月31日前."""
    words = _folded(value) if isinstance(value, str) else ""
    return bool(WITHOUT_YEAR.fullmatch(UNTIL.sub("", UNTIL.sub("", RANGE.split(words)[-1]))))


def other_weekday(value: Any, found: date) -> str:
    """The weekday of a day (四) if another one is written beside it; else nothing."""
    written = WEEKDAY.findall(value) if isinstance(value, str) else []
    right = WEEKDAYS[found.weekday()]
    return right if written and written[-1].replace("天", "日") != right else ""


def _folded(value: Any) -> str:
    words = unicodedata.normalize("NFKC", str(value))
    return WEEKDAY.sub("", " ".join(words.split())).strip()


def _of_words(words: str, zone: ZoneInfo) -> date:
    try:
        instant = datetime.fromisoformat(words)
        if instant.tzinfo:
            return _plausible(instant.astimezone(zone).date())
    except (ValueError, OverflowError):
        pass  # the forms below are the more common ones
    if found := DAY.fullmatch(words):
        return _made(int(found[1]), int(found[2] or found[4]), int(found[3] or found[5]))
    if found := CHINESE.fullmatch(words):
        year = int("".join(str(DIGITS[sign]) for sign in found[1]))
        return _made(year, _number(found[2]), _number(found[3]))
    if found := WESTERN.fullmatch(words):
        raise UnreadableDay(
            f"看不出是 {found[1]} 月 {found[2]} 日还是 {found[2]} 月 {found[1]} 日，按没有日期处理。要写成 2026-12-01。"
        )
    if WITHOUT_YEAR.fullmatch(UNTIL.sub("", words)):
        raise UnreadableDay("没有写年份，按没有日期处理。要写成 2026-12-01。")
    raise UnreadableDay("不是看得懂的日期，按没有日期处理。要写成 2026-12-01。")


def _number(words: str) -> int:
    """十 → 10, 二十三 → 23."""
    tens, ten, ones = words.rpartition("十")
    return (DIGITS.get(tens, 1) * 10 if ten else 0) + DIGITS.get(ones, 0)


def _made(year: int, month: int, day: int) -> date:
    try:
        return _plausible(date(year, month, day))
    except ValueError as error:
        if isinstance(error, UnreadableDay):
            raise
        raise UnreadableDay("没有这一天，按没有日期处理。请核对年月日。") from error


def _plausible(found: date) -> date:
    if not 1900 <= found.year < 2200:
        raise UnreadableDay("年份不像真的，按没有日期处理。请核对年份。")
    return found
