"""Which of a ranking a citizen is shown: in which order, how sure it is, and nothing that shares but a stray word.

The ranking itself stays as it is: what is chosen here shapes a reply only.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from content.rules.follow_ups import aspects, own_words
from content.rules.language import plain_text
from content.rules.language.query import vocabulary
from content.rules.language.question_terms import SHORT, TOUCHED, QuestionTerms
from content.search.hits import Hit
from content.services.answers import frequent_words, notice_search
from content.services.answers.notice_search import Ranked
from content.services.office import Office

TITLED = 0.4  # of a question that a title must say to be surely about it
LIFT = 1.0  # of its score, for a title that says all of a short question; where titles are long and questions too it misleads
HALF_AS_MUCH = 0.5  # of what the best says of the question; who says less shares a word by chance
AS_MUCH = 0.8  # … for a title that says it in other words
NEARLY_AS_MUCH = (
    0.75  # … where the best says nothing of it in its title: texts share words by chance sooner than titles
)
NEAR, NEAR_OF_MORE, NEAR_OF_A_STORY = 2, 3, 4  # characters of a question that make a notice one that may be meant
A_STORY, LIFT_OF_A_STORY = 24, 0.015  # characters of a long story; the lift for each of them that a title says
MUCH, ALMOST_ALL = 4, 0.8  # characters of a question, and its share, that a notice says whose title says nothing of it
MUCH_OF_A_STORY = 6  # … of a story
A_WORD = 3  # characters of a question that is but a word
RARE_WORD = 6.0  # … of a clause of one word that is worth looking up by itself
OF_A_CLAUSE = 0.34  # of a clause that asks, that a title must say
MOST_CLAUSES = 6  # of a message that are looked up each by itself
LEAST_CLAUSE = 2  # characters of a clause without question words
_PAUSES = re.compile(r"[,;.!?\s]+")
_SEVERAL = re.compile("第?一是|第?二是|和|跟|与|还有|另外|以及|分别")  # asks for more than one thing
_CLAUSES = re.compile(r"[,;.!?\s]+|(?:第?[一二三四]是)|和|跟|与|还有|另外|以及|还是")


@dataclass(frozen=True)
class OfferedNotices:
    """What is shown, best first.

    `is_sure`: some title or enough of a text says what is asked. `of_several`: its clauses ask for several things.
    """

    hits: list[Hit]
    is_sure: bool
    of_several: bool = False


class _Weighed:
    """A hit, and how much of the question it says, looked up only if it is needed."""

    def __init__(self, office: Office, wanted: QuestionTerms, hit: Hit) -> None:
        self.hit = hit
        self.titled = titled(wanted, hit)
        self._office, self._wanted = office, wanted

    @functools.cached_property
    def said(self) -> float:
        """The share of the question that it says."""
        [held] = self._office.index.held([self.hit.ref], self._wanted.terms)
        return self._wanted.share(held)

    @property
    def is_posting(self) -> bool:
        """Whether it is a job."""
        return self.hit.ref.startswith("posting:")

    @property
    def is_named(self) -> bool:
        """Whether its title says a word of the question, or another word for it."""
        return bool(self._words)

    @property
    def is_near(self) -> bool:
        """Whether it may be what is meant: its title says a word of the question and it two of a story, or it says most of it.

        Words that stand in many titles here name no matter: 天河, of a district of that name.
        """
        said = self.said * self._wanted.size
        if not self._words - frequent_words.of(self._office):
            own = self._tells
            told = own * self._wanted.size
            return (told >= MUCH and own >= TITLED) or told >= MUCH_OF_A_STORY or self.said >= ALMOST_ALL
        least = NEAR if self._wanted.size <= LEAST_CLAUSE * NEAR or self._says_a_known_word else NEAR_OF_MORE
        return said >= least and (self.said >= TOUCHED or said >= NEAR_OF_A_STORY)

    @property
    def _says_a_known_word(self) -> bool:
        """Whether its title says a word that has others beside it, or one of those; two characters may meet by chance."""
        return any(
            any(word in self.hit.folded for word in words) or any(terms <= self._words for terms in others)
            for words, others in self._wanted.synonyms
        )

    @functools.cached_property
    def _tells(self) -> float:
        """The share of the question that it says in words that tell one matter from another."""
        [held] = self._office.index.held([self.hit.ref], self._wanted.terms)
        idle = {pair for word in vocabulary().idle for pair in plain_text.pairs(word)}
        return self._wanted.share({term for term in held if len(term) > 1} - idle - frequent_words.of(self._office))

    def worth(self) -> tuple[bool, float]:
        """What orders them: what is in force first, and what says the question in its title, be it short or a story."""
        size = self._wanted.size
        if size <= SHORT:
            return self.hit.in_force, self.hit.score * (1 + LIFT * self.titled)
        named = self.titled * size if size >= A_STORY else 0.0
        return self.hit.in_force, self.hit.score * (1 + LIFT_OF_A_STORY * named)

    def is_beside(self, best: _Weighed) -> bool:
        """Whether it is worth showing beside the best: its title says the same of the question, or nearly as much."""
        same = self.titled if self._words <= best._words else self._wanted.share(self._words & best._words)
        if best.titled:
            as_much = self.titled >= max(TITLED, AS_MUCH * best.titled)  # in other words
            of_a_word = self._wanted.size <= A_WORD and self.said >= ALMOST_ALL  # who says one word asks for all on it
            return same >= HALF_AS_MUCH * best.titled or as_much or of_a_word
        return self.hit.score >= NEARLY_AS_MUCH * best.hit.score and self.said >= NEARLY_AS_MUCH * best.said

    @property
    def _words(self) -> frozenset[str]:
        """The terms of the question that its title says."""
        return words_of_title(self._wanted, self.hit)


def titled(wanted: QuestionTerms, hit: Ranked) -> float:
    """The share of a question that a title says."""
    return wanted.in_title(hit.folded)[1]


def tells(office: Office, wanted: QuestionTerms, hit: Ranked) -> float:
    """How many characters of a question a title says, in words that do not stand in many titles."""
    return wanted.share(words_of_title(wanted, hit) - frequent_words.of(office)) * wanted.size


def words_of_title(wanted: QuestionTerms, hit: Ranked) -> frozenset[str]:
    """The terms of a question that a title says."""
    return wanted.in_title(hit.folded)[0]


def kept(office: Office, asked: str, ranking: Sequence[Hit]) -> list[Hit]:
    """Those of a ranking that are about the same as the best of them, in its order."""
    refs = {one.hit.ref for one in _ordered(office, notice_search.wanted(office, asked), ranking)}
    return [hit for hit in ranking if hit.ref in refs]


def together(office: Office, asked: str, ranking: Sequence[Hit]) -> list[Hit]:
    """Those of a merged ranking of notices and articles that are on the same matter as the first, by their titles."""
    wanted = notice_search.wanted(office, asked)
    if not ranking:
        return []
    best = words_of_title(wanted, ranking[0])
    least = max(HALF_AS_MUCH * wanted.share(best), NEAR / wanted.size if wanted.size else 0.0)
    return [
        hit
        for hit in ranking
        if hit is ranking[0] or not is_article(hit) or wanted.share(best & words_of_title(wanted, hit)) >= least
    ]


def is_article(hit: Hit) -> bool:
    """Whether it is a post of the office and no notice."""
    return hit.ref.startswith("article:")


def choose(
    office: Office, asked: str, ranking: Sequence[Hit], *, today: date | None = None, of_jobs: bool = False
) -> OfferedNotices:
    """What of the ranking of a question is shown; where it is not sure, also what its clauses find by themselves."""
    best = _ordered(office, notice_search.wanted(office, asked), ranking, of_jobs=of_jobs)
    hits = [one.hit for one in best]
    titled_well = any(one.titled >= TITLED for one in best[:1])
    if titled_well and not _SEVERAL.search(asked):
        return OfferedNotices(hits, True)
    near = [one.hit for one in best if one.is_near]
    parts = [] if of_jobs else list(_by_clauses(office, asked, today))
    together = [*{hit.ref: hit for hit in (*near[:1], *parts, *near[1:])}.values()]
    if len(parts) > 1:
        return OfferedNotices(together, True, of_several=True)
    if titled_well:
        return OfferedNotices(hits, True)
    fits = bool(hits) and notice_search.fits(office, asked, hits[:3])
    if fits and (of_jobs or best[0].is_named):
        return OfferedNotices(hits, True)
    return OfferedNotices(together, False)


def _ordered(office: Office, wanted: QuestionTerms, ranking: Sequence[Hit], *, of_jobs: bool = False) -> list[_Weighed]:
    """Best first; no job beside a disclosure that is better, and nothing that shares but a word with the question."""
    weighed = [_Weighed(office, wanted, hit) for hit in notice_search.outstanding(ranking)]
    ordered = sorted(weighed, key=_Weighed.worth, reverse=True)
    if not ordered:
        return []
    best = ordered[0]
    others = ordered if of_jobs or best.is_posting else [one for one in ordered if not one.is_posting]
    return [one for one in others if one is best or of_jobs or one.is_beside(best)]


def by_its_question(office: Office, asked: str, today: date | None) -> Hit | None:
    """Of a story the disclosure whose title says most of a clause that asks; None if none says enough."""
    best, most = None, 0.0
    clauses = [
        part for part in _PAUSES.split(asked) if aspects.ASKS.search(part) and own_words.names(own_words.of(part))
    ]
    for clause in clauses[:MOST_CLAUSES]:
        wanted = notice_search.wanted(office, clause)
        for hit in notice_search.find(office, clause, notice_search.FEW, today=today).hits:
            words = words_of_title(wanted, hit) - frequent_words.of(office)
            said = wanted.share(words)
            if hit.ref.startswith("disclosure:") and hit.in_force and said >= OF_A_CLAUSE and said * wanted.size > most:
                best, most = hit, said * wanted.size
    return best if most >= NEAR else None


def _by_clauses(office: Office, asked: str, today: date | None) -> Iterator[Hit]:
    """For each clause the disclosure whose title says enough of it, each once."""
    clauses = [part for part in _CLAUSES.split(asked) if len(plain_text.normalise(part)) >= LEAST_CLAUSE]
    seen: set[str] = set()
    for clause in clauses[:MOST_CLAUSES] if len(clauses) > 1 else ():
        wanted = notice_search.wanted(office, clause)
        found = notice_search.find(office, clause, notice_search.FEW, today=today).hits
        for one in _ordered(office, wanted, found)[:1]:
            tells = wanted.size > LEAST_CLAUSE or one.hit.score >= RARE_WORD
            if one.titled >= TITLED and tells and not one.is_posting and one.hit.ref not in seen:
                seen.add(one.hit.ref)
                yield one.hit
