"""An employer that is asked for by name: 腾讯招人吗, 富士康还要人不. It may be one of whom nobody here knows."""

from __future__ import annotations

import re
from typing import Protocol

from content.rules.jobs import trades
from content.rules.jobs.reading import idle_words

_HIRES = re.compile(
    "(?:请问|你好|想问|问下|听说|据说|,)*([\u4e00-\u9fffa-z0-9]{2,10}?)(?:集团|那边|那里|那儿|里面)?(?:也|要)?(?:(?:来|搬来|搬到|进驻|落户|到)(?:了)?(?:园区|这边|这里|咱们这|我们这)?了?)?,?(?:现在|目前|最近|今年|还|在|都|也)*"
    "(?:有没有|有)?(?:招人|要人|招工|招聘|缺人|收人|招不招人?|要不要人)(?:不招|不要)?(?:[吗么不没呢的?]|没有|信息|岗位)*"
)
_A_KIND = re.compile(  # any of that kind, and not one by its name
    "(?:医院|学校|幼儿园|饭店|酒店|宾馆|厂子?|店|银行|超市|食堂|园区?|工地|车间|仓库|政府|单位|公司|企业|的|地方|管委会|物业|快递|物流|中心|局|[区市县镇乡村路]|[这那哪你我他]|[男女]|学生|老人|岁|晚上|白天|周末|[年月]底|[年节]前|[年节]后|过年|[寒暑]假|[今明]天|外地|本地|学历|经验|小时|急)"
)


class Names(Protocol):
    """What is asked of the names of today's postings."""

    @property
    def employers(self) -> str:
        """All employers, one a line."""

    def begins_an_employer(self, name: str) -> bool:
        """Whether an employer's name begins so, after its city."""

    @property
    def titles(self) -> frozenset[str]:
        """The titles of postings."""

    def places_in(self, text: str) -> list[str]:
        """The places that a text names."""

    def mentions(self, word: str) -> bool:
        """Whether any posting says a word."""


def asked_by_name(text: str, names: Names) -> str:
    """The employer of whom a folded text asks whether they are hiring; empty if it asks for a trade, a place, a kind of firm."""
    found = _HIRES.fullmatch(text.strip("?。! "))
    name = found[1] if found else ""
    if not name or idle_words.says_nothing(name) or trades.known().named(name) or name in names.titles:
        return ""
    if names.begins_an_employer(name):
        return "" if _A_KIND.fullmatch(name) or names.places_in(name) else name
    is_within = name in names.employers  # 京东 in 北京东方
    is_other = _A_KIND.search(name) or names.places_in(name) or (names.mentions(name) and not is_within)
    return "" if is_other else name
