"""A count as reports write it: 1386 → 1300 余条. Cut off, never rounded up, so that nothing is said that was not done."""

from __future__ import annotations

RULE = "不足一百照写；一百以上按百位去尾，一万以上按千位去尾；正好是整数的不写“余”。"


def phrase(count: int, measure: str = "条") -> str:
    """The words for a count: `86 条`, `1300 余条`, `1400 条`, `1.2 万余条`."""
    step = 1 if count < 100 else 100 if count < 10_000 else 1000
    whole = count // step * step
    more = "余" if whole < count else ""
    if whole >= 10_000:
        return f"{whole / 10_000:g} 万{more}{measure}"
    return f"{whole} {more}{measure}"
