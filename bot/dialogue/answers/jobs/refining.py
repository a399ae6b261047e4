"""What changes the last list of jobs: another place, one condition more, another trade or employer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.answers.jobs import job_answers, job_lists
from bot.dialogue.command_words import entry_number
from bot.dialogue.turn import Scene, Turn
from content.rules.follow_ups import asked_of_shown, aspects, posting_questions
from content.rules.jobs import job_question, job_refinement, match, trades
from content.rules.jobs.job_query import JobQuery
from content.rules.jobs.job_refinement import JobRefinement
from content.rules.jobs.reading import cities, licences, unwanted
from content.services.jobs import job_search

_ASKS_ALSO = re.compile("(?:有|招|要|还招)(?:不招|没有|没)?[吗不没]?$|呢$|有没有")
_ASKS_A_SKILL = re.compile("(?:有没有|有)?(?:要求?|会|懂|需要|用得?[上到])(?!什么|啥|哪|多|几|不|怎)")
_THIS_ONE = re.compile("那?(?:这|那)(?:个|家|份|里|边|公司|单位|厂|活|工作|岗位)|它|他家|他们")
_AMONG_OTHERS = re.compile("的(?:有|呢)|有没有.*的|还有")
_ENDS_OF_A_NAME = ("呢", "有没有", "有吗", "招吗", "要人吗", "有没", "招人吗")


def refines(scene: Scene) -> bool:
    """只看东港的, 8000以上的: conditions and no trade, after a list of jobs."""
    if entry_number(scene.bare, 1) is not None:  # 第一个双休吗
        return False
    query = None if _asks_of_what_is_shown(scene) or _asks_of_one(scene) else _refined(scene)
    if query is None:
        return False
    last, asking = job_answers.last_query(scene), posting_questions.asking(scene.text)
    if query.words == last.words and query.place == last.place and asking == scene.text:
        return True
    asked = aspects.standard(asking.strip(" ?。!.").replace(" ", ""))
    return not posting_questions.asks_nothing_else(asked)  # 一个月到手多少 names no trade


def _asks_of_what_is_shown(scene: Scene) -> bool:
    """要不要上夜班, 没有2年经验行不行, 在创新谷哪里: no condition, though it names one."""
    recall = scene.recall
    if recall is None or not recall.shown:
        return False
    if asked_of_shown.asks_of_a_burden(scene.bare) or asked_of_shown.asks_where(scene.bare):
        return True
    is_of_one = bool(recall.opened) or len(recall.shown) == 1 or asked_of_shown.names_years(scene.bare)
    return is_of_one and asked_of_shown.lacks(scene.bare)


def _asks_of_one(scene: Scene) -> bool:
    """包住吗, of the only job that was shown, or of the one that was looked at."""
    recall = scene.recall
    if unwanted.read(scene.text)[0]:  # 那个武汉的太远了，天河有没有
        return False
    if recall is not None and _THIS_ONE.match(scene.bare) and aspects.read(scene.text).is_whether:
        return True
    if any(sign.isdigit() for sign in scene.bare):  # 7000以上有没有
        return False
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
        return job_lists.best_paid(scene, query, found)
    told = _without_rejected_places(scene, query)
    if not found.postings or job_answers.shows_what_is_rejected(found):
        return job_answers.otherwise(scene, told, of_jobs=True)
    return job_lists.listed(scene, told, found)


def _without_rejected_places(scene: Scene, query: JobQuery) -> JobQuery:
    """The query as it is told and remembered: who names another place need not say once more which it is not."""
    names = scene.office.postings.names()
    kept = (word for word in query.avoid if not names.places_in(word))
    return replace(query, avoid=tuple(kept)) if query.place else query


def _refined(scene: Scene) -> JobQuery | None:
    """The query of the last list with what is asked now; None if nothing is said that can be asked of a job."""
    said = job_refinement.read(scene.text)
    if said is None:
        return None
    let_go = ["place"] * said.is_here + ["words", "employer", "avoid"] * said.is_any_trade
    return _changed(scene, said, match.without(job_answers.last_query(scene), let_go))


def _changed(scene: Scene, said: JobRefinement, last: JobQuery) -> JobQuery | None:
    """The last query, without what is let go of, with what is said besides."""
    if said.is_any_trade and not said.rest:
        return None if last.is_open else last
    if said.best_paid:
        return last
    if said.dropped:
        return match.without(last, [said.dropped])
    if said.near or said.is_whole:
        return _around(scene, last, said)
    avoid = tuple(dict.fromkeys((*last.avoid, *said.avoided)))
    if said.avoided and not said.rest:
        place = "" if any(word in last.place for word in said.avoided) else last.place
        return replace(last, avoid=avoid, place=place)
    asked = job_search.asked(scene.office, f"{said.rest} 招聘", scene.today)
    if asked and (another := _another(scene, said, asked.query, last)):
        return replace(another, avoid=avoid)
    if asked is None or asked.query.employer or asked.query.is_open:
        return None
    query = _fitting(scene, asked.query, last, replaces=said.replaces)
    if query is None:
        return None
    if query.place:
        query = replace(query, place=_place_beside(scene, last.place, query.place, is_also=said.is_also))
    return replace(last, avoid=avoid, **{name: getattr(query, name) for name in query.conditions if name != "avoid"})


def at(scene: Scene, home: str) -> JobQuery | None:
    """The last query at a place that some posting is of; None if nobody is hiring there."""
    names = scene.office.postings.names()
    place, rest = names.place(home)
    last = job_answers.last_query(scene)
    if not place or rest or not names.is_hiring_in(place):
        return None
    return replace(last, place=_place_beside(scene, last.place, place, is_also=False))


def _around(scene: Scene, last: JobQuery, said: JobRefinement) -> JobQuery | None:
    """The last query near a place, 离江湾近的, or in the whole city, 广州其他区也行."""
    names = scene.office.postings.names()
    if said.near:
        return replace(last, place=said.near) if said.near in names.addresses else None
    place = next(iter(names.places_in(said.rest)), "") or names.wider(last.place)
    return replace(last, place=place) if last.place or place else None


def _another(scene: Scene, said: JobRefinement, query: JobQuery, last: JobQuery) -> JobQuery | None:
    """Another employer than the last, 那字节呢, or another trade besides, 叉车也行; None if it is neither."""
    if last.employer and _names_another(query, last, scene):
        return JobQuery(employer=" ".join(query.words) or query.employer)
    if not (said.is_also and last.words and query.words):
        return None
    besides = {name: getattr(query, name) for name in query.conditions if name not in ("words", "avoid", "place")}
    if trades.known().are_kinds(query.words):
        return replace(last, words=(*last.words, *query.words), **besides)  # 实习也行
    if _is_another_trade(query) or _is_in_titles(scene, query.words):
        return replace(last, words=("|".join((*last.words, *query.words)),), **besides)
    return None


def _is_in_titles(scene: Scene, words: Sequence[str]) -> bool:
    """Whether some title has each of these words: 运营."""
    titles = [title for title, _ in scene.office.postings.names().offers]
    return all(any(word in title for title in titles) for word in words)


def _names_another(query: JobQuery, last: JobQuery, scene: Scene) -> bool:
    """那字节呢, after an employer that was asked for by name."""
    is_name = query.conditions == ["employer"] or (query.conditions == ["words"] and not _is_another_trade(query))
    asks_more = posting_questions.read(aspects.standard(scene.bare))[0]
    return not last.words and is_name and scene.bare.endswith(_ENDS_OF_A_NAME) and not asks_more


def _fitting(scene: Scene, query: JobQuery, last: JobQuery, *, replaces: bool) -> JobQuery | None:
    """What is asked now, as far as it may change the last list; None if its trade begins another search."""
    if not query.words:
        return query
    if last.words and trades.known().are_kinds(query.words):
        return replace(query, words=tuple(dict.fromkeys((*last.words, *query.words))))  # 实习的有吗
    if _is_another_trade(query):
        also_there = last.employer and not last.words and _ASKS_ALSO.search(scene.bare)
        return query if replaces or also_there or not (last.words or last.employer) else None
    if query.conditions == ["words"] and all(map(licences.is_one, query.words)):
        return replace(query, words=(*last.words, *query.words))  # 我只有C1
    if query.conditions == ["words"] and last.words and _ASKS_A_SKILL.match(scene.bare):
        others = (word for word in last.words if not {*word.split("|")} & {*query.words})
        return replace(query, words=(*others, *query.words))  # 要英语的
    if query.conditions == ["words"] or not replaces:
        return None
    return replace(query, words=())  # 换深圳那种: no trade


def _place_beside(scene: Scene, last: str, place: str, *, is_also: bool) -> str:
    """A district in the city that was asked for before, or another city besides: 深圳 and then 南山, 广州也行."""
    names = scene.office.postings.names()
    if is_also and " " in last and match.stem(place) in cities.known():
        return f"{last.split()[-1]}|{place}"
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
