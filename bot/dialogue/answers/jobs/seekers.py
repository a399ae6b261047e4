"""What is said to who looks for work and tells of his life, or fears that nobody takes him."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.reply_text import lines, say
from bot.dialogue.turn import Scene, Turn, fold
from bot.wechat.messages import Text
from content.rules.jobs.reading import circumstances
from content.rules.jobs.reading.circumstances import Circumstance

LONGEST = 20  # characters of a fear
_FEARS = re.compile("不要我|[要收]我[吗不么]|要不要我|肯要|嫌|看不起|歧视|查(?:不查|吗|出来)|会不会查|拒绝")


def goes_on(scene: Scene) -> bool:
    """怕人家查案底, 会不会不要我: after a list of jobs, with nothing else that is asked for."""
    recall = scene.recent
    if recall is None or recall.source not in ("jobs", "posting") or len(scene.bare) > LONGEST:
        return False
    return not (scene.job and scene.job.query.conditions) and _told(scene) is not None


def told(scene: Scene) -> Turn:
    """What is said of it; the list stands as it is."""
    found = _told(scene)
    assert found is not None and scene.recall is not None  # goes_on
    said = [found.told, *([] if found.is_all else [say("jobs_ask_the_employer")])]
    return Turn(Text(lines(said)), recall=replace(scene.recall, at=scene.now))


def _told(scene: Scene) -> Circumstance | None:
    """What is told now, or was told with the message before, if that is feared to count."""
    if found := circumstances.told_in(scene.text):
        return found
    return circumstances.told_in(fold(scene.typed)) if _FEARS.search(scene.bare) else None
