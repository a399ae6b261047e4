"""Numbers in Chinese characters as the formats [DBNum1], [DBNum2] and [DBNum3] write them."""

from __future__ import annotations

import re

DIGITS = {"1": "〇一二三四五六七八九", "2": "零壹贰叁肆伍陆柒捌玖", "3": "０１２３４５６７８９"}
UNITS = {"1": ("", "十", "百", "千"), "2": ("", "拾", "佰", "仟"), "3": ("", "十", "百", "千")}
MYRIADS = ("", "万", "亿", "万亿")
LONGEST = 16  # digits before the point that can be spelled


def one_by_one(digits: str, kind: str) -> str:
    """Each digit by itself: 2026 → 二〇二六."""
    return digits.translate(str.maketrans("0123456789", DIGITS[kind]))


def spelled(number: str, kind: str) -> str:
    """A number as it is said: 123 → 一百二十三, 10.5 → 一十.五. Digits stand where it is too long."""
    whole, point, rest = number.partition(".")
    if not whole.isdecimal() or len(whole) > LONGEST:
        return number
    zero, parts = DIGITS[kind][0], ""
    groups = [int(whole[::-1][at : at + 4][::-1]) for at in range(0, len(whole), 4)]
    for place in range(len(groups) - 1, -1, -1):
        if groups[place]:
            gap = zero if parts and groups[place] < 1000 else ""
            parts += gap + _group(groups[place], kind) + MYRIADS[place]
        elif parts and not parts.endswith(zero) and any(groups[:place]):
            parts += zero
    return (parts.replace(zero * 2, zero) or zero) + point + one_by_one(rest, kind)


def of_a_day(number: int, kind: str) -> str:
    """A month or a day: 十一, 二十, not 一十一."""
    said = spelled(str(number), kind)
    return said[1:] if kind != "2" and 10 <= number < 20 else said


def _group(number: int, kind: str) -> str:
    zero, text = DIGITS[kind][0], ""
    for digit, unit in zip(f"{number:04}", reversed(UNITS[kind]), strict=True):
        text += zero if digit == "0" else one_by_one(digit, kind) + unit
    return re.sub(f"{zero}+", zero, text).strip(zero)
