"""The answer to a question: the sentence that says it, and the notices that fit; what may be meant, where none surely does."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.answers.lists import FOUND, SHOWN, beside, in_vain, offer_hits
from bot.dialogue.reply_text import lines, plain, say, tap
from bot.dialogue.turn import Scene, Turn
from content.rules.jobs import trades
from content.rules.language import answering_sentence
from content.search.hits import Hit
from content.services.answers import notice_search, offered_notices, quoted_answers
from content.services.answers.offered_notices import OfferedNotices

MEANT = 120  # bytes of what the question was taken to mean
_OF_WORK = re.compile("工作|活[路儿干]|招|岗|上班|应聘|师傅|薪|工资|[包管][吃住]|做事|兼职")
QUOTED = 500  # bytes of a sentence


def search(scene: Scene) -> Turn:
    """The items that fit the question, the best three first; if there are none, says so and keeps the question."""
    answers = notice_search.find(scene.office, scene.text, FOUND, today=scene.today)
    ranking, meant = answers.hits, answers.asked if answers.mended else ""
    of_jobs = scene.job is not None
    chosen = offered_notices.choose(scene.office, answers.asked, ranking, today=scene.today, of_jobs=of_jobs)
    if not of_jobs:
        chosen = _without_jobs(scene, chosen)
    offered = beside(scene, chosen.hits if chosen.is_sure else [], answers.asked)
    if not offered and not chosen.hits:
        return replace(in_vain(scene, "too_short" if len(scene.bare) < 2 else "not_found", ranking), meant=meant)
    if not offered:
        tail = [say("hand_over_offer", tap=tap("tap_hand_over"))]
        turn = offer_hits(scene, chosen.hits[:SHOWN], head=say("nearest_found"), tail=tail)
        return replace(turn, results=tuple(ranking), doubtful=True, meant=meant)
    head = say("found_meant", text=plain(answers.asked, MEANT)) if answers.mended else say("found")
    quote = quoted(scene, offered[0])
    turn = offer_hits(scene, offered, head=f"{quote}\n{say('quoted_more')}" if quote else head)
    return replace(turn, results=tuple(ranking), meant=meant)


def _without_jobs(scene: Scene, chosen: OfferedNotices) -> OfferedNotices:
    """No job is offered to who did not ask for one, unless nothing but jobs surely fits."""
    if _OF_WORK.search(scene.text):
        return chosen
    if chosen.is_sure and trades.known().named(trades.known().mended(scene.text)):
        return chosen
    notices = [hit for hit in chosen.hits if not hit.ref.startswith("posting:")]
    return chosen if chosen.is_sure and not notices else OfferedNotices(notices, chosen.is_sure)


def quoted(scene: Scene, hit: Hit) -> str:
    """The sentence of the best notice that holds the date, sum, place or telephone asked for; empty if there is none."""
    if not answering_sentence.ASKS.search(scene.text):
        return ""
    [result] = notice_search.shown(scene.office, [hit])
    found = quoted_answers.quoted(scene.office, scene.text, result, scene.today)
    if found is None:
        return ""
    said = [say("quoted", title=plain(result.title), text=plain(found.text, QUOTED))]
    if found.passed:
        said.append(say("quoted_passed", day=f"{found.passed.year}年{found.passed.month}月{found.passed.day}日"))
    return lines(said)
