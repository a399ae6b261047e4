"""A posting that is named by a word of it, 新媒体那个工资多少: one of the last search that stands on no page yet, or any other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from bot.dialogue.answers.follow_ups import entry, posting
from bot.dialogue.answers.follow_ups.passage import opened_item
from bot.dialogue.answers.jobs import job_answers
from bot.dialogue.answers.lists import SHOWN, go_on
from bot.dialogue.reply_text import lines
from bot.dialogue.turn import ListedItem, Scene, Turn
from bot.wechat.messages import Text
from content.rules.follow_ups import posting_questions
from content.rules.jobs import trades
from content.rules.jobs.job_query import JobQuery
from content.rules.jobs.match import CurrentPosting
from content.services.jobs import job_search

LONGEST = 24  # characters
_NAME = re.compile(
    "(?:那么|那|就)?([\u4e00-\u9fffa-z]{2,8}?)的?[那这](?:个|家|条|份|款)(?P<after>.+)"
    "|[那这](?:个|家|条|份|款)([\u4e00-\u9fffa-z]{2,8}?)的(?P<rest>.+)"
)
_WITH_A_PAPER = re.compile(
    "(?:要是|如果|我|俺)?(?:有|考了|考个|拿了)([\u4e00-\u9fff]{2,6}?)证书?(?:的话|的)?(?P<rest>.+)"
)
_ASKS_FOR = re.compile("什么|啥|哪|几|多少|怎么")  # 电工包住吗 is a search
_WHICH = re.compile("(?:上面|下面|前面|后面|刚才|刚刚|最后|中间|你说|您说)的?")


def is_named(scene: Scene) -> bool:
    """Whether a short question names a posting that is not among those on the page."""
    recall = scene.recent
    if recall is None or recall.source not in ("jobs", "posting") or len(scene.bare) > LONGEST:
        return False
    words, asks = _read(scene)
    if not words or not posting_questions.read(asks)[0] or _WHICH.fullmatch(words[0]) or entry.by_word(scene):
        return False
    return bool(_found(scene, words)) or bool(_notes(asks))


def told(scene: Scene) -> Turn:
    """That posting with what is asked of it; several of that name, each with it."""
    assert scene.recall is not None  # is_named
    words, asks = _read(scene)
    some = _found(scene, words)
    recall = scene.recall
    if not some:
        return Turn(Text(lines(_notes(asks))), recall=replace(recall, at=scene.now))
    known = [one for one in some if one not in recall.shown]
    shown = (*recall.shown, *known)
    rest = tuple(one for one in recall.rest if one not in known)
    recall = replace(recall, shown=shown, rest=rest, page=max(0, len(shown) - SHOWN), opened=0)
    if len(some) > 1:
        return posting.of_each(replace(scene, recall=replace(recall, shown=(*recall.shown, *some)[-len(shown) :])))
    item = opened_item(scene, some[0])
    return posting.card(replace(scene, recall=recall), some[0], item) if item else go_on(scene)


def _read(scene: Scene) -> tuple[list[str], str]:
    """The words that name a posting, and what is asked of it."""
    said = posting.question(scene)
    if found := _NAME.fullmatch(said):
        asks = found["after"] or found["rest"]
        beside = trades.known().named(posting_questions.read(asks)[1])  # 数联那家的客服
        return [found[1] or found[3], *beside[:1]], asks
    if found := _WITH_A_PAPER.fullmatch(said):
        return [found[1]], found["rest"]
    return _head_and_question(scene, said.removeprefix("那么").removeprefix("那"))


def _head_and_question(scene: Scene, said: str) -> tuple[list[str], str]:
    """冷藏车司机要什么驾照: a title or a trade first, and what postings are asked after it."""
    names = scene.office.postings.names()
    head = next((one for one in (*names.titles_in(said), *trades.known().named(said)) if said.startswith(one)), "")
    asks = said.removeprefix(head)
    return ([head], asks) if head and posting_questions.asks_nothing_else(asks) and _ASKS_FOR.search(asks) else ([], "")


def _notes(asks: str) -> list[str]:
    return posting.notes(posting_questions.read(asks)[0])


def _found(scene: Scene, words: Sequence[str]) -> list[ListedItem]:
    """Those that have the words: of the last search, else of its place, else of all that are open; three at most."""
    names = scene.office.postings.names()
    is_place = any(names.place(word) == (word, "") for word in words)  # 宝安那个, which narrows the search
    for those in islice(_tiers(scene), 1 if is_place else None):
        for says in (_has, _is_called, _tells):
            having = [one for one in those if all(says(one, word) for word in words)]
            if having:
                return [ListedItem("posting", one.id) for one in having[:SHOWN]]
    return []


def _tiers(scene: Scene) -> Iterator[Sequence[CurrentPosting]]:
    assert scene.recall is not None  # is_named
    listed = [one.id for one in (*scene.recall.shown, *scene.recall.rest) if one.kind == "posting"]
    by_number = {one.id: one for one in scene.office.postings.all()}
    yield [by_number[number] for number in listed if number in by_number]
    if place := job_answers.last_query(scene).place:
        there = job_search.search(scene.office, JobQuery(place=place), scene.today)
        yield () if there.relaxed else there.postings
    yield job_search.search(scene.office, JobQuery(), scene.today).postings


def _has(one: CurrentPosting, word: str) -> bool:
    """Whether its title has a word, or its employer or place."""
    return word in one.title or word in one.employer or word in one.place


def _is_called(one: CurrentPosting, word: str) -> bool:
    """Whether its title has another word of the same trade, or the word without the verb before it: 看污水."""
    said = (*trades.known().same(word), *([word[1:]] if len(word) > 2 else []))
    return any(_has(one, other) for other in said)


def _tells(one: CurrentPosting, word: str) -> bool:
    """Whether its text has a word."""
    return word in one.text
