"""Questions about the item that was shown last: its facts, and the sentence of it that holds what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.dialogue.answers.cards import facts
from bot.dialogue.answers.fixed_replies import told
from bot.dialogue.answers.follow_ups.passage import (
    OF_NOTICES,
    answer_in,
    is_of_the_matter,
    opened_item,
    text_of,
    whom_to_ask,
)
from bot.dialogue.answers.lists import FOUND, SHOWN, entry, offer_hits
from bot.dialogue.answers.notices.search import search
from bot.dialogue.command_words import number
from bot.dialogue.matchers import MOST_OF_A_FOLLOW_UP, about, standard
from bot.dialogue.reply_text import lines, plain, say
from bot.dialogue.turn import GUIDE, AskedQuestion, ListedItem, Scene, Turn
from bot.wechat.messages import Text
from content.rules.citizens.letters import LONGEST_LETTER
from content.rules.language.query import vocabulary
from content.search.hits import Hit
from content.services.answers import article_search, notice_search

WHOLE_TEXT = 1200  # bytes of a text in a reply
LONGEST = 18  # characters of a question about what was shown
ENOUGH = 0.5  # of a question that an item must say to be what it is about
WHOLE = 0.7  # … for another matter that is only named
TOGETHER = 0.3  # of the last question and of this one, for both together
TOUCHED = 0.2
LEAST = 0.25  # … if it was looked at last
FIRST = 0.5  # share that the item that was looked at is ahead of others
MUCH_MORE = 0.3  # share by which another says more
MORE = 4  # items beside those that were listed
LITTLE = 2  # characters besides what is asked of an item
_ASKS = re.compile(r"[吗么呢嘛?]|[不没]$|多少|几|哪|什么|啥|怎么|咋|多久|[能行可以]不|(.)[不没]\1|没有|有没有|谁")
_OF_WORK = re.compile("管饭|[包管][吃住]|食宿|宿舍|应聘|上班|[夜倒]班|双休|几险|五险|底薪|工资|[时日月]薪|加班")
_ORDINAL = re.compile("(?:那|那么)?(第[一二三四五六七八九1-9])[个家条]")
_ALSO = re.compile("(?:那|那么)?(.{2,8}?)(?:的)?(?:呢|怎么样|怎么办)")


def of_the_subject(scene: Scene) -> Turn:
    """The item, with the sentence that says what is asked."""
    return _card(scene, _numbered(scene) or _job_meant(scene) or scene.subject) or search(scene)


def of_each_job(scene: Scene) -> Turn:
    """The jobs that were listed, with what can be compared of them."""
    assert scene.recall is not None  # compares_jobs
    shown = scene.recall.shown
    known = [(place, opened_item(scene, one)) for place, one in enumerate(shown, start=1) if place > len(shown) - SHOWN]
    said = [say("compare_jobs")]
    for place, item in known:
        if item is not None:
            place_of_work = str(item.fields.get("address") or item.fields.get("area") or "")
            benefits = str(item.fields.get("benefits") or "")
            said.append(entry(place, item.result, " ".join(filter(None, map(plain, (place_of_work, benefits))))))
    question = AskedQuestion(scene.asked, answered=True, offered=tuple(one.ref for one in shown[-SHOWN:]))
    results = tuple(item.result for _, item in known if item)
    return Turn(Text(lines(said)), recall=replace(scene.recall, at=scene.now), question=question, results=results)


def _job_meant(scene: Scene) -> ListedItem | None:
    """管饭不, of a list in which a notice stands before the jobs: the first job, if none was opened."""
    recall = scene.recall
    if recall is None or recall.opened or not _OF_WORK.search(standard(scene.bare)):
        return None
    return next((one for one in recall.shown[-SHOWN:] if one.kind == "posting"), None)


def _numbered(scene: Scene) -> ListedItem | None:
    """第二个是哪家公司: the entry of that number."""
    found = _ORDINAL.match(scene.bare)
    place = (number(found[1]) or 0) if found else 0
    return scene.recall.shown[place - 1] if scene.recall and 0 < place <= len(scene.recall.shown) else None


def is_meant(scene: Scene) -> bool:
    """Whether a short question is about something that was shown, and about nothing of its own."""
    return _meant(scene) is not None


def of_what_is_meant(scene: Scene) -> Turn:
    """That item, with the sentence that says most of what is asked."""
    turn = _card(scene, _meant(scene))
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
    item = opened_item(scene, scene.recall.subject if scene.recall else None)
    if item is None or scene.recall is None:
        return told(scene, "ask_first")
    text = text_of(item)
    reply = Text(lines(facts(item, plain(text, WHOLE_TEXT))))
    return Turn(reply, recall=replace(scene.recall, at=scene.now), results=(item.result,))


def instead(scene: Scene, turn: Turn) -> Turn:
    """For a short question that found nothing by itself: the item that was shown last."""
    if not _may_mean_it(scene) or scene.recall is None or scene.subject is None:
        return turn
    said = article_search.shares(scene.office, scene.text, [scene.subject.ref])
    return (_card(scene, scene.subject) if said[0] >= TOUCHED else None) or turn


def _meant(scene: Scene) -> ListedItem | None:
    """Of what was shown last, what says most of a short question; None if the question has a subject of its own."""
    if scene.subject is None or scene.recall is None or not _may_mean_it(scene) or len(scene.bare) > LONGEST:
        return None
    shown = [scene.subject, *(one for one in scene.recall.shown[-SHOWN:] if one != scene.subject)]
    said = article_search.shares(scene.office, scene.text, [one.ref for one in shown])
    worth = [said[0] + FIRST, *said[1:]]  # the one that was looked at, or the best, is meant rather than another
    best = max(range(len(shown)), key=lambda place: (worth[place], -place))
    others = notice_search.find(scene.office, scene.text, SHOWN, today=scene.today).hits
    refs = {one.ref for one in shown}
    rivals = [hit for hit in others if hit.ref not in refs]
    theirs = max(article_search.shares(scene.office, scene.text, [hit.ref for hit in rivals]), default=0.0)
    if notice_search.titled(scene.office, scene.text, rivals):
        return shown[best] if max(said) > theirs and said[best] >= (LEAST if best == 0 else ENOUGH) else None
    if max(said) < LEAST and theirs >= WHOLE and not _asks_little_else(scene):
        return None
    is_theirs = len(scene.bare) > MOST_OF_A_FOLLOW_UP and max(said) < LEAST
    return None if is_theirs else shown[best] if said[best] >= ENOUGH else scene.subject


def _with_another(scene: Scene, turn: Turn) -> Turn:
    """The card, and beside it what else was listed and says much more of what is asked."""
    recall, offered = scene.recall, turn.question.offered if turn.question else ()
    others = [one for one in recall.shown[-SHOWN:] if one.ref not in offered] if recall else []
    if not others or not offered or not isinstance(turn.reply, Text) or recall is None:
        return turn
    own, *said = article_search.shares(scene.office, scene.text, [*offered, *(one.ref for one in others)])
    most = max(range(len(others)), key=said.__getitem__)
    item = opened_item(scene, others[most]) if said[most] >= own + MUCH_MORE else None
    passage = answer_in(scene, item) if item else ""
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
    if recall is None or recall.source not in ("search", GUIDE):
        return []
    found = notice_search.find(scene.office, f"{recall.text} {scene.text}", FOUND, today=scene.today).hits
    refs = [hit.ref for hit in found]
    each = [article_search.shares(scene.office, text, refs) for text in (recall.text, scene.text)]
    both = [hit for hit, *said in zip(found, *each, strict=True) if min(said) >= TOGETHER]
    return notice_search.outstanding(both)[:SHOWN]


def _may_mean_it(scene: Scene) -> bool:
    """Whether something is asked, and not for work, which is a matter of its own."""
    return _ASKS.search(scene.text) is not None and not (scene.job is not None and scene.job.of_jobs)


def _card(scene: Scene, subject: ListedItem | None) -> Turn | None:
    """The item with the sentence that says what is asked; if it has none, another that was listed or belongs to it."""
    item = opened_item(scene, subject)
    if item is None or scene.recall is None or subject is None:
        return None
    passage, shown, title = answer_in(scene, item), scene.recall.shown, item.result.title
    for other in () if passage else _others(scene, subject):
        known = opened_item(scene, other)
        if (
            known is not None
            and (told := answer_in(scene, known))
            and is_of_the_matter(scene, known, told, beside=title)
        ):
            item, subject, passage = known, other, told
            break
    said = facts(item, passage)
    is_silent = not passage and subject.kind != "posting"
    if is_silent:
        said = [*facts(item, say("item_silent")), *whom_to_ask(scene, item)]
    question = AskedQuestion(scene.asked, answered=True, offered=(item.result.ref,))
    place = shown.index(subject) + 1 if subject in shown else scene.recall.opened
    recall = replace(scene.recall, at=scene.now, opened=place)
    typed = scene.asked[:LONGEST_LETTER] if is_silent else ""
    return Turn(Text(lines(said)), recall=recall, question=question, results=(item.result,), typed=typed)


def _others(scene: Scene, subject: ListedItem) -> Iterator[ListedItem]:
    """What was listed beside it, then what else was found for the question before, or for both together."""
    assert scene.recall is not None  # _card
    listed = [one for one in scene.recall.shown[-SHOWN:] if one != subject and one.kind != "posting"]
    if subject.kind == "posting" and (scene.recall.opened or _OF_WORK.search(scene.bare)):
        return
    yield from listed
    asked = f"{scene.recall.text} {scene.text}"
    found = (
        notice_search.find(scene.office, asked, FOUND, today=scene.today).hits
        if scene.recall.source in OF_NOTICES
        else []
    )
    more = dict.fromkeys([*scene.recall.rest[:MORE], *(ListedItem.of(hit.ref) for hit in found[:MORE])])
    yield from (one for one in more if one.kind != "posting" and one != subject and one not in listed)
