"""What counts: which counters a ledger entry raises, and what the counters of a year say.

A counter is named `year|what|which`, such as `2026|day|2026-02-17` or `2026|category|budget`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from content.rules.figures.days_without_publication import days_without_publication

PUBLISHED, WITHDRAWN, PORTAL_PUBLISHED = "article.published", "article.withdrawn", "portal.published"
COUNTED = (PUBLISHED, WITHDRAWN, PORTAL_PUBLISHED)
CHANNELS = ("wechat", "portal")
DELIVERIES = ("publish", "mass", "draft", "hand")
DEFINITION = (
    "articles whose publication the platform confirmed, counted on the day of publication; "
    "withdrawn ones stay counted and are listed apart"
)
NO_CATEGORY, NO_DEPARTMENT = "未分类", "未填部门"
ENTRIES = "entries"  # how many counted entries are in the counters


def raised(kind: str, data: Mapping[str, Any]) -> list[str]:
    """The counters that one ledger entry of a kind in COUNTED raises by one."""
    if not data["published_on"]:
        return [ENTRIES]  # withdrawn before it was out: nothing was counted
    day = date.fromisoformat(data["published_on"])
    if kind == WITHDRAWN:
        return [ENTRIES, _name(day, "withdrawn", "wechat")]
    counters = [ENTRIES, _name(day, "channel", data["channel"])]
    if data["channel"] == "wechat":
        which = {"day": data["published_on"], **{what: data[what] for what in ("delivery", "category", "department")}}
        counters += [_name(day, what, name) for what, name in which.items()]
    return counters


def whole(counts: Mapping[str, int]) -> bool:
    """Whether every breakdown of every year has the same sum; if not, some counters were lost."""
    sums: dict[str, Counter[str]] = {}
    for name, number in counts.items():
        if name != ENTRIES:
            year, what, which = name.split("|", 2)
            key = "articles" if (what, which) == ("channel", "wechat") else what
            sums.setdefault(year, Counter())[key] += number
    breakdowns = ("articles", "day", "delivery", "category", "department")
    return all(len({year[what] for what in breakdowns}) == 1 for year in sums.values())


def figures(
    counts: Mapping[str, int], *, year: int, today: date, categories: Mapping[str, str], departments: Mapping[str, str]
) -> dict[str, Any]:
    """The year's figures; `categories` and `departments` map codes to their present names."""
    days = {date.fromisoformat(day): number for day, number in _breakdown(counts, year, "day").items()}
    by_channel = _breakdown(counts, year, "channel")
    return {
        "articles": by_channel.get("wechat", 0),
        "withdrawn": sum(_breakdown(counts, year, "withdrawn").values()),
        "by_channel": {**dict.fromkeys(CHANNELS, 0), **by_channel},
        "by_delivery": {**dict.fromkeys(DELIVERIES, 0), **_breakdown(counts, year, "delivery")},
        "by_month": [sum(number for day, number in days.items() if day.month == month) for month in range(1, 13)],
        "by_category": _named(_breakdown(counts, year, "category"), categories, NO_CATEGORY),
        "by_department": _named(_breakdown(counts, year, "department"), departments, NO_DEPARTMENT),
        "days_without_publication": days_without_publication(days.keys(), _first_day(counts), year=year, today=today),
    }


def _name(day: date, what: str, which: str) -> str:
    return f"{day.year}|{what}|{which}"


def _breakdown(counts: Mapping[str, int], year: int, what: str) -> dict[str, int]:
    prefix = f"{year}|{what}|"
    return {name.removeprefix(prefix): number for name, number in counts.items() if name.startswith(prefix)}


def _named(numbers: Mapping[str, int], names: Mapping[str, str], nameless: str) -> dict[str, int]:
    """By present name, largest first; codes that now share a name are added up."""
    sums: Counter[str] = Counter()
    for code, number in numbers.items():
        sums[names.get(code, code) or nameless] += number
    return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))


def _first_day(counts: Mapping[str, int]) -> date | None:
    days = [name.rsplit("|", 1)[1] for name in counts if "|day|" in name]
    return date.fromisoformat(min(days)) if days else None


def unfiled(category: str, department: str) -> Iterator[str]:
    """What to say of a post without a category or a department: where it will be missing."""
    missing = "、".join(word for word, value in (("栏目", category), ("部门", department)) if not value)
    if missing:
        yield f"没有选{missing}：按{missing}统计时，这一篇不归任何一个。真的分不了，可以不选。"
