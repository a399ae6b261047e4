"""Money that is demanded of who looks for work: 他让我先交500块培训费. It is no wage that somebody asks for."""

from __future__ import annotations

import functools
import re

from config import reference
from content.rules.jobs import trades

_SUM = "(?:[0-9]+|[一二两三四五六七八九十几]+[百千万]|[几好][百千])"


def is_told(text: str) -> bool:
    """Whether a folded text tells that money is to be paid first, whatever for."""
    return any(pattern.search(text) for pattern in _patterns())


def is_of_hiring(text: str) -> bool:
    """Whether a folded text speaks of being hired, or names a trade."""
    return any(word in text for word in _words()["hiring"]) or bool(trades.known().named(text))


@functools.cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    fee, pay, asked, free = (_any(_words()[name]) for name in ("fees", "pays", "asked", "free"))
    denied = rf"(?<!{free})(?<!{free}[用要能会收])(?<!{free}需要)"
    return (
        re.compile(rf"{denied}{pay}(?!通|警|友)[^,。;?!]{{0,10}}?{fee}"),
        re.compile(
            rf"{asked}[^,。;?!不]{{0,4}}?{pay}(?!正)[^,。;?!]{{0,5}}?{_SUM}(?:块|元|百|千|万|$|[^0-9年月天个号])"
        ),
        re.compile(rf"{asked}[^,。;?!不]{{0,4}}?{pay}(?:一笔|点|些)?(?:钱|费)"),
        re.compile(rf"(?:{asked}|{denied}收)[^,。;?!不]{{0,6}}?{fee}"),
    )


def _words() -> dict[str, list[str]]:
    words: dict[str, list[str]] = reference.table("job_doubts")["money"]
    return words


def _any(words: list[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))})"
