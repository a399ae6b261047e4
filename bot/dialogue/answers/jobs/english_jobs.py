"""A trade asked for in English: how about engineer. The list of that trade, with its headings in English."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.answers.lists import FOUND, SHOWN, entry, offer
from bot.dialogue.reply_text import lines, plain, say
from bot.dialogue.turn import ListedItem, Scene, Turn
from bot.wechat.messages import Text
from config import reference
from content.rules.citizens.triage import MessageKind
from content.rules.jobs import degrees, job_wording
from content.rules.jobs.job_query import JobQuery
from content.services.jobs import job_search

MOST = 60  # postings that one list can go on to
_OF_WORK = re.compile(r"\b(?:jobs?|work|positions?|hiring|vacanc|career|openings?|engineer|developer|analyst)")
_WORD = re.compile("[a-z]+")


def is_asked(scene: Scene) -> bool:
    """Whether a message in English names a trade of the table, or is nothing else."""
    if not _trade(scene):
        return False
    is_english = _OF_WORK.search(scene.text) is not None or (
        scene.finding is not None and scene.finding.kind is MessageKind.ENGLISH
    )
    return is_english or _WORD.fullmatch(scene.text.strip(" ?.!")) is not None


def told(scene: Scene) -> Turn:
    """The postings of the trade; none is said in English too."""
    english = _trade(scene)
    trade = str(reference.table("english_trades")[english])
    query = JobQuery((trade,), degree=degrees.asked(scene.text)[0])
    ids = [posting.id for posting in job_search.search(scene.office, query, scene.today).postings[:MOST]]
    found = job_search.results(scene.office, ids[:FOUND])
    if not found:
        return replace(
            offer(scene, [], head=""), reply=Text(say("english_jobs_none", english=english, trade=_said(scene, query)))
        )
    rest = [ListedItem("posting", number) for number in ids[FOUND:]]
    turn = offer(scene, found, head="", source="jobs", query=query.address, rest=rest)
    entries = [entry(place, result) for place, result in enumerate(found[:SHOWN], start=1)]
    head = say("english_jobs_found", english=english, trade=_said(scene, query), count=len(ids))
    end = say("english_jobs_more" if len(ids) > SHOWN else "english_jobs_end")
    return replace(turn, reply=Text(lines([head, *entries, end])))


def _said(scene: Scene, query: JobQuery) -> str:
    """The query in Chinese: 化学 · 硕士可报."""
    return plain(" · ".join(job_wording.conditions(query, scene.today).values()))


def _trade(scene: Scene) -> str:
    """The last word of the message that is a trade, in the singular: cook of jobs for cooks; empty if none is."""
    known = reference.table("english_trades")
    if longer := [name for name in known if " " in name and name in scene.text]:
        return max(longer, key=len)
    words = [form for word in _WORD.findall(scene.text) for form in (word, word.removesuffix("s")) if form in known]
    return words[-1] if words else ""
