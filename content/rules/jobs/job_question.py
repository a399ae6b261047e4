"""What a question says of a job: trade, employer, place, pay, degree and time.

电工 5000以上 大专 · 8千以上的会计 · 不要学历的普工 · 某某公司招聘 · 江南区 焊工 月薪6000-8000 · 本月招聘
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from content.rules.jobs import degrees, experience, pay, working_conditions
from content.rules.jobs.job_query import DateRange, JobQuery
from content.rules.jobs.known_names import KnownNames
from content.rules.jobs.match import stem
from content.rules.language import periods, plain_text
from content.rules.language.question_terms import Vocabulary

LONGEST = 40  # characters; who writes more tells a story, and is answered by the search
FEW = 10  # characters of other words; beyond, a sum or a degree alone does not make it a question about jobs

_CLUE = re.compile(
    r"招|聘|求职|岗|职位|工作|工吗|找活|的活|活干|活儿|什么活|有活|上班|薪|工资|学历|[0-9千万]|大专|中专|本科|硕士|博士|研究生|大学|初中|高中|技校"
    r"|[包管]吃|[包管]住|双休|[夜白日晚]班|倒班|小时工|钟点工|日结|经验|应届|能干|做事"
)
_KIND = re.compile(
    r"(?:最新)?(?:招聘|招工|招人|招募|急招|诚聘|应聘|求职|找工作|找活|上班)(?:信息|启事|岗位|职位|工作)*"
    r"|(?:工作)?(?:岗位|职位)|[在还]招(?=$|[\s?吗])|招不招|招(?=$)|(?<=的)工作|工作(?=$|[\s?,吗呢])|^招"
    r"|(?<=的)活儿?干?(?=$|[\s?,吗呢])|(?<!生)活儿?干|(?:有|要|招)?什么(?:活|人)儿?(?=$|[\s?,吗呢])|招什么人|有活儿?(?=$|[\s?,吗呢])"
    r"|能?(?:干|做)(?:点|些)?(?:什么|啥)(?:工作|活儿?)?|找个?(?:事|活儿?)(?:做|干)|打工|要人吗?(?=$|[\s?])"
)
_OF_WORK = re.compile("[月年日时底]薪|工资|薪资|薪水|学历|文凭")
_OTHER = re.compile(
    r"公告|公示|通知|公开|考试|成绩|名单|政策|补贴|补助|条例|办法|规定|规划|预算|决算|采购|招标|招商|招生|职称|职业|"
    r"投诉|举报|噪音|噪声|扰民|拖欠|欠薪|罚|公务员|事业编|编制|会议|报告|总结|安全|证明|怎么办|为什么|最低工资|标准|入学|就读|落户"
)
_ASKS_HOW = re.compile(
    "怎么|怎样|如何|咋|哪|多少|几点|为什么|为何|什么|流程|手续|材料|办理|申请"
)  # no trade beside a place
_BEFORE = re.compile(
    r"(?:我|想|要|找|招|坐标|人在|住在|做|从事|一?[个份些]|看看?|帮我|给我|推荐|介绍|当|去|在|还?有没有|还?有|还|没有|附近|适合|可以|能|最近|最新|目前|现在|"
    r"钱多|高薪|工资高|不限|的)++"
)
_AFTER = re.compile(
    r"(?:(?:工资|待遇|薪水)?(?:多少钱?|怎么样|高不高|高吗)|还|在|的|了|吗|呢|吧|啊|有没有|有吗|有|方面|这?类|相关|信息|工资高|钱多|不限)++$"
)
_EMPLOYER = re.compile(r"(.{2,30}?(?:公司|集团|厂|酒店|超市|银行|医院|学校|幼儿园|餐厅|饭店|中心))(.*)")
_PLACE = re.compile(r"(.{2,8}?(?:新区|开发区|片区|工业园|园区|[区市县镇乡]|街道|大道|路))(.*)")
# What a citizen says of himself, and an employer must not ask for: 就业促进法 art. 27, 人力资源市场暂行条例 art. 24.
_OF_ONESELF = re.compile(
    r"(?:本人|我是?|今年|刚|已经|快|男|女|都|满|过)*(?:\d{2}|[一二三四五六七八九十]{2,3})多?(?:周?岁|来岁)(?:以[上下]|左右|了|的|多)?(?:[男女](?:的|性|生|士|人)?)?"
    r"|(?<![^\s,、])(?:本人|我是?)?[男女](?:的|性|生|士|人|工)?(?=$|[\s,、能可找想有招小初高大本中])|(?<=招)[男女]工?(?=$|[\s,、吗的])"
    r"|(?<![^\s,、])(?:本人|已婚|未婚|有孩子|宝妈)(?=$|[\s,、能可找想])"
)
_OWN_PRIMARY_SCHOOL = re.compile(r"(?<![^\s,、])(?:只有|只读过|读过)?小学(?=$|[\s,、能可找想])")


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
    """What a folded question wants of a job; None if it is not about one, as far as words tell.

    `names`: those of today's postings, asked for only if they are needed.
    """
    if len(text) > LONGEST or _OTHER.search(text):
        return None
    if not _CLUE.search(text):
        return None if _ASKS_HOW.search(text) else _of_a_place(text, vocabulary, names())
    text = _OF_ONESELF.sub(" ", text)
    period = periods.read(text, today)
    rest = period.rest if period else text
    sum_, rest = pay.asked(rest)
    degree, rest = degrees.asked(_OWN_PRIMARY_SCHOOL.sub("小学文化 ", rest))
    years, rest = experience.asked(rest)
    conditions, rest = working_conditions.asked(rest)
    if sum_ and (time := pay.paid_by(text)):
        conditions = {"paid_by": time, **conditions}
    plain = _KIND.sub(" ", rest)
    of_jobs = plain != rest or _OF_WORK.search(text) is not None
    if not (of_jobs or sum_ or degree or conditions or years is not None):
        return None
    words, employer, place = _named(vocabulary.core(plain), names())
    if not of_jobs and sum(map(len, words)) > FEW:
        return None
    dates = DateRange(period.first, period.last) if period else None
    query = JobQuery(words, place, sum_, degree, employer, dates, years=years, **conditions)
    return JobQuestion(query, of_jobs)


def _of_a_place(text: str, vocabulary: Vocabulary, names: KnownNames) -> JobQuestion | None:
    """东港 电工: few words, and a place where somebody is hiring."""
    words, _, place = _named(vocabulary.core(text), names)
    if not place or not words or sum(map(len, words)) > FEW:
        return None
    return JobQuestion(JobQuery(words, place))


def _named(rest: str, names: KnownNames) -> tuple[tuple[str, ...], str, str]:
    """The words of what is left, with the employer and the place among them."""
    words, employer, places = list[str](), "", list[str]()
    for run in plain_text.runs_of(rest):
        run = _bare(run)
        if not employer and names.is_employer(run):
            employer, run = run, ""
        if not employer and (found := _EMPLOYER.fullmatch(run)):
            employer, run = found[1], _bare(found[2])
        place, run = names.place(run)
        while place:
            places.append(place)
            place, run = names.place(_bare(run))
        if not places and (found := _PLACE.fullmatch(run)) and len(stem(found[1])) > 1:
            places, run = [found[1]], _bare(found[2])
        words += [run] if run else []
    return tuple(words), employer, " ".join(places)


def _bare(run: str) -> str:
    """A run without what is said around the word that matters: 找个文员 → 文员."""
    found = _BEFORE.match(run)
    return _AFTER.sub("", run[found.end() :] if found else run)
