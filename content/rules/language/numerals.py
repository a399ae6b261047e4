"""Numbers as people write them in Chinese: 十二, 二〇二五, 八千五, 一万二."""

from __future__ import annotations

import re

DIGITS = {
    "〇": 0,
    "零": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
HAN = "".join(DIGITS) + "十"

_SIGN = "[一二两三四五六七八九]"
_NO_MORE = "(?!一(?!个|天|月|年|小时)|[二两三四五六七八九十百千万零〇])"
_TENS_OF_MYRIADS = re.compile(rf"({_SIGN}?)十({_SIGN}?)万(?=$|[^一二两三四五六七八九十百千零〇])")
_MYRIADS = re.compile(rf"({_SIGN})万({_SIGN})?千?{_NO_MORE}")
_THOUSANDS = re.compile(rf"({_SIGN})千({_SIGN})?百?{_NO_MORE}")
_HUNDREDS = re.compile(rf"({_SIGN})百({_SIGN}(?!天|个))?十?(?=多?[元块]|多?[/每一][天日]|以上|左右|到|至|-|~|$)")
_MIXED = re.compile("(?<![0-9.])([0-9]{1,3})([万w千k])([1-9])(?![0-9.万w千k%年月个人名位a-z])")  # 1万5, 8千5, 1w2
_WHOLE = {"万": 10_000, "w": 10_000, "千": 1_000, "k": 1_000}


def small(text: str) -> int | None:
    """A number below one hundred, in figures or characters: 12, 十二, 二十; None for anything else."""
    if text.isascii() and text.isdigit():
        return int(text)
    if text and set(text) <= {*DIGITS, "十"}:
        tens, ten, ones = text.partition("十")
        if not ten:
            return DIGITS[text] if len(text) == 1 else None
        if len(tens) < 2 and len(ones) < 2 and ones != "十":
            return 10 * (DIGITS[tens] if tens else 1) + (DIGITS[ones] if ones else 0)
    return None


def year(text: str) -> int | None:
    """A year of four figures or characters: 2025, 二〇二五; None for anything else."""
    figures = "".join(str(DIGITS[sign]) if sign in DIGITS else sign for sign in text)
    plain = len(figures) == 4 and figures.isascii() and figures.isdigit()
    return int(figures) if plain and figures[:2] in ("19", "20") else None


def in_figures(text: str) -> str:
    """The text with sums of money in figures: 八千五以上 → 8500以上, 一万二 → 12000, 1万5 → 15000, 二十万 → 200000."""
    text = _MIXED.sub(
        lambda found: str(int(found[1]) * (whole := _WHOLE[found[2]]) + int(found[3]) * whole // 10), text
    )
    text = _TENS_OF_MYRIADS.sub(lambda found: f"{DIGITS.get(found[1], 1) * 10 + DIGITS.get(found[2], 0)}万", text)
    text = _MYRIADS.sub(lambda found: str(_sum(found, 10_000, 1_000)), text)
    text = _THOUSANDS.sub(lambda found: str(_sum(found, 1_000, 100)), text)
    return _HUNDREDS.sub(lambda found: str(_sum(found, 100, 10)), text)


def _sum(found: re.Match[str], whole: int, part: int) -> int:
    return DIGITS[found[1]] * whole + (DIGITS[found[2]] * part if found[2] else 0)
