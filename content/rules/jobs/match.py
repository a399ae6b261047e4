"""Which postings suit a query, and how well; what is let go of when none does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations
from typing import Any

from content.rules.jobs.job_query import JobQuery
from content.rules.language import plain_text

# A word in the title, in employer or place, nearly in the title, elsewhere in the posting.
IN_TITLE, NAMED, NEAR, MENTIONED = 4.0, 3.0, 2.0, 1.0
ALIKE = 0.6  # share of a longer word's pairs that make a title nearly the same
# What is let go of when nothing suits in all: as little as possible, and of equals what stands first here.
RELAXED = ("dates", "pay", "place", "degree", "employer")

_SUFFIX = re.compile(r"(?:新区|开发区|片区|园区|[区市县镇乡]|街道)$")


@dataclass(frozen=True)
class CurrentPosting:
    """One posting as it is held against queries; texts are normalised, figures as posting_figures reads them."""

    id: int
    title: str
    employer: str = ""
    place: str = ""
    text: str = ""  # all else that it says
    pay_low: int | None = None
    pay_high: int | None = None
    schooling: int | None = None
    published_on: date | None = None
    last_day: date | None = None
    lat: float | None = None
    lng: float | None = None


@dataclass(frozen=True)
class JobMatches:
    """What suits, best first; `relaxed`: which conditions were let go of for it; `closest`: the best score of words."""

    postings: tuple[CurrentPosting, ...] = ()
    relaxed: tuple[str, ...] = field(default=())
    closest: float = 0.0


def suiting(those: Sequence[CurrentPosting], query: JobQuery, synonyms: Sequence[Iterable[str]] = ()) -> JobMatches:
    """Those that suit, best first, the newest first among equals if they come so.

    If none suits: those that do when as few conditions as can be are let go of.
    """
    words = [_ready(word, synonyms) for word in query.terms]
    scored = [(score, posting) for posting in those if (score := _score(posting, words))]
    for relaxed in _relaxations(query):
        less = without(query, relaxed)
        meets = _Conditions(less)
        found = [(score, posting) for score, posting in scored if meets(posting)]
        if found:
            found.sort(key=lambda one: _order(*one, query=less))
            return JobMatches(tuple(posting for _, posting in found), relaxed, found[0][0])
    return JobMatches()


def count(those: Sequence[CurrentPosting], query: JobQuery, synonyms: Sequence[Iterable[str]] = ()) -> int:
    """How many suit in all."""
    words, meets = [_ready(word, synonyms) for word in query.terms], _Conditions(query)
    return sum(1 for posting in those if meets(posting) and _score(posting, words))


def suits(posting: CurrentPosting, query: JobQuery) -> bool:
    """Whether a posting has all that is asked for, words apart."""
    return _Conditions(query)(posting)


def without(query: JobQuery, names: Iterable[str]) -> JobQuery:
    """The query without these conditions."""
    nothing: dict[str, Any] = {name: getattr(JobQuery(), name) for name in names}
    return replace(query, **nothing)


def stem(place: str) -> str:
    """江南区 → 江南: postings write 江南片区, 深圳-南山区."""
    found = _SUFFIX.sub("", place)
    return found if len(found) > 1 else place


class _Conditions:
    """A query's conditions, made ready to be held against many postings."""

    def __init__(self, query: JobQuery) -> None:
        self.query = query
        self.employer = plain_text.normalise(query.employer)
        self.places = [stem(part) for part in plain_text.normalise(query.place).split()]

    def __call__(self, posting: CurrentPosting) -> bool:
        query = self.query
        return (
            self.employer in posting.employer
            and all(place in posting.place for place in self.places)
            and (query.pay is None or query.pay.meets(posting.pay_low, posting.pay_high))
            and (query.degree is None or query.degree.meets(posting.schooling))
            and (query.dates is None or query.dates.holds(posting.published_on))
        )


def _relaxations(query: JobQuery) -> Iterator[tuple[str, ...]]:
    """What may be let go of, the least first; something must be left that was asked for."""
    said = [name for name in RELAXED if getattr(query, name)]
    for number in range(len(said) + 1):
        for names in combinations(said, number):
            if query.terms or number < len(said) or not said:
                yield names


def _order(score: float, posting: CurrentPosting, *, query: JobQuery) -> tuple[float, int, int]:
    """Best words first; then pay least below what is asked for, and the requirement nearest to the degree."""
    short = max(0, query.pay.least - (posting.pay_low or 0)) if query.pay else 0
    return -score, short, -(posting.schooling or 0) if query.degree else 0


@dataclass(frozen=True)
class _Word:
    """One word of a query, made ready to be held against many postings."""

    word: str
    alike: tuple[str, ...]  # itself and what means the same
    stems: tuple[str, ...]
    pairs: tuple[str, ...]

    def met_by(self, posting: CurrentPosting) -> float:
        """How well a posting meets it; 0 if it does not."""
        if any(one in posting.title for one in self.alike):
            return IN_TITLE
        if any(one in posting.employer for one in self.alike) or any(stem in posting.place for stem in self.stems):
            return NAMED
        if self._is_near(posting.title):
            return NEAR
        return MENTIONED if any(one in posting.text for one in self.alike) else 0.0

    def _is_near(self, title: str) -> bool:
        """电焊工 is near to 焊工, 会计助理 to 助理会计; 服务员 not to 业务员."""
        shared = sum(pair in title for pair in self.pairs)
        if not shared:
            return False
        if len(self.word) > 3 and shared >= ALIKE * len(self.pairs):
            return True
        return any(len(run) > 1 and run in self.word for run in plain_text.runs_of(title))


def _ready(word: str, synonyms: Sequence[Iterable[str]]) -> _Word:
    alike = (word, *sorted({one for group in synonyms if word in group for one in group} - {word}))
    return _Word(word, alike, tuple(map(stem, alike)), tuple(plain_text.pairs(word)))


def _score(posting: CurrentPosting, words: Sequence[_Word]) -> float:
    """How well the words are met, each of them; 0 if one is not. Without words any posting will do."""
    total = 0.0
    for word in words:
        met = word.met_by(posting)
        if not met:
            return 0.0
        total += met
    return total / len(words) if words else IN_TITLE
