"""What the search index holds of one notice, and under which fields it can be found."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import tantivy

from content.rules import wording

FORMAT = "1"  # changes whenever the schema or the cutting into terms does: every index is then built anew
NO_END = date.max.toordinal()
SEARCHED = ("title", "body", "facts")  # heading · text · numbers, names and places around it


@dataclass(frozen=True)
class IndexEntry:
    """One notice for the index. `texts` by field; `card` is what a list shows of it."""

    ref: str  # disclosure:12
    kind: str
    texts: Mapping[str, str]
    last_day: date | None = None  # None: without end
    in_force: bool = True
    card: dict[str, Any] = field(default_factory=dict)


@functools.cache
def schema() -> tantivy.Schema:
    """The fields. Text comes cut into terms, joined by blanks."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("ref", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("kind", tokenizer_name="raw", index_option="basic")
    builder.add_json_field("card", stored=True, index_option="basic")
    builder.add_unsigned_field("last_day", fast=True, indexed=True)
    builder.add_unsigned_field("in_force", fast=True)
    for name in SEARCHED:
        builder.add_text_field(name, tokenizer_name="terms", index_option="position")
    return builder.build()


def register(index: tantivy.Index) -> None:
    """Tells an opened index how its terms were cut: at blanks, by us."""
    index.register_tokenizer("terms", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())


def document(entry: IndexEntry) -> tantivy.Document:
    """The entry in the engine's shape."""
    made = tantivy.Document()
    made.add_text("ref", entry.ref)
    made.add_text("kind", entry.kind)
    made.add_json("card", entry.card)
    made.add_unsigned("last_day", entry.last_day.toordinal() if entry.last_day else NO_END)
    made.add_unsigned("in_force", int(entry.in_force))
    for name in SEARCHED:
        made.add_text(name, " ".join(wording.terms(entry.texts.get(name, ""))))
    return made
