"""Names that today's postings hold: the places of work and the employers, told apart in a question."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from content.rules.jobs import degrees
from content.rules.jobs.match import CurrentPosting, stem
from content.rules.jobs.reading import cities
from content.rules.language import plain_text
from content.rules.language.characters import alike

LONGEST_PLACE = 8  # characters; what is longer is an address
SHORTEST_EMPLOYER = 4  # characters of a part of an employer's name that stand for the whole
BRANDS = (4, 3, 2)  # characters with which an employer's name begins, after its city: 捷顺
SHORTEST_SOUNDING = 3  # characters of a word that may be misspelt by one
LONGEST_TITLE = 10  # characters of a title that somebody may write into a sentence
SHORTEST_LATIN, CLOSE = 4, 0.8  # letters of a Latin word that may be misspelt; how much of it is right
_FIRM = re.compile("(?:公司|集团|厂)$")
_KIND_OF_EMPLOYER = re.compile("(?:工厂|厂|公司|集团|企业|店)$")
_AREA = re.compile("(?:园区|新区|开发区|片区|街道|高新区)$")
_NO_BRANDS = frozenset(
    ["中国", "全国", "国家", "国际", "人民", "交通", "世纪", "东方", "东北", "中东", "三十", "未来", "环球", "时代"]
)  # with which many a firm's name begins, and no one is called by them alone
_CITY_OF_A_FIRM = re.compile(r"^(?:[(（].*?[)）]|.{2,3}?[省市](?=.{3}))+")
_OR = "(?:或者?|和|跟|、|还是|,| )*"  # between two places either of which will do
_BRACKETS = re.compile("\\(.*?\\)|（.*?）")
_BETWEEN = re.compile(r"[-\s/、,()·]+")
_AFTER_PLACE = re.compile(r"(?:新区|开发区|片区|园区|[区市县镇乡]|街道)?")
_BESIDE = re.compile(r"(?:那边|这边|那里|这里|那儿|一带|附近|周边)?的?(?:有什么|有没有|有|招)?")
_ROAD = re.compile(r"[东西南北中]?(?:大道|路|街(?!道)|桥|站|大学|学院)")


@dataclass(frozen=True)
class KnownNames:
    """The names; of places without what kind of place it is: 东港 for 东港片区."""

    places: frozenset[str] = frozenset()
    employers: str = ""  # one a line
    texts: str = ""  # all that the postings say
    titles: frozenset[str] = frozenset()  # of postings, without what stands in brackets
    offers: tuple[tuple[str, str], ...] = ()  # the title and the employer of each posting
    addresses: str = ""  # one a line
    cities: frozenset[str] = frozenset()  # places in which no other lies around them
    around: Mapping[str, frozenset[str]] = field(default_factory=dict)  # the cities in which a district lies

    def is_employer(self, run: str) -> bool:
        """Whether a run of characters is an employer's name, or a good part of it."""
        return (
            len(run) >= SHORTEST_EMPLOYER
            and run in self.employers
            and not (_AREA.search(run) or self._is_a_matter(run))
        )

    def brand_in(self, text: str) -> str:
        """The short name of an employer that a text says anywhere: 捷顺 of 捷顺汽车零部件有限公司; else empty."""
        for size in BRANDS:
            place = next((n for n in range(len(text) - size + 1) if text[n : n + size] in self._brands), -1)
            if place >= 0:
                while place + size < len(text) and text[place : place + size + 1] in self.employers:
                    size += 1
                return text[place : place + size]
        return ""

    def begins_an_employer(self, name: str) -> bool:
        """Whether an employer's name begins so, after its city: 腾讯 of 深圳市腾讯计算机系统有限公司, 京东 of no 北京东方."""
        return any(one.startswith(name) for line in self.employers.split("\n") for one in (line, self._short(line)))

    def _is_a_matter(self, run: str) -> bool:
        """Whether others' postings say it in their titles: 人工智能 is what one does, and stands in a firm's name too."""
        if f"\n{run}\n" in f"\n{self.employers}\n":
            return False
        return any(run in title and run not in employer for title, employer in self.offers)

    def may_be_employer(self, name: str) -> bool:
        """Whether a name may be an employer's: one that is known, or a firm; 孩子上幼儿园 is none."""
        return not self.employers or name in self.employers or _FIRM.search(name) is not None

    def trade_of(self, employer: str) -> str:
        """食品 for 食品厂, if no employer is called so and some have the word in their names; else empty."""
        stem = _KIND_OF_EMPLOYER.sub("", employer)
        known = len(stem) > 1 and stem in self.employers and employer not in self.employers
        return stem if known and stem != employer else ""

    def wider(self, place: str) -> str:
        """The place around a place: 上海 of 上海 浦东, and of 浦东 alone; empty if none is known."""
        parts = place.split()
        if len(parts) > 1:
            return " ".join(parts[:-1])
        known = frozenset[str].union(*(self.around.get(stem(one), frozenset()) for one in place.split("|")))
        return next(iter(known)) if len(known) == 1 else ""

    def joined(self, places: Sequence[str]) -> str:
        """Several places as a query has them: a district within its city, or cities of which one will do: 广州|深圳."""
        made = list[str]()
        in_order = sorted(dict.fromkeys(places), key=lambda place: not self._is_city(stem(place)))
        for place in in_order:
            if made and all(self._are_beside(stem(one), stem(place)) for one in made[-1].split("|")):
                made[-1] = f"{made[-1]}|{place}"
            else:
                made.append(place)
        return " ".join(made)

    def _are_beside(self, one: str, other: str) -> bool:
        """Whether two are cities, or districts of one city."""
        both_cities = self._is_city(one) and self._is_city(other)
        return both_cities or bool(self.around.get(one, frozenset()) & self.around.get(other, frozenset()))

    def _is_city(self, place: str) -> bool:
        return place in self.cities or (place in cities.known() and place not in self.around)

    def is_hiring_in(self, place: str) -> bool:
        """Whether a posting is of a place, or of a city of a province."""
        return any(one in self.places for part in place.split("|") for one in (stem(part), *cities.within(part)))

    def mentions(self, word: str) -> bool:
        """Whether any posting says a word."""
        return word in self.texts

    def latin_like(self, word: str) -> str:
        """The Latin word of a title that one of four letters and more stands for by a slip: python for pyhton; else empty."""
        if len(word) < SHORTEST_LATIN or not word.isascii() or not word.isalpha() or word in self._latin:
            return ""
        return next(iter(difflib.get_close_matches(word, self._latin, 1, CLOSE)), "")

    def sounding(self, word: str) -> str:
        """What titles and employers are called that sounds like a word but for one character: 大数据 for 大数剧; else empty."""
        if len(word) < SHORTEST_SOUNDING or not plain_text.is_chinese(word):
            return ""
        known, pairs = self._pairs, plain_text.pairs(word)  # most of what is meant has a pair that no name has
        strange = {at for at, pair in enumerate(pairs) if pair not in known}
        places = [n for n in range(len(word)) if strange <= {n - 1, n}]  # one slip changes no other pairs than these
        others = (word[:n] + sign + word[n + 1 :] for n in places for sign in alike(word[n]))
        return next((one for one in others if known.issuperset(plain_text.pairs(one)) and one in self._names), "")

    def place(self, run: str) -> tuple[str, str]:
        """The place with which a run begins or ends, and the rest of it; 滨江大道 is a road, no 滨江."""
        for size in self._sizes:
            if run[:size] in self._named_places and not _ROAD.match(run, size):
                return self._cut(run, size)
            if size < len(run) and run[-size:] in self._named_places:
                return run[-size:], run[:-size]
        return "", run

    def places_in(self, text: str) -> list[str]:
        """The places that a text names anywhere, in its order."""
        return _named(text, self._named_places, self._sizes, never=_ROAD)

    def at_first(self, text: str) -> list[str]:
        """The first place that a text names with the one right beside it, or else the district in it that it names too."""
        first, *others = self.places_in(text) or [""]
        if others and re.search(f"{first}(?:{_OR}){others[0]}", text):
            return [first, others[0]]
        within = next((one for one in others if first in self.around.get(one, ())), "")
        return [one for one in (first, within) if one]

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
    def _names(self) -> str:
        """All titles, and the employers."""
        return "\n".join([*dict.fromkeys(title for title, _ in self.offers), self.employers])

    @cached_property
    def _pairs(self) -> frozenset[str]:
        """The pairs of characters in them."""
        return frozenset(plain_text.pairs(self._names))

    @cached_property
    def _brands(self) -> frozenset[str]:
        """Beginnings of employers' names that are no place, and that nobody else has in a title."""
        names = {self._short(line) for line in self.employers.split("\n")}
        found = (
            {name[:size] for name in names for size in BRANDS if len(name) >= size}
            - self.places
            - _NO_BRANDS
            - cities.known()
        )
        found = {name for name in found if plain_text.is_chinese(name) and name not in self.addresses}
        for title, employer in self.offers:
            grams = {title[n : n + size] for size in BRANDS for n in range(len(title) - size + 1)} & found
            found -= {name for name in grams if name not in employer}
        return frozenset(found)

    def _short(self, line: str) -> str:
        return self._without_city(_CITY_OF_A_FIRM.sub("", line))

    def _without_city(self, name: str) -> str:
        return next((name[size:] for size in self._sizes if name[:size] in self.places and len(name) > size + 1), name)

    @cached_property
    def _named_places(self) -> frozenset[str]:
        """Those of the postings, and all cities: who asks for one where nobody is hiring is told so."""
        return self.places | cities.known()

    @cached_property
    def _sizes(self) -> list[int]:
        return sorted({len(place) for place in self._named_places}, reverse=True)


def of(postings: Iterable[CurrentPosting]) -> KnownNames:
    """The names of these postings."""
    those = list(postings)
    areas, employers, titles = set[str](), set[str](), set[str]()
    for posting in those:
        areas.add(posting.place.partition("\n")[0])
        employers.add(posting.employer)
        titles.add(_BRACKETS.sub("", posting.title).strip())
    split = [[stem(part) for part in _BETWEEN.split(area)] for area in areas]
    named = {
        part for parts in split for part in parts if 1 < len(part) <= LONGEST_PLACE and plain_text.is_chinese(part)
    }
    places = frozenset(part for part in named if degrees.asked(part)[1])  # some write 本科 into the column of places
    around: dict[str, frozenset[str]] = {}
    for first, *others in split:
        for part in places.intersection(others):
            around[part] = around.get(part, frozenset()) | {first}
    known = frozenset(title for title in titles if 1 < len(title) <= LONGEST_TITLE)
    texts = "\n".join(posting.text for posting in those)
    offers = tuple((posting.title, posting.employer) for posting in those)
    whole = places.intersection(parts[0] for parts in split) - {*around}
    addresses = "\n".join(sorted({posting.place for posting in those}))
    return KnownNames(places, "\n".join(sorted(employers)), texts, known, offers, addresses, whole, around)


def _named(
    text: str, names: frozenset[str], sizes: Sequence[int], *, never: re.Pattern[str] | None = None
) -> list[str]:
    """The names in a text, the longest at each place; none behind which stands what is `never` behind one."""
    found, place = list[str](), 0
    while place < len(text):
        name = next((text[place : place + size] for size in sizes if text[place : place + size] in names), "")
        found += [name] if name and not (never and never.match(text, place + len(name))) else []
        place += len(name) or 1
    return found
