"""What staff wrote for a question like this one: taught answers, and the standing guides of the office's file."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import asdict

from bot.dialogue.reply_text import gaps, lines, plain, say, theirs
from bot.dialogue.turn import GUIDE, AskedQuestion, Recall, Scene, Turn
from bot.wechat.messages import Text
from config.contact import contact
from config.guides import Guide

_GOVERNMENT = re.compile("([\u4e00-\u9fff]{2,6}?[省市区县州镇乡])(?:人民)?(?=政府)")
_REACHED = re.compile("{(?:address|hours|phone)}")


def taught(scene: Scene) -> Turn:
    """Their answer."""
    number, answer = scene.office.board.seen().guide(scene.text) or (0, "")
    reply = Text(lines(theirs(answer)))
    return Turn(reply, question=AskedQuestion(scene.asked, answered=True, offered=(f"guide:{number}",)))


def standing(scene: Scene) -> Turn:
    """That answer, filled in with how the office is reached; a line whose fact is not known is left out."""
    guide = scene.office.guides.read().find(scene.bare)
    assert guide is not None  # has_a_guide
    question = AskedQuestion(scene.asked, answered=True, offered=(f"guide:{guide.name}",))
    if not guide.of_the_service:
        return Turn(Text(lines(guide_lines(scene, guide))), recall=Recall(GUIDE, scene.text, ()), question=question)
    return Turn(Text(lines(guide_lines(scene, guide))), recall=scene.recall, question=question)  # the talk goes on


def asks_of_a_government(scene: Scene) -> bool:
    """天河区政府在哪里办公: where a government sits that is named by its place, when it is open, or its telephone."""
    return _of_a_government(scene) is not None


def of_a_government(scene: Scene) -> Turn:
    """How the office itself is reached; who means another one learns that first."""
    guide = _of_a_government(scene)
    assert guide is not None  # asks_of_a_government
    place = _GOVERNMENT.search(scene.bare)
    is_own = place is not None and place[1] in gaps()["office"]
    said = [*([] if is_own else [say("another_government")]), *guide_lines(scene, guide)]
    question = AskedQuestion(scene.asked, answered=True, offered=(f"guide:{guide.name}",))
    return Turn(Text(lines(said)), recall=Recall(GUIDE, guide.words[0], ()), question=question)


def _of_a_government(scene: Scene) -> Guide | None:
    """The guide that a text asks for without the name of the place; none that says nothing of how the office is reached."""
    rest = _GOVERNMENT.sub("", scene.bare, count=1)
    guide = scene.office.guides.read().find(rest) if rest != scene.bare else None
    return guide if guide is not None and _REACHED.search(guide.answer) else None


def guide_lines(scene: Scene, guide: Guide) -> list[str]:
    """The lines of a guide that can be said."""
    known = {name: plain(value) for name, value in asdict(contact(scene.office.home)).items()}
    said = list(_filled(guide.answer, known, scene))
    if guide.otherwise and not any(names for names, _ in said):
        said = list(_filled(guide.otherwise, known, scene))
    return [line for _, line in said]


def _filled(text: str, known: dict[str, str], scene: Scene) -> Iterator[tuple[set[str], str]]:
    """Each line that can be said, with the names of the office's own facts in it."""
    for line in text.split("\n"):
        names = {name for _, name, _, _ in string.Formatter().parse(line) if name in known}
        if all(known[name] for name in names):
            yield names, line.format(**known, **gaps(), base=scene.office.base_url)
