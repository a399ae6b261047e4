"""Figures of a question, held against the spans of a sentence: 62岁 is within 年满60周岁不满65周岁, and 七点半 within 7:00至8:30."""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.rules.language import numerals

WITHIN, WITHOUT = 2.5, -3.0  # what it counts for a sentence that its span holds the figure; … or does not
ENDLESS = 10**6
MINUTES = 60
NOON = 12

_FIGURE = re.compile(
    r"(?<![\d.:])(\d{1,5}|[一二两三四五六七八九十]{1,3})\s?周?(岁|吨|度|平|个人|人)(?:多|半)?(以上|以下|以内)?"
)
_CLOCK = re.compile(
    r"(早上|上午|早晨|清早|中午|下午|晚上|傍晚|夜里)?(\d{1,2}|[一二两三四五六七八九十]{1,3})(?:点|[:：])(半|一刻|\d{1,2})?"
)
NAMED = re.compile(
    f"{_FIGURE.pattern}|{_CLOCK.pattern}"
)  # a look at a question, before each sentence is held against it
_CLOCKS = re.compile(r"(\d{1,2})[:：](\d{2})\s?(?:至|—|–|-|~|到)\s?(\d{1,2})[:：](\d{2})")
_BOTH = r"(\d+)\s?(?:周岁|岁|吨|度|平方米|平米|㎡|℃)?\s?(?:至|-|—|–|~|到|以上[^,，。;]{0,2}|[(（]含[^)）]{0,4}[)）]?[^,，。;]{0,2})?(?:不满|未满|至|-|—|–|~|到)\s?(\d+)\s?"
_UNITS = {
    "岁": "周?岁",
    "吨": "吨",
    "度": "(?:度|℃)",
    "平": "(?:平方米|平米|㎡|平)",
    "人": "(?:人|名)",
    "个人": "(?:人|名)",
}
_LATE = ("下午", "晚上", "傍晚", "夜里")


def worth(question: str, folded: str) -> float:
    """What it counts for a folded sentence that it holds the figures of a folded question, or speaks of others."""
    return _of_figures(question, folded) + _of_the_clock(question, folded)


def _of_figures(question: str, folded: str) -> float:
    found = _FIGURE.search(question)
    if found is None:
        return 0.0
    number = int(found[1]) if found[1].isdigit() else numerals.small(found[1])
    if number is None or number == 1:  # 一个人 is everybody
        return 0.0
    spans = list(_spans(folded, _UNITS[found[2]]))
    if not spans:
        return 0.0
    return WITHIN if any(low <= number <= high for low, high in spans) else WITHOUT


def _spans(folded: str, unit: str) -> Iterator[tuple[int, int]]:
    """The spans of a unit that a sentence names, without their ends where they have none."""
    rest = folded
    for found in re.finditer(f"{_BOTH}{unit}", folded):
        below = "满" in found[0].rsplit(found[2], 1)[0][len(found[1]) :]
        yield int(found[1]), int(found[2]) - below
        rest = rest.replace(found[0], " ")
    for found in re.finditer(
        rf"(不?未?超过|不足|不满|未满|不低于|不高于|年满|满)?\s?(\d+)\s?{unit}(以上|及以上|以下|以内|的)?", rest
    ):
        before, number, behind = found[1] or "", int(found[2]), found[3] or ""
        if behind in ("以上", "及以上") or before in ("年满", "满", "不低于", "超过"):
            yield number, ENDLESS
        elif behind in ("以下", "以内") or before in ("不超过", "不足", "不满", "未满", "不高于", "未超过"):
            yield 0, number - (before in ("不足", "不满", "未满"))
        else:
            yield number, number


def _of_the_clock(question: str, folded: str) -> float:
    found = _CLOCK.search(question)
    hour = numerals.small(found[2]) if found else None
    if found is None or hour is None:
        return 0.0
    spans = [[int(part) for part in span.groups()] for span in _CLOCKS.finditer(folded)]
    late = found[1] in _LATE and hour < NOON
    past = {"半": 30, "一刻": 15}.get(found[3] or "", int(found[3]) if (found[3] or "").isdigit() else 0)
    asked = (hour + NOON * late) * MINUTES + past
    is_within = any(a * MINUTES + b <= asked <= c * MINUTES + d for a, b, c, d in spans)
    return WITHIN if is_within else 0.0
