"""Which entry of the last list a message means: by its number, or by a word that only this one has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.dialogue.answers.fixed_replies import told
from bot.dialogue.answers.follow_ups.passage import opened_item, text_of
from bot.dialogue.command_words import entry_number
from bot.dialogue.turn import ListedItem, Scene, Turn, once
from content.rules.follow_ups import aspects, own_words, posting_questions
from content.rules.jobs import trades
from content.rules.language import plain_text
from content.services.answers.notice_search import NoticeDetails

LONGEST = 24  # characters of a message that means an entry
ALL_SAID = 0.99  # of a word
SHOWN = 3  # of a list at a time
MOST_BEFORE = 8  # entries of earlier pages that are looked at
_THAT_ONE = re.compile(
    "(?:的|那|这)(?:个|家|条|份|篇|岗位|工作|活)|的(?=呢|$|吗|多少|要|怎么|在|是|电话|工资|地址|学历)|那边"
)
_ONE_OF_THEM = re.compile("([\u4e00-\u9fffa-z]{2,6}?)的?[那这](?:个|家|条|份)(?!公司|单位|厂|店)(?=.)")
_ASKS = re.compile("[吗么呢不没?]$|多少|几|哪|什么|啥|怎么|咋|多久|电话|地址|工资|条件|要求|学历|时间")


def by_number(scene: Scene) -> ListedItem | None:
    """第二个要几年经验: the entry of that number, among all that were shown."""
    recall = scene.recall
    place = entry_number(scene.bare, len(recall.shown)) if recall and len(scene.bare) <= LONGEST else None
    return recall.shown[place - 1] if recall and place and place <= len(recall.shown) else None


def names_none(scene: Scene) -> bool:
    """第五个要什么学历, of a list of three."""
    recall = scene.recall
    place = entry_number(scene.bare, len(recall.shown)) if recall and recall.shown else None
    return place is not None and len(scene.bare) <= LONGEST and not 0 < place <= len(recall.shown if recall else ())


def no_such(scene: Scene) -> Turn:
    """How many there are."""
    return told(scene, "no_such_number", count=len(scene.recall.shown) if scene.recall else 0)


def means_one(scene: Scene) -> bool:
    """小时工那个一天干几个钟头: one of the list, told by a word before 那个."""
    found = _ONE_OF_THEM.match(scene.bare)
    return found is not None and by_word(scene) is not None


@once
def by_word(scene: Scene) -> ListedItem | None:
    """冷藏车那个工资多少: the only entry that has a word of the message; None if it asks nothing of an entry."""
    recall = scene.recall
    if recall is None or scene.subject is None or not recall.shown or len(scene.bare) > LONGEST:
        return None
    refers = _THAT_ONE.search(scene.bare) is not None
    if not refers and not _ASKS.search(scene.bare):
        return None
    one = _ONE_OF_THEM.match(scene.bare)
    words = [one[1]] if one else _words(scene)
    if not words:
        return None
    page = list(recall.shown[-SHOWN:])
    is_of_jobs = scene.subject.kind == "posting"
    is_sure = scene.finding is not None and scene.finding.sure  # a matter of its own, which a text mentions by the way
    if found := _only(scene, words, page, by_text=refers or (is_of_jobs and not is_sure)):
        return found
    return _only(scene, words, list(recall.shown[-SHOWN - MOST_BEFORE : -SHOWN])) if refers else None


def _words(scene: Scene) -> list[str]:
    """The words by which an entry may be told from the others."""
    said = aspects.standard(_THAT_ONE.sub(" ", scene.bare))
    if scene.subject is not None and scene.subject.kind == "posting":
        _, rest = posting_questions.read(said)
        return [run for run in plain_text.runs_of(rest) if len(run) > 1]
    return own_words.of(said)


def _only(scene: Scene, words: list[str], entries: Sequence[ListedItem], *, by_text: bool = True) -> ListedItem | None:
    """The entry whose head, or else whose text, says these words while no other does; of several heads, the one that has them as they are."""
    known = [(entry, item) for entry in entries if (item := opened_item(scene, entry))]
    for said in (_head, text_of) if by_text else (_head,):
        having = [(entry, item) for entry, item in known if _is_said(words, plain_text.normalise(said(item)))]
        if len(having) > 1:
            having = [one for one in having if all(word in plain_text.normalise(said(one[1])) for word in words)]
            return having[0][0] if len(having) == 1 else None
        if having:
            return having[0][0]
    return None


def _is_said(words: list[str], text: str) -> bool:
    """Whether a text says the words, or what means the same trade: 挖机 of 挖掘机操作手."""
    known = trades.known()
    return all(
        own_words.share([word], text) >= ALL_SAID or any(one in text for one in (*known.same(word), *known.also(word)))
        for word in words
    )


def _head(item: NoticeDetails) -> str:
    """Title, employer and place."""
    result = item.result
    fields = item.fields
    return " ".join(
        [
            result.title,
            result.employer,
            str(fields.get("area") or ""),
            str(fields.get("address") or ""),
            result.department,
        ]
    )
