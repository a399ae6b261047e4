"""What the search index holds of one notice: the terms of the whole, and once more those of its title and its passages.

The whole says which notices share the question's characters and pairs of characters, the title which of them are about
it; the passages say where they stand together. Text is cut into terms by content.rules.language.plain_text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from content.rules.language import periods, plain_text

FORMAT = "9"  # changes whenever the files or the cutting into terms do: every index is then built anew
FIRST_YEAR = 1990
NO_END = date.max.toordinal()
PASSAGE = 150  # characters


@dataclass(frozen=True)
class IndexEntry:
    """One notice for the index. `facts` are names and numbers around the text; `card` is what a list shows."""

    ref: str  # disclosure:12
    title: str
    body: str = ""
    facts: str = ""
    published_on: date | None = None
    last_day: date | None = None  # None: without end
    in_force: bool = True
    card: dict[str, Any] = field(default_factory=dict)

    def folded(self) -> IndexEntry:
        """The same entry with its text in the one spelling that search knows."""
        return replace(
            self, title=plain_text.fold(self.title), body=plain_text.fold(self.body), facts=plain_text.fold(self.facts)
        )

    def packed(self) -> str:
        """The entry as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, default=date.isoformat)


def unpacked(line: str) -> IndexEntry:
    """The entry in a line of JSON."""
    kept = json.loads(line)
    days = {name: date.fromisoformat(kept[name]) for name in ("published_on", "last_day") if kept[name]}
    return IndexEntry(**{**kept, **days})


def owner(ref: str) -> int:
    """A number that stands for a ref."""
    return int.from_bytes(hashlib.blake2b(ref.encode(), digest_size=8).digest(), "big")


def numbers(entry: IndexEntry) -> dict[str, int]:
    """What is looked up or compared of an entry; a day is its ordinal, 0 if it is not known."""
    return {
        "owners": owner(entry.ref),
        "published": entry.published_on.toordinal() if entry.published_on else 0,
        "years": year_bits(periods.years(entry.title)),
        "last_days": entry.last_day.toordinal() if entry.last_day else NO_END,
    }


def year_bits(years: Iterable[int]) -> int:
    """Years as bits of a number; those before 1990 and after 2053 have none."""
    return sum(1 << year - FIRST_YEAR for year in years if 0 <= year - FIRST_YEAR < 64)


def whole(entry: IndexEntry) -> str:
    """All the text of a folded entry."""
    return f"{entry.title}\n{entry.body}\n{entry.facts}"


def passages(entry: IndexEntry) -> list[str]:
    """The title, the facts and each passage of the body of a folded entry, without those that hold no word."""
    texts = (entry.title, entry.facts, *plain_text.passages(entry.body, PASSAGE))
    return [text for text in texts if plain_text.RUN.search(text)]
