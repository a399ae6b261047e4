"""One generation of the index, opened for searching."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import tantivy

from content.rules import wording
from content.store import index_generations as generations
from content.store import index_query
from content.store.index_generations import Pointer
from content.store.index_query import Question

LEAST_CANDIDATES = 40  # notices whose passages are looked at
BEST_PASSAGES = 100  # a passage that is not among them counts as the last of them
PASSAGE_WEIGHT = 0.4  # of the best passage beside the whole
LEAST_SHARE = 0.08  # of the score that a perfect answer would have; below it there is nothing to offer
TITLE_BONUS = 0.3  # of the score, for a title that covers the question wholly …
TITLE_POWER = 8  # … and almost nothing for one that covers half of it
SATURATION = 2.2  # k1 + 1 of the engine's BM25: the most that one term can count
COMMON = 1 / 3  # a single character in more than this share of all notices tells next to nothing,
CHEAP, DEAR = 1_000, 30_000  # … but costs time only if these are many, and too much if these are very many
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
        worth = self._worth(self._passages, question.pairs)
        best = sum(self._worth(self._wholes, question.terms).values()) + PASSAGE_WEIGHT * sum(worth.values())
        if not passages or not scored or scored[0][0] < LEAST_SHARE * SATURATION * best:
            return []  # what shares a stray character or a common word is no answer
        hits = [replace(hit, score=hit.score * _title_bonus(hit, worth)) for hit in self._hits(scored[:limit])]
        return sorted(hits, key=lambda hit: -hit.score)

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

    def _worth(self, searcher: tantivy.Searcher, terms: dict[str, float]) -> dict[str, float]:
        """What each term counts: its weight times its inverse document frequency, as the engine's BM25 has it."""
        documents = searcher.num_docs
        found = {}
        for term, weight in terms.items():
            frequency = searcher.doc_freq("text", term)
            found[term] = weight * math.log(1 + max(documents - frequency + 0.5, 0.0) / (frequency + 0.5))
        return found

    def _is_common(self, term: str) -> bool:
        frequency: int = self._wholes.doc_freq("text", term)
        return frequency > min(max(CHEAP, COMMON * self._wholes.num_docs), DEAR)

    def _hits(self, scored: list[tuple[float, int, Any]]) -> list[Hit]:
        forces = self._wholes.fast_field_values("in_force", [address for _, _, address in scored])
        hits = []
        for (score, _, address), in_force in zip(scored, forces, strict=True):
            kept = self._wholes.doc(address)
            hits.append(Hit(kept["ref"][0], score, bool(in_force), kept["card"][0]))
        return hits


def _title_bonus(hit: Hit, worth: dict[str, float]) -> float:
    """1, and more for a title that says (nearly) all that was asked: then the whole notice is about it."""
    title, total = wording.normalise(hit.card.get("title", "")), sum(worth.values())
    covered = sum(value for term, value in worth.items() if term in title)
    return 1.0 + TITLE_BONUS * (covered / total) ** TITLE_POWER if total else 1.0


def _searcher(index: tantivy.Index) -> tantivy.Searcher:
    index.config_reader("manual", 0)
    return index.searcher()
