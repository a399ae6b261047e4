"""The State Council's yearly notice on holidays, read from its own words: 一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。

What the notice says twice is compared: the weekday beside each date, and the number of days of each holiday.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from content.rules.errors import BadInput
from content.rules.spoken_times import WEEKDAYS

LONGEST = 20_000  # characters that are read
YEAR = re.compile(r"(20\d{2})年(?:部分)?节假日")
NUMBER = re.compile(r"国办发(?:明电)?[〔\[(【]20\d{2}[〕\])】]\d+号")
SECTION = re.compile(
    r"(?:^|\n)\s*[一二三四五六七八]、\s*([^:\n]{2,20}):([^\n]*(?:\n(?!\s*[一二三四五六七八]、)[^\n]*)*)"
)
DAY = r"(?:(?P<y{0}>20\d{{2}})年)?(?:(?P<m{0}>\d{{1,2}})月)?(?P<d{0}>\d{{1,2}})日(?:\((?P<n{0}>[^()]*)\))?"
SPAN = re.compile(DAY.format(1) + r"(?:至" + DAY.format(2) + r")?放假")
ONE = re.compile(DAY.format(1))
COUNT = re.compile(r"共(\d{1,2})天")
WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
TYPICAL = "一、元旦：1月1日（周五）至3日（周日）放假，共3天。"


@dataclass(frozen=True)
class NoticeDraft:
    """What a notice says: spans of days off as (name, first, last), weekend days of work; `faults`: what contradicts itself."""

    year: int
    source: str
    spans: tuple[tuple[str, date, date], ...]
    work: frozenset[date]
    faults: tuple[str, ...] = ()


def read(text: str, *, year: int | None = None) -> NoticeDraft:
    """The days of a notice. `year`: where its words do not say it. Raises BadInput where nothing can be read."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).replace("：", ":").replace("\r\n", "\n")
    plain = re.sub(r"[ \t\u3000]+", "", plain)
    named = YEAR.search(plain)
    found_year = int(named[1]) if named else year
    if not found_year:
        raise BadInput(
            "没有看出是哪一年的通知。请把通知的标题也复制进来（关于某某年部分节假日安排的通知），或者填年份。"
        )
    sections = [(found[1], found[2]) for found in SECTION.finditer(plain)]
    if not sections:
        raise BadInput(f"没有看出放假的日子。请把通知的正文复制进来，每节一段，例如：{TYPICAL}")
    number = NUMBER.search(plain)
    faults: list[str] = []
    spans: list[tuple[str, date, date]] = []
    work: set[date] = set()
    for name, words in sections:
        own = list(_spans(name, words, found_year, faults))
        spans += own
        work |= set(_work(name, words, found_year, faults))
        if not own:
            faults.append(f"{name}没有看出放假的日子。")
    return NoticeDraft(
        found_year,
        number[0] if number else f"{found_year}年部分节假日安排的通知",
        tuple(spans),
        frozenset(work),
        tuple(faults),
    )


def _spans(name: str, words: str, year: int, faults: list[str]) -> Iterator[tuple[str, date, date]]:
    for found in SPAN.finditer(words):
        first = _day(found, "1", name, faults, (year, None))
        last = (
            _day(found, "2", name, faults, (first.year, first.month) if first else (year, None))
            if found["d2"]
            else first
        )
        if first is None or last is None:
            continue
        said = COUNT.match(words[found.end() :].lstrip("调休,，、"))
        days = (last - first).days + 1
        if said and int(said[1]) != days:
            faults.append(f"{name}写着共 {said[1]} 天，从 {first} 到 {last} 却是 {days} 天，像是漏了或多了日子。")
        yield name, first, last


def _work(name: str, words: str, year: int, faults: list[str]) -> Iterator[date]:
    for sentence in re.split(r"[。;\n]", words):
        if not sentence.endswith("上班"):
            continue
        month: int | None = None
        for found in ONE.finditer(sentence):
            day = _day(found, "1", name, faults, (year, month))
            if day:
                month = day.month
                yield day


def _day(found: re.Match[str], which: str, name: str, faults: list[str], near: tuple[int, int | None]) -> date | None:
    """A date; what it leaves out is as before. A weekday beside it must be its own."""
    month = found[f"m{which}"] or near[1]
    try:
        day = date(int(found[f"y{which}"] or near[0]), int(month or 0), int(found[f"d{which}"]))
    except ValueError:
        faults.append(f"{name}里的“{found[0][:20]}”不是日期。")
        return None
    said = WEEKDAY.search(found[f"n{which}"] or "")
    if said and said[1].replace("天", "日") != WEEKDAYS[day.weekday()]:
        faults.append(f"{name}里的 {day} 写着周{said[1]}，其实是周{WEEKDAYS[day.weekday()]}，请对照通知。")
    return day
