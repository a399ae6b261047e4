"""Instants as feeds write them: RFC 822 with its slips, Java's date, seconds since 1970, Chinese names of months.

CST is China's time here (+08:00), whatever RFC 822 says of it: Java writes it for Asia/Shanghai.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

CHINA = "+0800"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
CHINESE = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
EPOCH = re.compile(r"(\d{9,10})(\d{3})?(?:\.\d+)?")

_WEEKDAY = re.compile(r"^(?:[A-Za-z]{3,9}|(?:星期|周|礼拜)[一二三四五六日天])\.?,?\s+")
_MONTH = re.compile(r"(?<!\d)(十[一二]?|[一二三四五六七八九]|1[0-2]|0?[1-9])\s*月(?=\s)")
_JAVA = re.compile(
    r"([A-Za-z]{3})\w*\s+(\d{1,2})\s+(\d{1,2}:\d{2}(?::\d{2})?)\s+([A-Za-z]{2,5}(?:[+-]\d{1,2}:?\d{2})?|[+-]\d{4})?\s*(\d{4})"
)
_RFC = re.compile(r"\d{1,2}[\s-]+[A-Za-z]{3}")
_ZONE = re.compile(
    r"\b(?:CST|PRC|BJT|(?:GMT|UTC)\s*\+\s*0?8(?::?00)?|China Standard Time)\b|(?<=\s)\+08:00$", re.IGNORECASE
)
# Zones of which RFC 822 does not know the names. IST and such are left out: several countries use them.
ZONES = {
    "MEZ": 1, "MET": 1, "CET": 1, "WEST": 1, "MESZ": 2, "MEST": 2, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "WIB": 7,
    "HKT": 8, "SGT": 8, "AWST": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "WET": 0,
}  # fmt: skip
KNOWN = frozenset({"UT", "UTC", "GMT", "Z", "EST", "EDT", "CDT", "MST", "MDT", "PST", "PDT", "AST", "ADT", "AM", "PM"})
_NAMED = re.compile(rf"\b(?:{'|'.join(ZONES)})\b")
_LAST = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?\s*([A-Za-z]{1,5})(?=$|\s+\d{4}$)")
_LONG = re.compile(r"(?<=\s)([A-Z][a-z]{2})[a-z]+(?=\s)")


def read(value: Any) -> Any:
    """An instant for what feeds alone write; all other text is left to the reader of days."""
    text = " ".join(unicodedata.normalize("NFKC", str(value or "")).split())
    if found := EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(found[1]), UTC)
    bare = _MONTH.sub(lambda month: f" {_english(month[1])} ", _WEEKDAY.sub("", text))
    bare = _NAMED.sub(lambda zone: f"+{ZONES[zone[0]]:02}00", bare)
    bare = _LONG.sub(r"\1", " ".join(_ZONE.sub(CHINA, bare).split()))
    if found := _JAVA.fullmatch(bare):
        month, day, clock, zone, year = found.groups()
        bare = f"{day} {month} {year} {clock} {zone or CHINA}"
    try:
        return parsedate_to_datetime(bare) if _RFC.match(bare) else text
    except ValueError:
        return text


def unknown_zone(value: Any) -> str:
    """The name of the zone of an instant if it is not known; else nothing."""
    found = _LAST.search(" ".join(str(value or "").split()))
    name = found[1].upper() if found else ""
    return "" if name in KNOWN or name in ZONES or _ZONE.fullmatch(name) else name


def _english(month: str) -> str:
    number = CHINESE.index(month) if month in CHINESE else int(month) - 1
    return MONTHS[number]
