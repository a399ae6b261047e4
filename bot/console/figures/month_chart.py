"""The chart of a count by month: bars as numbers for an SVG, this year's filled, last year's hatched beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.services.figures.counting import MonthCount

HEIGHT, TOP, FOOT = 200, 24, 28  # of the drawing, above the bars for figures, below them for months
SLOT, WIDE, NARROW = 56, 26, 12
MOST = 24  # months; a longer span has its table alone


@dataclass(frozen=True)
class MonthBar:
    """One month of the drawing: places and sizes in its own units."""

    month: MonthCount
    x: float
    y: float
    height: float
    before_x: float
    before_y: float
    before_height: float
    middle: float
    words: str


@dataclass(frozen=True)
class MonthChart:
    """The whole drawing; `room` is the height of the tallest bar."""

    width: int
    height: int
    room: int
    base: int
    wide: int
    narrow: int
    bars: tuple[MonthBar, ...]


def chart(months: Sequence[MonthCount]) -> MonthChart | None:
    """The drawing; None if there is nothing to draw, or too much to be read."""
    most = max((max(month.items, month.before) for month in months), default=0)
    if not most or not 1 < len(months) <= MOST:
        return None
    room, base = HEIGHT - TOP - FOOT, HEIGHT - FOOT
    years = len({month.first.year for month in months})
    bars = []
    for place, month in enumerate(months):
        x, tall, low = place * SLOT + 6, room * month.items / most, room * month.before / most
        words = f"{month.first.month}月" if years == 1 else f"{month.first:%y}.{month.first.month}"
        bars.append(MonthBar(month, x, base - tall, tall, x + WIDE + 2, base - low, low, x + WIDE / 2, words))
    return MonthChart(SLOT * len(months), HEIGHT, room, base, WIDE, NARROW, tuple(bars))
