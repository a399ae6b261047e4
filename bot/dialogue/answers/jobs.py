"""Work asked for by trade, place, pay, schooling and employer: 电工 5000以上 大专."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.answers.lists import FOUND, LOOKED_AT, in_vain, latest, newest, offer, search
from bot.dialogue.reply_text import plain, say, tapped
from bot.dialogue.turn import ListedItem, Scene, Turn
from content.rules.citizens import subscriptions
from content.rules.jobs.job_query import DateRange, JobQuery
from content.rules.jobs.match import NEAR
from content.rules.language import periods
from content.services.answers import notice_search
from content.services.jobs import job_search

MOST = 60  # postings that one list can go on to; the page has them all
LET_GO = {  # what may be let go of, in the words of content.rules.jobs.match and in ours
    "dates": "job_period",
    "pay": "job_pay",
    "place": "job_place",
    "degree": "job_degree",
    "employer": "job_employer",
}


def offered(scene: Scene) -> Turn:
    """The postings that suit; those that suit nearly, saying what was let go of; whatever else fits the words."""
    assert scene.job is not None  # wants_work
    query = scene.job.query
    if query.is_open:
        return newest(scene, "posting")
    found = job_search.search(scene.office, query, scene.today)
    if not found.postings or (found.closest < NEAR and not scene.job.of_jobs):
        return _otherwise(scene, query, of_jobs=scene.job.of_jobs)
    ids = [posting.id for posting in found.postings[:MOST]]
    return offer(
        scene,
        job_search.results(scene.office, ids[:FOUND]),
        head=_head(scene, query, found.relaxed),
        source="jobs",
        query=query.address,
        rest=[ListedItem("posting", number) for number in ids[FOUND:]],
        tail=_tail(query),
    )


def _otherwise(scene: Scene, query: JobQuery, *, of_jobs: bool) -> Turn:
    """The newest if only the days did not suit; else the search, which knows more than postings."""
    if query.dates and query.conditions == ["dates"]:
        return latest(scene, "posting", head=say("no_jobs_then", period=_said(scene, query.dates)))
    turn = search(scene)
    words = " ".join([query.employer, query.place, *query.words])
    if notice_search.fits(scene.office, words, turn.results[:LOOKED_AT]) or not (of_jobs or turn.results):
        return turn
    return replace(
        in_vain(scene, "no_such_job", tap=_wish_tap(query) or tapped("订阅 招聘", "wish")), results=turn.results
    )


def _head(scene: Scene, query: JobQuery, relaxed: tuple[str, ...]) -> str:
    if relaxed:
        return say("jobs_nearly", without="、".join(say(LET_GO[name]) for name in relaxed))
    return say("jobs_then", period=_said(scene, query.dates)) if query.dates else say("jobs_found")


def _said(scene: Scene, dates: DateRange) -> str:
    return periods.said(dates.first, dates.last, scene.today)


def _tail(query: JobQuery) -> list[str]:
    tap = _wish_tap(query)
    return [say("jobs_wish", tap=tap)] if tap else []


def _wish_tap(query: JobQuery) -> str:
    """订阅 电工, to tap; empty if there is nothing to subscribe to."""
    words = subscriptions.words(" ".join(filter(None, [query.place, *query.words])) or query.employer)
    return tapped(f"订阅 {plain(words)}", "wish") if words else ""
