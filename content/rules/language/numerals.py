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

_THOUSANDS = re.compile(r"([一二两三四五六七八九])千([一二三四五六七八九])?百?(?=$|[\s以元块左上到至~/的多起\-])")
_MYRIADS = re.compile(r"([一二两三四五六七八九])万([一二三四五六七八九])?千?(?=$|[\s以元块左到至~/的多起\-])")


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
    """The text with sums of money in figures: 八千五以上 → 8500以上, 一万二 → 12000."""
    text = _MYRIADS.sub(lambda found: str(_sum(found, 10_000, 1_000)), text)
    return _THOUSANDS.sub(lambda found: str(_sum(found, 1_000, 100)), text)


def _sum(found: re.Match[str], whole: int, part: int) -> int:
    return DIGITS[found[1]] * whole + (DIGITS[found[2]] * part if found[2] else 0)
