"""Jobs that a citizen wants: what a question says of trade, employer, place, pay, degree and time; what suits, and how well.

电工 5000以上 大专 · 8千以上的会计 · 不要学历的普工 · 某某公司招聘 · 江南区 焊工 月薪6000-8000 · 本月招聘
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations
from typing import Any

from content.rules.jobs import degrees, pay
from content.rules.jobs.degrees import Degrees
from content.rules.jobs.pay import Pay
from content.rules.language import periods, plain_text
from content.rules.language.periods import Period
from content.rules.language.question_terms import Vocabulary

LONGEST = 40  # characters; who writes more tells a story, and is answered by the search
FEW = 10  # characters of other words; beyond, a sum or a degree alone does not make it a question about jobs
IN_TITLE, NAMED, NEAR, MENTIONED = (
    4.0,
    3.0,
    2.0,
    1.0,
)  # a word in the title, in employer or place, nearly in the title …
ALIKE = 0.6  # share of a longer word's pairs that make a title nearly the same

_CLUE = re.compile(
    r"招|聘|求职|岗|职位|工作|找活|的活|活干|上班|薪|工资|学历|[0-9千万]|大专|中专|本科|硕士|博士|研究生|大学|初中|高中|技校"
)
_KIND = re.compile(
    r"(?:最新)?(?:招聘|招工|招人|招募|急招|诚聘|应聘|求职|找工作|找活|上班)(?:信息|启事|岗位|职位|工作)*"
    r"|(?:工作)?(?:岗位|职位)|[在还]招(?=$|[\s?吗])|招不招|招(?=$)|(?<=的)工作|工作(?=$|[\s?吗呢])|^招"
    r"|(?<=的)活儿?干?(?=$|[\s?吗呢])|(?<!生)活儿?干"
)
_OF_WORK = re.compile("[月年日时底]薪|工资|薪资|薪水|学历|文凭")
_OTHER = re.compile(
    r"公告|公示|通知|公开|考试|成绩|名单|政策|补贴|补助|条例|办法|规定|规划|预算|决算|采购|招标|招商|招生|职称|职业|"
    r"投诉|举报|拖欠|欠薪|罚|公务员|事业编|编制|会议|报告|总结|安全|证明|怎么办|为什么|最低工资|标准|入学|就读|落户"
)
_BEFORE = re.compile(
    r"(?:我|想|要|找|招|一?[个份些]|看看?|帮我|给我|推荐|介绍|当|去|在|还?有没有|还?有|还|没有|附近|适合|可以|能|最近|最新|目前|现在|"
    r"钱多|高薪|工资高|不限|的)++"
)
_AFTER = re.compile(r"(?:还|在|的|了|吗|呢|吧|啊|有没有|有吗|有|方面|这?类|相关|信息|工资高|钱多|不限)++$")
_EMPLOYER = re.compile(r"(.{2,30}?(?:公司|集团|厂|酒店|超市|银行|医院|学校|幼儿园|餐厅|饭店|中心))(.*)")
_PLACE = re.compile(r"(.{2,8}?(?:新区|开发区|片区|工业园|园区|[区市县镇乡]|街道|路))(.*)")
_SUFFIX = re.compile(r"(?:新区|开发区|片区|园区|[区市县镇乡]|街道)$")


@dataclass(frozen=True)
class CurrentPosting:
    """One posting as it is held against wishes; texts are normalised. `pay_low`, `schooling` as content.rules.jobs.posting_figures reads them."""

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
class Wanted:
    """What a question asks for. `words` are what is left: trades and whatever else must stand in the posting."""

    words: tuple[str, ...] = ()
    employer: str = ""
    place: str = ""
    pay: Pay | None = None
    degree: Degrees | None = None
    period: Period | None = None
    of_jobs: bool = False  # it says that it is about jobs: 招聘, 岗位, 工作

    @property
    def is_open(self) -> bool:
        """Whether it asks for nothing in particular: any job will do."""
        return self == Wanted(of_jobs=self.of_jobs)


# What is let go of when nothing suits in all: as little as possible, and of equals what stands first here.
RELAXED = ("period", "pay", "place", "degree", "employer")


@dataclass(frozen=True)
class Found:
    """What suits, best first, and which wishes were let go of for it."""

    vacancies: tuple[CurrentPosting, ...]
    without: tuple[str, ...] = field(default=())


def wanted(text: str, vocabulary: Vocabulary, today: date) -> Wanted | None:
    """What a folded question wants of a job; None if it is not about one, as far as words tell."""
    if len(text) > LONGEST or not _CLUE.search(text) or _OTHER.search(text):
        return None
    period = periods.read(text, today)
    rest = period.rest if period else text
    sum_, rest = pay.asked(rest)
    degree, rest = degrees.asked(rest)
    plain = _KIND.sub(" ", rest)
    of_jobs = plain != rest or _OF_WORK.search(text) is not None
    if not (of_jobs or sum_ or degree):
        return None
    words, employer, place = _named(vocabulary.core(plain))
    if not of_jobs and sum(map(len, words)) > FEW:
        return None
    return Wanted(words, employer, place, sum_, degree, period, of_jobs)


def suiting(those: Sequence[CurrentPosting], wish: Wanted, synonyms: Sequence[Iterable[str]] = ()) -> Found:
    """The vacancies that suit, best first; if there is none, those that suit when as little as can be is let go of."""
    least = MENTIONED if wish.of_jobs else NEAR  # who says nothing of jobs may well mean something else
    words = [_ready(word, synonyms) for word in wish.words]
    scored = [(vacancy, score) for vacancy in those if (score := _score(vacancy, words)) >= least]
    for without in _relaxations(wish):
        less = _without(wish, without)
        found = [(score, vacancy) for vacancy, score in scored if suits(vacancy, less)]
        if found:
            found.sort(key=lambda one: _order(*one, wish=less))
            return Found(tuple(vacancy for _, vacancy in found), without)
    return Found(())


def suits(vacancy: CurrentPosting, wish: Wanted) -> bool:
    """Whether a vacancy has all that is wanted, words apart."""
    return (
        (not wish.employer or wish.employer in vacancy.employer)
        and (not wish.place or _stem(wish.place) in vacancy.place)
        and (wish.pay is None or wish.pay.meets(vacancy.pay_low, vacancy.pay_high))
        and (wish.degree is None or wish.degree.meets(vacancy.schooling))
        and (wish.period is None or wish.period.holds("", vacancy.published_on))
    )


def _relaxations(wish: Wanted) -> Iterator[tuple[str, ...]]:
    """What may be let go of, the least first; something must be left that was asked for."""
    said = [name for name in RELAXED if getattr(wish, name)]
    for count in range(len(said) + 1):
        for without in combinations(said, count):
            if wish.words or count < len(said) or not said:
                yield without


def _without(wish: Wanted, names: tuple[str, ...]) -> Wanted:
    nothing: dict[str, Any] = {name: getattr(Wanted(), name) for name in names}
    return replace(wish, **nothing)


def _order(score: float, vacancy: CurrentPosting, *, wish: Wanted) -> tuple[float, int, int, int, int]:
    """Best words first; then pay least below what is wanted, the requirement nearest to the degree, the newest."""
    short = max(0, wish.pay.least - (vacancy.pay_low or 0)) if wish.pay else 0
    degree = -(vacancy.schooling or 0) if wish.degree else 0
    return -score, short, degree, -(vacancy.published_on or date.min).toordinal(), -vacancy.id


@dataclass(frozen=True)
class _Word:
    """One word of a wish, made ready to be held against many vacancies."""

    word: str
    alike: tuple[str, ...]  # itself and what means the same
    stems: tuple[str, ...]
    pairs: tuple[str, ...]

    def met_by(self, vacancy: CurrentPosting) -> float:
        """How well a vacancy meets it; 0 if it does not."""
        if any(one in vacancy.title for one in self.alike):
            return IN_TITLE
        if any(one in vacancy.employer for one in self.alike) or any(stem in vacancy.place for stem in self.stems):
            return NAMED
        if self._is_near(vacancy.title):
            return NEAR
        return MENTIONED if any(one in vacancy.text for one in self.alike) else 0.0

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
    return _Word(word, alike, tuple(map(_stem, alike)), tuple(plain_text.pairs(word)))


def _score(vacancy: CurrentPosting, words: Sequence[_Word]) -> float:
    """How well the words are met, each of them; 0 if one is not. Without words any vacancy will do."""
    total = 0.0
    for word in words:
        met = word.met_by(vacancy)
        if not met:
            return 0.0
        total += met
    return total / len(words) if words else IN_TITLE


def _named(rest: str) -> tuple[tuple[str, ...], str, str]:
    """The words of what is left, with the employer and the place among them."""
    words, employer, place = list[str](), "", ""
    for run in plain_text.runs_of(rest):
        run = _bare(run)
        if not employer and (found := _EMPLOYER.fullmatch(run)):
            employer, run = found[1], _bare(found[2])
        if not place and (found := _PLACE.fullmatch(run)) and len(_stem(found[1])) > 1:
            place, run = found[1], _bare(found[2])
        words += [run] if run else []
    return tuple(words), employer, place


def _bare(run: str) -> str:
    """A run without what is said around the word that matters: 找个文员 → 文员."""
    found = _BEFORE.match(run)
    return _AFTER.sub("", run[found.end() :] if found else run)


def _stem(place: str) -> str:
    """江南区 → 江南: postings write 江南片区, 深圳-南山区."""
    stem = _SUFFIX.sub("", place)
    return stem if len(stem) > 1 else place
