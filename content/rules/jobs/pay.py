"""The pay that a citizen asks for, in yuan a month: 8千以上, 月薪6000-8000, 电工5000, 日结200."""

from __future__ import annotations

import re
from dataclasses import dataclass

from content.rules.jobs.posting_figures import HOURS, PAID_DAYS, UNITS
from content.rules.language import numerals

LEAST, MOST = 300, 300_000  # yuan a month; nobody asks for other sums
A_YEARS = 80_000  # a sum from here on that does not say of what time is a year's
ABOUT = 0.1  # 5000左右: 4500 to 5500

_TIMES = {"月": 1.0, "年": 1 / 12, "天": PAID_DAYS, "日": PAID_DAYS, "时": HOURS * PAID_DAYS}
_CUE = "月薪|年薪|日薪|时薪|日结|工资|薪资|薪水|薪酬|底薪|保底|收入|待遇"
_MORE = "不低于|不少于|至少|最低|最少|大于|高于|超过|≥|>=?"
_LESS = "不高于|不超过|最多|最高|小于|低于|≤|<=?"
_FIRST, _SECOND = (
    rf"(?<![\d.a-z])(?P<{number}>\d{{1,7}}(?:\.\d{{1,3}})?)\s?(?P<{unit}>[万千wk]?)"
    for number, unit in (("first", "unit"), ("second", "unit2"))
)
_SUM = re.compile(
    rf"(?P<cue>{_CUE})?(?:要|在|是|有|约|大概|能|给|开)*(?P<bound>{_MORE}|{_LESS})?\s?"
    rf"{_FIRST}\s?(?P<yuan>元|块钱?|rmb)?(?:\s?[-–—~至到]+\s?{_SECOND})?\s?(?P<yuan2>元|块钱?|rmb)?"
    r"(?:\s?(?:/|每|一)?\s?(?:个|小)?(?P<time>月|年|天|日|时)(?!以?[前后内]|[经工验龄]))?"
    r"(?P<side>及?以上|起|\+|以下|以内|左右|上下)?(?P<cue2>\s?的?(?:月薪|工资|薪资|薪水|收入|待遇))?"
)
_OVER_TEN_THOUSAND = re.compile(rf"(?<={_CUE})(?:能|可|可以|要|都)?[过上破]万(?!\w*人)")
_NOT_PAY = re.compile(r"\s?(?:人|名|位|个|平|米|公里|吨|号|户|家|岁|次|年|分|级|届|条|%|期|路|楼|栋|点|热线|[-./]?\d)")


@dataclass(frozen=True)
class Pay:
    """Yuan a month, from `least` to `most` (None: no end)."""

    least: int
    most: int | None = None

    def meets(self, low: int | None, high: int | None) -> bool:
        """Whether some of what a posting pays lies within it; what says nothing of pay does not."""
        if low is None or high is None:
            return False
        return (high > self.least or low >= self.least) and (self.most is None or low <= self.most)


def asked(text: str) -> tuple[Pay | None, str]:
    """What a folded question asks for, and the question without it.

    A sum counts that says it is one (元, 千, 月薪, 以上) or has four or five figures; 2025 and 35岁 do not.
    """
    figured = _OVER_TEN_THOUSAND.sub("10000以上", numerals.in_figures(text))
    for found in _SUM.finditer(figured):
        pay = _pay(found) if _is_meant(found, figured) else None
        if pay:
            return pay, " ".join(f"{figured[: found.start()]} {figured[found.end() :]}".split())
    return None, text


def _is_meant(found: re.Match[str], text: str) -> bool:
    if any(found[name] for name in ("unit", "unit2", "yuan", "yuan2", "cue", "cue2")):
        return True
    if found["time"] or _NOT_PAY.match(text, found.end()):
        return False
    first = found["first"]
    if found["side"] or found["bound"] or found["second"]:
        return float(first) >= 1000
    return first.isdigit() and len(first) in (4, 5) and not 1950 <= int(first) <= 2050


def _pay(found: re.Match[str]) -> Pay | None:
    low, high = _sums(found)
    cue = (found["cue"] or "")[0:1]
    time = found["time"] or (cue if cue in _TIMES else "年" if max(low, high or 0) >= A_YEARS else "月")
    least = round(low * _TIMES[time])
    most = None if high is None else round(high * _TIMES[time])
    if not LEAST <= least <= MOST or (most is not None and not least <= most <= MOST):
        return None
    return Pay(least, most) if most is not None else _bounded(found, least)


def _sums(found: re.Match[str]) -> tuple[float, float | None]:
    """The one or two sums in yuan; 6-8千 shares its unit, 8千-12000 does not."""
    first, second = float(found["first"]), found["second"]
    unit2 = found["unit2"] or ("" if float(second or 0) >= 500 else found["unit"])
    unit = found["unit"] or ("" if first >= 500 else unit2)
    high = float(second) * UNITS.get(unit2, 1.0) if second else None
    return first * UNITS.get(unit, 1.0), high


def _bounded(found: re.Match[str], sum_: int) -> Pay:
    """A single sum is the least that is wanted, unless it says otherwise."""
    side, bound = found["side"] or "", found["bound"] or ""
    if side in ("以下", "以内") or re.fullmatch(_LESS, bound):
        return Pay(0, sum_)
    if side in ("左右", "上下"):
        return Pay(round(sum_ * (1 - ABOUT)), round(sum_ * (1 + ABOUT)))
    return Pay(sum_)
