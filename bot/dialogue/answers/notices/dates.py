"""Questions with a date or a year: 去年预算, 2024年决算, 今天的公告, 上周."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.answers.lists import FOUND, details, in_vain, latest, offer, offer_hits
from bot.dialogue.answers.notices.search import by_account, quoted, search
from bot.dialogue.matchers import core, is_anything
from bot.dialogue.reply_text import say
from bot.dialogue.turn import Recall, Scene, Turn
from content.rules.follow_ups import own_words
from content.rules.language import periods
from content.rules.language.periods import Period
from content.search.hits import Hit
from content.services.answers import article_search, dated_notices, notice_search, offered_notices

MOSTLY = 0.6  # of a question
_THEN = re.compile("^(?:那么?|再|还有)+|(?<=[月年周期份日])(?:的)?呢(?=.)")
_END = re.compile("(?:的|呢|吗|有没有|有|[?])+$")


def of_then(scene: Scene) -> Turn:
    """What fits and belongs to that time; if there is nothing, says so and offers what is nearest."""
    period = scene.period
    assert period is not None  # names_a_date
    if is_anything(core(period.rest)):
        return _all_of_then(scene, period)
    found = dated_notices.dated(scene.office, period, limit=FOUND, today=scene.today)
    if not found:
        return _nearest(scene, period)
    if not _is_on_it(scene, period, found):
        return search(scene)
    ranked, found = found, by_account(scene, found)
    if undated := _undated(scene, period, found[0]):
        offered = [undated, *(hit for hit in found if hit.ref != undated.ref)]
        offered = offered_notices.kept(scene.office, period.rest, offered)
        turn = offer_hits(scene, offered, head=_head(scene, offered[0], say("found")))
    else:
        kept = offered_notices.kept(scene.office, period.rest, found)
        kept = by_account(scene, kept)
        turn = offer_hits(scene, kept, head=_head(scene, kept[0], say("found_then", period=period.words)))
    if scene.asker:  # a citizen sees no more than these; who looks at the ranking does
        return turn
    refs = {hit.ref for hit in ranked}
    others = [hit for hit in _ranked(scene) if hit.ref not in refs]
    return replace(turn, results=(*ranked, *others)[:FOUND])


def _is_on_it(scene: Scene, period: Period, found: Sequence[Hit]) -> bool:
    """Whether a title says anything of what is asked, or a text nearly all of it."""
    wanted = notice_search.wanted(scene.office, period.rest)
    if any(offered_notices.titled(wanted, hit) for hit in found):
        return True
    return max(article_search.shares(scene.office, period.rest, [hit.ref for hit in found[:1]])) >= MOSTLY


def _head(scene: Scene, best: Hit, otherwise: str) -> str:
    """The sentence of the first notice that answers, or else the heading of a list."""
    quote = quoted(scene, best)
    return f"{quote}\n{say('quoted_more')}" if quote else otherwise


def _undated(scene: Scene, period: Period, best: Hit) -> Hit | None:
    """What says more of the question in its title than the best of this year, and no year: rules hold until others come."""
    if period.year != scene.today.year:
        return None
    wanted = notice_search.wanted(scene.office, period.rest)
    whenever = notice_search.find(scene.office, period.rest, FOUND, today=scene.today).hits
    those = [
        hit for hit in whenever if hit.in_force and not periods.years(hit.folded) and hit.ref.startswith("disclosure:")
    ]
    first = max(those, key=lambda hit: offered_notices.titled(wanted, hit), default=None)
    if first is None or offered_notices.titled(wanted, first) <= offered_notices.titled(wanted, best):
        return None
    return first


def also_of_then(scene: Scene) -> bool:
    """2025年的呢: a time and nothing else, after a question that named another, or a notice of another year."""
    if scene.subject is None or scene.period is None or _other_time(scene) is None:
        return False
    if _is_of_anything(scene):
        return True
    item = details(scene, scene.subject)
    named = periods.years(item.result.folded)
    return not named or scene.period.year not in named


def of_then_too(scene: Scene) -> Turn:
    """The last question of that time; what came out then, if that was asked before."""
    return of_then(replace(scene, text=_other_time(scene) or scene.text))


def _is_of_anything(scene: Scene) -> bool:
    """Whether the last question was what came out in some time: 上个月发了什么, 那今年6月呢."""
    recall = scene.recall
    before = periods.read(recall.text, scene.today) if recall else None
    return _is_newest(recall) or (before is not None and is_anything(core(before.rest)))


def _is_newest(recall: Recall | None) -> bool:
    """Whether the newest disclosures were listed, for nothing came out in the time that was asked for."""
    return recall is not None and recall.source == "disclosure"


def _other_time(scene: Scene) -> str | None:
    """The last question with the time that is named now."""
    recall, period = scene.recall, scene.period
    if period is None or recall is None or not (_is_newest(recall) or (recall.source == "search" and recall.text)):
        return None
    time = _END.sub("", _THEN.sub("", scene.text))
    if not is_anything(core(_END.sub("", _THEN.sub("", period.rest)))):
        return None
    if _is_newest(recall):
        return time
    before = periods.read(recall.text, scene.today)
    rest = before.rest if before else recall.text
    if is_anything(core(rest)):
        return time if before else None
    return f"{time}{rest} {' '.join(own_words.of(recall.asked))}".strip()


def _all_of_then(scene: Scene, period: Period) -> Turn:
    found = notice_search.newest(scene.office, "disclosure", limit=FOUND, today=scene.today, period=period)
    if found:
        return offer(scene, found, head=say("all_then", period=period.words))
    return latest(scene, "disclosure", head=say("nothing_then", period=period.words))


def _nearest(scene: Scene, period: Period) -> Turn:
    """The same question whenever; the ranking is that of the question as it was asked."""
    ranked = tuple(_ranked(scene))
    found = notice_search.outstanding(notice_search.fitting(scene.office, period.rest, ranked))
    if not found:
        return replace(in_vain(scene, "not_found"), results=ranked) if ranked else search(scene)
    if not _is_of_another_time(found[0], period):  # the date is one of the story: 3月出生
        return search(scene)
    turn = offer_hits(scene, found, head=say("nearest_then", period=period.words))
    return replace(turn, results=ranked)


def _is_of_another_time(best: Hit, period: Period) -> bool:
    """Whether the title of what fits best names a year, and another one: there might be one of the time that is asked."""
    named = periods.years(best.folded)
    return bool(named) and period.first.year not in named


def _ranked(scene: Scene) -> list[Hit]:
    return notice_search.find(scene.office, scene.text, FOUND, today=scene.today).hits
