"""The sentence of a notice that answers: it holds the date, sum, place or telephone that is asked for. Only quoted, never made.

A date in it that has passed is told too, so that nobody sets out for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from content.rules.language import plain_text

READ = 8000  # characters of a text that are looked through
LONGEST = 160  # characters of a sentence that is quoted; a longer one is cut at its pauses
LEAST = 2  # characters of the question that must stand in the sentence
NAMED = 1.5  # of these that it counts for if what is asked is called by its name
NEXT_YEAR = timedelta(days=60)  # a day without a year that lies so long before the notice is one of the year after


@dataclass(frozen=True)
class Aspect:
    """What may be asked of a notice. `asked`: how; `holds`: how an answer looks; `named`: what a notice calls it."""

    name: str
    asked: re.Pattern[str]
    holds: re.Pattern[str]
    named: re.Pattern[str]


def _aspect(name: str, asked: str, holds: str, named: str) -> Aspect:
    return Aspect(name, re.compile(asked), re.compile(holds), re.compile(named))


_DAY = r"\d{1,2}月\d{1,2}日|\d{1,2}月[上中下]旬|\d{1,2}月底"
_CLOCK = r"\d{1,2}[:时点]\d{0,2}"

# The first that is asked counts.
ASPECTS = (
    _aspect(
        "telephone", "电话|联系方式|怎么联系|号码|打哪个|咨询谁|找谁|热线",
        r"(?<!\d)(?:0\d{2,3}-?\d{7,8}|1[3-9]\d{9}|[2-8]\d{7}|1[02]\d{3}|96\d{3}|400-?\d{3}-?\d{4})(?!\d)", "电话|热线|联系|咨询",
    ),
    _aspect(
        "sum", "多少钱|多少元|几块|几百|几千|费用|收费|价格|贵不贵|要钱|要不要钱|花钱|补多少|补贴多少|能领多少|领多少|交多少|缴多少|赔多少|给多少|多少补|额度|标准是|"
        "租金多少|房租多少|一个月多少|一年多少|每月多少|多少一|多少$|几多钱",
        r"\d[\d.,]*\s?[万千百亿]?元|\d[\d.]*\s?%|百分之", "标准|金额|费用|缴费|补贴|补助|租金|元|额度|收费",
    ),
    _aspect(
        "duration", "多久|多长时间|几天|几个月|几年|几耐|等多长", r"\d+\s?个?工作日|\d+\s?[天日]内|\d+\s?个月|\d+\s?年",
        "时限|期限|工作日内|日内|最长|最短|不超过",
    ),
    _aspect(
        "date", "什么时候|啥时候|啥时|何时|几时|几号|几月|几点|哪天|哪一天|截止|到期|时间|日期|过期没|还能报|还能申|还能交|来得及",
        rf"{_DAY}|{_CLOCK}|每[周月]|\d{{4}}年\d{{1,2}}月|全年|即日起", "时间|日期|截止|截至|期限|期为",
    ),
    _aspect(
        "place", "在哪|哪里|哪儿|去哪|到哪|哪个窗口|什么地方|地址|地点|怎么走|哪办|边度|窗口",
        r"窗口|大厅|服务中心|[路街道巷]\d+号|大道\d*号?|\d+楼|[一二三四五六七八九]楼|地址|小程序|官网", "地址|地点|窗口|办理|受理|申请|提交|报名",
    ),
)  # fmt: skip

ASKS = re.compile("|".join(aspect.asked.pattern for aspect in ASPECTS))  # whether any of them is asked

_SENTENCE = re.compile(r"[^。;!?\n]+[。;!?]?")
_PAUSE = re.compile("[^,，、]+[,，、]?")
_DATE = re.compile(r"(?:((?:19|20)\d\d)年)?(\d{1,2})月(\d{1,2})日?(?:\s?[至到—–~-]+\s?(\d{1,2})日)?")
_UNTIL = re.compile("截止|截至|为止|止|前|至|到|—|–|-|~")


@dataclass(frozen=True)
class Sentence:
    """What is quoted. `passed`: the last day in it, if a term in it has ended."""

    text: str
    passed: date | None = None


def asked(question: str) -> list[Aspect]:
    """What is asked of a notice, by a folded question; mostly one thing or none."""
    return [aspect for aspect in ASPECTS if aspect.asked.search(question)]


def find(
    body: str,
    wanted: Sequence[Aspect],
    terms: Sequence[str],
    *,
    is_about: bool,
    published_on: date | None,
    today: date,
) -> Sentence | None:
    """The sentence with what is wanted that shares most with the question's `terms`; None if there is none.

    `terms` are those that the title does not say; `is_about`: the title says so much of the question that what it asks
    for by name is enough.
    """
    best, most = "", 0.0
    for aspect in wanted:
        for found in _SENTENCE.finditer(body[:READ]):
            sentence = found[0].strip()
            folded = plain_text.fold(sentence)
            if not aspect.holds.search(folded):
                continue
            shared = sum(len(term) for term in terms if term in folded)
            worth = shared + (NAMED if aspect.named.search(folded) else 0.0)
            if worth > most and (shared >= LEAST or (is_about and worth >= NAMED)):
                best, most = sentence, worth
        if best:
            quoted = _short(best, aspect, terms)
            return Sentence(quoted, _passed(plain_text.fold(quoted), published_on, today))
    return None


def _short(sentence: str, aspect: Aspect, terms: Sequence[str]) -> str:
    """The sentence, or the parts of a long one around what is asked."""
    if len(sentence) <= LONGEST:
        return sentence
    parts = _PAUSE.findall(sentence)
    worth = [
        (2 if aspect.holds.search(folded := plain_text.fold(part)) else 0) + sum(term in folded for term in terms)
        for part in parts
    ]
    first = last = worth.index(max(worth))
    size = len(parts[first])
    while True:
        ahead = len(parts[first - 1]) if first else LONGEST
        after = len(parts[last + 1]) if last + 1 < len(parts) else LONGEST
        if size + min(ahead, after) > LONGEST:
            break
        if after <= ahead:
            last += 1
        else:
            first -= 1
        size = sum(len(part) for part in parts[first : last + 1])
    said = "".join(parts[first : last + 1])[:LONGEST].strip(",，、 ")
    return f"{'…' if first else ''}{said}{'…' if last + 1 < len(parts) else ''}"


def _passed(folded: str, published_on: date | None, today: date) -> date | None:
    """The last day that is named, if a term ends there and it is over."""
    days = [day for found in _DATE.finditer(folded) if (day := _day(found, published_on))]
    if not days or not _UNTIL.search(folded):
        return None
    return max(days) if max(days) < today else None


def _day(found: re.Match[str], published_on: date | None) -> date | None:
    year = int(found[1]) if found[1] else published_on.year if published_on else 0
    try:
        day = date(year, int(found[2]), int(found[4] or found[3]))
    except ValueError:
        return None
    if not found[1] and published_on and day < published_on - NEXT_YEAR:
        day = date(year + 1, day.month, min(day.day, 28))
    return day
