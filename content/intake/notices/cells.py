"""Single cells as people fill them: text, days, coordinates, addresses, attachments."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from content.intake.notices import days, number_formats
from content.intake.notices.shown_values import LinkedText, ShownDay, ShownNumber
from content.rules.language import plain_text

EXCEL_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
NO_END = frozenset({"长期", "长期有效", "招满为止", "不限", "无", "永久", "长期招聘"})
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
MOST_EXCEL_DIGITS = 15  # digits of a number that Excel keeps; the rest it has turned into zeros


class Unreadable(ValueError):
    """A cell does not hold what its column asks for; the message says what it should look like."""


def text(value: Any) -> str:
    """Any cell as text: 12.0 → 12, a date → 2019-05-10, lists and objects → JSON, #N/A → nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return "" if value.strip() in EXCEL_ERRORS else plain_text.clean(value).replace("\r\n", "\n").strip()
    if isinstance(value, ShownNumber | ShownDay):
        return plain_text.clean(value.shown).strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    if isinstance(value, float):
        return f"{value:.{MOST_EXCEL_DIGITS}g}" if 1e-4 <= abs(value) < 1e15 else str(value)
    if isinstance(value, datetime):
        return str(value.date()) if value.time() == time.min else value.isoformat(" ", "seconds")
    if isinstance(value, list | dict):
        return plain_text.clean(json.dumps(value, ensure_ascii=False))
    return plain_text.clean(str(value))


def lost_digits(value: Any) -> bool:
    """Whether a number is too long for Excel to have kept all of its digits."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 10**MOST_EXCEL_DIGITS


def is_error(value: Any) -> bool:
    """Whether a formula left one of its errors (#REF!) instead of a result."""
    return isinstance(value, str) and value.strip() in EXCEL_ERRORS


def is_short(value: Any) -> bool:
    """Whether a long number came as 1.23E+17: its last digits are gone."""
    return isinstance(value, str) and number_formats.is_short(value)


def day(value: Any, zone: ZoneInfo) -> date | None:
    """A day in any of its usual spellings (see `days`), an instant, or Excel's number of days.

    None for an empty cell. Raises Unreadable.
    """
    return _unless_unreadable(lambda: days.read(_shown(value), zone))


def last_day(value: Any, zone: ZoneInfo, *, begins: date | None = None) -> date | None:
    """The day until which something holds; None for an empty cell and for words such as 长期. Raises Unreadable.

    A day without a year is the first such day from `begins` on.
    """
    if text(value) in NO_END:
        return None
    return _unless_unreadable(lambda: days.read_last(_shown(value), zone, begins=begins))


def _shown(value: Any) -> Any:
    return text(value) if isinstance(value, str | list | dict | bool) or value is None else value


def _unless_unreadable(read: Callable[[], date | None]) -> date | None:
    try:
        return read()
    except days.UnreadableDay as error:
        raise Unreadable(str(error)) from error


def degrees(value: Any, limit: int) -> float | None:
    """A latitude (`limit` 90) or longitude (180). None for an empty cell. Raises Unreadable."""
    stored = str(float(value)) if isinstance(value, ShownNumber) else text(value)  # a place is not rounded
    words = unicodedata.normalize("NFKC", stored).rstrip("°度")
    if not words:
        return None
    try:
        number = float(words)
    except ValueError as error:
        raise Unreadable("不是数字，地图上不会显示。要写成 26.0745 这样。") from error
    if not -limit <= number <= limit:
        raise Unreadable(f"超出了 -{limit} 到 {limit}，地图上不会显示。请看经度和纬度是否填反。")
    return number


def is_address(words: str) -> bool:
    """Whether words are an address that a browser opens."""
    return bool(_WEB.match(words))


def address(value: Any) -> str:
    """A web address, or nothing for an empty cell. Raises Unreadable for what a browser should not open."""
    words = text(value)
    if isinstance(value, LinkedText) and not is_address(words):
        words = value.address
    if words and not is_address(words):
        raise Unreadable("不是以 http:// 或 https:// 开头的网址，页面上不会有链接。")
    if re.search(r"\s", words):
        raise Unreadable("网址里有空格或换行，页面上不会有链接。")
    return words


def attachments(value: Any) -> list[dict[str, str]]:
    """[{"name", "url"}] from a list, from its JSON in a text cell, or from a cell that leads to one. Raises Unreadable."""
    if isinstance(value, LinkedText):
        return [{"name": text(value), "url": address(value)}]
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError) as error:
            raise Unreadable('附件没有读懂，按原文保存。要写成 [{"name":"名称","url":"网址"}]。') from error
    if not isinstance(value, list) or not all(isinstance(one, dict) and one.get("url") for one in value):
        raise Unreadable('附件没有读懂，按原文保存。要写成 [{"name":"名称","url":"网址"}]。')
    return [{"name": text(one.get("name")) or text(one["url"]), "url": address(one["url"])} for one in value]
