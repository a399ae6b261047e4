"""What is said to who looks for work and tells of his life, or fears that nobody takes him."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.reply_text import lines, say
from bot.dialogue.turn import Scene, Turn, fold
from bot.wechat.messages import Text
from content.rules.jobs.reading import circumstances, oneself
from content.rules.jobs.reading.circumstances import Circumstance

LONGEST = 20  # characters of a fear
_MAY_I = re.compile("收不收|要不要|要吗|收吗|行不行|行吗|[能可]以?(?:去|做|干|报|来)|不要我|能不能")
_OF_A_FAIR = re.compile("(?:招聘|双选|宣讲|见面|对接)会|专场")  # which a notice tells of
_FEARS = re.compile("不要我|[要收]我[吗不么]|要不要我|肯要|嫌|看不起|歧视|查(?:不查|吗|出来)|会不会查|拒绝")


def goes_on(scene: Scene) -> bool:
    """怕人家查案底, 会不会不要我: after a list of jobs, with nothing else that is asked for."""
    recall = scene.recent
    if recall is None or recall.source not in ("jobs", "posting") or len(scene.bare) > LONGEST:
        return False
    if (scene.job and scene.job.query.conditions) or _OF_A_FAIR.search(scene.bare):
        return False
    return _told(scene) is not None or _asks_of_age(scene)


def told(scene: Scene) -> Turn:
    """What is said of it; the list stands as it is."""
    found = _told(scene)
    assert scene.recall is not None  # goes_on
    said = [found.told if found else say("jobs_age_is_no_matter")]
    said += [] if found and found.is_all else [say("jobs_ask_the_employer")]
    return Turn(Text(lines(said)), recall=replace(scene.recall, at=scene.now))


def _asks_of_age(scene: Scene) -> bool:
    """我六十一了他们收不收, 女的能做吗."""
    return oneself.tells(scene.text) and _MAY_I.search(scene.bare) is not None


def _told(scene: Scene) -> Circumstance | None:
    """What is told now, or was told with the message before, if that is feared to count."""
    if found := circumstances.told_in(scene.text):
        return found
    return circumstances.told_in(fold(scene.typed)) if _FEARS.search(scene.bare) else None
