"""How long an application's personal data is kept: as long as somebody may still ask about it, and not longer (个人信息保护法 art. 19).

行政诉讼法 art. 46: suits within six months of knowing the act, at the latest five years after it. What the year's table counts
(who applied as what, how it ended) is no personal data and stays.
"""

from __future__ import annotations

from datetime import date

YEARS = 5


def erase_on(answered: date) -> date:
    """The day from which on nothing personal may be left."""
    if (answered.month, answered.day) == (2, 29):
        return date(answered.year + YEARS, 3, 1)
    return answered.replace(year=answered.year + YEARS)
