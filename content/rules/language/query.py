"""The words that need care, as the office keeps them, and what a question means that was typed badly."""

from __future__ import annotations

import functools

from config import reference
from content.rules.language import plain_text, spelling
from content.rules.language.notice_words import NoticeWords
from content.rules.language.question_terms import Vocabulary


def meant(text: str, known: NoticeWords) -> str:
    """The question as it was probably meant, normalised; empty if it was typed well."""
    typed = plain_text.normalise(text)
    mended = spelling.mended(typed, known, vocabulary())
    return mended if mended != typed else ""


@functools.cache
def vocabulary() -> Vocabulary:
    """The words that need care, as the office keeps them in config/data."""
    words = {name: tuple(listed) for name, listed in reference.table("question_words").items()}
    synonyms = tuple(tuple(group) for group in reference.table("synonyms").values())
    return Vocabulary(**words, synonyms=synonyms, initials=tuple(reference.table("initials").items()))
