"""Work asked for by trade, place, pay, schooling and employer: 电工 5000以上 大专."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl

from bot.dialogue.answers.lists import FOUND, details, entry, in_vain, latest, newest, offer
from bot.dialogue.answers.notices.search import search
from bot.dialogue.command_words import entry_number
from bot.dialogue.matchers import JOB_CONDITIONS, dropped_words
from bot.dialogue.reply_text import lines, plain, say, tapped
from bot.dialogue.turn import AskedQuestion, ListedItem, Recall, Scene, Turn
from bot.wechat.messages import Text
from content.rules.citizens import subscriptions as wish_words
from content.rules.follow_ups import aspects
from content.rules.jobs import job_query, job_question, job_refinement, job_wording, match, trades
from content.rules.jobs.degrees import RequiredDegree
from content.rules.jobs.job_query import JobQuery
from content.rules.jobs.match import NEAR, JobMatches
from content.services.answers import article_search, notice_search
from content.services.citizens import subscriptions
from content.services.jobs import job_search

MOST = 60  # postings that one list can go on to; the page has them all
_LEGAL_FORM = re.compile("(?:股份|有限|责任)*公司$")
_HERE = re.compile("^(?:我|人)?(?:在|坐标|住在?|是)?|(?:这边|那边|这里|附近|人|的)$")
_WHERE = re.compile(
    "(?:都|那|这些)*(?:有|是|在)*(?:哪些?|哪几个|什么|哪个)(?:城市|地方|地区|片区|区|里|儿)(?:的|有|呢|啊)*"
)
_AMONG_OTHERS = re.compile("的(?:有|呢)|有没有.*的|还有")
_OF_HIRING = re.compile("招聘|招考|招录|岗|就业|见习|用工")
_ASKS_ALSO = re.compile("(?:有|招|要|还招)(?:不招|没有|没)?[吗不没]?$|呢$|有没有")
_THIS_ONE = re.compile("那?(?:这|那)(?:个|家|份|里|边|公司|单位|厂|活|工作|岗位)|它|他家|他们")
MOST_PLACES = 12
LONGEST_MENDED = 16  # characters of a text that is taken for what it sounds like
MOST_TAPS = 4  # conditions to let go of by a tap


def offered(scene: Scene) -> Turn:
    """The postings that suit; those that suit nearly, saying what was let go of; whatever else fits the words."""
    assert scene.job is not None  # wants_work
    query = _with_place(scene, scene.job.query)
    if query.is_open and job_question.tells_of_oneself(scene.text):
        return latest(scene, "posting", head=say("jobs_any_age"))
    found = job_search.search(scene.office, query, scene.today)
    if (found.unmet or query.conditions == ["years"]) and (told := _at_the_office(scene, query)):
        return told
    if scene.job.is_doubtful:
        turn = search(scene)
        if turn.question is not None and not turn.question.answered:
            return _otherwise(scene, query, of_jobs=True) if not found.postings else _listed(scene, query, found)
        if (
            found.relaxed
            or found.unmet
            or found.closest < NEAR
            or not turn.results
            or not turn.results[0].ref.startswith("posting:")
        ):
            return turn
    if not found.postings or _is_far(query, found):
        return _otherwise(scene, query, of_jobs=scene.job.of_jobs)
    return _listed(scene, query, found)


def _is_far(query: JobQuery, found: JobMatches) -> bool:
    """Whether a trade is only mentioned somewhere in what was found; what is no trade may stand anywhere."""
    return found.closest < NEAR and any(job_question.is_like_a_trade(word) for word in query.words)


def asks_for_places(scene: Scene) -> bool:
    """都有哪些地方的, after a list of jobs."""
    return scene.subject is not None and scene.subject.kind == "posting" and _WHERE.fullmatch(scene.bare) is not None


def places(scene: Scene) -> Turn:
    """How many of the last list there are at each place, to tap."""
    query = _last(scene)
    found = job_search.search(scene.office, query, scene.today)
    counts = Counter(posting.place.partition("\n")[0].partition("-")[0] for posting in found.postings)
    taps = [
        f"{tapped(say('jobs_only', place=plain(place)), 'place')} {count}"
        for place, count in counts.most_common(MOST_PLACES)
        if place
    ]
    turn = _listed(scene, query, found)
    return replace(turn, reply=Text(lines([say("jobs_places"), *taps])))


def first_place(scene: Scene) -> str:
    """The place of most of the last list, to be named as an example."""
    found = job_search.search(scene.office, _last(scene), scene.today)
    counts = Counter(re.split("[-\\n]", posting.place)[0] for posting in found.postings)
    return max(counts, key=lambda place: counts[place], default="")


def listed(scene: Scene, query: JobQuery) -> Turn:
    """What suits a query, as a list."""
    return _listed(scene, query, job_search.search(scene.office, query, scene.today))


def understood(scene: Scene) -> str:
    """What the last list was asked for, and what of it was let go of, on one line."""
    query = _last(scene)
    return (
        _head(query, job_search.search(scene.office, query, scene.today), scene.today, counted=False)
        .replace("\n", "；")
        .rstrip("：")
    )


def loosening(scene: Scene) -> str:
    """Conditions of the last list to let go of, each by a tap."""
    return _loosening(_last(scene))


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
    return _listed(scene, query, found) if found.postings else _otherwise(scene, query, of_jobs=True)


def _dropped(scene: Scene) -> list[str]:
    """The conditions to let go of: by the names of their taps, or in the citizen's words."""
    if scene.bare in JOB_CONDITIONS:
        return [JOB_CONDITIONS[scene.bare]]
    words = dropped_words(scene.bare) or ""
    if words in job_wording.CALLED:
        return [job_wording.CALLED[words]]
    said = job_search.asked(scene.office, f"{words} 招聘", scene.today)
    return said.query.conditions if said else []


def refines(scene: Scene) -> bool:
    """只看东港的, 8000以上的: conditions and no trade, after a list of jobs."""
    if entry_number(scene.bare, 1) is not None:  # 第一个双休吗
        return False
    return not _asks_of_one(scene) and _refined(scene) is not None


def _asks_of_one(scene: Scene) -> bool:
    """包住吗, of the only job that was shown, or of the one that was looked at."""
    recall = scene.recall
    if recall is not None and _THIS_ONE.match(scene.bare) and aspects.read(scene.text).is_whether:
        return True
    if recall is None or not (recall.opened or len(recall.shown) == 1) or _AMONG_OTHERS.search(scene.bare):
        return False
    return aspects.read(scene.text).is_whether


def refined(scene: Scene) -> Turn:
    """The last list with these conditions as well."""
    query = _refined(scene)
    assert query is not None  # refines
    found = job_search.search(scene.office, query, scene.today)
    said = job_refinement.read(scene.text)
    if said is not None and said.best_paid:
        return _best_paid(scene, query, found)
    return _listed(scene, query, found) if found.postings else _otherwise(scene, query, of_jobs=True)


def _best_paid(scene: Scene, query: JobQuery, found: JobMatches) -> Turn:
    """The same list, the best paid first."""
    paid = sorted(found.postings, key=lambda posting: (-(posting.pay_high or 0), -(posting.pay_low or 0)))
    ids = [posting.id for posting in paid[:MOST]]
    return offer(
        scene,
        job_search.results(scene.office, ids[:FOUND]),
        head=f"{_head(query, found, scene.today, counted=False)}\n{say('jobs_best_paid')}",
        source="jobs",
        query=query.address,
        rest=[ListedItem("posting", number) for number in ids[FOUND:]],
    )


def _refined(scene: Scene) -> JobQuery | None:
    """The query of the last list with what is asked now; None if nothing is said that can be asked of a job."""
    said = job_refinement.read(scene.text)
    if said is None:
        return None
    last = _last(scene)
    if said.best_paid:
        return last
    if said.dropped:
        return match.without(last, [said.dropped])
    avoid = tuple(dict.fromkeys((*last.avoid, *said.avoided)))
    if said.avoided and not said.rest:
        place = "" if any(word in last.place for word in said.avoided) else last.place
        return replace(last, avoid=avoid, place=place)
    asked = job_search.asked(scene.office, f"{said.rest} 招聘", scene.today)
    if asked is None or asked.query.employer or asked.query.is_open:
        return None
    query = _fitting(scene, asked.query, last, replaces=said.replaces)
    if query is None:
        return None
    if query.place:
        query = replace(query, place=_place_beside(scene, last.place, query.place, is_also=said.is_also))
    return replace(last, avoid=avoid, **{name: getattr(query, name) for name in query.conditions if name != "avoid"})


def _fitting(scene: Scene, query: JobQuery, last: JobQuery, *, replaces: bool) -> JobQuery | None:
    """What is asked now, as far as it may change the last list; None if its trade begins another search."""
    if not query.words:
        return query
    if _is_another_trade(query):
        also_there = last.employer and not last.words and _ASKS_ALSO.search(scene.bare)
        return query if replaces or also_there or not (last.words or last.employer) else None
    if query.conditions == ["words"] or not replaces:
        return None
    return replace(query, words=())  # 换深圳那种: no trade


def _place_beside(scene: Scene, last: str, place: str, *, is_also: bool) -> str:
    """A district in the city that was asked for before, or another city besides: 深圳 and then 南山, 广州也行."""
    names = scene.office.postings.names()
    if is_also and last:
        return names.joined([*last.split(), place])
    city = last.split(" ")[0]
    return f"{city} {place}" if city and city in names.around.get(match.stem(place), ()) else place


def _is_another_trade(query: JobQuery) -> bool:
    """苏州找工作 and then 会计; 那保姆呢 instead of another."""
    known = trades.known()
    return all(
        word in known.words or job_question.is_like_a_trade(word) for part in query.words for word in part.split("|")
    )


def _last(scene: Scene) -> JobQuery:
    """What the last list was asked for."""
    if scene.recall is None or scene.recall.source == "posting":
        return JobQuery()
    if scene.recall.source == "jobs":
        return job_query.from_arguments(dict(parse_qsl(scene.recall.text)))
    asked = job_search.asked(scene.office, f"{scene.recall.text} 招聘", scene.today)
    return asked.query if asked else JobQuery((scene.recall.text,))


def _listed(scene: Scene, query: JobQuery, found: JobMatches) -> Turn:
    if query.is_open:
        return newest(scene, "posting")
    ids = [posting.id for posting in found.postings[:MOST]]
    return offer(
        scene,
        job_search.results(scene.office, ids[:FOUND]),
        head=_head(query, found, scene.today),
        source="jobs",
        query=query.address,
        rest=[ListedItem("posting", number) for number in ids[FOUND:]],
        notes=_notes(query, found),
        tail=_tail(scene, query),
    )


def _notes(query: JobQuery, found: JobMatches) -> dict[str, str]:
    """What to say of those that name no degree, to who looks for work that needs none."""
    if query.degree is None or query.degree.most != RequiredDegree.ANY:
        return {}
    return {f"posting:{one.id}": say("jobs_no_degree_said") for one in found.postings if match.says_no_degree(one)}


def _otherwise(scene: Scene, query: JobQuery, *, of_jobs: bool) -> Turn:
    """The newest if only the days did not suit; else the search, which knows more than postings."""
    if query.dates and query.conditions == ["dates"]:
        said = job_wording.conditions(query, scene.today)["dates"]
        return latest(scene, "posting", head=say("no_jobs_then", period=said.removesuffix("发布")))
    turn = search(scene)
    if not of_jobs:
        return turn
    expired = job_search.had_expired(scene.office, query, scene.today)
    name = "no_such_job_now" if expired else "no_such_job"
    vain = in_vain(scene, name, tap=_wish_tap(scene, query) or tapped("订阅 招聘", "wish"))
    recall = Recall("jobs", query.address, ())
    results = _of_hiring(scene, query, turn)
    if results and isinstance(vain.reply, Text):
        found = [entry(place, result) for place, result in enumerate(results, start=1)]
        if results[0].kind == "disclosure":
            return _of_notices(scene, results, turn)
        vain = replace(vain, reply=Text(lines([*vain.reply.content.split("\n"), say("found_besides"), *found])))
        recall = replace(recall, shown=tuple(ListedItem.of(result.ref) for result in results))
    return replace(vain, recall=recall, results=turn.results)


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
    shown = [one for one in turn.recall.shown if one.kind != "posting"] if turn.recall else []
    results = [result for one in shown if _OF_HIRING.search((result := details(scene, one).result).title)]
    words = " ".join(query.words) or f"{_LEGAL_FORM.sub('', query.employer)} {query.place}"
    return [
        one for one in results if one.kind == article_search.KIND or notice_search.titled(scene.office, words, [one])
    ]


def instead(scene: Scene, turn: Turn) -> Turn:
    """For words that were looked up in vain: the work that they sound like, 电公招骋 for 电工招聘."""
    names = scene.office.postings.names()
    if names.place(scene.bare) == (scene.bare, "") or (scene.bare in names.places):
        return replace(listed(scene, JobQuery(place=scene.bare)), results=turn.results)
    meant = trades.known().mended(scene.text) if len(scene.text) <= LONGEST_MENDED else scene.text
    if meant == scene.text:
        return turn
    job = job_search.asked(scene.office, meant, scene.today)
    if job is None or not job_search.search(scene.office, job.query, scene.today).postings:
        return turn
    return replace(offered(replace(scene, text=meant)), results=turn.results)


def _head(query: JobQuery, found: JobMatches, today: date, *, counted: bool = True) -> str:
    """How the question was understood, and what of it was let go of, or how many there are."""
    said = job_wording.conditions(query, today)
    if query.dates and query.conditions == ["dates"]:
        return say("jobs_then", period=said["dates"].removesuffix("发布"))
    echo = say("jobs_asked", conditions=" · ".join(plain(words) for words in said.values()))
    eased = _eased(said, found)
    if not eased and not counted:
        return echo
    return f"{echo}\n{eased or say('jobs_found', count=len(found.postings))}"


def _eased(said: Mapping[str, str], found: JobMatches) -> str:
    """What was let go of, each condition by itself; empty if nothing was."""
    if found.wider:
        return say("jobs_wider", place=plain(said["place"]), wider=plain(found.wider.replace(" ", "")))
    if found.unmet:
        is_trade = job_question.is_like_a_trade(found.unmet[0].split("|")[0])
        return say("jobs_no_trade" if is_trade else "jobs_unmet", words=plain(" ".join(found.unmet).replace("|", "或")))
    if not found.relaxed:
        return ""
    return say(
        "jobs_nearly",
        eased="；".join(f"没有{plain(said[name])}的，{job_wording.EASED[name]}" for name in found.relaxed),
    )


def _tail(scene: Scene, query: JobQuery) -> list[str]:
    """Conditions to let go of, and the trade to subscribe to, each by a tap."""
    taps, wish = _loosening(query), _wish_tap(scene, query)
    return [
        *([say("jobs_loosen", taps=taps)] if taps else []),
        *([say("jobs_wish", tap=wish)] if wish else []),
    ]


def _loosening(query: JobQuery) -> str:
    named = [name for name in query.conditions if name != "words"] if len(query.conditions) > 1 else []
    return "　".join(tapped(job_wording.NO_LONGER[name], "loosen") for name in named[:MOST_TAPS])


def _wish_tap(scene: Scene, query: JobQuery) -> str:
    """订阅 电工 东港, to tap; a trade that nobody knows as it was written; empty if no words say it."""
    words = subscriptions.said(scene.office, query, scene.today) or wish_words.words(" ".join(query.words))
    return tapped(f"订阅 {plain(words)}", "wish") if words else ""
