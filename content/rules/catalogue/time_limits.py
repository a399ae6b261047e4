"""By when something must be disclosed, from the words of the catalogue.

政府信息公开条例 art. 26: within 20 working days of being formed or changed, unless a law sets another term. 预算法 art. 14: budgets and
final accounts within 20 days, calendar days, of their approval. “及时” and the like name no day, so art. 26 holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from content.rules.figures import working_days
from content.rules.figures.holiday_calendar import WorkCalendar
from content.rules.language import numerals

GENERAL = 20  # working days, art. 26
NUMBER = r"([0-9]{1,3}|[一二三四五六七八九十]{1,3})"
WORKING = re.compile(rf"{NUMBER}个?工作日")
CALENDAR = re.compile(rf"{NUMBER}(?:日|天|个自然日)(?:内|以内|之内)")


@dataclass(frozen=True)
class TimeLimit:
    """So many days; `working` or calendar days. `named`: the catalogue names a number, else art. 26 holds."""

    days: int
    working: bool
    named: bool = True

    @property
    def words(self) -> str:
        """20 个工作日, 20 日."""
        said = f"{self.days} {'个工作日' if self.working else '日'}"
        return said if self.named else f"{said}（目录没有写明天数，按《条例》第二十六条）"


def read(words: str) -> TimeLimit:
    """The term that the words of a catalogue set; a number of working days goes before one of days."""
    plain = "".join(words.split())
    for pattern, working in ((WORKING, True), (CALENDAR, False)):
        found = pattern.search(plain)
        number = numerals.small(found[1]) if found else None
        if number:
            return TimeLimit(number, working)
    return TimeLimit(GENERAL, True, named=False)


def due(calendar: WorkCalendar, formed: date, limit: TimeLimit) -> date:
    """The last day of the term; the day of forming is not counted. Raises UnknownYear."""
    if limit.working:
        return working_days.add(calendar, formed, days=limit.days).end
    return formed + timedelta(days=limit.days)
