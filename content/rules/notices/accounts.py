"""Budget or final account: 花了多少 asks for the account of what was spent, 打算花多少 for the budget."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")

_SPENT = re.compile(
    "花了|花掉|用了|用掉|实际[^,。]{0,4}(?:用|花|支|多少)|支出了|支了|一共花|总共花|花多了|决算|执行了|(?<!打算)(?<!计划)(?<!安排)(?<!要)支出(?!预算)"
)
_PLANNED = re.compile("打算|计划[花用支安]|准备[花用]|安排了?|预计|预算(?!执行)|要花|批了")
NAMED = re.compile(f"{_SPENT.pattern}|{_PLANNED.pattern}")  # a look before all that follows
_COMPARES = re.compile("[比跟和较超]")
_OF_THE_ACCOUNT, _OF_THE_BUDGET = re.compile("决算"), re.compile("预算(?!执行)")


def in_order(asked: str, found: Sequence[T], title: Callable[[T], str]) -> list[T]:
    """Those found with what was asked for first: final accounts for what was spent, budgets for what is planned."""
    wanted = _wanted(asked)
    if wanted is None:
        return list(found)
    return sorted(found, key=lambda one: wanted.search(title(one)) is None)


def _wanted(asked: str) -> re.Pattern[str] | None:
    spent = max((found.end() for found in _SPENT.finditer(asked)), default=0)
    planned = max((found.end() for found in _PLANNED.finditer(asked)), default=0)
    if spent == planned:
        return None
    return _OF_THE_ACCOUNT if spent > planned else _OF_THE_BUDGET  # what is said last is asked


def asks_of_the_other(asked: str, title: str) -> bool:
    """Whether a question after a budget asks what was spent, or after an account what was planned."""
    wanted = _wanted(asked)
    of_either = _OF_THE_ACCOUNT.search(title) or _OF_THE_BUDGET.search(title)
    return wanted is not None and of_either is not None and not wanted.search(title) and not _COMPARES.search(asked)


def may_ask(asked: str) -> bool:
    """A look at whether a question says that something was spent or planned."""
    return _wanted(asked) is not None
