"""One generation of the index, opened for searching."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import tantivy

from content.store import index_generations as generations
from content.store import index_query
from content.store.index_generations import Pointer
from content.store.index_query import Question

LEAST_CANDIDATES = 40  # notices whose passages are looked at
BEST_PASSAGES = 100  # a passage that is not among them counts as the last of them
PASSAGE_WEIGHT = 0.4  # of the best passage beside the whole
LEAST_SHARE = 0.08  # of the score that a perfect answer would have; below it there is nothing to offer
SATURATION = 2.2  # k1 + 1 of the engine's BM25: the most that one term can count
COMMON = 1 / 3  # a single character in more than this share of all notices tells next to nothing,
CHEAP = 1000  # … but costs time only if these are many
MOST_REMEMBERED = 2000  # answers; citizens ask the same things


@dataclass(frozen=True)
class Hit:
    """One notice that fits a question. `card` is what a list shows of it."""

    ref: str
    score: float
    in_force: bool
    card: dict[str, Any]


class Opened:
    """A generation, with the answers that it has given. Raises ValueError or OSError if it cannot be opened."""

    def __init__(self, root: Path, pointer: Pointer) -> None:
        self._wholes = _searcher(generations.open_part(root, pointer, "wholes"))
        self._passages = _searcher(generations.open_part(root, pointer, "passages"))
        self._remembered: dict[tuple[str, int, date], list[Hit]] = {}

    def search(self, text: str, limit: int, today: date) -> list[Hit]:
        """What fits the question, best first, without what expired before `today`."""
        asked = (text, limit, today)
        found = self._remembered.get(asked)
        if found is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[asked] = self._search(text, limit, today)
        return list(found)

    def _search(self, text: str, limit: int, today: date) -> list[Hit]:
        question = index_query.question(text)
        if question is None:
            return []
        question = question.without(self._is_common)
        candidates = self._candidates(question, max(limit, LEAST_CANDIDATES), today)
        passages, least = self._best_passages(question)
        scored = [
            (score + PASSAGE_WEIGHT * passages.get(owner, least), place, address)
            for place, (score, owner, address) in enumerate(candidates)
        ]
        scored.sort(key=lambda one: (-one[0], one[1]))
        if not scored or not passages or scored[0][0] < LEAST_SHARE * self._most(question):
            return []  # what shares a stray character or a common word is no answer
        return self._hits(scored[:limit])

    def _candidates(self, question: Question, limit: int, today: date) -> list[tuple[float, int, Any]]:
        """Score, owner and address of the notices that share most with the question."""
        found = self._standing(self._wholes.search(question.wholes(), limit, count=False).hits, today)
        if len(found) < limit:  # expired ones may have taken the places of others
            found = self._wholes.search(question.standing(today), limit, count=False).hits
        owners = self._wholes.fast_field_values("owner", [address for _, address in found])
        return [(score, int(owner or 0), address) for (score, address), owner in zip(found, owners, strict=True)]

    def _standing(self, found: list[tuple[Any, Any]], today: date) -> list[tuple[Any, Any]]:
        days = self._wholes.fast_field_values("last_day", [address for _, address in found])
        first = today.toordinal()
        return [one for one, day in zip(found, days, strict=True) if day is not None and day >= first]

    def _best_passages(self, question: Question) -> tuple[dict[int, float], float]:
        """The score of the best passage of each notice, and the most that a passage of any other can have."""
        found = self._passages.search(question.passages(), BEST_PASSAGES, count=False).hits
        owners = self._passages.fast_field_values("owner", [address for _, address in found])
        best: dict[int, float] = {}
        for (score, _), owner in zip(found, owners, strict=True):
            best.setdefault(int(owner or 0), score)  # the best comes first
        return best, found[-1][0] if len(found) == BEST_PASSAGES else 0.0

    def _most(self, question: Question) -> float:
        """The score of a notice that would hold every term of the question over and over."""
        wholes = sum(weight * _rarity(self._wholes, self._frequency(term)) for term, weight in question.terms.items())
        pairs = sum(
            weight * _rarity(self._passages, self._passages.doc_freq("text", term))
            for term, weight in question.pairs.items()
        )
        return SATURATION * (wholes + PASSAGE_WEIGHT * pairs)

    def _is_common(self, term: str) -> bool:
        return self._frequency(term) > max(CHEAP, COMMON * self._wholes.num_docs)

    def _frequency(self, term: str) -> int:
        """How many notices hold the term."""
        found: int = self._wholes.doc_freq("text", term)
        return found

    def _hits(self, scored: list[tuple[float, int, Any]]) -> list[Hit]:
        forces = self._wholes.fast_field_values("in_force", [address for _, _, address in scored])
        hits = []
        for (score, _, address), in_force in zip(scored, forces, strict=True):
            kept = self._wholes.doc(address)
            hits.append(Hit(kept["ref"][0], score, bool(in_force), kept["card"][0]))
        return hits


def _rarity(searcher: tantivy.Searcher, frequency: int) -> float:
    """The inverse document frequency as the engine's BM25 has it."""
    return math.log(1 + max(searcher.num_docs - frequency + 0.5, 0.0) / (frequency + 0.5))


def _searcher(index: tantivy.Index) -> tantivy.Searcher:
    index.config_reader("manual", 0)
    return index.searcher()
