"""Questions with a date or a year: 去年预算, 2024年决算, 今天的公告, 上周."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.answers.general import FOUND, in_vain, latest, search
from bot.dialogue.answers.lists import offer, offer_hits
from bot.dialogue.reply_text import say
from bot.dialogue.turn import Scene, Turn
from content.rules.language import plain_text
from content.rules.language.periods import Period
from content.rules.language.query import vocabulary
from content.search.hits import Hit
from content.services.answers import notice_search

MOST_ELSE = 14  # characters besides the date; more is a story in which a date occurs
ANYTHING = {
    "", "公告", "通知", "通知公告", "公示", "公开", "信息公开", "政府信息公开", "公开信息", "消息", "信息", "文件", "新闻", "动态", "发布",
    "公布", "更新", "内容", "政策", "事", "大事", "新鲜事", "都有",
}  # fmt: skip
NEWEST = re.compile("最近|最新|近期|近来|新出|新发|新的?(?=消息|通知|公告|文件|政策|新闻)")


def speaks_of_one(scene: Scene) -> bool:
    """Whether a date or a year is named, and little else."""
    return scene.period is not None and len(_core(scene.period.rest)) <= MOST_ELSE


def asks_for_newest(scene: Scene) -> bool:
    """Whether the newest is asked for, of whatever matter: 最近有什么政策."""
    return NEWEST.search(scene.text) is not None and _core(scene.text) in ANYTHING


def of_then(scene: Scene) -> Turn:
    """What fits and belongs to that time; if there is nothing, says so and offers what is nearest."""
    period = scene.period
    assert period is not None  # speaks_of_one
    if _core(period.rest) in ANYTHING:
        return _all_of_then(scene, period)
    found = notice_search.dated(scene.office, period, limit=FOUND, today=scene.today)
    if not found:
        return _nearest(scene, period)
    turn = offer_hits(scene, found, head=say("found_then", period=period.words))
    if scene.asker:  # a citizen sees no more than these; who looks at the ranking does
        return turn
    refs = {hit.ref for hit in found}
    others = [hit for hit in _ranked(scene) if hit.ref not in refs]
    return replace(turn, results=(*found, *others)[:FOUND])


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
    turn = offer_hits(scene, found, head=say("nearest_then", period=period.words))
    return replace(turn, results=ranked)


def _ranked(scene: Scene) -> list[Hit]:
    return notice_search.find(scene.office, scene.text, FOUND, today=scene.today).hits


def _core(text: str) -> str:
    """What is asked for, without the words that ask for the newest or whether there is any."""
    return "".join(plain_text.runs(vocabulary().core(NEWEST.sub(" ", text)))).removeprefix("有")
