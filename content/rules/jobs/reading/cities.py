"""The provinces and cities of the country: a city in which nobody is hiring is still a place, and no trade."""

from __future__ import annotations

import functools
import re
from collections.abc import Container

from config import reference

_FROM_BEFORE = "(?:(?:我们?|俺们?|本人)是|老家(?:在|是)?|来自|家在|从)"
_FROM_AFTER = "(?:那边|这边)?(?:人(?!才|事|力|工)|的|[过回]?来的?|毕业|嫁过来的?)?"


@functools.cache
def known() -> frozenset[str]:
    """Their short names: 深圳, 四川."""
    table = reference.table("cities")
    return frozenset([*table, *(city for cities in table.values() for city in cities)])


def within(place: str) -> tuple[str, ...]:
    """The cities of a province; none of anything else."""
    return tuple(reference.table("cities").get(place.removesuffix("省"), ()))


def without_origin(text: str, offered: Container[str]) -> str:
    """A folded text without where somebody comes from, 我是河南的, 四川人, if nobody is hiring there."""
    if not ("是" in text or "人" in text or "来" in text or "从" in text or "家" in text):
        return text
    return _origin().sub(lambda found: found[0] if (found[1] or found[2]) in offered else " ", text)


@functools.cache
def _origin() -> re.Pattern[str]:
    names = "|".join(sorted(known(), key=lambda name: (-len(name), name)))
    return re.compile(f"{_FROM_BEFORE}({names})[省市]?{_FROM_AFTER}|({names})[省市]?人(?!才|事|力|工|员|在)")
