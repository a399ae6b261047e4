"""An employer who wants a job advertised here: who takes it, and what to write."""

from __future__ import annotations

from bot.dialogue.answers.office.directory import entry_lines
from bot.dialogue.reply_text import lines, say, tap
from bot.dialogue.turn import AskedQuestion, Scene, Turn
from bot.wechat.messages import Text
from content.rules.citizens import department_question, job_advert_question
from content.rules.citizens.letters import LONGEST_LETTER


def is_asked(scene: Scene) -> bool:
    """想在你们这发个招聘."""
    return job_advert_question.is_one(scene.bare)


def told(scene: Scene) -> Turn:
    """What to write, the department that sees to it, and the tap that hands these words over."""
    entry = department_question.seeing_to("招聘", scene.office.directory.read())
    said = [say("hiring_how")]
    if entry is not None and (entry.phone or entry.address):
        said += entry_lines(entry)[:-1]
    said.append(say("hand_over_offer", tap=tap("tap_hand_over")))
    question = AskedQuestion(scene.asked, answered=True, offered=("guide:发布招聘",))
    return Turn(Text(lines(said)), question=question, typed=scene.asked[:LONGEST_LETTER])
