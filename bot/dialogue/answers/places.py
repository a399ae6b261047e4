"""Where the citizen is: the nearest work."""

from __future__ import annotations

import math
import re

from bot.dialogue.answers.general import FOUND, told
from bot.dialogue.answers.lists import offer
from bot.dialogue.reply_text import say
from bot.dialogue.turn import ListedItem, Scene, Turn
from content.rules.jobs import distance
from content.services.jobs import job_search

_NEARBY = re.compile(
    r"(?:我|在|找|有没有|有|看看|哪些|什么|离我|离家)*+(?:附近|周边|近一?点|最近|近)(?:的|有没有|有|什么|哪些|些)*+"
    r"(?:招聘|工作|岗位|职位|企业|工厂|厂|单位|公司|招工|活)(?:信息|岗位)?(?:有哪些|有|吗|呢)*"
)


def asks_nearby(scene: Scene) -> bool:
    """附近的工作."""
    return ("近" in scene.text or "周边" in scene.text) and _NEARBY.fullmatch(scene.text.strip(" 。.!?")) is not None


def how(scene: Scene) -> Turn:
    """How to send a location."""
    return told(scene, "nearby_how")


def nearby(scene: Scene) -> Turn:
    """The nearest postings with their distance; a sentence if no place was sent, or nothing is known nearby."""
    place = _place(scene)
    found = job_search.nearest(scene.office, place, scene.today) if place else []
    if not found:
        return told(scene, "location")
    shown, rest = found[:FOUND], found[FOUND:]
    return offer(
        scene,
        job_search.results(scene.office, [number for number, _ in shown]),
        head=say("nearby"),
        source="jobs",
        rest=[ListedItem("posting", number) for number, _ in rest],
        notes={f"posting:{number}": distance.said(metres) for number, metres in shown},
    )


def _place(scene: Scene) -> tuple[float, float] | None:
    """Latitude and longitude of a location message; None if they are no numbers or no place."""
    try:
        place = float(scene.message.text("Location_X")), float(scene.message.text("Location_Y"))
    except ValueError:
        return None
    lat, lng = place
    return place if math.isfinite(lat) and abs(lat) <= 90 and math.isfinite(lng) and abs(lng) <= 180 else None
