"""Whether one firm was punished: only the notices that name it, or the honest word that none here does."""

from __future__ import annotations

import re

from bot.dialogue.answers.lists import FOUND, offer_hits
from bot.dialogue.reply_text import lines, plain, say, tap
from bot.dialogue.turn import AskedQuestion, Scene, Turn
from bot.wechat.messages import Text
from content.rules.citizens import firm_penalty_question
from content.rules.citizens.letters import LONGEST_LETTER
from content.rules.language import plain_text
from content.search.hits import Hit
from content.services.answers import notice_search

OF_PENALTIES = "行政处罚决定"  # what such notices are called
_PENALTY = re.compile("处罚|罚款")


def is_asked(scene: Scene) -> bool:
    """绿源被罚过吗."""
    return bool(firm_penalty_question.firm(scene.bare))


def told(scene: Scene) -> Turn:
    """The notices on penalties that name the firm; that there is none, if there is none."""
    firm = firm_penalty_question.firm(scene.bare)
    found = [hit for hit in _penalties(scene, firm) if _names(scene, hit, firm)]
    if found:
        return offer_hits(scene, found, head=say("penalties_of", firm=plain(firm)))
    said = [say("no_penalty_of", firm=plain(firm)), say("hand_over_offer", tap=tap("tap_hand_over"))]
    question = AskedQuestion(scene.asked, answered=True, offered=())
    return Turn(Text(lines(said)), question=question, typed=scene.asked[:LONGEST_LETTER])


def _penalties(scene: Scene, firm: str) -> list[Hit]:
    """Disclosures on penalties, those that share most with the name first."""
    every = [
        *notice_search.find(scene.office, f"{firm} {OF_PENALTIES}", FOUND, today=scene.today).hits,
        *notice_search.find(scene.office, OF_PENALTIES, FOUND, today=scene.today).hits,
    ]
    return [*{hit.ref: hit for hit in every if hit.ref.startswith("disclosure:")}.values()]


def _names(scene: Scene, hit: Hit, firm: str) -> bool:
    """Whether a notice is on a penalty and names the firm."""
    item = notice_search.one(scene.office, "disclosure", int(hit.ref.partition(":")[2]), today=scene.today)
    text = plain_text.normalise(f"{item.result.title}\n{item.fields.get('body') or ''}")
    return plain_text.normalise(firm) in text and _PENALTY.search(text) is not None
