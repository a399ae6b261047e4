"""Questions about the item that was shown last: its facts, and the sentence of it that holds what is asked."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.answers.articles import details
from bot.dialogue.answers.cards import facts
from bot.dialogue.answers.lists import search
from bot.dialogue.matchers import aspect
from bot.dialogue.reply_text import lines, plain, untagged
from bot.dialogue.turn import AskedQuestion, Scene, Turn
from bot.wechat.messages import Text
from content.rules.errors import NotFound
from content.services.answers import notice_search
from content.services.answers.notice_search import NoticeDetails

PASSAGE = 300  # bytes of what is quoted: 100 Chinese characters
READ = 8000  # characters of a text that are looked through
_ASKS = re.compile("[吗么呢?]|多少|几|哪|什么|啥|怎么|咋|多久|[能行可以]不|停不停|没有|有没有|谁")
_SENTENCE = re.compile("[^。；;！!？?\\n]+[。；;！!？?]?")


def of_the_subject(scene: Scene) -> Turn:
    """The item, with the sentence that says what is asked."""
    return _card(scene, aspect(scene.bare) or "") or _forgotten(scene)


def instead(scene: Scene, turn: Turn) -> Turn:
    """For a short question that found nothing by itself: the item that was shown last, if something is asked."""
    item = _item(scene) if _may_mean_it(scene) else None
    if item is None or not notice_search.touching(scene.office, scene.text, [item.result]):
        return turn
    return _card(scene, "") or turn


def stays(scene: Scene) -> bool:
    """Whether a short question is answered by the item that was shown last, and by no title of its own."""
    item = _item(scene) if _may_mean_it(scene) else None
    return item is not None and notice_search.fits(scene.office, scene.text, [item.result])


def _may_mean_it(scene: Scene) -> bool:
    """Whether something is asked, and not for work, which is a matter of its own."""
    return _ASKS.search(scene.text) is not None and not (scene.job is not None and scene.job.of_jobs)


def _card(scene: Scene, wanted: str) -> Turn | None:
    item = _item(scene)
    if item is None or scene.recall is None:
        return None
    reply = Text(lines(facts(item, _passage(item, wanted) if wanted else "")))
    question = AskedQuestion(scene.asked, answered=True, offered=(item.result.ref,))
    return Turn(reply, recall=replace(scene.recall, at=scene.now), question=question, results=(item.result,))


def _forgotten(scene: Scene) -> Turn:
    return search(scene)


def _item(scene: Scene) -> NoticeDetails | None:
    subject = scene.subject
    try:
        item = details(scene, subject) if subject else None
    except NotFound:
        return None
    return None if item is None or item.withdrawn_at else item


def _passage(item: NoticeDetails, wanted: str) -> str:
    """The first sentence of its text with such a word, quoted."""
    text = untagged(str(item.fields.get("body") or item.fields.get("description") or ""), READ)
    found = next((sentence[0] for sentence in _SENTENCE.finditer(text) if re.search(wanted, sentence[0])), "")
    return f"“{plain(found, PASSAGE)}”" if found.strip() else ""
