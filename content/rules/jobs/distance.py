"""Distances on the ground, and how they are said."""

from __future__ import annotations

import math

EARTH = 6_371_000.0  # metres, mean radius
REACH = 50_000.0  # metres: nobody goes further to work every day


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The great-circle distance of two places given as latitude and longitude."""
    (lat1, lng1), (lat2, lng2) = (tuple(map(math.radians, place)) for place in (one, other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lng2 - lng1) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(min(1.0, half)))


def said(distance: float) -> str:
    """不到 100 米, 约 800 米, 约 2.3 公里, 约 15 公里: no finer than a citizen needs."""
    if distance < 100:
        return "不到 100 米"
    if distance < 950:
        return f"约 {round(distance, -2):.0f} 米"
    kilometres = distance / 1000
    return f"约 {kilometres:.1f} 公里" if kilometres < 9.95 else f"约 {kilometres:.0f} 公里"
