"""What people who look for work tell of their lives: disabled, pregnant, a student, released from prison.

No employer may choose by most of it, so it filters nothing. It is answered with whom to turn to.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from config import reference

_SEEKS = re.compile(
    "[假短零]期?工|找(?!领导|人|工作人员)|工作(?!人员)|[打做上]工|活儿?(?:干|做|吗|呢|$)|招|[肯会能愿还]要(?:我|人|吗|不)|要不要(?:我|人)|收不收|不要我|嫌|[能会]做(?:点|些|什么|啥)|[能会]干(?:点|些|什么|啥)|上班|挣|应聘|求职|岗位|就业|(?:单位|公司|厂).{0,4}(?:查|问|要)"
)


_WHEN = (
    "(?:上个?月|这个?月|上周|去年|前[几两]天|前阵子|最近|昨天|刚刚?)?"  # when it happened, which is no day of a posting
)
_NUMERALS = "0123456789一二三四五六七八九十"
_NUMERAL = f"(?<![{_NUMERALS}])"  # 五十七岁 is not 十七岁


@dataclass(frozen=True)
class Circumstance:
    """One of them. `means`: the work that it asks for besides, in words; `unless`: words that tell of something else."""

    said: re.Pattern[str]
    told: str
    means: str = ""
    unless: tuple[str, ...] = ()
    is_all: bool = False  # nothing may be offered besides


def told_in(text: str) -> Circumstance | None:
    """What a folded text tells of whoever writes; None if nothing."""
    if not _any().search(text):
        return None
    return next(
        (one for one in _known() if one.said.search(text) and not any(word in text for word in one.unless)), None
    )


def seeks_work(text: str) -> bool:
    """Whether a text that tells such a thing asks for work."""
    return _SEEKS.search(text) is not None


def plain(text: str) -> tuple[str, Circumstance | None]:
    """A folded text without what it tells, and what that is."""
    found = told_in(text)
    return (text, None) if found is None else (found.said.sub(" ", text).strip(), found)


def all_plain(text: str) -> str:
    """A folded text without all of it that it tells."""
    for one in _known() if _any().search(text) else ():
        if not any(word in text for word in one.unless):
            text = one.said.sub(" ", text)
    return text.strip()


@functools.cache
def _known() -> tuple[Circumstance, ...]:
    rows = reference.table("job_seekers").values()
    return tuple(
        Circumstance(
            _pattern(row["said"]),
            row["told"],
            row.get("means", ""),
            tuple(row.get("unless", ())),
            row.get("is_all", False),
        )
        for row in rows
    )


@functools.cache
def _any() -> re.Pattern[str]:
    return _pattern([word for row in reference.table("job_seekers").values() for word in row["said"]])


def _pattern(words: list[str]) -> re.Pattern[str]:
    whole = (rf"{_NUMERAL if word[0] in _NUMERALS else ''}{re.escape(word)}" for word in words)
    return re.compile(f"{_WHEN}(?:{'|'.join(sorted(whole, key=lambda word: (-len(word), word)))})(?:掉?了(?!解))?")
