"""From a question to the terms that the index is asked for."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from config import reference
from content.rules.language import plain_text, question_terms, spelling
from content.rules.language.notice_words import NoticeWords
from content.rules.language.question_terms import Vocabulary


@dataclass(frozen=True)
class SearchTerms:
    """The terms of a question with their weights: `pairs` for passages, `terms` (pairs and characters) for wholes.

    `said`: the pairs that stand in the question itself, not only in a synonym.
    """

    pairs: dict[str, float]
    terms: dict[str, float]
    said: frozenset[str]


def question(text: str) -> SearchTerms | None:
    """What the text asks for; None if there is nothing to look for."""
    pairs, singles, said = question_terms.weighted_terms(text, vocabulary())
    terms = dict(pairs)
    for term, weight in singles.items():
        terms[term] = terms.get(term, 0.0) + weight  # words and numbers are among both, and count for both
    return SearchTerms(pairs, terms, said) if terms else None


def meant(text: str, known: NoticeWords) -> str:
    """The question as it was probably meant, normalised; empty if it was typed well."""
    typed = plain_text.normalise(text)
    mended = spelling.mended(typed, known, vocabulary())
    return mended if mended != typed else ""


@functools.cache
def vocabulary() -> Vocabulary:
    """The words that need care, as the office keeps them in config/data."""
    words = {name: tuple(listed) for name, listed in reference.table("wording").items()}
    synonyms = tuple(tuple(group) for group in reference.table("synonyms").values())
    return Vocabulary(**words, synonyms=synonyms, initials=tuple(reference.table("initials").items()))
