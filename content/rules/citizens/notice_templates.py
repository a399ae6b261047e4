"""Templates of subscription notices (订阅通知): what their fields take."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from content.rules.language import plain_text

FACTS = ("标题", "订阅", "单位", "日期")
MOST_THING = 20  # characters of a thing field (platform page on subscription notices)
MOST_PHRASE = 5  # characters of a phrase field

_FIELD = re.compile(r"([a-z_]+[0-9]*)=(\S+)")


def fields(text: str) -> dict[str, str]:
    """`thing1=标题,time3=日期` → {"thing1": "标题", …}. Raises ValueError for what no template can have."""
    found = {}
    for part in filter(None, (part.strip() for part in text.replace("，", ",").split(","))):
        match = _FIELD.fullmatch(part)
        if match is None or match[2] not in FACTS:
            raise ValueError(f"要写成 字段=内容，用逗号隔开；内容只能是 {'、'.join(FACTS)}")
        found[match[1]] = match[2]
    if not found:
        raise ValueError("至少要有一个字段")
    return found


def filled(template: Mapping[str, str], facts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The fields of a template as the platform takes them; an empty fact is a dash, since no field may be empty."""
    return {name: {"value": _fitted(name, facts.get(fact, ""))} for name, fact in template.items()}


def day(value: date) -> str:
    """A day as a time or date field takes it."""
    return f"{value.year}年{value.month:02}月{value.day:02}日"


def _fitted(name: str, value: str) -> str:
    most = MOST_THING if name.startswith("thing") else MOST_PHRASE if name.startswith("phrase") else 32
    line = plain_text.one_line(value) or "—"
    return line if len(line) <= most else line[: most - 1] + "…"
