"""Which postings suit a query, and how well; what is let go of when none does."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from content.rules.jobs import unstated
from content.rules.jobs.degrees import RequiredDegree, required
from content.rules.jobs.job_query import DateRange, JobQuery
from content.rules.jobs.pay import Pay
from content.rules.jobs.reading import cities, idle_words
from content.rules.jobs.trades import Trades
from content.rules.jobs.working_conditions import CHOICES, Offer, has_nights, is_plain, says_daily, says_shift
from content.rules.language import plain_text

NO_TRADES = Trades()
# A word in the title, another trade that suits, in employer or place, nearly in the title, elsewhere in the posting.
IN_TITLE, ALSO, NAMED, NEAR, MENTIONED = 4.0, 3.5, 3.0, 2.0, 1.0
MOST_LIKELY = 30_000  # yuan a month, from which on nobody believes that no schooling is asked for
FAR_BELOW = 10  # times as much weighs what is missing at the upper end of a posting's pay
ALIKE = 0.6  # share of a longer word's pairs that make a title nearly the same
# What is let go of when nothing suits in all: as little as possible, and of equals what stands first here.
RELAXED = (
    "dates", "site", "overtime", "seat", "commute", "insured", "rest", "board", "hours", "shift", "pay", "place", "paid_by", "years", "degree", "employer", "avoid",
)  # fmt: skip

# What stands at the end of many trades tells none.
_GENERIC = frozenset(
    [
        "专员",
        "经理",
        "助理",
        "工程师",
        "主管",
        "总监",
        "顾问",
        "代表",
        "人员",
        "主任",
        "技术员",
        "操作员",
        "开发",
        "运营",
        "管理",
        "服务",
        "技术",
    ]
)

_NO_ROAD = "(?!大道|路|街(?!道))"  # 滨江 is not 滨江大道, unless that is asked for
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
    salary: str = ""
    years: int | None = None  # of experience that it asks for; None: nothing is said
    lat: float | None = None
    lng: float | None = None


@dataclass(frozen=True)
class JobMatches:
    """What suits, best first; `relaxed`: which conditions were let go of for it; `closest`: the best score of words.

    `wider`: the place around the one that was asked for; `unmet`: the words that no posting bears besides.
    """

    postings: tuple[CurrentPosting, ...] = ()
    relaxed: tuple[str, ...] = field(default=())
    closest: float = 0.0
    wider: str = ""
    unmet: tuple[str, ...] = ()


def suiting(those: Sequence[CurrentPosting], query: JobQuery, trades: Trades = NO_TRADES) -> JobMatches:
    """Those that suit, best first, the newest first among equals if they come so.

    If none suits: those that do when as few conditions as can be are let go of.
    """
    scored = _nearest(list(_held_against(those, query, trades)))
    ways = {failed for _, failed, _ in scored}
    relaxed = min((failed for failed in ways if _leaves_enough(query, failed)), key=_loss, default=None)
    if relaxed is None:
        return JobMatches()
    names = tuple(RELAXED[number] for number in relaxed)
    enough = {failed for failed in ways if set(failed) <= set(relaxed)}
    found = [(score, posting) for score, failed, posting in scored if failed in enough]
    found.sort(key=lambda one: _order(*one, query=without(query, {*names} - {"pay"})))
    return JobMatches(tuple(posting for _, posting in found), names, found[0][0])


def count(those: Sequence[CurrentPosting], query: JobQuery, trades: Trades = NO_TRADES) -> int:
    """How many suit in all."""
    return sum(1 for _, failed, _ in _nearest(list(_held_against(those, query, trades))) if not failed)


def _held_against(
    those: Sequence[CurrentPosting], query: JobQuery, trades: Trades
) -> Iterator[tuple[float, tuple[int, ...], CurrentPosting]]:
    """Those that meet the words, each with how well, and which conditions it does not meet."""
    words, conditions = [_ready(word, trades) for word in query.terms], _Conditions(query, trades)
    return ((score, conditions.failed_by(posting), posting) for posting in those if (score := _score(posting, words)))


_Scored = tuple[float, tuple[int, ...], CurrentPosting]


def _nearest(scored: list[_Scored]) -> list[_Scored]:
    """Where some bear the words in title, employer or place, those that only mention them are none that suit."""
    best = max((score for score, _, _ in scored), default=0.0)
    return [one for one in scored if one[0] >= NEAR] if best >= NEAR else scored


def suits(posting: CurrentPosting, query: JobQuery) -> bool:
    """Whether a posting has all that is asked for, words apart."""
    return not _Conditions(query).failed_by(posting)


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

    def __init__(self, query: JobQuery, trades: Trades = NO_TRADES) -> None:
        set_ = query.conditions
        self._tests = [(number, _TESTS[name](query, trades)) for number, name in enumerate(RELAXED) if name in set_]

    def failed_by(self, posting: CurrentPosting) -> tuple[int, ...]:
        """The conditions that a posting does not meet, by their places in `RELAXED`."""
        return tuple(number for number, meets in self._tests if not meets(posting))


Meets = Callable[[CurrentPosting], bool]


def _stems(part: str, trades: Trades) -> list[str]:
    """What a place is called, and the cities within it."""
    places = part.split("|")
    return [stem(one) for place in places for one in (*_alike(place, trades), *cities.within(place))]


def _place_test(query: JobQuery, trades: Trades) -> Meets:
    parts = [
        re.compile(f"(?:{'|'.join(map(re.escape, _stems(part, trades)))}){_NO_ROAD}")
        for part in plain_text.normalise(query.place).split()
    ]
    return lambda posting: all(part.search(posting.place) for part in parts)


def _employer_test(query: JobQuery, _trades: Trades) -> Meets:
    name = plain_text.normalise(query.employer)
    city = _city()
    return lambda posting: posting.employer.startswith(name) or name in city.sub("", posting.employer)


@functools.cache
def _city() -> re.Pattern[str]:
    """The city with which a firm's name begins: 北京东方 is no 京东."""
    return re.compile(f"^(?:{'|'.join(sorted(cities.known()))})市?")


def _pay_test(query: JobQuery, _trades: Trades) -> Meets:
    pay = query.pay or Pay(0)
    return lambda posting: pay.meets(posting.pay_low, posting.pay_high)


def _degree_test(query: JobQuery, _trades: Trades) -> Meets:
    degree = query.degree
    is_of_few = degree is not None and degree.most <= RequiredDegree.SECONDARY

    def meets(posting: CurrentPosting) -> bool:
        if is_of_few and posting.schooling is None and unstated.is_of_the_schooled(posting.title):
            return False
        return degree is None or degree.meets(posting.schooling)

    return meets


def _dates_test(query: JobQuery, _trades: Trades) -> Meets:
    dates = query.dates or DateRange()
    return lambda posting: dates.holds(posting.published_on)


def _years_test(query: JobQuery, _trades: Trades) -> Meets:
    years = query.years or 0
    return lambda posting: (
        (posting.years or 0) <= years
        and not (years == 0 and posting.years is None and unstated.is_of_the_experienced(posting.title))
    )


def _offer_test(name: str) -> Callable[[JobQuery, Trades], Meets]:
    return lambda query, _: lambda posting: Offer(posting.salary, posting.text).has(name, getattr(query, name))


def _avoid_test(query: JobQuery, trades: Trades) -> Meets:
    wanted = {one for word in query.terms for part in word.split("|") for one in _alike(part, trades)}
    titles = [
        one for word in query.avoid for one in (*_alike(word, trades), *trades.also(word)) if one not in wanted
    ]  # who would not 打螺丝 but learn a trade may be an apprentice
    names = [stem(word) for word in query.avoid]
    said = [re.compile(f"(?<![非不无]){re.escape(word)}") for word in query.avoid if word not in trades.words]
    return lambda posting: (
        not any(one in posting.title for one in titles)
        and not any(one in posting.place or one in posting.employer for one in names)
        and not any(one.search(posting.text) for one in said)
    )


_TESTS: dict[str, Callable[[JobQuery, Trades], Meets]] = {
    "place": _place_test,
    "employer": _employer_test,
    "pay": _pay_test,
    "degree": _degree_test,
    "dates": _dates_test,
    "years": _years_test,
    "avoid": _avoid_test,
    **{name: _offer_test(name) for name in CHOICES},
}


def _leaves_enough(query: JobQuery, failed: tuple[int, ...]) -> bool:
    """Whether something is left that was asked for when these are let go of."""
    return not failed or bool(query.terms) or len(failed) < len({*query.conditions} - {"words"})


def _loss(failed: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    """How much is lost by letting go of these: their number, and of equals what stands first in `RELAXED`."""
    return len(failed), failed


def best_paid(those: Iterable[CurrentPosting], query: JobQuery) -> list[CurrentPosting]:
    """The best paid first; those that do not say what schooling or experience they ask for come after those that do."""
    return sorted(those, key=lambda one: (_left_unsaid(one, query), -(one.pay_high or 0), -(one.pay_low or 0)))


def _left_unsaid(posting: CurrentPosting, query: JobQuery) -> int:
    """How much of schooling and experience a posting leaves unsaid that is asked for."""
    asks_degree = query.degree is not None and query.degree.most < max(RequiredDegree)
    silent = asks_degree and posting.schooling is None
    is_odd = silent and (posting.pay_low or 0) > MOST_LIKELY
    return silent + 2 * is_odd + (query.years == 0 and posting.years is None)


def _order(score: float, posting: CurrentPosting, *, query: JobQuery) -> tuple[float, bool, int, int, int]:
    """Best words first; then what plainly says what is asked for, pay least below it, and the nearest requirement."""
    left = _left_unsaid(posting, query)
    unplain = not is_plain(Offer(posting.salary, posting.text), query.shift, query.hours)
    least = query.pay.least if query.pay else 0
    short = max(0, least - (posting.pay_low or 0)) + FAR_BELOW * max(0, least - (posting.pay_high or 0))
    if query.degree and query.degree.most == RequiredDegree.ANY:  # who says so before who says nothing
        return -score, unplain, left, short, 100 * _unsaid(posting) + (posting.years or 0)
    return -score, unplain, left, short, -(posting.schooling or 0) if query.degree else 0


def unsaid(posting: CurrentPosting, query: JobQuery) -> list[str]:
    """The phrases on what is asked for and a posting leaves unsaid."""
    offer = Offer(posting.salary, posting.text)
    left_out = {
        "jobs_no_degree_said": query.degree is not None
        and query.degree.most < max(RequiredDegree)
        and says_no_degree(posting),
        "jobs_no_shift_said": query.shift == "no-night" and not says_shift(offer),
        "jobs_nights_said": query.shift in ("no-night", "day") and has_nights(offer),
        "jobs_no_years_said": query.years == 0 and posting.years is None,
        "jobs_monthly_said": query.paid_by == "day" and not says_daily(offer),
    }
    return [name for name, is_so in left_out.items() if is_so]


def says_no_degree(posting: CurrentPosting) -> bool:
    """Whether it names no degree, not in its text either."""
    return posting.schooling is None and not required(posting.text)


def _unsaid(posting: CurrentPosting) -> int:
    """0 if it says that no degree is needed, 1 if it says nothing of it, 2 if its text names one after all."""
    if posting.schooling is not None:
        return 0
    return 1 if says_no_degree(posting) else 2


@dataclass(frozen=True)
class _Word:
    """One word of a query, made ready to be held against many postings."""

    said: tuple[str, ...]  # more than one if any of them will do
    alike: tuple[str, ...]  # itself and what means the same
    also: tuple[str, ...]  # other trades that suit
    stems: tuple[str, ...]
    compounds: tuple[tuple[str, tuple[str, ...]], ...] = ()  # 小学 and one of 老师, 教师
    never: tuple[str, ...] = ()  # what tells in a title of something else

    def met_by(self, posting: CurrentPosting) -> float:
        """How well a posting meets it; 0 if it does not."""
        if self.never and any(one in posting.title for one in self.never):
            return 0.0
        if any(one in posting.title for one in self.alike):
            return IN_TITLE
        if any(one in posting.title for one in self.also):
            return ALSO
        if any(one in posting.employer for one in self.alike) or any(stem in posting.place for stem in self.stems):
            return NAMED
        if any(first in posting.title and any(one in posting.title for one in rest) for first, rest in self.compounds):
            return NAMED
        if any(_is_near(word, posting.title) for word in self.said):
            return NEAR
        if not any(word in posting.text for word in self.said):
            return 0.0
        return NEAR if any(map(idle_words.SKILL.fullmatch, self.said)) else MENTIONED  # no title tells a language


def _is_near(word: str, title: str) -> bool:
    """电焊工 is near to 焊工, 会计助理 to 助理会计; 服务员 not to 业务员."""
    pairs = plain_text.pairs(word)
    shared = sum(pair in title for pair in pairs)
    if not shared:
        return False
    if len(word) > 3 and shared >= ALIKE * len(pairs):
        return True
    return any(len(run) > 1 and run not in _GENERIC and word.endswith(run) for run in plain_text.runs_of(title))


def _ready(word: str, trades: Trades) -> _Word:
    """A word, or several of which one will do: 保洁|洗碗."""
    each = word.split("|")
    alike = tuple(dict.fromkeys(one for part in each for one in _alike(part, trades)))
    also = tuple(one for part in each for one in trades.also(part))
    compounds = tuple(found for part in each if (found := trades.compound(part))[0])
    never = tuple(one for part in each for one in trades.never(part))
    return _Word(tuple(each), alike, also, tuple(map(stem, alike)), compounds, never)


def _alike(word: str, trades: Trades) -> tuple[str, ...]:
    """A word and what means the same."""
    return (word, *trades.same(word))


def _score(posting: CurrentPosting, words: Sequence[_Word]) -> float:
    """How well the words are met, each of them; 0 if one is not. Without words any posting will do."""
    total = 0.0
    for word in words:
        met = word.met_by(posting)
        if not met:
            return 0.0
        total += met
    return total / len(words) if words else IN_TITLE
