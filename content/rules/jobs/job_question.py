"""What a question says of a job: trade, employer, place, pay, degree and time.

电工 5000以上 大专 · 8千以上的会计 · 不要学历的普工 · 某某公司招聘 · 江南区 焊工 月薪6000-8000 · 本月招聘
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from content.rules.jobs import degrees, experience, job_refinement, job_story, pay, trades, working_conditions
from content.rules.jobs.job_query import DateRange, JobQuery
from content.rules.jobs.known_names import KnownNames
from content.rules.jobs.match import stem
from content.rules.jobs.reading import (
    circumstances,
    cities,
    employers,
    english_fields,
    idle_words,
    licences,
    oneself,
    origins,
    other_matters,
    search_words,
    unwanted,
)
from content.rules.language import periods, plain_text
from content.rules.language.question_terms import Vocabulary

LONGEST = 30  # characters; who writes more tells a story, of which only what is known to be asked of a job counts
SHORTEST_STORY = 16  # characters, if it has clauses
LONGEST_STORY = 300
MOST_LOST = 5  # characters of words that mean nothing here, in a message that does not say that it looks for work
MOST_UNKNOWN, MOST_BESIDE = 6, 4  # characters that no posting says, and that some say, beside what is known of jobs
FEW = 10  # characters of other words; beyond, a sum or a degree alone does not make it a question about jobs

_ASKS_HOW = re.compile(
    "怎么|怎样|如何|咋|哪|多少|几点|为什么|为何|什么|流程|手续|材料|办理|申请"
)  # no trade beside a place
_BEFORE = re.compile(
    r"(?:(?:工厂|厂|公司|店)里?(?=招)|我|想|要|找|招|求|最好|离|(?:会|能)(?=[做开修焊炒烧带写])|坐标|人在|住在|做|从事|一?[个份些]|看看?|帮我|给我|推荐|介绍|当|去|在|还?有没有|还?有|还|没有|附近|适合|可以|能|最近|最新|目前|现在|"
    r"钱多|高薪|工资高|不限|轻松一?点?|稳定|靠谱|正规|不累|离家近一?点?|近一?点|合适|随便|急找?|急|长期|什么都行|都行|都可以|那|那么|有|的)++"
)
_AFTER = re.compile(
    r"(?:有没(?:有)?|(?:工资|待遇|薪水)?(?:多少钱?|怎么样|高不高|高吗)|还|在|的|了|吗|呢|吧|啊|有没有|有吗|有|方面|方向|行业|这?类|相关|信息|工资高|钱多|不限|累不累|近一?点?|要不要|招不招|还要不要|还要人吗|还要人|要人吗|要吗|招吗|都看看|都要|都可|都|多大年纪(?:要|收)?|男女|都行|都可以|就行|也行|也可以|轻松一?点?|稳定|不|没)++$"
)
_OR = re.compile("或者是?|或是?|还是|/")
_AND = re.compile("和|跟|与|、")
_SURE_TRADE = re.compile(
    "^(?:开(?!发|放|展)|送|看|跑|扫|搬|踩|敲|剪|卖|喷|烧|炒|蒸|打[扫包螺]|带[小孩娃])|(?:工|(?<![人职])员|(?<![教老律医])师|手|司机|保安|阿姨|月嫂|会计|小哥)$"
)  # a word that means nothing but a trade
_LIKE_A_TRADE = re.compile("^.{0,6}(?:工|员|师|手|长|经理|助理|司机|主管|总监|专员|代表|文秘|保安|会计|(?<!学)生)$")
_WANTS_TO_BE = re.compile("(?:我?想|我?要)?(?:找|应聘|当|做|招)(?!律师|医生|老师)")
SHORT_BRAND = 2  # characters of an employer's name that may be a word of another kind
SHORT_TRADE = 3  # characters; what is longer means a trade only
LONGEST_WORD = 6  # characters of a trade that nobody here has ever offered
_SAYS_WISH = re.compile("招|求|[想要能](?:找|当|做|干)|找[个份]|要不要|要吗|还要|要人|有没有")
_EITHER_WILL_DO = re.compile("(?:也|都)(?:行|可以|ok|成|中|得|考虑)")
_ASIDE_FIRST = re.compile(
    r"^(?:老板娘?|师傅|领导|大哥|大姐|亲|各位|同志|你好|您好|在吗|请问(?:一下)?|[,。!\s])+(?=.{2})|不(?:是|想|要|用|再)?找工作了?[,，]?"
)
_DEBRIS = re.compile(
    "[一二三四五六七八九十两几半0-9]个月|[我你您他她俺能都就岁想没会行吧啊给哪啥]|每天|以前|现在|随便|告诉|通知|好几|多[了年]|合适|适合"
)
_ABOUT = re.compile(r"(?<![^\s,、])([\u4e00-\u9fffa-z]{2,6}?)(?:方面|方向|相关|行业|这块|类)的?(?=$|[\s,、])")
_OF_WORK_ALONE = frozenset({"paid_by", "hours", "shift", "board"})  # what only work has
_WEAK = frozenset({"dates", "insured", "commute"})  # conditions of which other matters speak too
_IDLE = frozenset([
    "周末", "平时", "工资", "待遇", "条件", "要求", "证", "有证", "厂", "厂里", "厂子", "单位", "公司", "活干", "工做", "年纪",
    "多大", "活", "人", "工", "钱", "事", "要", "做", "干", "家", "好", "高", "不", "没", "吗", "么",
])  # fmt: skip
_EMPLOYER = re.compile(r"(.{2,30}?(?:公司|集团|厂|酒店|超市|银行|医院|学校|幼儿园|餐厅|饭店|中心))(.*)")
_PLACE = re.compile(
    r"((?:(?![年在从去到想找来说几]).){2,8}?(?:新区|开发区|片区|工业园|园区|[区市县镇乡]|街道|大道|路))(.*)"
)


@dataclass(frozen=True)
class JobQuestion:
    """A question about jobs. `of_jobs`: it says so (招聘, 岗位, 工作) and does not only name a sum or a degree."""

    query: JobQuery
    of_jobs: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Whether it names a place and a word only, which may well mean something else."""
        return not self.of_jobs and {*self.query.conditions} <= {"words", "place", "employer"}


def asked(
    text: str, vocabulary: Vocabulary, today: date, *, names: Callable[[], KnownNames] = KnownNames
) -> JobQuestion | None:
    """What a folded question wants of a job; None if it is about none. `names`: of today's postings, asked for only if needed."""
    text = plain_text.without_dialect(text)
    text = english_fields.in_chinese(text) if plain_text.LATIN.search(text) else text
    if len(text) > LONGEST_STORY or other_matters.are_said(text):
        return None
    text = oneself.without_ones_life(text)
    plain, told = circumstances.plain(text)
    found = _asked(plain, vocabulary, today, names=names)
    if told and (found is None or found.query.is_open) and (found or circumstances.seeks_work(text)):
        meant = _asked(f"{told.means} 招聘", vocabulary, today, names=names) if told.means else None
        return meant or JobQuestion(JobQuery(), of_jobs=True)
    if told and told.means and found and not (found.query.words or found.query.hours or found.query.paid_by):
        found = _with_means(found, _asked(f"{told.means} 招聘", vocabulary, today, names=names))
    if found and (found.query.conditions not in ([], ["words"]) or any(map(is_like_a_trade, found.query.words))):
        return found
    employer = employers.asked_by_name(text, names())
    return JobQuestion(JobQuery(employer=employer), of_jobs=True) if employer else found


def _with_means(found: JobQuestion, meant: JobQuestion | None) -> JobQuestion:
    """What is wanted, with what else is asked for by who tells such a thing: 暑假工 包住 asks for 短期工."""
    query = meant.query if meant else JobQuery()
    more = {name: getattr(query, name) for name in query.conditions if name not in found.query.conditions}
    return JobQuestion(replace(found.query, **more), of_jobs=True)


def _asked(text: str, vocabulary: Vocabulary, today: date, *, names: Callable[[], KnownNames]) -> JobQuestion | None:
    """What it wants, without what is told of oneself: as a story, as a sentence, or word for word."""
    if len(text) > LONGEST or (len(text) > SHORTEST_STORY and "," in text and job_story.seeks(text)):
        return _of_a_story(text, today, names()) if job_story.seeks(text) else None
    plain = job_refinement.without_best_paid(text)
    if plain != text and not idle_words.without(plain):  # 什么工作工资最高
        return JobQuestion(JobQuery(), of_jobs=True)
    text = idle_words.skills_plain(cities.without_origin(plain, names().places))
    text = origins.left_behind(_EITHER_WILL_DO.sub(" ", _ASIDE_FIRST.sub("", text)), names().places_in)
    return _of_a_sentence(text, vocabulary, today, names=names) or _of_known_words(text, today, names())


def _of_a_sentence(
    text: str, vocabulary: Vocabulary, today: date, *, names: Callable[[], KnownNames]
) -> JobQuestion | None:
    """What a short message wants, by what stands around its words."""
    at_work = oneself.AT_WORK.sub(" ", text)
    if at_work != text and not search_words.CLUE.search(at_work):
        return None
    text = at_work
    if not search_words.CLUE.search(text):
        if _ASKS_HOW.search(search_words.ASIDE.sub(" ", text)):
            return None
        return _of_names(text, vocabulary, names())
    text, licence = licences.read(text)
    subject, text = trades.known().studied(text)
    conditions, rest = _conditions(text, today)
    plain = search_words.KIND.sub(" ", rest)
    if conditions.keys() - {"dates"}:
        plain = search_words.SOME_FIRM.sub(" ", plain)
    of_jobs = plain != rest
    if not (of_jobs or conditions.keys() - _WEAK or search_words.OF_WORK.search(text)):
        return _of_names(text, vocabulary, names())
    words, employer, place = _named(vocabulary.core(search_words.ASIDE.sub(" ", plain)), names())
    words += licence
    words = tuple(word for word in words if word in trades.known().words or not idle_words.says_nothing(word))
    sifted = (*_sifted(words, names(), is_all=not (conditions or place or employer)), *filter(None, [subject]))
    of_jobs = (
        of_jobs
        or conditions.get("hours") == "side"
        or "site" in conditions
        or len(conditions.keys() - _WEAK) > 1
        or bool(subject or (_ABOUT.search(text) and (place or "degree" in conditions)))
        or any(one in trades.known().words for word in sifted for one in word.split("|"))
    )
    if not of_jobs and (
        sum(map(len, words)) > FEW or not (conditions.keys() - {"dates"} or employer or place or words)
    ):
        return None
    lost = sum(map(len, words)) - sum(len(word) for word in sifted if word != subject)
    if lost > (MOST_LOST if sifted or conditions or place or employer else 0) and not _SAYS_WISH.search(text):
        return None
    query = JobQuery(sifted, place, employer=employer, **conditions)
    says_more = len(sifted) - bool(subject) < len(words) and not _SAYS_WISH.search(text)
    if not of_jobs and (says_more or {*query.conditions} <= _WEAK):
        return None  # it says something that is nothing of a job
    return JobQuestion(query, of_jobs)


def _sifted(words: tuple[str, ...], names: KnownNames, *, is_all: bool) -> Iterator[str]:
    """The words that a posting can be asked for; what is left over of a sentence is none.

    `is_all`: nothing else is asked for, so that an unknown word may well be a trade that nobody offers.
    """
    for word in words:
        known = trades.known()
        if idle_words.says_nothing(word) and word not in known.words:
            continue
        if word.isdigit() or (len(word) == 1 and word not in known.words):
            continue
        rest = next((word.removesuffix(one) for one in known.named(word)[-1:] if word.endswith(one)), "")
        if rest and idle_words.says_nothing(rest):  # 工厂普工
            yield word.removeprefix(rest)
        elif word in known.words or word in names.titles or _LIKE_A_TRADE.search(word) or "|" in word:
            yield word
        elif found := known.named(word) or names.titles_in(word):
            yield found[0]
        elif (meant := known.mended(word)) in known.words or (meant := names.latin_like(word)):
            yield meant
        else:
            yield from _unknown(word, names, is_all=is_all)


def _unknown(word: str, names: KnownNames, *, is_all: bool) -> list[str]:
    """What of a word that is no trade a posting may be asked for; nobody may have offered it yet."""
    if names.mentions(word) or (word.isascii() and word.isalpha()):  # nlp, which is said to be missing
        return [word]
    if not is_all:
        return []
    if said := [one for one in idle_words.without(word) if names.mentions(one)]:  # 挡车 of 问问你们那边挡车
        return said[:1]
    is_short = len(word) <= LONGEST_WORD and not _DEBRIS.search(word)
    return (idle_words.without(word)[:1] or [word]) if is_short else []


def _conditions(text: str, today: date) -> tuple[dict[str, Any], str]:
    """What a question says of pay, degree, experience, days and the like, by the field of a query; and what is left of it."""
    avoid, text = unwanted.read(oneself.AT_ONCE.sub(" ", oneself.OF_ONESELF.sub(" ", text)))
    years, rest = experience.asked(text)
    period = periods.read(rest, today)
    sum_, rest = pay.asked(period.rest if period else rest)
    degree, rest = degrees.asked(oneself.OWN_PRIMARY_SCHOOL.sub("小学文化 ", rest))
    offered, rest = working_conditions.asked(rest)
    if sum_ and (time := pay.paid_by(text)):
        offered = {"paid_by": time, **offered}
    dates = DateRange(period.first, period.last) if period else None
    found = {"pay": sum_, "degree": degree, "years": years, "dates": dates, "avoid": avoid, **offered}
    return {name: value for name, value in found.items() if value not in (None, ())}, rest


def _of_a_story(text: str, today: date, names: KnownNames) -> JobQuestion:
    """What a long message wants of a job: the trades and places that are known, and the conditions."""
    text, licence = licences.read(text)
    subject, text = trades.known().studied(text)
    wanted, former = job_story.parted(cities.without_origin(text, names.places))
    conditions, _ = _conditions(wanted, today)
    conditions.pop("dates", None)
    if "degree" not in conditions and (degree := _conditions(text, today)[0].get("degree")):
        conditions["degree"] = degree
    named = trades.known().named(wanted) or names.titles_in(wanted)
    if not named and (job_story.is_skill(former) or not conditions):
        named = trades.known().named(former)
    words = trades.one_of(named)
    about = [*_ABOUT.findall(wanted)[:1], "|".join(dict.fromkeys(idle_words.SKILL.findall(wanted)))]
    words += tuple(
        one for one in dict.fromkeys(about) if one and one not in named and any(map(names.mentions, one.split("|")))
    )
    words += (*licence, *filter(None, [subject]))
    return JobQuestion(JobQuery(words, names.joined(names.at_first(wanted)), **conditions), of_jobs=True)


def _of_known_words(text: str, today: date, names: KnownNames) -> JobQuestion | None:
    """A message of which each word is known: conditions, trades, places, a firm, and talk around them; 捷顺 焊工 多少钱."""
    if len(text) > LONGEST:
        return None
    plain, licence = licences.read(text)
    subject, plain = trades.known().studied(plain)
    conditions, rest = _conditions(plain, today)
    conditions.pop("dates", None)
    employer = names.brand_in(search_words.ASIDE.sub(" ", rest))
    if len(employer) > SHORT_BRAND:  # 东港冷链 and not the place 东港
        rest = rest.replace(employer, " ")
    places, skills = names.places_in(rest), idle_words.SKILL.findall(rest)
    named = trades.known().named(rest) or names.titles_in(rest)
    for word in (*places, *named):
        rest = rest.replace(word, " ")
    rest = idle_words.SKILLED.sub(" ", rest)
    if len(employer) <= SHORT_BRAND:
        employer = "" if places and named else names.brand_in(search_words.ASIDE.sub(" ", rest))
    left = idle_words.without(search_words.ASIDE.sub(" ", rest.replace(employer, " ") if employer else rest))
    wishes = idle_words.WISH.search(text) is not None
    is_known = all(map(names.mentions, left))
    is_near = (places and is_known) or (employer and all(map(is_like_a_trade, left)))
    most = (FEW if is_known else MOST_UNKNOWN) if wishes else MOST_BESIDE if is_near else 0
    if sum(map(len, left)) > most:
        return None
    is_of_a_trade = wishes and bool(named)
    kept = [word for word in left if not is_of_a_trade or names.mentions(word)]
    words = (*trades.one_of(named), *licence, *filter(None, [subject, "|".join(skills)]), *kept)
    query = JobQuery(words, names.joined(places), employer=employer, **conditions)
    signs = len(conditions) + len(places) + bool(words) + bool(employer)
    signs += bool(subject) or (bool(named) and search_words.ASIDE.search(text) is not None)
    if not wishes and (signs < 2 or (_ASKS_HOW.search(search_words.ASIDE.sub(" ", text)) and not employer)):
        return None
    return JobQuestion(query, of_jobs=is_of_a_trade or (is_known and (wishes or bool(words))))


def loosely(text: str, today: date, names: KnownNames) -> JobQuestion | None:
    """What a message that was asked in vain may want of a job: the trades in it, whatever stands around them."""
    text = plain_text.without_dialect(text)
    if other_matters.are_said(text) or other_matters.complains(text):
        return None
    found = _of_a_story(oneself.OF_ONESELF.sub(" ", circumstances.plain(text)[0]), today, names)
    asks = (
        idle_words.WISH.search(text) or search_words.ASIDE.search(text) or _SAYS_WISH.search(text) or found.query.place
    )
    is_sure = any(map(_is_surely_a_trade, (one for word in found.query.words for one in word.split("|"))))
    if found.query.words and (asks or is_sure):
        return found
    set_ = {*found.query.conditions} - _WEAK
    of_work = len(set_) > 1 or bool(set_ & _OF_WORK_ALONE) or idle_words.WISH.search(text) is not None
    return found if found.query.conditions and of_work and not found.query.words else None


def _of_names(text: str, vocabulary: Vocabulary, names: KnownNames) -> JobQuestion | None:
    """东港 电工: few words, and a place where somebody is hiring; or trades alone: 保洁阿姨, 想当司机."""
    told = oneself.OF_ONESELF.sub(" ", text)
    words, employer, place = _named(vocabulary.core(search_words.ASIDE.sub(" ", told)), names)
    if employer and not words and names.is_employer(employer):
        return JobQuestion(JobQuery(place=place, employer=employer), of_jobs=True)
    if not words or sum(map(len, words)) > FEW:
        return None
    asks_how = _ASKS_HOW.search(text) is not None
    alternatives = [one for word in words for one in word.split("|")]
    if employer in names.employers and employer and all(map(is_like_a_trade, words)):
        return JobQuestion(JobQuery(words, place, employer=employer), of_jobs=True)
    if all(one in trades.known().words for one in alternatives):
        of_jobs = (
            bool(place)
            or len(words) > 1
            or _SAYS_WISH.search(text) is not None
            or all(map(_is_surely_a_trade, alternatives))
        )
        return JobQuestion(JobQuery(words, place), of_jobs=of_jobs)
    if place and not asks_how and any(is_like_a_trade(one) for one in alternatives):
        return JobQuestion(JobQuery(words, place), of_jobs=True)
    wishes = _WANTS_TO_BE.match(text) or _SAYS_WISH.search(text)
    if len(words) == 1 and wishes and _LIKE_A_TRADE.search(words[0]):
        return JobQuestion(JobQuery(words, place), of_jobs=True)
    return JobQuestion(JobQuery(words, place)) if names.is_hiring_in(place) and not asks_how else None


def is_like_a_trade(word: str) -> bool:
    """Whether a word is a trade, or a kind of one: ui设计师, 人事专员."""
    if word in trades.known().words or _LIKE_A_TRADE.search(word):
        return True
    return any(word.endswith(name) for name in trades.known().named(word))


def _is_surely_a_trade(word: str) -> bool:
    """Whether a known trade means nothing but that, such as a matter of the notices."""
    return len(word) > SHORT_TRADE or _SURE_TRADE.search(word) is not None


def _named(rest: str, names: KnownNames) -> tuple[tuple[str, ...], str, str]:
    """The words of what is left, with the employer and the place among them."""
    words, employer, places = list[str](), "", list[str]()
    for run in plain_text.runs_of(rest):
        place, around = names.place(run)
        if place and (not around or idle_words.says_nothing(around)):  # 在成都, in which no 都 stands around a word
            places.append(place)
            continue
        run = _bare(run)
        if not employer and names.is_employer(run):
            employer, run = run, ""
        brand = "" if employer else names.brand_in(run)
        if len(brand) > SHORT_BRAND and run.startswith(brand):  # 江澜精密造型工
            employer, run = brand, _bare(run.removeprefix(brand))
        if not employer and (found := _EMPLOYER.fullmatch(run)) and names.may_be_employer(found[1]):
            employer, run = found[1], _bare(found[2])
            if trade := names.trade_of(employer):  # 食品厂: whoever makes food
                employer, run = "", trade
        place, run = names.place(run)
        while place:
            places.append(place)
            place, run = names.place(_bare(run))
        if not places and (found := _PLACE.fullmatch(run)) and len(stem(found[1])) > 1:
            places, run = [found[1]], _bare(found[2])
        words += [_trade(run)] if run else []
    known = trades.known().words
    words = [word if word in known or names.mentions(word) else names.sounding(word) or word for word in words]
    return _joined(words), employer, names.joined(places)


def _trade(run: str) -> str:
    """A trade without who does it; 保洁或者洗碗 are two of which one will do."""
    both = [trades.stripped(part) for part in _AND.split(run) if part]
    if len(both) > 1 and all(part in trades.known().words for part in both):
        return "|".join(both)
    return "|".join(trades.stripped(part) for part in _OR.split(run) if part)


def _joined(words: list[str]) -> tuple[str, ...]:
    """The words of a query; trades one beside the other are such of which one will do."""
    if len(words) > 1 and all(_SURE_TRADE.search(word) and word in trades.known().words for word in words):
        return ("|".join(words),)
    return tuple(word for word in words if word not in _IDLE)


def _bare(run: str) -> str:
    """A run without what is said around the word that matters: 找个文员 → 文员."""
    if trades.stripped(run) in trades.known().words:  # 看大门 is a trade
        return run
    found = _BEFORE.match(run)
    return _AFTER.sub("", run[found.end() :] if found else run)
