"""Work asked for by trade, place, pay, schooling and employer: 电工 5000以上 大专."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from urllib.parse import parse_qsl

from bot.dialogue.answers.jobs import job_lists
from bot.dialogue.answers.lists import details, entry, in_vain, latest, newest
from bot.dialogue.answers.notices.search import search
from bot.dialogue.matchers import JOB_CONDITIONS, dropped_words
from bot.dialogue.reply_text import lines, plain, say, tapped
from bot.dialogue.turn import AskedQuestion, ListedItem, Recall, Scene, Turn
from bot.wechat.messages import Text
from content.rules.jobs import job_query, job_question, job_refinement, job_wording, match, trades
from content.rules.jobs.job_query import JobQuery
from content.rules.jobs.match import NEAR, JobMatches
from content.rules.jobs.reading import circumstances, idle_words, oneself
from content.services.answers import article_search, notice_search
from content.services.jobs import job_search

_LEGAL_FORM = re.compile("(?:股份|有限|责任)*公司$")
_A_KIND_OF_FIRM = re.compile("(?<=..)(?:工厂|厂|店|企业)$")
_HERE = re.compile("^(?:我|人)?(?:在|坐标|住在?|是)?|(?:这边|那边|这里|附近|人|的)$")
_WHERE = re.compile(
    "(?:都|那|这些)*(?:有|是|在)*(?:哪些|哪几个|什么|哪个)(?:城市|地方|地区|片区|区|里|儿)(?:的|有|呢|啊)*|那?(?:都|这些)+(?:有|是|在)*哪(?:里|儿)(?:的|有|呢|啊)*"
)
_OF_HIRING = re.compile("招聘|招考|招录|岗|就业|见习|用工")
OF_WORK_ALONE = {"hours", "paid_by"}  # conditions of which nothing but work is told
FOUND_FIRST = 3
MOST_PLACES = 12
LONGEST_MENDED = 16  # characters of a text that is taken for what it sounds like


def offered(scene: Scene) -> Turn:
    """The postings that suit; those that suit nearly, saying what was let go of; whatever else fits the words."""
    assert scene.job is not None  # wants_work
    query = _with_place(scene, scene.job.query)
    if (alone := circumstances.told_in(scene.text)) and alone.is_all:
        return Turn(Text(alone.told), recall=scene.recall)
    if query.is_open and oneself.tells(scene.text) and not alone:
        return latest(scene, "posting", head=say("jobs_any_age"))
    found = job_search.search(scene.office, query, scene.today)
    said = job_refinement.read(scene.text)
    if said is not None and said.best_paid:
        return job_lists.best_paid(scene, query, found)
    if (found.unmet or query.conditions == ["years"]) and (told := _at_the_office(scene, query)):
        return told if found.unmet else _beside(job_lists.listed(scene, query, found), told)
    if scene.job.is_doubtful and (turn := _doubtful(scene, query, found)) is not None:
        return turn
    if not found.postings or _is_far(query, found):
        return otherwise(scene, query, of_jobs=scene.job.of_jobs)
    return job_lists.listed(scene, query, found)


def _doubtful(scene: Scene, query: JobQuery, found: JobMatches) -> Turn | None:
    """What the search says to words that may be no wish for work; None if it finds jobs as well."""
    turn = search(scene)
    if turn.question is not None and not turn.question.answered:
        if found.postings:
            return job_lists.listed(scene, query, found)
        return otherwise(scene, query, of_jobs=True, turn=turn)
    if not found.postings and {*query.words} <= trades.known().words and _are_all_jobs(turn):
        return otherwise(scene, query, of_jobs=True, turn=turn)
    return turn if not found.postings or not _are_jobs(query, turn) else None


def _are_jobs(query: JobQuery, turn: Turn) -> bool:
    """Whether the search finds jobs first; for a trade alone, whether it finds any among the first."""
    few = turn.results[: FOUND_FIRST if {*query.words} <= trades.known().words else 1]
    return any(result.ref.startswith("posting:") for result in few)


def _are_all_jobs(turn: Turn) -> bool:
    """Whether the search finds nothing but jobs, of which none is of the trade."""
    return all(result.ref.startswith("posting:") for result in turn.results[:FOUND_FIRST])


def _is_far(query: JobQuery, found: JobMatches) -> bool:
    """Whether a trade is only mentioned somewhere in what was found; what is no trade may stand anywhere."""
    return found.closest < NEAR and any(job_question.is_like_a_trade(word) for word in query.words)


def shows_what_is_rejected(found: JobMatches) -> bool:
    """Whether what was let go of brings back what is not wanted: the job in 武汉 to who asks for one in 天河 instead."""
    return {"avoid", "place"} <= {*found.relaxed}


def asks_for_places(scene: Scene) -> bool:
    """都有哪些地方的, after a list of jobs."""
    return scene.subject is not None and scene.subject.kind == "posting" and _WHERE.fullmatch(scene.bare) is not None


def places(scene: Scene) -> Turn:
    """How many of the last list there are at each place, to tap."""
    query = last_query(scene)
    found = job_search.search(scene.office, query, scene.today)
    counts = Counter(posting.place.partition("\n")[0].partition("-")[0] for posting in found.postings)
    taps = [
        f"{tapped(say('jobs_only', place=plain(place)), 'place')} {count}"
        for place, count in counts.most_common(MOST_PLACES)
        if place
    ]
    turn = job_lists.listed(scene, query, found)
    return replace(turn, reply=Text(lines([say("jobs_places"), *taps])))


def first_place(scene: Scene) -> str:
    """The place of most of the last list, to be named as an example."""
    found = job_search.search(scene.office, last_query(scene), scene.today)
    counts = Counter(re.split("[-\\n]", posting.place)[0] for posting in found.postings)
    return max(counts, key=lambda place: counts[place], default="")


def listed(scene: Scene, query: JobQuery) -> Turn:
    """What suits a query, as a list."""
    return job_lists.listed(scene, query, job_search.search(scene.office, query, scene.today))


def understood(scene: Scene) -> str:
    """What the last list was asked for, and what of it was let go of, on one line."""
    query = last_query(scene)
    return (
        job_lists.heading(query, job_search.search(scene.office, query, scene.today), scene.today, counted=False)
        .replace("\n", "；")
        .rstrip("：")
    )


def loosening(scene: Scene) -> str:
    """Conditions of the last list to let go of, each by a tap."""
    return job_lists.taps_to_loosen(last_query(scene))


def _with_place(scene: Scene, query: JobQuery) -> JobQuery:
    """The query at the place that was said alone a moment ago: 我在深圳."""
    if query.place or scene.subject is None or scene.recall is None or scene.recall.source != "search":
        return query
    place, rest = scene.office.postings.names().place(_HERE.sub("", scene.recall.text))
    return replace(query, place=place) if place and not rest else query


def loosened(scene: Scene) -> Turn:
    """The last list again without that condition; where there is none, what the words say by themselves."""
    if scene.recall is None or scene.recall.source != "jobs":
        return offered(scene) if scene.job else newest(scene, "posting")
    last = job_query.from_arguments(dict(parse_qsl(scene.recall.text)))
    query = match.without(last, _dropped(scene))
    found = job_search.search(scene.office, query, scene.today)
    return job_lists.listed(scene, query, found) if found.postings else otherwise(scene, query, of_jobs=True)


def _dropped(scene: Scene) -> list[str]:
    """The conditions to let go of: by the names of their taps, or in the citizen's words."""
    if scene.bare in JOB_CONDITIONS:
        return [JOB_CONDITIONS[scene.bare]]
    words = dropped_words(scene.bare) or ""
    if words in job_wording.CALLED:
        return [job_wording.CALLED[words]]
    said = job_search.asked(scene.office, f"{words} 招聘", scene.today)
    return said.query.conditions if said else []


def last_query(scene: Scene) -> JobQuery:
    """What the last list was asked for."""
    if scene.recall is None or (scene.recall.source == "posting" and not scene.recall.text):
        return JobQuery()
    if scene.recall.source in ("jobs", "posting"):
        return job_query.from_arguments(dict(parse_qsl(scene.recall.text)))
    asked = job_search.asked(scene.office, f"{scene.recall.text} 招聘", scene.today)
    return asked.query if asked else JobQuery((scene.recall.text,))


def otherwise(scene: Scene, query: JobQuery, *, of_jobs: bool, turn: Turn | None = None) -> Turn:
    """The newest if only the days did not suit; else the search (`turn`, if it was made), which knows more than postings."""
    if query.dates and query.conditions == ["dates"]:
        said = job_wording.conditions(query, scene.today)["dates"]
        return latest(scene, "posting", head=say("no_jobs_then", period=said.removesuffix("发布")))
    if query.conditions == ["place"]:
        return _latest(scene, query, say("no_jobs_there", place=plain(query.place.replace("|", "、"))))
    if query.conditions == ["employer"] and (listed_instead := _of_a_kind(scene, query.employer)):
        return listed_instead
    if query.conditions == ["employer"] and of_jobs and not job_search.had_expired(scene.office, query, scene.today):
        return _latest(scene, query, say("no_jobs_of_employer", employer=plain(query.employer)))
    turn = turn or search(scene)
    if not of_jobs:
        return turn
    vain = no_such_job(scene, query, turn)
    recall = Recall("jobs", query.address, ())
    results = _of_hiring(scene, query, turn)
    if not results and (around := _around(scene, query)):
        return replace(_with_those(scene, query, vain, around), results=turn.results)
    if not results and query.words and not any(map(job_question.is_like_a_trade, query.words)):
        head = say("jobs_none_such", words=plain(" ".join(query.words).replace("|", "或")))
        return replace(_latest(scene, query, head), results=turn.results)
    if results and isinstance(vain.reply, Text):
        found = [entry(place, result) for place, result in enumerate(results, start=1)]
        if results[0].kind == "disclosure":
            return _of_notices(scene, results, turn)
        vain = replace(vain, reply=Text(lines([*vain.reply.content.split("\n"), say("found_besides"), *found])))
        recall = replace(recall, shown=tuple(ListedItem.of(result.ref) for result in results))
    return replace(vain, recall=recall, results=turn.results)


def _around(scene: Scene, query: JobQuery) -> list[int]:
    """The postings of trades that belong with one that nobody offers, at the same place: 前端 for who asks for java."""
    if len(query.words) != 1:
        return []
    for word in query.words[0].split("|"):
        for name in trades.known().around(word):
            found = job_search.search(scene.office, JobQuery((name,), query.place), scene.today)
            if found.postings and not found.relaxed and not found.unmet and not _is_far(query, found):
                return [one.id for one in found.postings[:FOUND_FIRST]]
    return []


def _with_those(scene: Scene, query: JobQuery, vain: Turn, around: list[int]) -> Turn:
    """That there is none, and those nearest to it, to be opened by their numbers."""
    results = job_search.results(scene.office, around)
    assert isinstance(vain.reply, Text)  # no_such_job
    found = [entry(place, result) for place, result in enumerate(results, start=1)]
    shown = tuple(ListedItem.of(result.ref) for result in results)
    said = [*vain.reply.content.split("\n"), say("jobs_around"), *found]
    return replace(vain, reply=Text(lines(said)), recall=Recall("jobs", query.address, shown))


def _of_a_kind(scene: Scene, employer: str) -> Turn | None:
    """What firms of a kind offer, 污水厂, where nobody is called so; None if it is no kind, or nobody is of it."""
    kind = JobQuery((_A_KIND_OF_FIRM.sub("", employer),))
    if kind.words == (employer,):
        return None
    found = job_search.search(scene.office, kind, scene.today)
    return job_lists.listed(scene, kind, found) if found.postings and not _is_far(kind, found) else None


def _latest(scene: Scene, query: JobQuery, head: str) -> Turn:
    """The newest of all for what nobody offers; what was asked for is remembered, for 那武汉呢."""
    turn = latest(scene, "posting", head="\n".join(filter(None, [job_lists.of_oneself(scene), head])))
    return replace(turn, recall=replace(turn.recall, text=query.address) if turn.recall else None)


def _beside(turn: Turn, told: Turn) -> Turn:
    """A list of jobs, and what the office itself has besides."""
    assert isinstance(turn.reply, Text) and isinstance(told.reply, Text)  # both are lists
    said = [*turn.reply.content.split("\n"), say("found_besides"), *told.reply.content.split("\n")[1:]]
    return replace(turn, reply=Text(lines(said)), results=told.results)


def no_such_job(scene: Scene, query: JobQuery, turn: Turn) -> Turn:
    """That there is none, or no longer, and how to be told of one."""
    expired = job_search.had_expired(scene.office, query, scene.today)
    name = "no_such_job_now" if expired else "no_such_job"
    vain = in_vain(scene, name, tap=job_lists.wish_tap(scene, query) or tapped("订阅 招聘", "wish"))
    assert isinstance(vain.reply, Text)  # in_vain
    said = [job_lists.of_oneself(scene), job_lists.echo(query, scene.today), *vain.reply.content.split("\n")]
    recall = Recall("jobs", query.address, ())  # for 那天河的呢
    return replace(vain, reply=Text(lines(filter(None, said))), recall=recall, results=turn.results)


def _at_the_office(scene: Scene, query: JobQuery) -> Turn | None:
    """What the office itself has of what is sought, which no posting is: 就业见习; None if nothing."""
    turn = search(scene)
    results = _of_hiring(scene, query if query.words else JobQuery((scene.text,)), turn)
    return _of_notices(scene, results, turn) if results and results[0].kind == "disclosure" else None


def _of_notices(scene: Scene, results: list[notice_search.Result], turn: Turn) -> Turn:
    """These notices as a list, with the ranking that found them."""
    found = [entry(place, result) for place, result in enumerate(results, start=1)]
    asked = AskedQuestion(scene.asked, answered=True, offered=tuple(result.ref for result in results))
    shown = tuple(ListedItem.of(result.ref) for result in results)
    told = Turn(Text(lines([say("found"), *found])), recall=Recall("search", scene.text, shown), question=asked)
    return replace(told, results=turn.results)


def _of_hiring(scene: Scene, query: JobQuery, turn: Turn) -> list[notice_search.Result]:
    """The notices and articles on hiring among what the words found, that name the trade; articles need not."""
    ranked = {one.ref: one for one in turn.results}
    shown = [one for one in turn.recall.shown if one.kind != "posting"] if turn.recall else []
    listed = [
        notice_search.shown(scene.office, [ranked[one.ref]])[0] if one.ref in ranked else details(scene, one).result
        for one in shown
    ]
    results = [result for result in listed if _OF_HIRING.search(result.title)]
    words = " ".join(query.words) or f"{_LEGAL_FORM.sub('', query.employer)} {query.place}"
    return [
        one for one in results if one.kind == article_search.KIND or notice_search.titled(scene.office, words, [one])
    ]


def instead(scene: Scene, turn: Turn) -> Turn:
    """For words that were looked up in vain: the work that they sound like, 电公招骋 for 电工招聘."""
    names = scene.office.postings.names()
    if names.place(scene.bare) == (scene.bare, "") or (scene.bare in names.places):
        there = JobQuery(place=scene.bare)
        told = listed(scene, there) if names.is_hiring_in(scene.bare) else otherwise(scene, there, of_jobs=True)
        return replace(told, results=turn.results)
    meant = trades.known().mended(scene.text) if len(scene.text) <= LONGEST_MENDED else scene.text
    job = job_search.asked(scene.office, meant, scene.today) if meant != scene.text else None
    is_trade = job is not None and bool(job.query.words) and {*job.query.words} <= trades.known().words
    if job is not None and (is_trade or job_search.search(scene.office, job.query, scene.today).postings):
        return replace(offered(replace(scene, text=meant)), results=turn.results)
    return in_it(scene, turn)


def is_surely_of_work(scene: Scene) -> bool:
    """Whether it names a condition that only work has, and blames nobody: 日结，身上没钱了."""
    job = job_question.loosely(scene.text, scene.today, scene.office.postings.names())
    return job is not None and bool({*job.query.conditions} & {"paid_by", "hours", "shift", "board"})


def in_it(scene: Scene, turn: Turn) -> Turn:
    """The work that a message names among other words; the turn as it is if it names none that somebody offers."""
    said = job_refinement.read(scene.text)
    if said is not None and said.best_paid:
        return replace(
            job_lists.best_paid(scene, JobQuery(), job_search.search(scene.office, JobQuery(), scene.today)),
            results=turn.results,
        )
    job = job_question.loosely(scene.text, scene.today, scene.office.postings.names())
    found = job_search.search(scene.office, job.query, scene.today) if job else JobMatches()
    if job is not None and turn.doubtful and not job.query.words and not {*job.query.conditions} & OF_WORK_ALONE:
        return turn
    if job is None or not found.postings or _is_far(job.query, found):
        is_of_work = idle_words.WISH.search(scene.text) is not None or is_surely_of_work(scene)
        in_vain_too = not turn.doubtful and job is not None and job.query.words and is_of_work
        return no_such_job(scene, job.query, turn) if in_vain_too and job else turn
    return replace(job_lists.listed(scene, job.query, found), results=turn.results)
