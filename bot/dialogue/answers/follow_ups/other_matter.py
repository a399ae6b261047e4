"""Short questions that name another matter than the last one, or say only together with it what is looked for."""

from __future__ import annotations

import re

from bot.dialogue.answers.follow_ups import item
from bot.dialogue.answers.follow_ups.item import LONGEST
from bot.dialogue.answers.lists import FOUND, SHOWN, offer_hits
from bot.dialogue.reply_text import say
from bot.dialogue.turn import GUIDE, Scene, Turn
from content.rules.follow_ups import own_words
from content.search.hits import Hit
from content.services.answers import article_search, notice_search

MOST_OWN = 5  # characters of own words in a question that only goes on
WHOLE = 0.7  # of another matter that is only named
TOGETHER = 0.3  # of the last question and of this one, for both together
_ALSO = re.compile("(?:那|那么)?(.{2,8}?)(?:的)?(?:呢|怎么样|怎么办)")


def also_of(scene: Scene) -> bool:
    """小学呢, after 幼儿园报名: the same of another matter; 还有别的救助没, after 低保: another of its kind."""
    return (_other(scene) is not None or item.another(scene) != "") and bool(_of_the_other(scene))


def of_the_other(scene: Scene) -> Turn:
    """What says that of the other matter, without what was shown already."""
    return offer_hits(scene, _of_the_other(scene), head=say("found"))


def goes_on(scene: Scene) -> bool:
    """Whether a short question has no notice of its own, and one together with the question before it."""
    if scene.subject is None or len(scene.bare) > LONGEST or (scene.job is not None and scene.job.of_jobs):
        return False
    if sum(map(len, own_words.names(own_words.of(scene.bare)))) > MOST_OWN:
        return False
    own = notice_search.find(scene.office, scene.text, SHOWN, today=scene.today).hits
    return not notice_search.titled(scene.office, scene.text, own) and bool(_together(scene))


def of_both(scene: Scene) -> Turn:
    """What the question before and this one find together."""
    return offer_hits(scene, _together(scene), head=say("found"))


def _other(scene: Scene) -> str | None:
    found = _ALSO.fullmatch(scene.bare)
    is_of_notices = scene.subject is not None and scene.recall is not None and scene.recall.source == "search"
    return found[1] if found and is_of_notices else None


def _of_the_other(scene: Scene) -> list[Hit]:
    other, recall = _other(scene), scene.recall
    if recall is not None and (kind := item.another(scene)):
        is_of_it = kind in recall.text  # 稳岗补贴 is what the others are not
        asked = kind if is_of_it else f"{recall.text} {kind}"
        known = {one.ref for one in (recall.shown if is_of_it else recall.shown[:1])}
        found = notice_search.find(scene.office, asked, FOUND, today=scene.today).hits
        return [hit for hit in notice_search.fitting(scene.office, asked, found) if hit.ref not in known][:SHOWN]
    if other is None or recall is None:
        return []
    seen = {one.ref for one in recall.shown[:1]}
    found = notice_search.find(scene.office, f"{recall.text} {other}", FOUND, today=scene.today).hits
    said = article_search.shares(scene.office, other, [hit.ref for hit in found])
    return [hit for hit, share in zip(found, said, strict=True) if share >= WHOLE and hit.ref not in seen][:SHOWN]


def _together(scene: Scene) -> list[Hit]:
    """What the last question and this one find together, if it says enough of both."""
    recall = scene.recall
    if recall is None or recall.source not in ("search", GUIDE):
        return []
    found = notice_search.find(scene.office, f"{recall.text} {scene.text}", FOUND, today=scene.today).hits
    refs = [hit.ref for hit in found]
    each = [article_search.shares(scene.office, text, refs) for text in (recall.text, scene.text)]
    both = [hit for hit, *said in zip(found, *each, strict=True) if min(said) >= TOGETHER]
    return notice_search.outstanding(both)[:SHOWN]
