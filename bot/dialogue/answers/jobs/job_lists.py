"""Jobs as a list: how the search was understood, what was let go of, what a posting leaves unsaid, and what may be tapped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.dialogue.answers.lists import FOUND, latest, offer
from bot.dialogue.reply_text import plain, say, tapped
from bot.dialogue.turn import ListedItem, Scene, Turn
from content.rules.citizens import subscriptions as wish_words
from content.rules.citizens.letters import LONGEST_LETTER
from content.rules.jobs import job_question, job_wording, match
from content.rules.jobs.job_query import JobQuery
from content.rules.jobs.match import CurrentPosting, JobMatches
from content.rules.jobs.reading import circumstances
from content.services.citizens import subscriptions
from content.services.jobs import job_search

MOST = 60  # postings that one list can go on to; the page has them all
MOST_TAPS = 4  # conditions to let go of by a tap


def best_paid(scene: Scene, query: JobQuery, found: JobMatches) -> Turn:
    """The same list, the best paid first."""
    paid = match.best_paid(found.postings, query)
    head = f"{heading(query, found, scene.today, counted=False)}\n{say('jobs_best_paid')}"
    return _offered(scene, query, paid, head=head, notes=_unsaid(query, paid))


def listed(scene: Scene, query: JobQuery, found: JobMatches) -> Turn:
    """What suits, with how the search was understood; the newest for who asks for nothing in particular."""
    if query.is_open:
        turn = latest(scene, "posting", head="\n".join(filter(None, [of_oneself(scene), say("newest_posting")])))
        return replace(turn, typed=scene.asked[:LONGEST_LETTER])
    head, notes = heading(query, found, scene.today), _unsaid(query, found.postings)
    return _offered(scene, query, found.postings, head=head, notes=notes, tail=_tail(scene, query))


def _offered(
    scene: Scene,
    query: JobQuery,
    postings: Sequence[CurrentPosting],
    *,
    head: str,
    notes: Mapping[str, str] | None = None,
    tail: Sequence[str] = (),
) -> Turn:
    ids = [posting.id for posting in postings[:MOST]]
    return offer(
        scene,
        job_search.results(scene.office, ids[:FOUND]),
        head="\n".join(filter(None, [of_oneself(scene), _closed(scene), head])),
        source="jobs",
        query=query.address,
        rest=[ListedItem("posting", number) for number in ids[FOUND:]],
        notes=notes,
        tail=tail,
    )


def _unsaid(query: JobQuery, those: Sequence[CurrentPosting]) -> dict[str, str]:
    """What a posting does not say of what is asked for, though nothing in it speaks against it."""
    notes = {f"posting:{one.id}": match.unsaid(one, query) for one in those[:MOST]}
    return {ref: "".join(say(name) for name in names) for ref, names in notes.items() if names}


def echo(query: JobQuery, today: date) -> str:
    """How the question was understood; empty if nothing in particular was asked for."""
    said = job_wording.conditions(query, today)
    return say("jobs_asked", conditions=" · ".join(plain(words) for words in said.values())) if said else ""


def heading(query: JobQuery, found: JobMatches, today: date, *, counted: bool = True) -> str:
    """How the question was understood, and what of it was let go of, or how many there are."""
    said = job_wording.conditions(query, today)
    if query.dates and query.conditions == ["dates"]:
        return say("jobs_then", period=said["dates"].removesuffix("发布"))
    if not said:
        return say("jobs_all")
    understood = echo(query, today)
    eased = _let_go(said, found)
    if not eased and not counted:
        return understood
    return f"{understood}\n{eased or say('jobs_found', count=len(found.postings))}"


def _let_go(said: Mapping[str, str], found: JobMatches) -> str:
    """What was let go of, each condition by itself; empty if nothing was."""
    if found.wider:
        wider = [f"没有{plain(said['place'])}的，放宽到{plain(found.wider.replace(' ', ''))}"]
        return say("jobs_nearly", eased="；".join([*wider, *_eased(said, found)]))
    if found.unmet:
        is_trade = job_question.is_like_a_trade(found.unmet[0].split("|")[0])
        return say("jobs_no_trade" if is_trade else "jobs_unmet", words=plain(" ".join(found.unmet).replace("|", "或")))
    if not found.relaxed:
        return ""
    return say("jobs_nearly", eased="；".join(_eased(said, found)))


def _eased(said: Mapping[str, str], found: JobMatches) -> list[str]:
    """Each condition that was let go of."""
    return [f"没有{plain(said[name])}的，{job_wording.EASED[name]}" for name in found.relaxed]


def _tail(scene: Scene, query: JobQuery) -> list[str]:
    """Conditions to let go of, and the trade to subscribe to, each by a tap."""
    taps, wish = taps_to_loosen(query), wish_tap(scene, query)
    return [
        *([say("jobs_loosen", taps=taps)] if taps else []),
        *([say("jobs_wish", tap=wish)] if wish else []),
    ]


def of_oneself(scene: Scene) -> str:
    """What is said to who tells of his life: whom a disabled person may turn to, what to mind of work at home; else empty."""
    told = circumstances.told_in(scene.text)
    at_home = scene.job is not None and bool(scene.job.query.site)
    return "\n".join(filter(None, [told.told if told else "", say("jobs_at_home") if at_home else ""]))


def _closed(scene: Scene) -> str:
    """That the posting that is asked for by its title is closed; empty if none is."""
    found = job_search.closed(scene.office, scene.text, scene.today)
    if found is None or found.last_day is None:
        return ""
    day = f"{found.last_day.month}月{found.last_day.day}日"
    return say("jobs_closed", title=plain(found.title), employer=plain(found.employer), day=day)


def taps_to_loosen(query: JobQuery) -> str:
    """Conditions to let go of, each by a tap."""
    named = [name for name in query.conditions if name != "words"] if len(query.conditions) > 1 else []
    return "　".join(tapped(job_wording.NO_LONGER[name], "loosen") for name in named[:MOST_TAPS])


def wish_tap(scene: Scene, query: JobQuery) -> str:
    """订阅 电工 东港, to tap; a trade that nobody knows as it was written; empty if no words say it."""
    words = subscriptions.said(scene.office, query, scene.today) or wish_words.words(" ".join(query.words))
    return tapped(f"订阅 {plain(words)}", "wish") if words else ""
