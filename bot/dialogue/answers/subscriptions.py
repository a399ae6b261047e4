"""订阅, 退订, 我的订阅: what a citizen wants to hear of."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qsl

from bot.dialogue.answers.fixed_replies import told
from bot.dialogue.matchers import END, WISH
from bot.dialogue.reply_text import plain
from bot.dialogue.turn import Recall, Scene, Turn
from content.rules.citizens import service_talk
from content.rules.citizens import subscriptions as rules
from content.rules.citizens.subscriptions import MOST, words
from content.rules.errors import Conflict
from content.rules.follow_ups import own_words
from content.rules.jobs import job_query, job_refinement, job_wording
from content.services.citizens import subscriptions
from content.services.citizens.subscriptions import SubscriptionTerms

# What 有合适的招聘通知我 names besides what was asked before.
_NOTHING_NEW = re.compile("合适|相关|这样|类似|符合|新|消息|招聘(?!会)|岗位|工作|信息|情况|的|了|更好|这种|此类")

_OF_WORK = re.compile("招聘(?!会)|岗位|职位|工作|招工")
_ANY_WORK = "招聘"
_POLITELY = re.compile("(?:吧|谢谢|谢了|哈|好了|就行|好吗|可以吗|[\\s,。.!])+$")


def mine(scene: Scene) -> Turn:
    """The citizen's wishes."""
    known = subscriptions.mine(scene.office, scene.asker) if scene.asker else []
    return told(scene, "wish_list", words=_listed(scene, known)) if known else told(scene, "wish_none")


def how(scene: Scene) -> Turn:
    """How to subscribe and to end it, and what is subscribed to now."""
    known = subscriptions.mine(scene.office, scene.asker) if scene.asker else []
    return told(scene, "wish_how_mine", words=_listed(scene, known)) if known else told(scene, "wish_how")


def keep(scene: Scene) -> Turn:
    """Keeps a wish, unless it says too little or there are too many."""
    text = _rest(WISH, scene)
    if rules.is_asked_about(text):
        return how(scene)
    recall = scene.recall
    if not text and recall is not None and recall.at is not None and recall.source == "jobs":
        return _kept(scene, _last(scene))
    return _kept(scene, subscriptions.understood(scene.office, text, scene.today))


def keep_what_was_asked(scene: Scene) -> Turn:
    """有了告诉我, 有新的公租房房源通知我: a wish for that, or for what was asked last."""
    text = _NOTHING_NEW.sub("", rules.to_be_told(scene.bare) or "")
    if text:
        return _kept(scene, subscriptions.understood(scene.office, text, scene.today))
    recall = scene.recall
    of_work = _OF_WORK.search(scene.bare) and (recall is None or recall.at is None or recall.source != "jobs")
    last = None if of_work else _last(scene)
    return _kept(scene, last or (subscriptions.understood(scene.office, _ANY_WORK, scene.today) if of_work else None))


def end(scene: Scene) -> Turn:
    """Ends a wish, or all."""
    text = _rest(END, scene) or service_talk.stops_of(scene.bare)
    if rules.is_asked_about(text):
        return how(scene)
    if not text or rules.all_ended(text):
        return end_all(scene)
    wanted = subscriptions.understood(scene.office, text, scene.today)
    if not scene.asker or wanted is None:
        return told(scene, "wish_not_there")
    known = subscriptions.mine(scene.office, scene.asker)
    unwanted = wanted.words if wanted.words in known else next((one for one in known if words(text) == one), "")
    unwanted = unwanted or next((one for one in known if words(text) and words(text) in one), "")
    if not unwanted:
        return told(scene, "wish_not_there")
    return _ended(scene, unwanted)


def end_all(scene: Scene) -> Turn:
    """Ends every wish."""
    return _ended(scene, "") if scene.asker else told(scene, "wish_not_there")


def _ended(scene: Scene, unwanted: str) -> Turn:
    ended = subscriptions.end(scene.office, asker=scene.asker, words=unwanted, at=scene.now)
    return told(scene, "wish_ended", words=_listed(scene, ended)) if ended else told(scene, "wish_none_to_end")


def _kept(scene: Scene, wanted: SubscriptionTerms | None) -> Turn:
    if wanted is None:
        return told(scene, "wish_unclear")
    try:
        if scene.asker:  # nobody asks in `gongkai ask`
            subscriptions.wish(
                scene.office, asker=scene.asker, openid=scene.message.sender, words=wanted.words, at=scene.now
            )
    except Conflict:
        return told(scene, "wish_many", count=MOST)
    name = "wish_kept_notice" if scene.office.settings.notice_template else "wish_kept"
    turn = told(scene, name, said=_said(scene, wanted), words=plain(wanted.words))
    recall = replace(scene.recall or Recall("search", "", ()), wish=wanted.words)
    return replace(turn, recall=recall, wished=True)


def change(scene: Scene) -> Turn:
    """换成广州的: the wish of the message before, with another condition."""
    recall, said = scene.recall, job_refinement.read(scene.text)
    assert recall is not None and said is not None  # changes_a_wish
    before = subscriptions.query_of(scene.office, recall.wish, scene.today)
    wanted = subscriptions.understood(scene.office, said.rest, scene.today)
    if before is not None and wanted is not None and wanted.query is not None:
        query = replace(before, **{name: getattr(wanted.query, name) for name in wanted.query.conditions})
        words = subscriptions.said(scene.office, query, scene.today)
        wanted = SubscriptionTerms(words, query) if words else wanted
    if wanted is not None and scene.asker:
        subscriptions.end(scene.office, asker=scene.asker, words=recall.wish, at=scene.now)
    return _kept(scene, wanted)


def end_the_last(scene: Scene) -> Turn:
    """取消吧: ends what was subscribed to with the message before."""
    assert scene.recall is not None  # takes_a_wish_back
    turn = _ended(scene, scene.recall.wish)
    return replace(turn, recall=replace(scene.recall, wish=""))


def _last(scene: Scene) -> SubscriptionTerms | None:
    """What the last list was asked for, unless another matter came between."""
    recall = scene.recall if scene.recall is not None and scene.recall.at is not None else None
    if recall is None or recall.source != "jobs":
        asked = scene.typed or (recall.text if recall else "")
        asked = " ".join(own_words.of(asked)) or asked
        return subscriptions.understood(scene.office, asked, scene.today) if asked else None
    query = job_query.from_arguments(dict(parse_qsl(recall.text)))
    said = subscriptions.said(scene.office, query, scene.today)
    return SubscriptionTerms(said, query) if said else None


def _said(scene: Scene, wanted: SubscriptionTerms) -> str:
    """How it was understood, in words."""
    if wanted.query is None:
        return plain(wanted.words)
    query = subscriptions.query_of(scene.office, wanted.words, scene.today) or wanted.query
    return plain(" · ".join(job_wording.conditions(query, scene.today).values()))


def _listed(scene: Scene, known: list[str]) -> str:
    return "、".join(plain(one) for one in known)


def _rest(pattern: re.Pattern[str], scene: Scene) -> str:
    found = pattern.fullmatch(scene.text)
    return _POLITELY.sub("", found[1]).strip(" 。.!,") if found else ""
