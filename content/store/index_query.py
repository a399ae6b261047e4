"""From a question to a query of the engine: built from objects, so that no text can be taken for query syntax."""

from __future__ import annotations

from datetime import date

import tantivy

from content.rules import wording
from content.store.index_schema import NO_END, schema

MOST_TERMS = 64  # of a long letter the first terms count; each one costs time
WEIGHTS = {"title": 0.4, "body": 1.0, "facts": 1.0}


def question(text: str) -> tantivy.Query | None:
    """Any notice that shares terms with the text, the more and the rarer the better. None: nothing to look for."""
    words = list(dict.fromkeys(wording.terms(text)))[:MOST_TERMS]
    if not words:
        return None
    parts = [
        (
            tantivy.Occur.Should,
            tantivy.Query.boost_query(tantivy.Query.term_query(schema(), name, word, "freq"), weight),
        )
        for name, weight in WEIGHTS.items()
        for word in words
    ]
    return tantivy.Query.boolean_query(parts)


def standing(query: tantivy.Query, today: date) -> tantivy.Query:
    """The same query over what has not expired."""
    fresh = tantivy.Query.range_query(
        schema(), "last_day", tantivy.FieldType.Unsigned, lower_bound=today.toordinal(), upper_bound=NO_END
    )
    return tantivy.Query.boolean_query(
        [(tantivy.Occur.Must, query), (tantivy.Occur.Must, tantivy.Query.const_score_query(fresh, 0.0))]
    )
