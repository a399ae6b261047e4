"""那找谁, after a question that found nothing: who sees to such a matter, or the lines that know everybody."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.answers.office.directory import entry_lines
from bot.dialogue.reply_text import lines, plain, say, tap
from bot.dialogue.turn import AskedQuestion, Scene, Turn
from bot.wechat.messages import Text
from config.contact import contact
from content.rules.citizens import department_question
from content.rules.citizens.letters import LONGEST_LETTER
from content.rules.follow_ups import aspects, own_words

LONGEST = 14  # characters
_WHOM = ("contact", "telephone", "place")
_WHAT_NOW = re.compile("怎么办|咋办|怎么弄|咋整")


def is_asked(scene: Scene) -> bool:
    """Whether it is asked whom to turn to, of what was asked in vain just before."""
    recall = scene.recall
    if recall is None or not recall.refused or len(scene.bare) > LONGEST or own_words.of(scene.text):
        return False
    asked = aspects.read(scene.text).aspects
    return any(aspect.name in _WHOM for aspect in asked) or (not asked and _WHAT_NOW.search(scene.bare) is not None)


def told(scene: Scene) -> Turn:
    """The department whose duties are named, else the office's telephone and 12345; and the tap that hands it over."""
    recall = scene.recall
    assert recall is not None  # is_asked
    entry = department_question.seeing_to(recall.refused, scene.office.directory.read())
    known = contact(scene.office.home)
    said = [say("whom_to_ask", text=plain(recall.refused, 90))]
    if entry is not None and (entry.phone or entry.address):
        said += entry_lines(entry)
    elif known.phone:
        said.append(say("office_phone", value=plain(known.phone)))
    said += [say("ask_12345"), say("hand_over_offer", tap=tap("tap_hand_over"))]
    question = AskedQuestion(scene.asked, answered=True, offered=("guide:找谁",))
    return Turn(Text(lines(said)), recall=replace(recall), question=question, typed=recall.refused[:LONGEST_LETTER])
