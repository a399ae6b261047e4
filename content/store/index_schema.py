"""What the search index holds of one notice: once as a whole, and once more in passages.

The whole says which notices share the question's characters and pairs of characters; the passages say where they
stand together. Text is cut into terms by content.rules.wording, not by the engine.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import tantivy

from content.rules import wording

FORMAT = "5"  # changes whenever the schema or the cutting into terms does: every index is then built anew
NO_END = date.max.toordinal()
PASSAGE = 150  # characters


@dataclass(frozen=True)
class IndexEntry:
    """One notice for the index. `facts` are names and numbers around the text; `card` is what a list shows."""

    ref: str  # disclosure:12
    title: str
    body: str = ""
    facts: str = ""
    last_day: date | None = None  # None: without end
    in_force: bool = True
    card: dict[str, Any] = field(default_factory=dict)

    def folded(self) -> IndexEntry:
        """The same entry with its text in the one spelling that search knows."""
        return replace(
            self, title=wording.fold(self.title), body=wording.fold(self.body), facts=wording.fold(self.facts)
        )


@functools.cache
def wholes() -> tantivy.Schema:
    """The fields of a whole notice. `text` holds single characters and pairs."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("owner", fast=True, indexed=True)
    builder.add_text_field("ref", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_json_field("card", stored=True, index_option="basic")
    builder.add_unsigned_field("last_day", fast=True, indexed=True)
    builder.add_unsigned_field("in_force", fast=True)
    builder.add_text_field("text", tokenizer_name="terms", index_option="freq")
    return builder.build()


@functools.cache
def pieces() -> tantivy.Schema:
    """The fields of one passage. `text` holds pairs."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("owner", fast=True, indexed=True)
    builder.add_text_field("text", tokenizer_name="terms", index_option="freq")
    return builder.build()


def register(index: tantivy.Index) -> None:
    """Tells an opened index how its terms were cut: at blanks, by us."""
    index.register_tokenizer("terms", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())


def owner(ref: str) -> int:
    """The number by which a notice and its passages know each other."""
    return int.from_bytes(hashlib.blake2b(ref.encode(), digest_size=8).digest(), "big") >> 1


def whole(entry: IndexEntry) -> tantivy.Document:
    """A folded entry in the engine's shape."""
    made = tantivy.Document()
    made.add_integer("owner", owner(entry.ref))
    made.add_text("ref", entry.ref)
    made.add_json("card", entry.card)
    made.add_unsigned("last_day", entry.last_day.toordinal() if entry.last_day else NO_END)
    made.add_unsigned("in_force", int(entry.in_force))
    made.add_text("text", " ".join(_characters_and_pairs(f"{entry.title}\n{entry.body}\n{entry.facts}")))
    return made


def passages(entry: IndexEntry) -> Iterator[tantivy.Document]:
    """The title, the facts and each passage of the body of a folded entry, in the engine's shape."""
    number = owner(entry.ref)
    for text in (entry.title, entry.facts, *wording.passages(entry.body, PASSAGE)):
        terms = wording.terms_of(wording.runs_of(text)) + wording.document_numbers(text)
        if terms:
            made = tantivy.Document()
            made.add_integer("owner", number)
            made.add_text("text", " ".join(terms))
            yield made


def _characters_and_pairs(folded: str) -> list[str]:
    """公租房 3号 → 公 租 房 公租 租房 3 号."""
    terms: list[str] = []
    for run in wording.runs_of(folded):
        if wording.is_chinese(run):
            terms += run
            terms += wording.pairs(run)
        else:
            terms.append(run)
    return terms + wording.document_numbers(folded)
