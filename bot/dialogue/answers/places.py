"""Where the citizen is: the nearest work."""

from __future__ import annotations

import math

from bot.dialogue.answers.fixed_replies import told
from bot.dialogue.answers.lists import FOUND, offer
from bot.dialogue.reply_text import say
from bot.dialogue.turn import ListedItem, Scene, Turn
from content.rules.jobs import distance
from content.services.jobs import job_search


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
        query="",
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
