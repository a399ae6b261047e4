"""From a question to queries of the engine: built from objects, so that no text can be taken for query syntax."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import tantivy

from config import reference
from content.rules import questions
from content.rules.questions import Vocabulary
from content.store.index_schema import NO_END, pieces, wholes

MOST_TERMS = 48  # of a long letter the first terms count; each one costs time


@dataclass(frozen=True)
class Question:
    """The terms of a question with their weights: `pairs` for passages, `terms` (pairs and characters) for wholes."""

    pairs: dict[str, float]
    terms: dict[str, float]

    def without(self, is_common: Callable[[str], bool]) -> Question:
        """The same question without single characters that are too common to tell notices apart."""
        telling = {term: weight for term, weight in self.terms.items() if term in self.pairs or not is_common(term)}
        return Question(self.pairs, telling)

    def wholes(self) -> tantivy.Query:
        """Any notice that shares terms with the question, the more and the rarer the better."""
        return _any_of(wholes(), self.terms)

    def standing(self, today: date) -> tantivy.Query:
        """The same, without what has expired."""
        fresh = tantivy.Query.range_query(
            wholes(), "last_day", tantivy.FieldType.Unsigned, lower_bound=today.toordinal(), upper_bound=NO_END
        )
        silent = tantivy.Query.const_score_query(fresh, 0.0)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, silent), (tantivy.Occur.Must, self.wholes())])

    def passages(self) -> tantivy.Query:
        """Any passage that shares pairs with the question."""
        return _any_of(pieces(), self.pairs)


def question(text: str) -> Question | None:
    """What the text asks for; None if there is nothing to look for."""
    pairs, singles = questions.weighted_terms(text, vocabulary(), MOST_TERMS)
    terms = dict(pairs)
    for term, weight in singles.items():
        terms[term] = terms.get(term, 0.0) + weight  # words and numbers are among both, and count for both
    return Question(pairs, terms) if terms else None


@functools.cache
def vocabulary() -> Vocabulary:
    """The words that need care, as the office keeps them in config/data."""
    words = {name: tuple(listed) for name, listed in reference.table("wording").items()}
    synonyms = tuple(tuple(group) for group in reference.table("synonyms").values())
    return Vocabulary(**words, synonyms=synonyms)


def _any_of(schema: tantivy.Schema, terms: dict[str, float]) -> tantivy.Query:
    term, boost, should = tantivy.Query.term_query, tantivy.Query.boost_query, tantivy.Occur.Should
    return tantivy.Query.boolean_query(
        [(should, boost(term(schema, "text", word, "freq"), weight)) for word, weight in terms.items()]
    )
