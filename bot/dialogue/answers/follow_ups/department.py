"""Questions that go on from a department of which the directory told: 地址呢, 几点下班, 周六上班吗."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.answers.office.directory import all_departments, entry_lines
from bot.dialogue.follow_up_matchers import follows_a_department
from bot.dialogue.reply_text import lines, say, tap
from bot.dialogue.turn import AskedQuestion, Scene, Turn
from bot.wechat.messages import Text
from config.directory import DirectoryEntry
from content.rules.citizens.letters import LONGEST_LETTER

LONGEST = 14  # characters
_FIELDS = (
    (re.compile("电话|号码|联系|座机"), "phone"),
    (re.compile("地址|在哪|哪里|哪儿|怎么走|怎么去|位置|几楼|地方"), "address"),
    (re.compile("几点|上班|下班|开门|关门|中午|午休|休息|周[一二三四五六日末]|星期|礼拜|时间|有人"), "hours"),
    (re.compile("管什么|管啥|管哪|负责|干什么|干嘛|做什么|职责|哪些事|什么事"), "duties"),
    (re.compile("领导|局长|主任|负责人|谁管"), "leader"),
)
_MAY_BE_DONE = re.compile(
    "(?:能|可以|给|也|还|管)?(?:不能|不可以)?(?:办|管|办理|受理|申请)(?:理)?(.{2,8}?)(?:吗|不|么|嘛|的)*"
)


def is_asked_of(scene: Scene) -> bool:
    """Whether a short question is about the department that was told of."""
    return follows_a_department(scene) and len(scene.bare) <= LONGEST and _asked(scene) is not None


def of_it(scene: Scene) -> Turn:
    """What the directory says of it; what it does not say can be handed over by a tap."""
    entry, recall = _entry(scene), scene.recall
    assert entry is not None and recall is not None  # is_asked_of
    field = _asked(scene) or ""
    missing = field and not getattr(entry, field)
    said = [*entry_lines(entry), *([say("department_silent")] if missing else []), all_departments(scene)]
    if missing:
        said.append(say("hand_over_offer", tap=tap("tap_hand_over")))
    question = AskedQuestion(scene.asked, answered=True, offered=("guide:部门名录",))
    typed = f"{entry.name} {scene.asked}"[:LONGEST_LETTER]
    return Turn(Text(lines(said)), recall=replace(recall, at=scene.now), question=question, typed=typed)


def _asked(scene: Scene) -> str | None:
    """The field that is asked; empty for a matter among its duties; None if it asks for something else."""
    entry = _entry(scene)
    if entry is None:
        return None
    found = _MAY_BE_DONE.fullmatch(scene.bare)
    if found and any(duty in found[1] or found[1] in duty for duty in entry.duties):
        return "duties"
    rest = scene.bare
    for asked, field in _FIELDS:
        if asked.search(rest) and len(asked.sub("", rest)) <= LONGEST // 2 and not _names_another(scene, entry):
            return field
    return None


def _names_another(scene: Scene, entry: DirectoryEntry) -> bool:
    """Whether another department, or a duty of another, is named."""
    others = [one for one in scene.office.directory.read().departments if one.name != entry.name]
    return any(word in scene.bare for one in others for word in (one.name, *one.also, *one.duties))


def _entry(scene: Scene) -> DirectoryEntry | None:
    name = scene.recall.text if scene.recall else ""
    return next((one for one in scene.office.directory.read().departments if one.name == name), None)
