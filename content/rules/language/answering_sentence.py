"""The sentence of a notice that answers: it holds the date, sum, place or telephone that is asked for. Only quoted, never made.

A date in it that has passed is told too, so that nobody sets out for nothing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from content.rules.language import plain_text

READ = 8000  # characters of a text that are looked through
LAST_TEXTS = 16  # that are remembered in sentences
LONGEST = 160  # characters of a sentence that is quoted; a longer one is cut at its pauses
LEAST = 2  # characters of the question that must stand in the sentence
NAMED = 1.5  # of these that it counts for if what is asked is called by its name
ASKED_ABOVE = 2.0  # … if the question above it asks the same
OF_A_PART = 6.0  # against one part of a sum, where all of it is asked
OF_ANOTHER = 0.75  # … against it, if it says nothing of what the title says of the question
OF_THE_YEAR = 1.5  # … if it is of the year that is asked for, or the newest; against it, if it is of an older one
LEAST_ELSEWHERE = 5  # characters of it that must stand in the sentence if the title says next to nothing of it
CLOSE_BY, BESIDE = 2.0, 12  # … if a word of the question stands so many characters from the answer
TIMES_AND_SUMS = ("sum", "date", "duration")  # of which a question tells more: until when, for a month
NEXT_YEAR = timedelta(days=60)  # a day without a year that lies so long before the notice is one of the year after


@dataclass(frozen=True)
class Aspect:
    """What may be asked of a notice. `asked`: how; `holds`: how an answer looks; `named`: what a notice calls it."""

    name: str
    asked: re.Pattern[str]
    holds: re.Pattern[str]
    named: re.Pattern[str]


def _aspect(name: str, asked: str, holds: str, named: str) -> Aspect:
    return Aspect(name, re.compile(asked), re.compile(holds), re.compile(named))


_DAY = r"\d{1,2}月\d{1,2}日|\d{1,2}月[上中下]旬|\d{1,2}月底"
_CLOCK = r"\d{1,2}[:时点]\d{0,2}"
_NUMBER = "[一二两三四五六七八九十]+"

# The first that is asked counts.
ASPECTS = (
    _aspect(
        "telephone", "(?:电话|号码)是?多少|电话(?!里?申请|办理?|预约|报名|通知|上|登记|报|能办)|联系方式|怎么联系|号码|打哪个|咨询谁|找谁|热线",
        r"(?<!\d)(?:0\d{2,3}-?\d{7,8}|1[3-9]\d{9}|[2-8]\d{7}|1[02]\d{3}|96\d{3}|400-?\d{3}-?\d{4})(?!\d)", "电话|热线|联系|咨询",
    ),
    _aspect("age", "几岁|多大年纪|多大岁数|年龄|年纪", rf"(?:\d+|{_NUMBER})\s?周?岁", "年满|年龄|周岁"),
    _aspect("points", "多少分|几分|分数", r"\d+\s?分(?![之钟局公支行])", "分值|积分|总分|满"),
    _aspect("rate", "利息|利率", r"\d[\d.]*\s?%|BP|LPR|百分之|无息|免息", "利率|利息|贴息"),
    _aspect("share", "修到|进度|到哪一?步|完成多少|干到", r"\d[\d.]*\s?%|封顶|完工|竣工|通车", "完成|进度|工程量"),
    _aspect("heads", "名额|多少(?:[人名]|[条件篇](?=$|信息|申请|投诉|文件|消息|文章))|几[个名]人?[，,。?]?$|招几[个人名]", r"\d+\s?(?:人|名|个名额|个?学位|个班|条|件|篇)", "招|名额|人数|计划|公开|受理|新收"),
    _aspect(
        "sum", "多少钱|多少元|几块|几百|几千|费用|收费|学费|价格|贵不贵|要钱|给钱|交钱|收钱|收不收|要不要钱|花钱|补多少|补贴多少|能领多少|领多少|交多少|缴多少|赔多少|给多少|拿多少|多少补|额度|标准是|"
        "租金多少|房租多少|一个月多少|一年多少|每月多少|多少一|多少$|几多钱|(?:租金|房租|房价|价格|收费|收费标准|补贴标准|费用)$",
        r"\d[\d.,]*\s?[万千百亿]?元|\d[\d.]*\s?%|百分之|免费|不收取?|不缴费", "标准|金额|费用|缴费|补贴|补助|租金|元|额度|收费|免费",
    ),
    _aspect(
        "duration", "多久|多长时间|多少天|多少个?工作日|几天|几个月|几年|几耐|等多长|时间限制|期限|有效期",
        rf"(?<!\d)\d{{1,3}}\s?个?工作日|\d+\s?[天日]以?内|\d+\s?个月|(?<!\d)\d{{1,2}}\s?年(?![\d级度])|{_NUMBER}(?:年(?![级度])|个月|天|个工作日|日内)|满?半年",
        "时限|期限|工作日内|日内|最长|最短|不超过|个月内",
    ),
    _aspect(
        "date", "什么时候|啥时候|啥时|何时|几时|几号(?!窗|楼|门|线|厅|柜)|几月|几点|哪天|哪一天|截止|到期|时间|日期|过期没|还能报|还能申|还能交|来得及",
        rf"{_DAY}|{_CLOCK}|每[周月]|\d{{4}}年\d{{1,2}}月|全年|即日起", "时间|日期|截止|截至|期限|期为",
    ),
    _aspect(
        "place", "在哪|哪里|哪儿|去哪|到哪(?=[里儿个办去交领报申找]|$)|哪个窗口|几号(?:窗|楼|门|厅|柜)|什么地方|地址|地点|怎么走|哪办|边度|窗口(?!期)",
        r"窗口|大厅|(?:到|在|至|前往).{0,20}服务中心|[路街道巷]\d+号|大道\d*号?|\d+楼|[一二三四五六七八九]楼|地址[:：为是在]|小程序|官网", "地址|地点|窗口|办理|受理|申请|提交|报名",
    ),
)  # fmt: skip

# What the sentence has to say as well, if the question says this: the end of works is not the day of their permit.
_NEEDS = [
    (re.compile(asked), re.compile(needed))
    for asked, needed in (
        ("[修建做]完|[修建]好|完工|竣工|通车|建成|开通", "竣工|完工|完成|工期|建成|通车|开通|交付|交工"),
        ("几点", _CLOCK),
        ("罚(?!站)", "罚|违约金|滞纳金"),
        ("截止|最晚|最迟|到期|来得及|过期|还能[报申交]", "截止|截至|至|止|前|逾期|到|—|–|-|全年|期限"),
        ("[交缴](?:多少|几多|钱|费)", "[交缴]|收费|免费"),
        (
            "(?:[领补赔拿发奖]|给)(?:到|我|个人)?(?:多少|几[百千万]|几多)",
            r"\d[\d.,]*\s?[万千百亿]?元|\d[\d.]*\s?%|百分之",
        ),
        ("一个月|每个?月|月租", "月"),
        ("一年多少|每年", "年"),
        ("[一每]个?人(?:能|可以)?[给补领拿交]?多少|人均", "每人|人均|/人|每名|每招|每户"),
    )
]
_YEARS = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1}
_NAMED_YEAR = re.compile(r"(?<!\d)(20\d\d)年?(?!\d)|今年|本年|去年|前年|明年")
_YEAR_SAID = re.compile(r"(?<!\d)(20\d\d)年")
_NAMED = re.compile(r"\d+(?:号线|号楼|栋|路车|级)")  # what a question names by its number
_PART = re.compile(r"[(（][一二三四五六七八九十][)）]([\u4e00-\u9fff()]{2,12}?费)")  # of a sum that was not asked of
_CASE = re.compile("的[;；]$")  # one case of a list, no term
_WHATEVER = re.compile(  # says of what size or when, and of nothing else
    "一?平方?米?|一亩|每?一?个人|每人|一个月|每?个?月|一年|每年|一天|每天|一次|总共|一共|到底|开始|结束|截止|开放|申请|报名|办理|现在|目前|标准|大概|最多|最少|最高|今年|去年|明年|20\\d\\d年?|[费钱能用领拿给发要收交缴到在去了的是有没会可以办花谁和又还都就]"
)
_NEXT = re.compile("下一|下次|下场|接下来|还有|最近一|以后")  # asks for what is still to come
_LABEL = re.compile(r".{0,12}(?:时间|日期|期限|时限)[为是:：]")  # a term that is called so: 供热时间：
_FINE = re.compile("罚|违约金|滞纳金")
_MONEY, _IN_PARTS = re.compile("元|免费|不收|不缴费"), re.compile("报|比例|几成|利|率|优惠|折|占|补|赔")
_NO_ANSWER = re.compile(
    "^[(（]?注[:：]|如下[:：。]?$|^(?:为|根据|按照)(?:了|进一步|深入|做好|加强|贯彻|持续|《)|印发给|特?制定本|^[^,，。:：;；]{4,}(?:指引|方案|通知|办法|指南|细则|通告|公告|解读|清单)》?$"
)
_OF_A_FINE, FEW_FINES = re.compile("罚(?!站)"), 2
_SUM = re.compile(r"\d[\d.,]*\s?[万千百亿]?元")
_CONTACT = re.compile("致电|联系(?:科室|电话|人)|咨询电话|(?:咨询|建议|投诉)[:：]")
_HEADING = re.compile(
    r"(?:[(（]?[一二三四五六七八九十\d]+[)）、.]|第[一二三四五六七八九十\d]+[章节条问]|[^\d，。]{2}[一二三四五六七八九十\d]+[:：]).{1,16}[。:：]?|.{2,60}[?？]"
)

# Cases by themselves, which nobody means who does not say so.
OTHER_CASE = re.compile(
    "续[租签期]|造假|退出|腾退|死亡|丧葬|抚恤|遗属|继承|撤销|取消|转租|骗取|虚假|隐瞒|弄虚作假|调换|弃租|视为放弃|异议|申诉|监督检查|追究|责令|没收|停发|停领|资格核对|未在规定|取消.{0,4}资格|不符合.{0,8}条件|遗失|终止(?!妊娠|劳动|或者解除)"
    "|代亮证|使用手机存在困难|紧急情况下|非户籍所在地|非本市户籍|其他特殊情形|特殊情形所需|复[评议]|每年.{0,8}复[核审]|有效期届满|未按规定|原办法|原规定|不支付下列"
)

ASKS_WHETHER = re.compile(
    "能不能|可不可以|可以.{0,12}(?:吗|么|不|嘛)$|能.{0,12}(?:吗|么|不|嘛)$|要不要|用不用|需要.{0,10}(?:吗|不|么)$|是不是|算不算|行不行|有没有|会不会|(?:吗|么)$"
)
MOST_OF_A_WHETHER, LEAST_OF_A_WHETHER = 0.5, 4.0  # of the terms of such a question, and characters of them
WORDS_OF_A_WHETHER = 2  # of them that the sentence itself says
_MAY = _aspect(
    "whether",
    "",
    "可以?|不得|不予|不收|不受理|暂不|应当?|须|需|能够|方可|免|不设|不再|取消|禁止|允许|有权|均|已|享受",
    "",
)
ASKS = re.compile("|".join(aspect.asked.pattern for aspect in ASPECTS))  # whether any of them is asked

_SENTENCE = re.compile(r"[^。;!；！\n]+[。;!；！]?")
_PAUSE = re.compile("[^,，、]+[,，、]?")
_DATE = re.compile(r"(?:((?:19|20)\d\d)年)?(\d{1,2})月(\d{1,2})日?(?:\s?[至到—–~-]+\s?(\d{1,2})日)?")
_UNTIL = re.compile(r"(?:截止|截至|至|到|—|–|-|~)(?:时间|日期)?[为是:]?\s*$")  # before the day
_OF_BIRTH = re.compile(r"\s*(?:期间|之间)?出生")
_IS_LAST = re.compile(r"\s*(?:\([^)]{0,8}\))?\s*(?:\d{1,2}[:时点]\d{0,2}分?)?(?:之?前|以前|止|为止|截止)")  # behind it


@dataclass(frozen=True)
class Sentence:
    """What is quoted. `passed`: the last day in it, if a term in it has ended."""

    text: str
    passed: date | None = None
    worth: float = 0.0  # how much of what is asked it says


@functools.lru_cache(plain_text.MOMENT)
def asked(question: str) -> tuple[Aspect, ...]:
    """What is asked of a notice, by a folded question; each word counts for one thing: 电话多少 asks for no sum."""
    found = []
    for aspect in ASPECTS:
        rest = aspect.asked.sub(" ", question)
        if rest != question:
            found.append(aspect)
            question = rest
    return tuple(found)


def find(
    body: str,
    question: str,
    wanted: Sequence[Aspect],
    *,
    terms: Sequence[str],
    is_about: bool,
    published_on: date | None,
    today: date,
    is_named: bool = True,
    is_whole: bool = True,
    titled: Collection[str] = (),
) -> Sentence | None:
    """The sentence with what is wanted that shares most with the question's `terms`; None if there is none.

    `terms` are those that the title does not say; `is_about`: the title says so much of the question that what it asks
    for by name is enough; `is_named`: it says some of it; `is_whole`: it says all of what a sum is asked of;
    `titled`: the terms that the title says, which of many matters of one notice tell the right one.
    """
    least = LEAST if is_named else LEAST_ELSEWHERE
    for aspect in wanted:
        best, most = "", 0.0
        found = list(_candidates(body, question, aspect))
        if aspect.name == "date" and _NEXT.search(question):
            found = [one for one in found if not _is_over(one[1], published_on, today)]
        year = year_asked(question, today)
        newest = max((_newest(folded) for _, folded, _ in found), default=0)
        for sentence, folded, heading in found:
            shared = sum(len(term) for term in terms if term in folded)
            above = sum(len(term) for term in terms if term in heading and term not in folded)
            called = aspect.named.search(folded) or aspect.named.search(heading) or _is_narrow(question)
            named = NAMED if called else 0.0
            under = ASKED_ABOVE if aspect.asked.search(heading) else 0.0
            near = CLOSE_BY if any(_is_close(folded, term, aspect) for term in terms) else 0.0
            worth = shared + above + named + under + near + _of_the_year(folded, year, newest, aspect)
            if _OF_A_FINE.search(question) and len(found) > FEW_FINES:
                break  # a law has many, each for another deed
            told = shared + above >= least or (is_named and under > 0)
            said = f"{heading} {folded}"
            is_only = is_about and is_whole and aspect.name == "date" and len(found) == 1
            if aspect.name == "sum" and (part := _PART.match(folded)) and part[1] not in question:
                worth -= OF_A_PART
            rank = worth if not titled or any(term in said for term in titled) else worth - OF_ANOTHER
            if rank > most and (
                told or is_only or (is_about and worth >= NAMED and _is_of_all(question, folded, aspect, is_whole))
            ):
                best, most = sentence, rank
        if best:
            quoted = shortened(best, aspect, terms)
            return Sentence(quoted, passed(plain_text.fold(quoted), published_on, today), most)
    return None


def year_asked(question: str, today: date) -> int:
    """The year that a question names; 0 if it names none."""
    found = _NAMED_YEAR.search(question)
    if found is None:
        return 0
    return int(found[1]) if found[1] else today.year + _YEARS[found[0]]


def whether(body: str, terms: Sequence[str]) -> Sentence | None:
    """The sentence that tells whether what a question asks may be; None if none says most of it."""
    found = saying(body, terms, least=max(MOST_OF_A_WHETHER * sum(map(len, terms)), LEAST_OF_A_WHETHER))
    if found is None or sum(term in plain_text.fold(found.text) for term in terms) < WORDS_OF_A_WHETHER:
        return None
    if not _MAY.holds.search(found.text):
        return None
    return Sentence(shortened(found.text, _MAY, terms), worth=found.worth)


def saying(body: str, terms: Sequence[str], *, least: float = LEAST) -> Sentence | None:
    """The sentence that says most of these terms; None if none says two characters of them."""
    best, most = "", 0.0
    for sentence, folded, heading in _sentences(body[:READ]):
        worth = sum(len(term) for term in terms if term in folded) + 0.5 * sum(
            len(term) for term in terms if term in heading
        )
        if worth > most and not _is_no_answer(sentence) and not _CONTACT.search(sentence):
            best, most = sentence, worth
    return Sentence(best, worth=most) if most >= least else None


@functools.lru_cache(plain_text.MOMENT)
def rest(question: str) -> str:
    """What a question says besides what it asks for, of what size and when."""
    for aspect in asked(question):
        question = aspect.asked.sub(" ", question)
    return _WHATEVER.sub(" ", question)


def _is_of_all(question: str, folded: str, aspect: Aspect, is_whole: bool) -> bool:
    """Whether a sentence that calls by its name what is asked is the one: of a day or a term there are many in a notice."""
    if aspect.name in ("date", "duration"):
        return _is_narrow(question) or (is_whole and _LABEL.match(folded) is not None)
    return is_whole or aspect.name != "sum"


def _newest(folded: str) -> int:
    return max((int(year) for year in _YEAR_SAID.findall(folded)), default=0)


def _of_the_year(folded: str, year: int, newest: int, aspect: Aspect) -> float:
    """What it counts for that a sentence is of the year that is asked for, or of an older one; a term may begin before."""
    own = _newest(folded) if aspect.name == "sum" else 0
    if own and own < (year or newest):
        return -OF_THE_YEAR
    return OF_THE_YEAR if own and own == year else 0.0


def _is_narrow(question: str) -> bool:
    """Whether it tells so much of what is asked that a sentence which holds it is the one: 3号线, 完工."""
    return bool(_NAMED.search(question)) or any(asks.search(question) for asks, _ in _NEEDS[:1])


def _is_close(folded: str, term: str, aspect: Aspect) -> bool:
    """Whether a word of the question stands right beside what it asks for: 5月7日起网上报名."""
    at = folded.find(term)
    return at >= 0 and aspect.holds.search(folded[max(0, at - BESIDE) : at + len(term) + BESIDE]) is not None


def _candidates(body: str, question: str, aspect: Aspect) -> Iterator[tuple[str, str, str]]:
    """The sentences that can be an answer, folded too, with the heading or the question above them."""
    needed = [needs for asks, needs in _NEEDS if asks.search(question)] if aspect.name in TIMES_AND_SUMS else []
    named = _NAMED.findall(question)
    for sentence, folded, heading in _sentences(body[:READ]):
        if not aspect.holds.search(folded) or _is_no_answer(sentence):
            continue
        if aspect.name not in ("telephone", "place") and _CONTACT.search(sentence):
            continue
        if aspect.name in ("duration", "date") and _CASE.search(sentence):
            continue
        if aspect.name == "sum" and not _MONEY.search(folded) and not _IN_PARTS.search(question):
            continue
        if aspect.name in TIMES_AND_SUMS and (found := OTHER_CASE.search(folded)) and found[0] not in question:
            continue
        if aspect.name == "sum" and _FINE.search(folded) and "罚" not in question:
            continue
        if all(needs.search(folded) for needs in needed) and all(name in folded for name in named):
            yield sentence, folded, heading


@functools.lru_cache(LAST_TEXTS)
def _sentences(body: str) -> tuple[tuple[str, str, str], ...]:
    """Each sentence of a text, folded too, with the heading or the question above it; these are none themselves."""
    heading, said = "", list[tuple[str, str, str]]()
    for found in _SENTENCE.finditer(body):
        sentence = found[0].strip()
        folded = plain_text.fold(sentence)
        if _HEADING.fullmatch(folded):
            heading = folded
        elif folded:
            said.append((sentence, folded, heading))
    return tuple(said)


def _is_no_answer(sentence: str) -> bool:
    """A preamble that names no sum, or the title of a text."""
    return _NO_ANSWER.search(sentence) is not None and not _SUM.search(sentence)


def shortened(sentence: str, aspect: Aspect, terms: Sequence[str]) -> str:
    """The sentence, or the parts of a long one around what is asked."""
    if len(sentence) <= LONGEST:
        return sentence
    parts = _PAUSE.findall(sentence)
    worth = [
        (2 if aspect.holds.search(folded := plain_text.fold(part)) else 0) + sum(term in folded for term in terms)
        for part in parts
    ]
    first = last = worth.index(max(worth))
    size = len(parts[first])
    while True:
        ahead = len(parts[first - 1]) if first else LONGEST
        after = len(parts[last + 1]) if last + 1 < len(parts) else LONGEST
        if size + min(ahead, after) > LONGEST:
            break
        if after <= ahead:
            last += 1
        else:
            first -= 1
        size = sum(len(part) for part in parts[first : last + 1])
    said = "".join(parts[first : last + 1])[:LONGEST].strip(",，、 ")
    return f"{'…' if first else ''}{said}{'…' if last + 1 < len(parts) else ''}"


def passed(folded: str, published_on: date | None, today: date) -> date | None:
    """The last day on which a term ends, if it is over; a day on which something began ends nothing."""
    ends, year = [], 0
    for found in _DATE.finditer(folded):
        year = int(found[1]) if found[1] else year  # 2026年1月1日至12月31日 are of one year
        if _is_end(folded, found) and (day := _day(found, published_on, year)):
            ends.append(day)
    return max(ends) if ends and max(ends) < today else None


def _is_over(folded: str, published_on: date | None, today: date) -> bool:
    """Whether all days that it names are over."""
    days = [_day(found, published_on, int(found[1] or 0)) for found in _DATE.finditer(folded)]
    known = [day for day in days if day]
    return bool(known) and max(known) < today


def _is_end(folded: str, found: re.Match[str]) -> bool:
    before, behind = folded[max(0, found.start() - 8) : found.start()], folded[found.end() :]
    if _OF_BIRTH.match(behind):
        return False
    return bool(found[4] or _UNTIL.search(before) or _IS_LAST.match(behind))


def _day(found: re.Match[str], published_on: date | None, named: int) -> date | None:
    year = named or (published_on.year if published_on else 0)
    try:
        day = date(year, int(found[2]), int(found[4] or found[3]))
    except ValueError:
        return None
    if not named and published_on and day < published_on - NEXT_YEAR:
        day = date(year + 1, day.month, min(day.day, 28))
    return day
