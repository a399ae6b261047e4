"""The ranking: which notices a question finds in one generation of the index, and in which order."""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from content.rules.language import query, question_terms
from content.rules.language.periods import Period
from content.rules.language.query import vocabulary
from content.rules.language.question_terms import SearchTerms
from content.search import build
from content.search.arrays.mapped import Array, Floats
from content.search.arrays.posting_lists import FINE, SATURATION, WHOLE, IndexField, WeightedTerms
from content.search.hits import Hit, Hits
from content.search.index_entry import owner, year_bits
from content.search.segments import Segment
from content.search.switch import GenerationPointer
from content.search.vocabulary import IndexWords

LEAST_CANDIDATES = 24  # notices whose passages are looked at
TITLE_LIFT = 0.5  # of a title's own score, in choosing those; it does not count for their order
PASSAGE_WEIGHT = 0.4  # of the best passage beside the whole
LEAST_SHARE = 0.12  # of the score that a perfect answer would have; below it there is nothing to offer
NEWNESS = 0.05  # of the score, for what was published today …
HALF_AS_NEW = 365  # … and half of that for what was published so many days ago
COMMON = 1 / 3  # a single character in more than this share of all notices tells next to nothing,
CHEAP, DEAR = 1_000, 30_000  # … but costs time only if these are many, and too much if these are very many
LONGEST_WITH_SLIPS = 100  # characters; in a longer text one slip does no harm
# A notice whose title says all that was asked is about it, however long its text.
BONUS = 0.3  # of the score, for a title that covers the question wholly …
POWER = 8  # … and almost nothing for one that covers half of it
WHOLLY = 0.999  # of what was asked; the rest is a term that nearly every notice holds
AHEAD = 0.01  # of its own score, by which a title that says all is ahead of all others at least
MORE_TITLES = (
    4  # of the best titles, besides the best notices: in a series texts are much the same, and one title is meant
)
BLOCK = 64  # scores of which the highest is taken first
MOST_PERIODS = 40  # of which it is remembered what belongs to them: mostly years
MOST_REMEMBERED = 256  # answers; citizens ask the same things


class IndexGeneration:
    """A generation, with the answers that it has given. Raises ValueError or OSError if it cannot be opened."""

    def __init__(self, root: Path, pointer: GenerationPointer, *, mends: bool = True) -> None:
        self._mends = mends
        self._segments, self._gone = build.opened(root, pointer)
        self._in_base = len(self._segments[0])
        self._wholes = IndexField([segment.wholes for segment in self._segments])
        self._titles = IndexField([segment.titles for segment in self._segments])
        self._passages = IndexField([segment.passages for segment in self._segments])
        self._pieces = _joined([segment.pieces for segment in self._segments])
        self._published = _column(self._segments, "published")
        self._years = _column(self._segments, "years")
        self._last_days = _column(self._segments, "last_days")
        self._day: tuple[date, Array, Floats] = (date.min, self._gone, np.ones(0, np.float32))
        self._known = IndexWords(self._wholes, self._passages)
        self._belonging = functools.lru_cache(MOST_PERIODS)(functools.partial(_belonging, self._published, self._years))
        self._remembered: dict[tuple[str, int, date, Period | None], Hits] = {}

    def find(self, text: str, *, limit: int, today: date, period: Period | None = None) -> Hits:
        """What fits the question, best first, without what expired before `today`; of one period, if given."""
        asked = (text, limit, today, period)
        found = self._remembered.get(asked)
        if found is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[asked] = self._find(text, limit=limit, today=today, period=period)
        return found

    def held(self, refs: Sequence[str], terms: Sequence[str]) -> list[set[str]]:
        """Which of the terms each notice holds; none for a notice that is not here."""
        found: list[set[str]] = [set() for _ in refs]
        wanted, owners = self._wholes.find(terms), np.array([owner(ref) for ref in refs], np.uint64)
        for part, (segment, gone) in enumerate(zip(self._segments, (self._gone, None), strict=False)):
            numbers = segment.find(owners, gone)
            there = np.flatnonzero(numbers >= 0)
            if not len(there):
                continue
            held = segment.wholes.holds([term.spans[part] for term in wanted], numbers[there].astype(np.uint32))
            for place, row in zip(there.tolist(), held.T.tolist(), strict=True):
                found[place] = {term for term, is_held in zip(terms, row, strict=True) if is_held}
        return found

    def _find(self, text: str, *, limit: int, today: date, period: Period | None) -> Hits:
        question, meant = question_terms.question(text, vocabulary()) if self._wholes.documents else None, ""
        if question is None:
            return Hits()
        passages = self._passages.seek(question.pairs)
        if self._mends and passages.lacks_some(question.said) and len(text) <= LONGEST_WITH_SLIPS:
            meant = query.meant(text, self._known)
        if meant:
            question = question_terms.question(meant, vocabulary()) or question
            passages = self._passages.seek(question.pairs)
        return Hits(tuple(self._search(question, passages, limit=limit, today=today, period=period)), meant)

    def _search(
        self, question: SearchTerms, passages: WeightedTerms, *, limit: int, today: date, period: Period | None
    ) -> list[Hit]:
        most = min(max(CHEAP, COMMON * self._wholes.documents), DEAR)
        wholes = self._wholes.seek(question.terms, loose=question.terms.keys() - question.pairs.keys(), most=most)
        hidden, newness = self._on(today)
        titles = self._titles.seek(question.pairs)
        candidates, scores, named = self._candidates(wholes, titles, max(limit, LEAST_CANDIDATES), hidden, period)
        if not len(candidates):
            return []
        best = self._passages.best_within(passages, self._pieces[candidates], self._pieces[candidates + 1])
        scores = scores + np.float32(PASSAGE_WEIGHT) * best
        perfect = SATURATION * (wholes.total + PASSAGE_WEIGHT * passages.total)
        if not best.any() or scores.max() < LEAST_SHARE * perfect:
            return []  # what shares a stray character or a common word is no answer
        scores *= newness[candidates]
        places = _picked(scores, named, limit)
        picked = zip(candidates[places].tolist(), scores[places].tolist(), strict=True)
        return _lifted([self._hit(*one) for one in picked], passages, question.said)[:limit]

    def _candidates(
        self, wholes: WeightedTerms, titles: WeightedTerms, limit: int, hidden: Array, period: Period | None
    ) -> tuple[Array, Floats, Array]:
        """Numbers, ascending, scores, and titles' scores of the notices that share most with the question.

        Where thousands speak of a matter, those that bear it in their title would not be among them by their text alone.
        """
        scores, fine = self._wholes.scores(wholes, room=TITLE_LIFT * titles.total)
        named = self._titles.added(np.zeros_like(scores), titles, TITLE_LIFT * fine)
        lifted = scores + named
        for chosen_by in (lifted, named):
            chosen_by[hidden] = 0
            if period:
                chosen_by *= self._belonging(period.first, period.last, period.year)
        best = _highest(lifted, limit)
        if named.max(initial=0) > named[best].max(initial=0):
            best = np.union1d(best, _highest(named, MORE_TITLES))
        if fine < FINE:  # enough to choose by, not for the order of those chosen
            return best, self._wholes.best_within(wholes, best, best + 1), named[best]
        return best, scores[best].astype(np.float32) * np.float32(1 / fine), named[best]

    def _on(self, today: date) -> tuple[Array, Floats]:
        """The numbers of all notices that are not shown on this day, and how new each one is.

        1 and a little, the more the newer it is: of two that say the same the newer one is meant.
        """
        day, hidden, newness = self._day
        if day != today:
            expired = np.flatnonzero(self._last_days < today.toordinal())
            hidden = np.union1d(self._gone, expired).astype(np.intp)
            age = np.maximum(today.toordinal() - self._published.astype(np.float32), 0)
            newness = np.float32(1) + np.float32(NEWNESS) * np.exp2(age / -HALF_AS_NEW)
            self._day = (today, hidden, newness)
        return hidden, newness

    def _hit(self, number: int, score: float) -> Hit:
        segment = self._segments[0]
        if number >= self._in_base:
            number, segment = number - self._in_base, self._segments[1]
        ref, in_force, title = segment.head(number)
        return Hit(ref, score, in_force, title, functools.partial(segment.card, number))


def _belonging(published: Array, years: Array, first: date, last: date, year: int | None) -> Array:
    """1 for each notice that belongs to a period, as Period.holds has it, else 0."""
    belonging = (published >= first.toordinal()) & (published <= last.toordinal())
    if year:
        named = years & np.uint64(year_bits([year])) != 0
        belonging = np.where(years != 0, named, belonging)
    return belonging.astype(WHOLE)


def _highest(scores: Array, limit: int) -> Array:
    """The numbers, ascending, of the highest scores above 0.

    The highest of each block first: as many scores as blocks reach the bound of those, and few others do.
    """
    blocks = scores[: len(scores) // BLOCK * BLOCK].reshape(BLOCK, -1)  # of scores far apart: quicker than in a row
    highest = np.maximum.reduce(blocks, axis=0) if len(scores) > limit * BLOCK else scores[:0]
    bound = np.partition(highest, -limit)[-limit] if len(highest) > limit else 0
    found = (scores >= bound if bound > 0 else scores > 0).nonzero()[0]
    if len(found) > limit:
        found = np.sort(found[np.argpartition(scores[found], -limit)[-limit:]])
    return found


def _picked(scores: Floats, named: Array, limit: int) -> Array:
    """Places of the best scores, best first, and of some others with better titles than those, by `named`, the titles' scores."""
    order = np.argsort(-scores, kind="stable")
    best, others = order[:limit], order[limit:]
    most = named[best].max(initial=0)
    better = others[named[others] > most]
    if not len(better):
        return best
    return np.concatenate([best, better[np.argsort(-named[better].astype(np.int32), kind="stable")][:MORE_TITLES]])


def _lifted(hits: Sequence[Hit], asked: WeightedTerms, said: Collection[str]) -> list[Hit]:
    """The hits in a new order: more for titles that say nearly all, and those that say all before all others.

    `said`: the terms that count. Otherwise short notices that nearly bear the title would come first: length tells
    against a long text.
    """
    known = zip(asked.worth.items(), asked.terms, strict=True)
    terms = [(name, worth) for (name, worth), term in known if term.size and name in said]
    total = sum([worth for _, worth in terms]) or 1.0
    shares = [sum([worth for term, worth in terms if term in hit.folded]) / total for hit in hits]
    scores = [hit.score * (1 + BONUS * share**POWER) for hit, share in zip(hits, shares, strict=True)]
    others = max([score for score, share in zip(scores, shares, strict=True) if share <= WHOLLY], default=0.0)
    scores = [
        max(score, others) + AHEAD * score if share > WHOLLY else score
        for score, share in zip(scores, shares, strict=True)
    ]
    new = [hit._replace(score=score) for hit, score in zip(hits, scores, strict=True)]
    return sorted(new, key=lambda hit: -hit.score)


def _column(segments: Sequence[Segment], name: str) -> Array:
    """A column over all segments."""
    parts = [getattr(segment, name) for segment in segments]
    return np.concatenate(parts) if len(parts) > 1 else parts[0]


def _joined(pieces: list[Array]) -> Array:
    """Where the passages of each notice begin, over all segments, and where the last end."""
    joined = pieces[0]
    for more in pieces[1:]:
        joined = np.concatenate([joined[:-1], more + joined[-1]])
    return joined
