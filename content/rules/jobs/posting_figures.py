"""Postings as numbers: what a month pays in yuan, and which schooling is asked for, out of the words of employers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from content.rules.language import plain_text

EDITION = 1  # of the readings below; rows of an older one are read anew
PAID_DAYS = 21.75  # a month's: 人社部发〔2025〕2号 and its predecessors
SURELY_YUAN = 500  # 8000-1.2万: what is so large has no unit to share
HOURS = 8  # a day's: 劳动法 art. 36
LIKELY = (300, 3_000_000)  # yuan a month; anything else was misread

UNITS = {"万": 10_000.0, "w": 10_000.0, "千": 1000.0, "k": 1000.0}
PERIODS = (
    (re.compile("年薪|每年|/年|元年|万年|一年"), 1 / 12),
    (re.compile("时薪|[/元每]一?小时|[/元每]时|/h"), HOURS * PAID_DAYS),
    (re.compile("日薪|日结|/日|/天|每天|每日|一天|元天"), PAID_DAYS),
    (re.compile("周薪|/周|每周"), 52 / 12),
)
NUMBER = r"(\d{1,8}(?:\.\d{1,4})?)\s*(万|千|w|k)?"
RANGE = re.compile(rf"{NUMBER}\s*元?\s*(?:-|~|至|到)+\s*{NUMBER}")
SINGLE = re.compile(NUMBER)
NOT_PAY = re.compile(
    r"(?:每天|每日)?\d{1,2}\s*(?:薪|险|金(?!额)|点|号|休|班|小时|个月|年(?!薪))|[·*x]\s*\d{1,2}\s*薪?|\([^)]*\)"
)
DASHES = str.maketrans(dict.fromkeys("—–−―‐‑－〜～∼", "-"))


class RequiredDegree(IntEnum):
    """What an employer asks for at least; who has more may apply too."""

    ANY = 0
    MIDDLE = 1
    SECONDARY = 2
    COLLEGE = 3
    BACHELOR = 4
    MASTER = 5
    DOCTOR = 6


SCHOOLING_WORDS = {
    RequiredDegree.MIDDLE: "初中及以下",
    RequiredDegree.SECONDARY: "高中、中专",
    RequiredDegree.COLLEGE: "大专",
    RequiredDegree.BACHELOR: "本科",
    RequiredDegree.MASTER: "硕士",
    RequiredDegree.DOCTOR: "博士",
}
SPELLINGS = (
    (RequiredDegree.DOCTOR, re.compile("博士")),
    (RequiredDegree.MASTER, re.compile("硕士|研究生|mba|emba")),
    (RequiredDegree.BACHELOR, re.compile("本科|学士|大学(?!专)(?!生)|全日制统招|统招(?!大专|专科)")),
    (RequiredDegree.COLLEGE, re.compile("大专|专科|高职|高技|高级技工|大学专科")),
    (RequiredDegree.SECONDARY, re.compile("高中|中专|中技|技校|职高|职中|中职")),
    (RequiredDegree.MIDDLE, re.compile("初中|小学|文盲|九年义务")),
)
WORDS = ("title", "employer", "area", "address", "description", "benefits")
PLACE = ("area", "address")
SELF_EVIDENT = re.compile("(?:招聘|招工|招人|找工作|工作|岗位|职位)+$")  # on a page of jobs
NO_MATTER = re.compile("不限|无要求|不要求|没有要求|无学历|均可|不作要求|不做要求")


@dataclass(frozen=True)
class Wanted:
    """What a citizen looks for; what is empty or None matters not. `pay` is yuan a month."""

    words: str = ""
    place: str = ""
    pay: int | None = None
    schooling: RequiredDegree | None = None
    employer: str = ""

    @property
    def terms(self) -> list[str]:
        """The words that a posting must hold, each of them."""
        return [term for word in plain_text.normalise(self.words).split() if (term := SELF_EVIDENT.sub("", word))]


def reading(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What the store keeps of a posting's row for `Wanted` to be held against."""
    amount = pay(_text(fields, "salary"))
    asked = schooling(_text(fields, "degree"))
    if asked is None:
        asked = schooling(_text(fields, "experience"))  # sheets with a cell left out are shifted by one
    return {
        "pay_low": amount[0] if amount else None,
        "pay_high": amount[1] if amount else None,
        "schooling": None if asked is None else int(asked),
        "place": "\n".join(plain_text.normalise(_text(fields, name)) for name in PLACE),
        "words": "\n".join(plain_text.normalise(_text(fields, name)) for name in WORDS),
        "edition": EDITION,
    }


def pay(text: str) -> tuple[int, int] | None:
    """Least and most yuan a month: 0.8-1.5万/月 → (8000, 15000), 200元/天 → (4350, 4350); None if it can't be told."""
    read = NOT_PAY.sub(" ", plain_text.normalise(text).translate(DASHES).replace(",", ""))
    numbers = _numbers(read)
    if numbers is None:
        return None
    factor = next((times for spelling, times in PERIODS if spelling.search(read)), 1.0)
    low, high = sorted(round(number * factor) for number in numbers)
    if re.search("以下|以内|不超过", read) and low == high:
        low = 0
    return (low, high) if LIKELY[0] <= high <= LIKELY[1] else None


def schooling(text: str) -> RequiredDegree | None:
    """The least schooling that is named: 大专及以上 → COLLEGE, 高中或大专 → SECONDARY; None if none is."""
    folded = plain_text.normalise(text)
    named = [rank for rank, spelling in SPELLINGS if spelling.search(folded)]
    if named:
        return min(named)
    return RequiredDegree.ANY if NO_MATTER.search(folded) else None


def _text(fields: Mapping[str, Any], name: str) -> str:
    return str(fields.get(name) or "")


def _numbers(text: str) -> tuple[float, float] | None:
    found = RANGE.search(text)
    if found:
        low, low_unit, high, high_unit = found.groups()
        return _amount(low, low_unit or _shared(low, high_unit)), _amount(high, high_unit or _shared(high, low_unit))
    single = SINGLE.search(text)
    if single is None:
        return None
    amount = _amount(*single.groups())
    return amount, amount


def _shared(number: str, unit: str | None) -> str | None:
    return unit if float(number) < SURELY_YUAN else None


def _amount(number: str, unit: str | None) -> float:
    return float(number) * UNITS.get(unit or "", 1.0)
