"""The term within which a notice takes applications, if it is over: whoever asks how to apply must hear of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from content.rules.follow_ups import aspects, passage_traits
from content.rules.language import answering_sentence, plain_text
from content.rules.language.answering_sentence import READ

OF_APPLYING = {"way", "papers", "place", "conditions"}  # what is asked by who wants to apply

_HEADED = re.compile(
    r"(?:^|[\n。])\s*(?:[(（]?[一二三四五六七八九十\d]+[)）、.]\s*)?[^。\n，,：:]{0,10}(?:时间|日期|期限|报名办法|报名|申报)[。：:]([^。；\n]{4,160})"
)
_CLAUSE = re.compile(r"[^。；\n]+")


def ended(body: str, question: str, *, published_on: date | None, today: date) -> date | None:
    """The last day of the term, if it is over and a folded question asks how, where or with what to apply."""
    if not is_asked(question):
        return None
    last = [
        end
        for clause in _clauses(body[:READ])
        if (end := answering_sentence.passed(plain_text.fold(clause), published_on, date.max))
    ]
    return max(last) if last and max(last) < today else None


def is_asked(question: str) -> bool:
    """Whether a folded question asks how, where or with what to apply, and for no day."""
    asked = {aspect.name for aspect in aspects.read(question).aspects}
    return bool(asked & OF_APPLYING) and "date" not in asked


def _clauses(body: str) -> Iterator[str]:
    """What stands under a heading that calls a term, and what says that it is one."""
    yield from (found[1] for found in _HEADED.finditer(body))
    for found in _CLAUSE.finditer(body):
        if passage_traits.TERM.search(found[0]) and passage_traits.SPAN.search(plain_text.fold(found[0])):
            yield found[0]
