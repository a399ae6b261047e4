"""The sentence of a notice that answers: it holds the date, sum, place or telephone that is asked for. Only quoted, never made.

A date in it that has passed is told too, so that nobody sets out for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from content.rules.language import plain_text

READ = 8000  # characters of a text that are looked through
LONGEST = 160  # characters of a sentence that is quoted; a longer one is cut at its pauses
LEAST = 2  # characters of the question that must stand in the sentence
NAMED = 1.5  # of these that it counts for if what is asked is called by its name
ASKED_ABOVE = 2.0  # … if the question above it asks the same
CLOSE_BY, BESIDE = 2.0, 12  # … if a word of the question stands so many characters from the answer
OF_THE_YEAR = 2.0  # … if it is of the year that is asked
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
        "telephone", "(?:电话|号码)是?多少|电话|联系方式|怎么联系|号码|打哪个|咨询谁|找谁|热线",
        r"(?<!\d)(?:0\d{2,3}-?\d{7,8}|1[3-9]\d{9}|[2-8]\d{7}|1[02]\d{3}|96\d{3}|400-?\d{3}-?\d{4})(?!\d)", "电话|热线|联系|咨询",
    ),
    _aspect("age", "几岁|多大年纪|多大岁数|年龄|年纪", rf"(?:\d+|{_NUMBER})\s?周?岁", "年满|年龄|周岁"),
    _aspect("points", "多少分|几分|分数", r"\d+\s?分(?![之钟局公支行])", "分值|积分|总分|满"),
    _aspect("rate", "利息|利率", r"\d[\d.]*\s?%|BP|LPR|百分之|无息|免息", "利率|利息|贴息"),
    _aspect("share", "修到|进度|到哪一?步|完成多少|干到", r"\d[\d.]*\s?%|封顶|完工|竣工|通车", "完成|进度|工程量"),
    _aspect("heads", "多少[人名]|几[个名]人?[，,。?]?$|招几[个人名]", r"\d+\s?(?:人|名|个名额|个?学位|个班)", "招|名额|人数|计划"),
    _aspect(
        "sum", "多少钱|多少元|几块|几百|几千|费用|收费|学费|价格|贵不贵|要钱|给钱|交钱|要不要钱|花钱|补多少|补贴多少|能领多少|领多少|交多少|缴多少|赔多少|给多少|拿多少|多少补|额度|标准是|"
        "租金多少|房租多少|一个月多少|一年多少|每月多少|多少一|多少$|几多钱",
        r"\d[\d.,]*\s?[万千百亿]?元|\d[\d.]*\s?%|百分之|免费|不收取?|不缴费", "标准|金额|费用|缴费|补贴|补助|租金|元|额度|收费|免费",
    ),
    _aspect(
        "duration", "多久|多长时间|多少天|多少个?工作日|几天|几个月|几年|几耐|等多长|时间限制|期限|有效期",
        rf"(?<!\d)\d{{1,3}}\s?个?工作日|\d+\s?[天日]以?内|\d+\s?个月|(?<!\d)\d{{1,2}}\s?年(?![\d级度])|{_NUMBER}(?:年(?![级度])|个月|天|个工作日|日内)|满?半年",
        "时限|期限|工作日内|日内|最长|最短|不超过|个月内",
    ),
    _aspect(
        "date", "什么时候|啥时候|啥时|何时|几时|几号|几月|几点|哪天|哪一天|截止|到期|时间|日期|过期没|还能报|还能申|还能交|来得及",
        rf"{_DAY}|{_CLOCK}|每[周月]|\d{{4}}年\d{{1,2}}月|全年|即日起", "时间|日期|截止|截至|期限|期为",
    ),
    _aspect(
        "place", "在哪|哪里|哪儿|去哪|到哪|哪个窗口|什么地方|地址|地点|怎么走|哪办|边度|窗口",
        r"窗口|大厅|(?:到|在|至|前往).{0,20}服务中心|[路街道巷]\d+号|大道\d*号?|\d+楼|[一二三四五六七八九]楼|地址[:：为是在]|小程序|官网", "地址|地点|窗口|办理|受理|申请|提交|报名",
    ),
)  # fmt: skip

# What the sentence has to say as well, if the question says this: the end of works is not the day of their permit.
_NEEDS = [
    (re.compile(asked), re.compile(needed))
    for asked, needed in (
        ("[修建做]完|[修建]好|完工|竣工|通车|建成|开通", "竣工|完工|完成|工期|建成|通车|开通|交付|交工"),
        ("几点", _CLOCK),
        ("截止|最晚|最迟|到期|来得及|过期|还能[报申交]", "截止|截至|至|止|前|逾期|到|—|–|-|全年|期限"),
        ("[交缴](?:多少|几多|钱|费)", "[交缴]|收费|免费"),
        ("一个月|每个?月|月租", "月"),
        ("一年多少|每年", "年"),
        ("[一每]个?人(?:能|可以)?[给补领拿交]?多少|人均", "每人|人均|/人|每名|每招|每户"),
    )
]
_NAMED = re.compile(r"\d+(?:号线|号楼|栋|路车|级)")  # what a question names by its number
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_SAID_YEAR = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1}
_CASE = re.compile("的[;；]$")  # one case of a list, no term
_FINE = re.compile("罚|违约金|滞纳金")
_NO_ANSWER = re.compile(
    "如下[:：。]?$|^(?:为|根据|按照)(?:了|进一步|深入|做好|加强|贯彻|持续|《)|印发给|特?制定本|^[^,，。:：;；]{4,}(?:指引|方案|通知|办法|指南|细则|通告|公告|解读|清单)》?$"
)
_SUM = re.compile(r"\d[\d.,]*\s?[万千百亿]?元")
_CONTACT = re.compile("致电|联系(?:科室|电话|人)|咨询电话|(?:咨询|建议|投诉)[:：]")
_HEADING = re.compile(
    r"(?:[(（]?[一二三四五六七八九十\d]+[)）、.]|第[一二三四五六七八九十\d]+[章节条问]).{1,16}[。:：]?|.{2,60}[?？]"
)

ASKS = re.compile("|".join(aspect.asked.pattern for aspect in ASPECTS))  # whether any of them is asked

_SENTENCE = re.compile(r"[^。;!；！\n]+[。;!；！]?")
_PAUSE = re.compile("[^,，、]+[,，、]?")
_DATE = re.compile(r"(?:((?:19|20)\d\d)年)?(\d{1,2})月(\d{1,2})日?(?:\s?[至到—–~-]+\s?(\d{1,2})日)?")
_UNTIL = re.compile(r"(?:截止|截至|至|到|—|–|-|~)(?:时间|日期)?[为是:]?\s*$")  # before the day
_IS_LAST = re.compile(r"\s*(?:\([^)]{0,8}\))?\s*(?:\d{1,2}[:时点]\d{0,2}分?)?(?:之?前|以前|止|为止|截止)")  # behind it


@dataclass(frozen=True)
class Sentence:
    """What is quoted. `passed`: the last day in it, if a term in it has ended."""

    text: str
    passed: date | None = None
    worth: float = 0.0  # how much of what is asked it says


def asked(question: str) -> list[Aspect]:
    """What is asked of a notice, by a folded question; each word counts for one thing: 电话多少 asks for no sum."""
    found = []
    for aspect in ASPECTS:
        rest = aspect.asked.sub(" ", question)
        if rest != question:
            found.append(aspect)
            question = rest
    return found


def find(
    body: str,
    question: str,
    wanted: Sequence[Aspect],
    *,
    terms: Sequence[str],
    is_about: bool,
    published_on: date | None,
    today: date,
) -> Sentence | None:
    """The sentence with what is wanted that shares most with the question's `terms`; None if there is none.

    `terms` are those that the title does not say; `is_about`: the title says so much of the question that what it asks
    for by name is enough.
    """
    for aspect in wanted:
        best, most = "", 0.0
        for sentence, folded, heading in _candidates(body, question, aspect):
            shared = sum(len(term) for term in terms if term in folded)
            above = sum(len(term) for term in terms if term in heading and term not in folded)
            is_named = aspect.named.search(folded) or aspect.named.search(heading) or _is_narrow(question)
            named = NAMED if is_named else 0.0
            under = ASKED_ABOVE if heading.endswith("?") and aspect.asked.search(heading) else 0.0
            near = CLOSE_BY if any(_is_close(folded, term, aspect) for term in terms) else 0.0
            worth = shared + above + named + under + near + of_its_year(folded, question, today)
            if worth > most and (shared + above >= LEAST or (is_about and worth >= NAMED)):
                best, most = sentence, worth
        if best:
            quoted = shortened(best, aspect, terms)
            return Sentence(quoted, passed(plain_text.fold(quoted), published_on, today), most)
    return None


def year_asked(question: str, today: date) -> int:
    """The year that a question names; 0 if none."""
    if found := _YEAR.search(question):
        return int(found[0])
    return next((today.year + offset for word, offset in _SAID_YEAR.items() if word in question), 0)


def of_its_year(folded: str, question: str, today: date) -> float:
    """What it is worth that a sentence is of the year that is asked; less than nothing if it is of another."""
    year, years = year_asked(question, today), {int(one) for one in _YEAR.findall(folded)}
    return 0.0 if not year or not years else OF_THE_YEAR if year in years else -OF_THE_YEAR


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
    for sentence, folded, heading in _sentences(body):
        if not aspect.holds.search(folded) or _is_no_answer(sentence):
            continue
        if aspect.name not in ("telephone", "place") and _CONTACT.search(sentence):
            continue
        if aspect.name in ("duration", "date") and _CASE.search(sentence):
            continue
        if aspect.name == "sum" and _FINE.search(folded) and "罚" not in question:
            continue
        if all(needs.search(folded) for needs in needed) and all(name in folded for name in named):
            yield sentence, folded, heading


def _sentences(body: str) -> Iterator[tuple[str, str, str]]:
    """Each sentence of a text, folded too, with the heading or the question above it; these are none themselves."""
    heading = ""
    for found in _SENTENCE.finditer(body[:READ]):
        sentence = found[0].strip()
        folded = plain_text.fold(sentence)
        if _HEADING.fullmatch(folded):
            heading = folded
        elif folded:
            yield sentence, folded, heading


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


def _is_end(folded: str, found: re.Match[str]) -> bool:
    before, behind = folded[max(0, found.start() - 8) : found.start()], folded[found.end() :]
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
