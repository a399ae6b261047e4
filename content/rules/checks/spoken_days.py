"""Days in words that do not fit: a date with the weekday of another one, and 明天 or 下周一 in a title that goes out on another day.

A reader takes 明天 from the day on which the post comes out. Where the text names its days, one of them should be that day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from content.rules.checks.finding import BODY, DIGEST, TITLE, CheckFinding, Passage, Rule, Severity
from content.rules.spoken_times import WEEKDAYS, day_words

_WHY = "日子写错了，群众会白跑一趟，或者错过。"
WEEKDAY = Rule("day.weekday", Severity.QUERY, "日期和星期对不上", _WHY, "对照日历，改日期或者改星期。")
NO_DAY = Rule("day.none", Severity.ERROR, "没有这一天", _WHY, "对照日历，改成有的日子。")
TITLE_DAY = Rule("day.title", Severity.QUERY, "标题里的日子和发布的日子对不上", _WHY,
                 "标题里最好写几月几日；或者改发布的时间。")  # fmt: skip
_DATE = re.compile(
    r"(?:(?P<year>20\d\d)\s*年\s*)?(?<!\d)(?P<month>1[0-2]|0?[1-9])\s*月\s*(?P<day>3[01]|[12]\d|0?[1-9])\s*[日号]"
)
_ITS_WEEKDAY = re.compile(r"\s*[（(,，、]?\s*(?:本|这|下)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])")
_SPAN = re.compile(r"\s*(?:[（(][^（）()]{1,6}[）)])?\s*[—–\-~～至到]{1,2}\s*")
_RELATIVE = re.compile(
    r"(?P<near>大后天|后天|明天|明日|明早|明晚|今天|今日|今早|今晚|昨天|昨日)"
    r"|(?P<next>下个?|本|这)(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
    r"|(?<![每至到、\-—~一两三四几上周日号（( ])(?:周|星期)(?P<bare>[一二三四五六日])(?![至到、\-—~次年期])"
)
_NEAR = {"大后天": 3, "后天": 2, "明": 1, "今": 0, "昨": -1}
HALF_A_YEAR = timedelta(days=183)


def find(passages: Sequence[Passage], *, out_on: date | None, today: date) -> Iterator[CheckFinding]:
    """What does not fit, in title, digest and body. `out_on`: the day on which the post is to come out, if one is set."""
    own = [each for each in passages if each.part in (TITLE, DIGEST, BODY)]
    for passage in own:
        yield from _weekdays(passage, out_on or today)
    if out_on is not None:
        named = {day for passage in own for day in _days_of(passage.text, out_on)}
        for passage in own:
            if passage.part == TITLE and named:
                yield from _misplaced(passage, named, out_on)


def meant(title: str, out_on: date) -> list[tuple[str, date]]:
    """The words of a title that speak of a day from the day on which it comes out, and which day that is then."""
    return [(found.group(), _resolved(found, out_on)) for found in _RELATIVE.finditer(title)]


def _weekdays(passage: Passage, near: date) -> Iterator[CheckFinding]:
    for found in _DATE.finditer(passage.text):
        told, day = _ITS_WEEKDAY.match(passage.text, found.end()), _date(found, near)
        if day is None:
            yield CheckFinding(NO_DAY, passage, found.group(), found.group(), found.start())
        if told and day and WEEKDAYS[day.weekday()] != told["weekday"].replace("天", "日"):
            words = passage.text[found.start() : told.end()]
            yield CheckFinding(WEEKDAY, passage, words, words, found.start(), detail=f"这一天是 {day_words(day)}。")


def _misplaced(passage: Passage, named: set[date], out_on: date) -> Iterator[CheckFinding]:
    for found in _RELATIVE.finditer(passage.text):
        day = _resolved(found, out_on)
        if day not in named and not (found["bare"] and day.weekday() in {each.weekday() for each in named}):
            dates = "、".join(day_words(each, out_on) for each in sorted(named)[:3])
            detail = f"{day_words(out_on, out_on)} 发布，标题里的“{found.group()}”就是 {day_words(day, out_on)}；文中写的是 {dates}。"
            yield CheckFinding(TITLE_DAY, passage, found.group(), found.group(), found.start(), detail=detail)


def _days_of(text: str, near: date) -> Iterator[date]:
    """The days that a text names, those between two with 至 included."""
    before, end = None, 0
    for found in _DATE.finditer(text):
        day = _date(found, near)
        if day is None:
            continue
        if before and before < day <= before + HALF_A_YEAR and _SPAN.fullmatch(text, end, found.start()):
            yield from (before + timedelta(days=number) for number in range((day - before).days))
        yield day
        before, end = day, found.end()


def _date(found: re.Match[str], near: date) -> date | None:
    """The day that is written; without a year the one that is nearest."""
    years = [int(found["year"])] if found["year"] else [near.year - 1, near.year, near.year + 1]
    days = []
    for year in years:
        try:
            days.append(date(year, int(found["month"]), int(found["day"])))
        except ValueError:
            continue
    return min(days, key=lambda day: abs(day - near), default=None)


def _resolved(found: re.Match[str], out_on: date) -> date:
    if found["near"]:
        return out_on + timedelta(days=next(days for word, days in _NEAR.items() if found["near"].startswith(word)))
    if found["bare"]:
        return out_on + timedelta(days=(WEEKDAYS.index(found["bare"]) - out_on.weekday()) % 7)
    monday = out_on - timedelta(days=out_on.weekday()) + timedelta(days=7 if found["next"].startswith("下") else 0)
    return monday + timedelta(days=WEEKDAYS.index(found["weekday"].replace("天", "日")))
