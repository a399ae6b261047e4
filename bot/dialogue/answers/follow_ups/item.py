"""Questions about the item that was shown last: its facts, and the sentence of it that holds what is asked."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.answers.cards import facts
from bot.dialogue.answers.fixed_replies import told
from bot.dialogue.answers.lists import FOUND, SHOWN, details, entry, offer_hits
from bot.dialogue.answers.notices.search import search
from bot.dialogue.matchers import ASPECTS, about, aspect, hint
from bot.dialogue.reply_text import lines, plain, say, untagged
from bot.dialogue.turn import AskedQuestion, ListedItem, Scene, Turn
from bot.wechat.messages import Text
from content.rules.errors import NotFound
from content.rules.language import plain_text
from content.rules.language.query import vocabulary
from content.search.hits import Hit
from content.services.answers import article_search, notice_search
from content.services.answers.notice_search import NoticeDetails

PASSAGE = 300  # bytes of what is quoted: 100 Chinese characters
SHORTEST = 8  # characters of a sentence that says something
FIGURED = {ASPECTS[name] for name in ASPECTS if "多少钱" in name or "什么时候" in name}  # answers that hold a number
WHOLE_TEXT = 1200  # bytes of a text in a reply
READ = 8000  # characters of a text that are looked through
LONGEST = 18  # characters of a question about what was shown
ENOUGH = 0.5  # of a question that an item must say to be what it is about
WHOLE = 0.7  # … for another matter that is only named
TOGETHER = 0.3  # of the last question and of this one, for both together
TOUCHED = 0.2
LEAST = 0.25  # … if it was looked at last
FIRST = 0.5  # share that the item that was looked at is ahead of others
MUCH_MORE = 0.3  # share by which another says more
LITTLE = 2  # characters besides what is asked of an item
_ASKS = re.compile("[吗么呢?]|多少|几|哪|什么|啥|怎么|咋|多久|[能行可以]不|停不停|没有|有没有|谁")
_FIGURE = re.compile("[0-9一二三四五六七八九十]")
_ALSO = re.compile("(?:那|那么)?(.{2,8}?)(?:的)?(?:呢|怎么样|怎么办)")
_SENTENCE = re.compile("[^。；;！!？?\\n]+[。；;！!？?]?")


def of_the_subject(scene: Scene) -> Turn:
    """The item, with the sentence that says what is asked."""
    return _card(scene, scene.subject, aspect(scene.bare) or "") or search(scene)


def is_meant(scene: Scene) -> bool:
    """Whether a short question is about something that was shown, and about nothing of its own."""
    return _meant(scene) is not None


def of_what_is_meant(scene: Scene) -> Turn:
    """That item, with the sentence that says most of what is asked."""
    turn = _card(scene, _meant(scene), hint(scene.bare))
    return _with_another(scene, turn) if turn else search(scene)


def also_of(scene: Scene) -> bool:
    """小学呢, after 幼儿园报名: the same of another matter."""
    return _other(scene) is not None and bool(_of_the_other(scene))


def of_the_other(scene: Scene) -> Turn:
    """What says that of the other matter, without what was shown already."""
    return offer_hits(scene, _of_the_other(scene), head=say("found"))


def goes_on(scene: Scene) -> bool:
    """Whether a short question has no notice of its own, and one together with the question before it."""
    if scene.subject is None or not _may_mean_it(scene) or len(scene.bare) > LONGEST:
        return False
    own = notice_search.find(scene.office, scene.text, SHOWN, today=scene.today).hits
    return not notice_search.titled(scene.office, scene.text, own) and bool(_together(scene))


def of_both(scene: Scene) -> Turn:
    """What the question before and this one find together."""
    return offer_hits(scene, _together(scene), head=say("found"))


def whole(scene: Scene) -> Turn:
    """全文: the beginning of the item that was shown last, as far as a reply holds it, and its link."""
    item = _item(scene, scene.recall.subject if scene.recall else None)
    if item is None or scene.recall is None:
        return told(scene, "ask_first")
    text = untagged(str(item.fields.get("body") or item.fields.get("description") or ""), READ)
    reply = Text(lines(facts(item, plain(text, WHOLE_TEXT))))
    return Turn(reply, recall=replace(scene.recall, at=scene.now), results=(item.result,))


def instead(scene: Scene, turn: Turn) -> Turn:
    """For a short question that found nothing by itself: the item that was shown last."""
    if not _may_mean_it(scene) or scene.recall is None or scene.subject is None:
        return turn
    said = article_search.shares(scene.office, scene.text, [scene.subject.ref])
    return (_card(scene, scene.subject, "") if said[0] >= TOUCHED else None) or turn


def _meant(scene: Scene) -> ListedItem | None:
    """Of what was shown last, what says most of a short question; None if the notices have something better to it."""
    if scene.subject is None or scene.recall is None or not _may_mean_it(scene) or len(scene.bare) > LONGEST:
        return None
    shown = [scene.subject, *(one for one in scene.recall.shown[-SHOWN:] if one != scene.subject)]
    said = article_search.shares(scene.office, scene.text, [one.ref for one in shown])
    worth = [said[0] + FIRST, *said[1:]]  # the one that was looked at, or the best, is meant rather than another
    best = max(range(len(shown)), key=lambda place: (worth[place], -place))
    others = notice_search.find(scene.office, scene.text, SHOWN, today=scene.today).hits
    refs = {one.ref for one in shown}
    rivals = [hit for hit in others if hit.ref not in refs]
    titled = notice_search.titled(scene.office, scene.text, rivals)
    if said[best] < (LEAST if best == 0 else ENOUGH):
        return scene.subject if _asks_little_else(scene) and not titled else None
    theirs = max(article_search.shares(scene.office, scene.text, [hit.ref for hit in rivals]), default=0.0)
    is_meant = max(said) > theirs if titled else worth[best] > theirs
    return shown[best] if is_meant else None


def _with_another(scene: Scene, turn: Turn) -> Turn:
    """The card, and beside it what else was listed and says much more of what is asked."""
    recall, offered = scene.recall, turn.question.offered if turn.question else ()
    others = [one for one in recall.shown[-SHOWN:] if one.ref not in offered] if recall else []
    if not others or not offered or not isinstance(turn.reply, Text) or recall is None:
        return turn
    own, *said = article_search.shares(scene.office, scene.text, [*offered, *(one.ref for one in others)])
    most = max(range(len(others)), key=said.__getitem__)
    item = _item(scene, others[most]) if said[most] >= own + MUCH_MORE else None
    passage = _passage(scene, item, hint(scene.bare)) if item else ""
    if item is None or not passage:
        return turn
    more = [say("item_besides"), entry(recall.shown.index(others[most]) + 1, item.result), passage]
    return replace(turn, reply=Text(lines([*turn.reply.content.split("\n"), *more])))


def _asks_little_else(scene: Scene) -> bool:
    """末班几点, 一亩补多少: something that is asked of an item, and a word at most that it may say otherwise."""
    rest = about(scene.bare)
    return rest is not None and len(rest) <= LITTLE and rest not in vocabulary().familiar


def _other(scene: Scene) -> str | None:
    found = _ALSO.fullmatch(scene.bare)
    return (
        found[1] if found and scene.subject is not None and scene.recall and scene.recall.source == "search" else None
    )


def _of_the_other(scene: Scene) -> list[Hit]:
    other, recall = _other(scene), scene.recall
    if other is None or recall is None:
        return []
    asked = f"{recall.text} {other}"
    seen = {one.ref for one in recall.shown[:1]}
    found = notice_search.find(scene.office, asked, FOUND, today=scene.today).hits
    said = article_search.shares(scene.office, other, [hit.ref for hit in found])
    return [hit for hit, share in zip(found, said, strict=True) if share >= WHOLE and hit.ref not in seen][:SHOWN]


def _together(scene: Scene) -> list[Hit]:
    """What the last question and this one find together, if it says enough of both."""
    recall = scene.recall
    if recall is None or recall.source != "search":
        return []
    found = notice_search.find(scene.office, f"{recall.text} {scene.text}", FOUND, today=scene.today).hits
    refs = [hit.ref for hit in found]
    each = [article_search.shares(scene.office, text, refs) for text in (recall.text, scene.text)]
    both = [hit for hit, *said in zip(found, *each, strict=True) if min(said) >= TOGETHER]
    return notice_search.outstanding(both)[:SHOWN]


def _may_mean_it(scene: Scene) -> bool:
    """Whether something is asked, and not for work, which is a matter of its own."""
    return _ASKS.search(scene.text) is not None and not (scene.job is not None and scene.job.of_jobs)


def _card(scene: Scene, subject: ListedItem | None, wanted: str) -> Turn | None:
    item = _item(scene, subject)
    if item is None or scene.recall is None or subject is None:
        return None
    reply = Text(lines(facts(item, _passage(scene, item, wanted))))
    question = AskedQuestion(scene.asked, answered=True, offered=(item.result.ref,))
    shown = scene.recall.shown
    opened = shown.index(subject) + 1 if subject in shown else scene.recall.opened
    recall = replace(scene.recall, at=scene.now, opened=opened)
    return Turn(reply, recall=recall, question=question, results=(item.result,))


def _item(scene: Scene, subject: ListedItem | None) -> NoticeDetails | None:
    try:
        item = details(scene, subject) if subject else None
    except NotFound:
        return None
    return None if item is None or item.withdrawn_at else item


def _passage(scene: Scene, item: NoticeDetails, wanted: str) -> str:
    """The sentence of its text that says most of what is asked, quoted; with `wanted`, one that has such a word."""
    text = untagged(str(item.fields.get("body") or item.fields.get("description") or ""), READ)
    terms = [term for term in dict.fromkeys(plain_text.terms(scene.text)) if len(term) > 1]
    best, most, asked = "", 0.0, ""
    for found in _SENTENCE.finditer(text):
        folded = plain_text.normalise(asked + found[0])
        asked = found[0] if found[0].strip().endswith(("？", "?")) else ""  # what stands behind it is the answer
        if asked:
            continue
        if len(folded) < SHORTEST or (wanted in FIGURED and not _FIGURE.search(folded)):
            continue
        worth = sum(len(term) for term in terms if term in folded) + (
            1.5 if wanted and re.search(wanted, folded) else 0
        )
        if worth > most:
            best, most = found[0], worth
    return f"“{plain(best, PASSAGE)}”" if best.strip() else ""
