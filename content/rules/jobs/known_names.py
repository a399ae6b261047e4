"""Names that today's postings hold: the places of work and the employers, told apart in a question."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from content.rules.jobs import degrees
from content.rules.jobs.match import CurrentPosting, stem
from content.rules.language import plain_text

LONGEST_PLACE = 8  # characters; what is longer is an address
SHORTEST_EMPLOYER = 4  # characters of a part of an employer's name that stand for the whole
LONGEST_TITLE = 10  # characters of a title that somebody may write into a sentence
SHORTEST_LATIN, CLOSE = 4, 0.8  # letters of a Latin word that may be misspelt; how much of it is right
_FIRM = re.compile("(?:公司|集团|厂)$")
_KIND_OF_EMPLOYER = re.compile("(?:工厂|厂|公司|集团|企业|店)$")
_BRACKETS = re.compile("\\(.*?\\)|（.*?）")
_BETWEEN = re.compile(r"[-\s/、,()·]+")
_AFTER_PLACE = re.compile(r"(?:新区|开发区|片区|园区|[区市县镇乡]|街道)?")
_BESIDE = re.compile(r"(?:那边|这边|那里|这里|那儿|一带|附近|周边)?的?(?:有什么|有没有|有|招)?")
_ROAD = re.compile(r"[东西南北中]?(?:大道|路|街(?!道)|桥|站)")


@dataclass(frozen=True)
class KnownNames:
    """The names; of places without what kind of place it is: 东港 for 东港片区."""

    places: frozenset[str] = frozenset()
    employers: str = ""  # one a line
    texts: str = ""  # all that the postings say
    titles: frozenset[str] = frozenset()  # of postings, without what stands in brackets

    def is_employer(self, run: str) -> bool:
        """Whether a run of characters is an employer's name, or a good part of it."""
        return len(run) >= SHORTEST_EMPLOYER and run in self.employers

    def may_be_employer(self, name: str) -> bool:
        """Whether a name may be an employer's: one that is known, or a firm; 孩子上幼儿园 is none."""
        return not self.employers or name in self.employers or _FIRM.search(name) is not None

    def trade_of(self, employer: str) -> str:
        """食品 for 食品厂, if no employer is called so and some have the word in their names; else empty."""
        stem = _KIND_OF_EMPLOYER.sub("", employer)
        known = len(stem) > 1 and stem in self.employers and employer not in self.employers
        return stem if known and stem != employer else ""

    def mentions(self, word: str) -> bool:
        """Whether any posting says a word."""
        return word in self.texts

    def latin_like(self, word: str) -> str:
        """The Latin word of a title that one of four letters and more stands for by a slip: python for pyhton; else empty."""
        if len(word) < SHORTEST_LATIN or not word.isascii() or not word.isalpha() or word in self._latin:
            return ""
        return next(iter(difflib.get_close_matches(word, self._latin, 1, CLOSE)), "")

    def place(self, run: str) -> tuple[str, str]:
        """The place with which a run begins or ends, and the rest of it; 滨江大道 is a road, no 滨江."""
        for size in self._sizes:
            if run[:size] in self.places and not _ROAD.match(run, size):
                return self._cut(run, size)
            if size < len(run) and run[-size:] in self.places:
                return run[-size:], run[:-size]
        return "", run

    def places_in(self, text: str) -> list[str]:
        """The places that a text names anywhere, in its order."""
        return _named(text, self.places, self._sizes)

    def titles_in(self, text: str) -> list[str]:
        """The titles of postings that a text names anywhere, in its order."""
        return _named(text, self.titles, sorted({len(title) for title in self.titles}, reverse=True))

    def _cut(self, run: str, size: int) -> tuple[str, str]:
        kind = _AFTER_PLACE.match(run, size)
        end = kind.end() if kind else size
        beside = _BESIDE.match(run, end)
        return run[:end], run[beside.end() if beside else end :]

    @cached_property
    def _latin(self) -> list[str]:
        words = {run for title in self.titles for run in plain_text.runs_of(title)}
        return sorted(word for word in words if word.isascii() and word.isalpha() and len(word) >= SHORTEST_LATIN)

    @cached_property
    def _sizes(self) -> list[int]:
        return sorted({len(place) for place in self.places}, reverse=True)


def of(postings: Iterable[CurrentPosting]) -> KnownNames:
    """The names of these postings."""
    those = list(postings)
    areas, employers, titles = set[str](), set[str](), set[str]()
    for posting in those:
        areas.add(posting.place.partition("\n")[0])
        employers.add(posting.employer)
        titles.add(_BRACKETS.sub("", posting.title).strip())
    parts = {stem(part) for area in areas for part in _BETWEEN.split(area)}
    named = {part for part in parts if 1 < len(part) <= LONGEST_PLACE and plain_text.is_chinese(part)}
    places = {part for part in named if degrees.asked(part)[1]}  # some write 本科 into the column of places
    known = frozenset(title for title in titles if 1 < len(title) <= LONGEST_TITLE)
    texts = "\n".join(posting.text for posting in those)
    return KnownNames(frozenset(places), "\n".join(sorted(employers)), texts, known)


def _named(text: str, names: frozenset[str], sizes: Sequence[int]) -> list[str]:
    """The names in a text, the longest at each place."""
    found, place = list[str](), 0
    while place < len(text):
        name = next((text[place : place + size] for size in sizes if text[place : place + size] in names), "")
        found += [name] if name else []
        place += len(name) or 1
    return found
