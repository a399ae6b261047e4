"""Work asked for by trade, place, pay, schooling and employer: 电工 5000以上 大专."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from bot.dialogue.answers.lists import FOUND, LOOKED_AT, in_vain, latest, newest, offer, search
from bot.dialogue.reply_text import plain, say, tapped
from bot.dialogue.turn import ListedItem, Scene, Turn
from content.rules.citizens import subscriptions
from content.rules.jobs.match import Wanted
from content.rules.jobs.posting_figures import RequiredDegree
from content.services.answers import notice_search
from content.services.jobs import job_search

LET_GO = {  # what may be let go of, in the words of content.rules.jobs.match and in ours
    "period": "job_period",
    "pay": "job_pay",
    "place": "job_place",
    "degree": "job_degree",
    "employer": "job_employer",
}


def offered(scene: Scene) -> Turn:
    """The postings that suit; those that suit nearly, saying what was let go of; whatever else fits the words."""
    wish = scene.wanted
    assert wish is not None  # wants_work
    if wish.is_open:
        return newest(scene, "posting")
    found = job_search.seek(scene.office, wish, scene.today)
    if not found.ids:
        return _otherwise(scene, wish)
    shown, rest = found.ids[:FOUND], found.ids[FOUND:]
    return offer(
        scene,
        job_search.results(scene.office, shown),
        head=_head(wish, found.without),
        source="jobs",
        query=_query(wish),
        rest=[ListedItem("posting", number) for number in rest],
        tail=_tail(wish),
    )


def _otherwise(scene: Scene, wish: Wanted) -> Turn:
    """The newest if only the days did not suit; else the search, which knows more than postings."""
    if wish.period and wish == Wanted(period=wish.period, of_jobs=wish.of_jobs):
        return latest(scene, "posting", head=say("no_jobs_then", period=wish.period.words))
    turn = search(scene)
    words = " ".join([wish.employer, wish.place, *wish.words])
    if notice_search.fits(scene.office, words, turn.results[:LOOKED_AT]) or not (wish.of_jobs or turn.results):
        return turn
    return replace(
        in_vain(scene, "no_such_job", tap=_wish_tap(wish) or tapped("订阅 招聘", "wish")), results=turn.results
    )


def _head(wish: Wanted, without: tuple[str, ...]) -> str:
    if without:
        return say("jobs_nearly", without="、".join(say(LET_GO[name]) for name in without))
    return say("jobs_then", period=wish.period.words) if wish.period else say("jobs_found")


def _tail(wish: Wanted) -> list[str]:
    tap = _wish_tap(wish)
    return [say("jobs_wish", tap=tap)] if tap else []


def _wish_tap(wish: Wanted) -> str:
    """订阅 电工, to tap; empty if there is nothing to subscribe to."""
    words = subscriptions.words(" ".join(filter(None, [wish.place, *wish.words])) or wish.employer)
    return tapped(f"订阅 {plain(words)}", "wish") if words else ""


def _query(wish: Wanted) -> str:
    """The same on the page of jobs."""
    said = {
        "q": " ".join(wish.words),
        "place": wish.place,
        "pay": str(wish.pay.least) if wish.pay and wish.pay.least else "",
        "degree": str(int(wish.degree.most)) if wish.degree and wish.degree.most < max(RequiredDegree) else "",
        "employer": wish.employer,
    }
    return urlencode({name: value for name, value in said.items() if value and value != "0"})
