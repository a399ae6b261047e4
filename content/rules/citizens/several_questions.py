"""A message that asks for more than one thing, cut into its questions: 幼儿园怎么报名，另外接驳车几点."""

from __future__ import annotations

import re

from content.rules.follow_ups import aspects, own_words
from content.rules.language import plain_text

LONGEST = 200  # characters; who writes more tells a story
LEAST = 3  # characters of a question
MOST = 4  # questions that are told apart

_NEXT = re.compile(
    "[\\s,，。.;；、!！?？]*(?:另外(?!一)(?:还)?(?:有|想|再)?(?:请?问|了解|知道)?|还有(?=[^,，。?？]{3})(?![没多几哪吗什啥空名房不个一两余位别其])(?:就是|个事|一?件事|一个问题)?"
    "|(?:顺便|顺带)(?:再)?(?:请?问|打听|咨询|了解)?|再(?:请?问|打听|咨询)(?:一?下|问)?|还(?:想|要)(?:再)?(?:请?问|知道|了解|打听|咨询)(?:一?下)?|对了|同时(?:想|也)?(?:请?问)?(?=.*(?:吗|怎么|多少|哪|什么)))"
    "(?:一?下)?[,，:：]*"
)
_CLAUSE = re.compile("[,，。;；!！?？\n]+")
_EACH = re.compile(
    "(?P<one>[^,，。和跟与]{2,12}?)(?:和|跟|与|以及)(?P<other>[^,，。和跟与]{2,12}?)(?:分别|各自|各是?|都)?(?:是|要|在|去)?"
    "(?P<asked>(?:怎么|如何|在哪|去哪|到哪|什么时候|几号|几点|多少钱|要什么|需要什么|要带|电话|哪里).{0,12})"
)
_OF_A_SECOND = re.compile("^(?:又|那|那么|然后|再|还|也)+(?=.{3})")
_STANDS_BY_ITSELF = re.compile("^(?:这|它|他|她|那)(?:个|些|样|种|里)?")


def parts(text: str) -> list[str]:
    """The questions of a message, each with what was said before it; only itself if it is but one."""
    whole = plain_text.one_line(text).strip()
    if len(whole) > LONGEST:
        return [whole]
    found = _EACH.fullmatch(whole.strip(" ?？。.!！"))
    if found and own_words.of(found["one"]) and own_words.of(found["other"]):
        return [f"{found['one']}{found['asked']}", f"{found['other']}{found['asked']}"]
    cut: list[str] = []
    for nth, piece in enumerate(_NEXT.split(whole)):
        for place, part in enumerate(_of_clauses(piece)):
            if cut and place == 0 and nth and not _has_a_matter(part):
                cut[-1] = f"{cut[-1]}，{part}"
            elif len(part) >= LEAST:
                cut.append(part)
    return cut[:MOST] if len(cut) > 1 else [whole]


def _of_clauses(piece: str) -> list[str]:
    """The questions between the pauses: each that asks something of a matter of its own begins another."""
    found: list[str] = []
    begun = ""
    for clause in (part.strip() for part in _CLAUSE.split(piece)):
        if not clause:
            continue
        if begun and _asks(begun) and _asks(clause) and _has_a_matter(clause):
            found.append(begun)
            begun = _OF_A_SECOND.sub("", clause)
        else:
            begun = f"{begun}，{clause}" if begun else clause
    return [*found, begun] if begun else found


def _asks(text: str) -> bool:
    """Whether it asks, and does not only tell of an age, a household or a sum."""
    folded = plain_text.fold(text)
    return aspects.ASKS.search(folded) is not None or aspects.read(folded).is_whether


def _has_a_matter(text: str) -> bool:
    """Whether it names what it is about, and does not only go on."""
    folded = plain_text.fold(text)
    return _STANDS_BY_ITSELF.match(folded) is None and bool(own_words.names(own_words.of(folded)))
