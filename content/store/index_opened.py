"""One generation of the index, opened for searching."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from content.store import index_making, index_query
from content.store.arrays import Array, Floats
from content.store.index_field import Field, Sought
from content.store.index_generations import Pointer
from content.store.index_postings import SATURATION

LEAST_CANDIDATES = 40  # notices whose passages are looked at
PASSAGE_WEIGHT = 0.4  # of the best passage beside the whole
LEAST_SHARE = 0.08  # of the score that a perfect answer would have; below it there is nothing to offer
TITLE_BONUS = 0.3  # of the score, for a title that covers the question wholly …
TITLE_POWER = 8  # … and almost nothing for one that covers half of it
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
        self._segments, self._gone = index_making.opened(root, pointer)
        self._wholes = Field([segment.wholes for segment in self._segments])
        self._passages = Field([segment.passages for segment in self._segments])
        self._pieces = _joined([segment.pieces for segment in self._segments])
        self._hidden: tuple[date, Array] = (date.min, self._gone)
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
        most = min(max(CHEAP, COMMON * self._wholes.documents), DEAR)
        wholes = self._wholes.seek(question.terms, most, frozenset(question.pairs))
        passages = self._passages.seek(question.pairs)
        candidates, scores = self._candidates(wholes, max(limit, LEAST_CANDIDATES), today)
        if not len(candidates):
            return []
        best, _held = self._passages.best_within(passages, self._pieces[candidates], self._pieces[candidates + 1])
        scores = scores + np.float32(PASSAGE_WEIGHT) * best
        perfect = SATURATION * (sum(wholes.worth.values()) + PASSAGE_WEIGHT * sum(passages.worth.values()))
        if not best.any() or scores.max() < LEAST_SHARE * perfect:
            return []  # what shares a stray character or a common word is no answer
        order = np.argsort(-scores, kind="stable")[:limit]
        found = zip(candidates[order].tolist(), scores[order].tolist(), strict=True)
        return sorted((self._hit(number, score, passages.worth) for number, score in found), key=lambda hit: -hit.score)

    def _candidates(self, sought: Sought, limit: int, today: date) -> tuple[Array, Floats]:
        """Numbers, ascending, and scores of the notices that share most with the question."""
        scores = self._wholes.scores(sought)
        scores[self._hidden_on(today)] = 0.0
        best = np.argpartition(scores, -limit)[-limit:] if len(scores) > limit else np.arange(len(scores))
        best = np.sort(best[scores[best] > 0])
        return best, scores[best]

    def _hidden_on(self, today: date) -> Array:
        """The numbers of all notices that are not shown on this day."""
        day, hidden = self._hidden
        if day != today:
            last_days = np.concatenate([segment.last_days for segment in self._segments])
            hidden = np.union1d(self._gone, np.flatnonzero(last_days < today.toordinal())).astype(np.intp)
            self._hidden = (today, hidden)
        return hidden

    def _hit(self, number: int, score: float, worth: dict[str, float]) -> Hit:
        segment = self._segments[0]
        if number >= len(segment):
            number, segment = number - len(segment), self._segments[1]
        ref, title, in_force, card = segment.shown(number)
        return Hit(ref, score * _title_bonus(title, worth), in_force, card)


def _joined(pieces: list[Array]) -> Array:
    """Where the passages of each notice begin, over all segments, and where the last end."""
    joined = pieces[0]
    for more in pieces[1:]:
        joined = np.concatenate([joined[:-1], more + joined[-1]])
    return joined


def _title_bonus(title: str, worth: dict[str, float]) -> float:
    """1, and more for a title that says (nearly) all that was asked: then the whole notice is about it."""
    total = sum(worth.values())
    covered = sum(value for term, value in worth.items() if term in title)
    return 1.0 + TITLE_BONUS * (covered / total) ** TITLE_POWER if total else 1.0
