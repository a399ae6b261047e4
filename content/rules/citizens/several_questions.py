"""A message that asks for more than one thing, cut into its questions: 幼儿园怎么报名，另外接驳车几点."""

from __future__ import annotations

import re
from dataclasses import dataclass

from content.rules.follow_ups import aspects, own_words
from content.rules.language import plain_text
from content.rules.language.query import vocabulary

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
_SIZES = re.compile("政府|国家|最[高低长短多少快晚早]|[补给领发交收]|补贴|收入|标准|一般|现在")
_STANDS_BY_ITSELF = re.compile("^(?:这|它|他|她|那)(?:个|些|样|种|里)?")


@dataclass(frozen=True)
class Part:
    """One question of a message. `is_marked`: a word says that it is another one: 另外, 还有."""

    text: str
    is_marked: bool = True


def parts(text: str) -> list[Part]:
    """The questions of a message, each with what was said before it; only itself if it is but one."""
    whole = plain_text.one_line(text).strip()
    if len(whole) > LONGEST:
        return [Part(whole)]
    found = _EACH.fullmatch(whole.strip(" ?？。.!！"))
    if found and names_a_matter(found["one"]) and names_a_matter(found["other"]):
        return [Part(f"{found['one']}{found['asked']}"), Part(f"{found['other']}{found['asked']}")]
    cut: list[Part] = []
    for nth, piece in enumerate(_NEXT.split(whole)):
        for place, part in enumerate(_of_clauses(piece)):
            if cut and place == 0 and nth and not names_a_matter(part):
                cut[-1] = Part(f"{cut[-1].text}，{part}", cut[-1].is_marked)
            elif len(part) >= LEAST:
                cut.append(Part(part, nth > 0 and place == 0))
    return cut[:MOST] if len(cut) > 1 else [Part(whole)]


def _of_clauses(piece: str) -> list[str]:
    """The questions between the pauses: each that asks something of a matter of its own begins another."""
    found: list[str] = []
    begun = ""
    for clause in (part.strip() for part in _CLAUSE.split(piece)):
        if not clause:
            continue
        if begun and _asks(begun) and _asks(clause) and names_a_matter(clause):
            found.append(begun)
            begun = _OF_A_SECOND.sub("", clause)
        else:
            begun = f"{begun}，{clause}" if begun else clause
    return [*found, begun] if begun else found


def _asks(text: str) -> bool:
    """Whether it asks, and does not only tell of an age, a household or a sum."""
    folded = plain_text.fold(text)
    return aspects.ASKS.search(folded) is not None or aspects.read(folded).is_whether


def names_a_matter(text: str) -> bool:
    """Whether it names what it is about, and does not only go on."""
    folded = plain_text.fold(text)
    known = vocabulary()
    names = [name for name in own_words.names(own_words.of(folded)) if name not in (*known.kinds, *known.common)]
    return _STANDS_BY_ITSELF.match(folded) is None and any(_SIZES.sub("", name) for name in names)
