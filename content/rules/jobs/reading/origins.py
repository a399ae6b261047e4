"""Where somebody is now and where they want to work: 北京回成都, 人在上海想去苏州."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

_GOES = re.compile(
    "(?:市|人|那边|这边)?[\\s,]*(?:我?现在|目前)?(?:想|要|打算|准备|计划|希望)*(?:回|到|去|来|转到|调到|换到|返)(?:老家)?"
)


def left_behind(text: str, places_in: Callable[[str], list[str]]) -> str:
    """The folded text without the place that somebody leaves."""
    named = places_in(text)
    for first, second in pairwise(named):
        start = text.find(first)
        end = start + len(first)
        until = text.find(second, end)
        if first != second and until > 0 and _GOES.fullmatch(text, end, until):
            return f"{text[:start]} {text[until:]}"
    return text
