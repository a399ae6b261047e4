"""What staff wrote for a question like this one: taught answers, and the standing guides of the office's file."""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import asdict

from bot.dialogue.reply_text import gaps, lines, plain, theirs
from bot.dialogue.turn import GUIDE, AskedQuestion, Recall, Scene, Turn
from bot.wechat.messages import Text
from config.contact import contact
from config.guides import Guide


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
