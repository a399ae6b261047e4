"""A search for jobs: one value for the words of a question, for the form on the page, and for its address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from urllib.parse import urlencode

from content.rules.jobs import experience
from content.rules.jobs.degrees import Degrees, RequiredDegree
from content.rules.jobs.pay import Pay
from content.rules.jobs.working_conditions import CHOICES
from content.rules.language import plain_text

LONGEST = 60  # characters of a condition in words
MOST_PAY = 1_000_000  # yuan a month that can be asked for
_SELF_EVIDENT = re.compile("(?:招聘|招工|招人|找工作|工作|岗位|职位)+$")  # in a search for jobs
_BETWEEN = re.compile(r"[\s,、;]+")
_DEGREES = re.compile(r"(?:([0-6])-)?([0-6])")


@dataclass(frozen=True)
class DateRange:
    """The days from `first` to `last`, on which a posting was published."""

    first: date = date.min
    last: date = date.max

    def holds(self, day: date | None) -> bool:
        """Whether a day is one of them; None is not."""
        return day is not None and self.first <= day <= self.last


@dataclass(frozen=True)
class JobQuery:
    """What a citizen looks for; what is empty or None matters not.

    `words` must stand in the posting, each of them. Equal queries have one address, and each address has one query.
    """

    words: tuple[str, ...] = ()
    place: str = ""
    pay: Pay | None = None
    degree: Degrees | None = None
    employer: str = ""
    dates: DateRange | None = None
    board: str = ""  # this and the next nine: a key of `working_conditions.CHOICES`
    rest: str = ""
    shift: str = ""
    paid_by: str = ""
    hours: str = ""
    overtime: str = ""
    seat: str = ""
    insured: str = ""
    commute: str = ""
    site: str = ""
    years: int | None = None  # of experience, that the citizen has
    avoid: tuple[str, ...] = ()  # trades that it is not to be

    def __post_init__(self) -> None:
        """Brings each condition into the only form that it has; one that excludes nothing is none."""
        self._put("words", tuple(_line(" ".join(self.words)).split()))
        self._put("avoid", tuple(_line(" ".join(self.avoid)).split()))
        self._put("place", _line(self.place))
        self._put("employer", _line(self.employer))
        self._put("pay", None if self.pay == Pay(0) else self.pay)
        for name, choices in CHOICES.items():
            self._put(name, getattr(self, name) if getattr(self, name) in choices else "")
        self._put("dates", None if self.dates == DateRange() else self.dates)

    @property
    def terms(self) -> list[str]:
        """The words as they are held against postings: folded, without those that any search for jobs might have."""
        folded = _BETWEEN.split(plain_text.normalise(" ".join(self.words)))
        return [term for word in folded if (term := _SELF_EVIDENT.sub("", word))]

    @property
    def conditions(self) -> list[str]:
        """The names of the fields that are set."""
        return [name for name, unset in _UNSET.items() if getattr(self, name) != unset]

    @property
    def is_open(self) -> bool:
        """Whether it asks for nothing in particular: any job will do."""
        return not self.conditions

    @property
    def arguments(self) -> dict[str, str]:
        """What stands in the address of its page, without what is not set."""
        said = {
            "q": " ".join(self.words),
            "place": self.place,
            "pay": str(self.pay.least or "") if self.pay else "",
            "pay_to": "" if self.pay is None or self.pay.most is None else str(self.pay.most),
            "degree": _degrees_said(self.degree),
            "employer": self.employer,
            "since": self.dates.first.isoformat() if self.dates and self.dates.first > date.min else "",
            "until": self.dates.last.isoformat() if self.dates and self.dates.last < date.max else "",
        }
        said |= {name: getattr(self, name) for name in CHOICES}
        said |= {"years": "" if self.years is None else str(self.years)}
        said |= {"avoid": " ".join(self.avoid)}
        return {name: value for name, value in said.items() if value}

    @property
    def address(self) -> str:
        """The arguments as they stand behind the `?` of an address."""
        return urlencode(self.arguments)

    def _put(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)  # frozen for everybody else


_UNSET = {field.name: field.default for field in fields(JobQuery)}


def from_arguments(arguments: Mapping[str, str]) -> JobQuery:
    """The query of an address or a form; what cannot be read is not asked for."""
    return JobQuery(
        words=(arguments.get("q", ""),),
        place=arguments.get("place", ""),
        pay=_pay(arguments),
        degree=_degrees(arguments.get("degree", "")),
        employer=arguments.get("employer", ""),
        dates=_dates(arguments),
        years=_years(arguments.get("years", "")),
        avoid=(arguments.get("avoid", ""),),
        **{name: arguments.get(name, "") for name in CHOICES},
    )


def _line(text: str) -> str:
    return plain_text.one_line(text)[:LONGEST].strip()


def _pay(arguments: Mapping[str, str]) -> Pay | None:
    least, most = _sum(arguments.get("pay", "")) or 0, _sum(arguments.get("pay_to", ""))
    if most is not None and most < least:
        least, most = most, least
    return Pay(least, most)


def _sum(text: str) -> int | None:
    plain = text.isascii() and text.isdigit() and len(text) < 9
    return int(text) if plain and 0 < int(text) <= MOST_PAY else None


def _years(text: str) -> int | None:
    plain = text.isascii() and text.isdigit() and len(text) < 3
    return int(text) if plain and int(text) <= experience.MOST else None


def _degrees(text: str) -> Degrees | None:
    """3: what asks for no more than 大专; 3-6: what asks for 大专 at least; 0: what asks for none."""
    found = _DEGREES.fullmatch(text) if text.isascii() else None
    if not found:
        return None
    least, most = RequiredDegree(int(found[1] or 0)), RequiredDegree(int(found[2]))
    return Degrees(least, most) if least <= most else None


def _degrees_said(degree: Degrees | None) -> str:
    if degree is None:
        return ""
    return f"{int(degree.least)}-{int(degree.most)}" if degree.least else str(int(degree.most))


def _dates(arguments: Mapping[str, str]) -> DateRange:
    first, last = _day(arguments.get("since", "")), _day(arguments.get("until", ""))
    return DateRange(*sorted((first or date.min, last or date.max)))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text.isascii() else None
    except ValueError:
        return None
