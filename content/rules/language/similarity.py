"""Likeness of questions: how much of what they ask for they share, and the groups that this makes of many.

A question is its search terms (pairs of Chinese characters, other words whole) without question words and politeness.
Likeness is Jaccard's index: terms in both ÷ terms in either. Numbers and Latin words must be the same in both, since
2024年预算 and 2025年预算 share most of their characters and want different answers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from content.rules.language import plain_text
from content.rules.language.question_terms import Vocabulary

ALIKE = 0.5  # for staff's list: one group too large is read faster than two that say the same
SAME = 0.6  # for an answer in the office's name: 怎么申请公租房 finds 公租房怎么申请, 公租房怎么退租 does not

Terms = frozenset[str]


def terms(text: str, vocabulary: Vocabulary) -> Terms:
    """What a question asks for; a question of nothing but politeness is taken as it is."""
    folded = plain_text.normalise(text)
    return frozenset(plain_text.terms(vocabulary.plain(folded)) or plain_text.terms(folded))


def likeness(one: Terms, other: Terms) -> float:
    """0 (nothing in common, or other numbers) to 1."""
    if not one or not other or _exact(one) != _exact(other):
        return 0.0
    return len(one & other) / len(one | other)


class KnownQuestions:
    """Many questions, to find the one that a new question is most like."""

    def __init__(self, forms: Sequence[Terms]) -> None:
        self._forms = forms
        self._holders: dict[str, list[int]] = defaultdict(list)
        for place, form in enumerate(forms):
            for term in form:
                self._holders[term].append(place)

    def best(self, asked: Terms, least: float = SAME) -> int | None:
        """The place of the form most like `asked`, the first of equals; None if none is like enough."""
        found = [(likeness(asked, self._forms[place]), -place) for place in self.sharing(asked)]
        score, place = max(found, default=(0.0, 0))
        return -place if score >= least else None

    def sharing(self, asked: Terms) -> list[int]:
        """The places of the forms that share enough terms to be like `asked` at all."""
        shared = Counter(place for term in asked for place in self._holders.get(term, ()))
        return sorted(place for place, count in shared.items() if count >= ALIKE * max(len(asked), 1))


def groups(texts: Sequence[Terms], least: float = ALIKE) -> list[list[int]]:
    """The places of the questions, those that are connected by likeness together; in order of their first."""
    roots = list(range(len(texts)))

    def root(place: int) -> int:
        while roots[place] != place:
            roots[place] = roots[roots[place]]
            place = roots[place]
        return place

    first: dict[Terms, int] = {}
    for place, form in enumerate(texts):
        roots[place] = first.setdefault(form, place)
    distinct = list(first)
    known = KnownQuestions(distinct)
    for form in distinct:
        for other in known.sharing(form):
            if likeness(form, distinct[other]) >= least:
                one, two = sorted((root(first[form]), root(first[distinct[other]])))
                roots[two] = one
    found: dict[int, list[int]] = defaultdict(list)
    for place in range(len(texts)):
        found[root(place)].append(place)
    return list(found.values())


def _exact(form: Terms) -> set[str]:
    return {term for term in form if not plain_text.is_chinese(term)}
