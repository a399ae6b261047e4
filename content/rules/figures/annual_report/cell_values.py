"""What is printed in a cell, read as a figure: 0, blank, “/”, “减4”, “22（其中修订16件）” and “251000元” are kept apart."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

Cell = int | float | str | None  # as printed: a number, text, or nothing

MINUS = dict.fromkeys(map(ord, "−–"), "-")
LONGEST = 400  # characters of a cell that are looked at
UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
NONE = frozenset({"", "/", "\\", "-", "--", "—", "——", "无", "*"})
AMOUNT = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,8})?"
NUMBER = re.compile(rf"([+-]?)({AMOUNT})")
CHANGED = re.compile(rf"(减少|减|下降|↓|增加|增|新增|上升|↑)({AMOUNT})")
UNIT = re.compile(rf"([+-]?)({AMOUNT})(件|条|个|项|宗|次|份|起|万元|亿元|元)")
REMARKED = re.compile(rf"([+-]?)({AMOUNT})(?:件|条|个|项|宗|次|份|起|万元|亿元|元)?[(\[【](.+)[)\]】]")
FALLING = frozenset({"减少", "减", "下降", "↓"})


class Kind(Enum):
    """How a cell is filled in."""

    BLANK = "blank"
    NONE = "none"  # “/”, “—”, 无
    NUMBER = "number"
    CHANGE = "change"  # 减4, 增加3
    UNIT = "unit"  # 251000元
    REMARK = "remark"  # 22（其中修订16件）
    TEXT = "text"  # cannot be read as a figure


@dataclass(frozen=True)
class Reading:
    """A cell as a figure; `value` is None where there is none. `unit` is a printed unit, empty for none."""

    kind: Kind
    value: int | float | None = None
    unit: str = ""


@functools.lru_cache(maxsize=4096)
def read(cell: Cell) -> Reading:
    """The figure in a cell."""
    if cell is None:
        return Reading(Kind.BLANK)
    if not isinstance(cell, str):
        return Reading(Kind.NUMBER, _whole(cell))
    text = squeezed(cell[:LONGEST])
    if text in NONE:
        return Reading(Kind.NONE if text else Kind.BLANK)
    if found := NUMBER.fullmatch(text):
        return Reading(Kind.NUMBER, _number(found[1], found[2]))
    if found := CHANGED.fullmatch(text):
        return Reading(Kind.CHANGE, _number("-" if found[1] in FALLING else "", found[2]))
    if found := UNIT.fullmatch(text):
        return Reading(Kind.UNIT, _number(found[1], found[2]), found[3])
    if len(cell) <= LONGEST and (found := REMARKED.fullmatch(text)):
        return Reading(Kind.REMARK, _number(found[1], found[2]))
    return Reading(Kind.TEXT)


def printed(text: str) -> Cell:
    """A cell of a document as it is kept: a plain number as a number, nothing as None, all else as its text."""
    reading = read(text)
    if reading.kind is Kind.BLANK:
        return None
    return reading.value if reading.kind is Kind.NUMBER else "".join(text.translate(UNSEEN).split())


def looks_filled(text: str) -> bool:
    """Whether a text is what people write into a cell for figures, and no label."""
    return read(text).kind not in (Kind.BLANK, Kind.TEXT)


def squeezed(text: str) -> str:
    """A text without blanks, its full-width figures and signs made plain."""
    return "".join(unicodedata.normalize("NFKC", text).translate(MINUS | UNSEEN).split())


def _number(sign: str, amount: str) -> int | float:
    plain = amount.replace(",", "")
    value = _whole(float(plain)) if "." in plain else int(plain)
    return -value if sign == "-" else value


def _whole(value: int | float) -> int | float:
    return int(value) if isinstance(value, float) and value.is_integer() else value
