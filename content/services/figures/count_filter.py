"""Conditions of a count as a person chooses them, and what they mean in the ledger's codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.rules.errors import BadInput
from content.rules.figures.counted_publications import NO_CATEGORY, NO_DEPARTMENT
from content.store.figures.counted import CountCondition
from content.store.tables import Category, Department, Person

WECHAT = "wechat"


@dataclass(frozen=True)
class CountFilter:
    """Days from `first` to `last`; an empty text stands for any. `category` and `department` are present names."""

    first: date
    last: date
    channel: str = WECHAT
    delivery: str = ""
    category: str = ""
    department: str = ""
    withdrawn: bool = False

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise BadInput("开始的日子在结束的日子后面，请改一下。")

    @classmethod
    def of_year(cls, year: int, channel: str = WECHAT) -> CountFilter:
        """A whole year."""
        return cls(date(year, 1, 1), date(year, 12, 31), channel)

    def a_year_before(self) -> CountFilter:
        """The same conditions on the same days of the year before."""
        return replace(self, first=year_before(self.first), last=year_before(self.last))


@dataclass(frozen=True)
class CountNames:
    """What codes are called now."""

    categories: Mapping[str, str]
    departments: Mapping[str, str]
    people: Mapping[str, str]

    def category(self, code: str) -> str:
        """The name of a category; of none, that none was given."""
        return self.categories.get(code, code) or NO_CATEGORY

    def department(self, code: str) -> str:
        """The name of a department; of none, that none was given."""
        return self.departments.get(code, code) or NO_DEPARTMENT


def names(session: Session) -> CountNames:
    """The present names of categories, departments and people."""
    return CountNames(
        categories={row.code: row.name for row in session.scalars(select(Category))},
        departments={row.code: row.name for row in session.scalars(select(Department))},
        people={row.username: row.name for row in session.scalars(select(Person))},
    )


def condition(wanted: CountFilter, known: CountNames) -> CountCondition:
    """The same in codes."""
    return CountCondition(
        wanted.first,
        wanted.last,
        channel=wanted.channel or None,
        delivery=wanted.delivery or None,
        categories=_codes(wanted.category, known.categories, NO_CATEGORY),
        departments=_codes(wanted.department, known.departments, NO_DEPARTMENT),
        withdrawn=wanted.withdrawn,
    )


def year_before(day: date) -> date:
    """The same day a year before; 28 February for the 29th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _codes(name: str, table: Mapping[str, str], nameless: str) -> list[str] | None:
    """All codes that are called so; a code without a row is its own name."""
    if not name:
        return None
    codes = [code for code, called in table.items() if called == name]
    codes += [name] if name not in table else []
    return [*codes, ""] if name == nameless else codes
