"""Single cells as people fill them: text, days, coordinates, addresses, attachments."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from content.rules.language import plain_text

EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
NO_END = frozenset({"长期", "长期有效", "招满为止", "不限", "无", "永久", "长期招聘"})
MOST_EXCEL_DIGITS = 15  # digits of a number that Excel keeps; the rest it has turned into zeros
DAY = re.compile(r"(\d{4})(?:[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})日?|(\d{2})(\d{2}))(?:[T\s].*)?")


class Unreadable(ValueError):
    """A cell does not hold what its column asks for; the message says what it should look like."""


def text(value: Any) -> str:
    """Any cell as text: 12.0 → 12, a date → 2019-05-10, lists and objects → JSON, #N/A → nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return "" if value.strip() in EXCEL_ERRORS else plain_text.clean(value).replace("\r\n", "\n").strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    if isinstance(value, datetime):
        return str(value.date()) if value.time() == time.min else value.isoformat(" ", "seconds")
    if isinstance(value, list | dict):
        return plain_text.clean(json.dumps(value, ensure_ascii=False))
    return plain_text.clean(str(value))


def lost_digits(value: Any) -> bool:
    """Whether a number is too long for Excel to have kept all of its digits."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 10**MOST_EXCEL_DIGITS


def day(value: Any, zone: ZoneInfo) -> date | None:
    """A day, as 2019-05-10, 2019/5/10, 2019年5月10日, 20190510, an instant, or Excel's number of days.

    None for an empty cell. Raises Unreadable.
    """
    if isinstance(value, datetime):
        return _plausible(value.astimezone(zone).date() if value.tzinfo else value.date())
    if isinstance(value, date):
        return _plausible(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and 20_000 <= value < 80_000:
        return EXCEL_EPOCH + timedelta(days=int(value))
    words = " ".join(unicodedata.normalize("NFKC", text(value)).split())
    return _day_of_words(words, zone) if words else None


def last_day(value: Any, zone: ZoneInfo) -> date | None:
    """The day until which something holds; None for an empty cell and for words such as 长期. Raises Unreadable."""
    return None if text(value) in NO_END else day(value, zone)


def degrees(value: Any, limit: int) -> float | None:
    """A latitude (`limit` 90) or longitude (180). None for an empty cell. Raises Unreadable."""
    words = unicodedata.normalize("NFKC", text(value)).rstrip("°度")
    if not words:
        return None
    try:
        number = float(words)
    except ValueError as error:
        raise Unreadable("不是数字，地图上不会显示。要写成 26.0745 这样。") from error
    if not -limit <= number <= limit:
        raise Unreadable(f"超出了 -{limit} 到 {limit}，地图上不会显示。请看经度和纬度是否填反。")
    return number


def address(value: Any) -> str:
    """A web address, or nothing for an empty cell. Raises Unreadable for what a browser should not open."""
    words = text(value)
    if words and not re.match(r"https?://[^\s/]", words, re.IGNORECASE):
        raise Unreadable("不是以 http:// 或 https:// 开头的网址，页面上不会有链接。")
    if re.search(r"\s", words):
        raise Unreadable("网址里有空格或换行，页面上不会有链接。")
    return words


def attachments(value: Any) -> list[dict[str, str]]:
    """[{"name", "url"}] from a list, or from its JSON in a text cell. Raises Unreadable."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError) as error:
            raise Unreadable('附件没有读懂，按原文保存。要写成 [{"name":"名称","url":"网址"}]。') from error
    if not isinstance(value, list) or not all(isinstance(one, dict) and one.get("url") for one in value):
        raise Unreadable('附件没有读懂，按原文保存。要写成 [{"name":"名称","url":"网址"}]。')
    return [{"name": text(one.get("name")) or text(one["url"]), "url": address(one["url"])} for one in value]


def _day_of_words(words: str, zone: ZoneInfo) -> date:
    try:
        instant = datetime.fromisoformat(words)
        if instant.tzinfo:
            return _plausible(instant.astimezone(zone).date())
    except (ValueError, OverflowError):
        pass  # the forms below are the more common ones
    found = DAY.fullmatch(words)
    if found is None:
        raise Unreadable("不是看得懂的日期，按没有日期处理。要写成 2019-05-10。")
    year, month, number = int(found[1]), int(found[2] or found[4]), int(found[3] or found[5])
    try:
        return _plausible(date(year, month, number))
    except ValueError as error:
        raise Unreadable("没有这一天，按没有日期处理。请核对年月日。") from error


def _plausible(found: date) -> date:
    if not 1900 <= found.year < 2200:
        raise Unreadable("年份不像真的，按没有日期处理。请核对年份。")
    return found
