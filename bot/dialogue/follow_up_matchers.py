"""Messages that go on from the one before: matchers that look at what was shown or told a moment ago."""

from __future__ import annotations

import re

from bot.dialogue.turn import DEPARTMENT, GUIDE, Scene
from content.rules.citizens import subscriptions
from content.rules.follow_ups import aspects, own_words
from content.rules.jobs import job_refinement

MOST_OF_A_FOLLOW_UP = 22  # characters; what is longer has a subject of its own
_CHANGES = re.compile("(?:还是|要不)?(?:换|改)(?:成|为|到|个)?")
_OF_THEN = re.compile("^那?(?:上|这|本|今|去|前|明).{1,6}呢")
_SEARCHES_ANEW = re.compile(
    "^(?:我想|我要|想|要)(?:找|问|查|办|申请|投诉|举报)|投诉|举报|求职|另外|换个(?:问题|话题)|再问(?:一?个|你)"
)


def follows(scene: Scene) -> bool:
    """Whether something was shown of which a short message may ask that begins nothing new."""
    recall = scene.recall
    if recall is None or not recall.shown or len(scene.bare) > MOST_OF_A_FOLLOW_UP:
        return False
    return not _SEARCHES_ANEW.search(scene.bare)


def asks_of_another_time(scene: Scene) -> bool:
    """Whether it ends as a question after one before does: 2025年的呢, 去年的有吗."""
    return scene.subject is not None and (
        scene.bare.endswith(("呢", "的", "吗")) or _OF_THEN.search(scene.bare) is not None
    )


def takes_a_wish_back(scene: Scene) -> bool:
    """取消吧, 不要了, right after something was subscribed to."""
    return scene.recall is not None and bool(scene.recall.wish) and subscriptions.is_taken_back(scene.bare)


def changes_a_wish(scene: Scene) -> bool:
    """换成广州的, 改成西点师, right after something was subscribed to."""
    is_after_a_wish = scene.recall is not None and bool(scene.recall.wish)
    return is_after_a_wish and _CHANGES.match(scene.bare) is not None and job_refinement.read(scene.text) is not None


def asks_after_a_guide(scene: Scene) -> bool:
    """要带什么材料, 要多久: of a matter for which it was told who sees to it."""
    return _was_told(scene, GUIDE) and asks_of_nothing_else(scene)


def follows_a_department(scene: Scene) -> bool:
    """Whether the directory was asked for a department a moment ago."""
    return _was_told(scene, DEPARTMENT)


def asks_of_nothing_else(scene: Scene) -> bool:
    """Whether a short message asks something and names nothing of which it is asked."""
    if len(scene.bare) > MOST_OF_A_FOLLOW_UP:
        return False
    asked = aspects.read(scene.text)
    return bool(asked.aspects or asked.matters) and not own_words.of(scene.text)


def _was_told(scene: Scene, source: str) -> bool:
    return scene.recent is not None and scene.recent.source == source
