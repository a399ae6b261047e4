"""What a job offers besides pay: board and lodging, insurance, days off, shifts, hours, and by what time it pays.

A posting has what it says it has: what is only likely is not promised to anybody.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

CHOICES = {  # for each condition what can be asked for, and how it is said
    "board": {"both": "包吃住", "lodging": "包住", "meals": "包吃", "canteen": "有食堂或工作餐", "couple": "夫妻房"},
    "rest": {"weekends": "双休"},
    "shift": {"day": "白班", "no-night": "不上夜班", "night": "夜班"},
    "paid_by": {"day": "按天算工资", "hour": "按小时算工资"},
    "hours": {"side": "兼职", "part": "半天或小时工"},
    "overtime": {"none": "不加班"},
    "seat": {"sitting": "坐着上班"},
    "commute": {"bus": "有班车"},
    "site": {"home": "在家做或远程"},
    "insured": {"fund": "五险一金", "social": "交社保"},
}
_ASKED = (  # in a folded question; the first that fits each condition counts
    (
        "site",
        "home",
        r"(?:能|可以?|想|要)*在家里?(?:就)?(?:能|可以?)?(?:做|干|办公|工作|上班|挣钱|赚钱)(?:点|些)?(?:手工活?|的)?|居家(?:办公|工作|上班|(?=客服|兼职))|远程(?:办公|工作|上班|(?=客服|兼职))|remote(?: or hybrid)?|hybrid|(?:做|干|接)?(?:点|些)?手工活|线上(?:工作|办公|上班)|不(?:用)?坐班|没办法坐班",
    ),
    (
        "board",
        "couple",
        r"(?:提供|安排|给|住|带|有)?夫妻(?:房间?|间|宿舍|单间)|夫妻(?:俩|两个?|二人|双方)|(?:小?两口子?|夫妻)(?=.{0,8}(?:住|干|做|上班|进厂|打工|找))",
    ),
    ("board", "both", r"(?:包|管|有|提供|能)(?:吃[包管]?住|食宿|住[包管]?吃)"),
    ("board", "lodging", r"(?:包|管|能|可以?|提供|有|带)(?:住宿?|宿舍|公寓)(?!房?补)"),
    ("board", "meals", r"(?:包|管)(?:吃|饭|三餐|午餐|工作餐)"),
    ("board", "canteen", r"(?:有|带)(?:食堂|工作餐|员工餐)"),
    (
        "rest",
        "weekends",
        r"(?:周末)?(?<!单)双休(?!日)|周末(?:休息|不上班|不加班|放假)|做五休二|五天工作制|(?:只)?工作日上班|周一(?:至|到)(?:周)?五(?:上班)?|周六(?:周|和)?日(?:都)?休息?|周[六日]休息",
    ),
    (
        "shift",
        "no-night",
        r"(?:夜班|晚班)(?:少|不多)(?:一?[点些])?|(?:不用?上?|没有?|无|不要|不想上|不值|不倒|不熬|非)(?:夜班?|晚班)|不(?:用)?倒班|(?:不要|不想|没有?|不用|无需)(?:上|值)?(?:倒班|轮班|[两三四]班倒)|晚上不(?:跑|上班|干活?|加班|出车)|不(?:跑|开)夜[车路]?|夜里不(?:跑|上班|干)|不熬夜|(?:[两三四]班)?(?:倒班?|运转|夜班|晚班)的?(?:不要|不行|不想|不考虑|就算了)",
    ),
    (
        "shift",
        "day",
        r"(?:只?上)?(?:长|常)?(?:白班|日班|白天班|行政班|正常班)|朝九晚[五六]|只?(?:能|想)?(?:上|干)?白天(?:能)?(?:的)?(?:上班|干活|班|活|工作)|只(?:能|想)白天",
    ),
    ("shift", "night", r"(?:能?上|值)?(?:大|小)?(?:夜班|晚班)"),
    (
        "hours",
        "side",
        r"(?:周末|周六|周日|周六日|晚上|平时|寒假|暑假|假期|下班[以之]?后?|白天|业余|课余)*(?:能|可以|想|要)?(?:[做干找])?(?:的|个|份|点|些)?(?:兼职|副业)|(?:晚上|周末|下班后?|业余)(?:能|可以)?[做干](?:点)?",
    ),
    (
        "hours",
        "part",
        r"上?半天班?|半日班?|(?:每天)?(?:三|四|3|4|两三|三四|几)个小时|(?:早上去)?(?:下午)?[一二两三四123]点半?(?:多|之?前|以前)?(?:就?能|可以?|就)?下班(?:早)?"
        r"|早下班|(?:只?能|要)(?:上|干|做)到(?:下午)?[一二两三四12345]点半?|时间(?:自由|灵活)|灵活时间|自由时间",
    ),
    ("overtime", "none", r"(?:不用?|不要|不想|没有?|无|不需要|少)加班|(?:不要?|拒绝|别|非)\s?996"),
    (
        "seat",
        "sitting",
        r"(?:能|可以)?坐着?(?:上班|干活|干|做事|做|工作)?(?:的)?[\s,]*(?:不(?:要|用|想)?(?:一直|老|久)?站(?:着)?)|(?:能|可以)?坐着(?:上班|干活|干|做事|做|工作)?|不(?:用|要|想)(?:一直|老|久)?站(?:着)?",
    ),
    (
        "commute",
        "bus",
        r"(?:能|要|得|最好)?(?<!没)(?:有|带|提供|包)(?:免费)?(?:班车|厂车|通勤车|接驳车)(?:接送)?(?!时刻|线路|几点|站|什么时候)",
    ),
    ("insured", "fund", r"(?:给|有|交|缴|上|带|包)*(?:五险一金|六险一金|公积金|一金)"),
    ("insured", "social", r"(?:给|有|交|缴|买|上|带|包)+(?:社保|五险|保险)|五险"),
    ("paid_by", "hour", r"小时工|钟点工|按(?:小时|钟点)(?:计?算)?(?:工资|钱|结算?)?"),
    (
        "paid_by",
        "day",
        r"日结|天结|当天结(?:算|账|工资)?|一天一结|[做干]一天(?:结|给)一天|按天(?:计?算)?(?:工资|钱|结算?)?|做一天(?:结|算)一天",
    ),
)
_ASKED_PATTERNS = [(name, code, re.compile(pattern + "(?:的|活儿?)?")) for name, code, pattern in _ASKED]

_NO = r"(?<![不无没])"
_LODGING = re.compile(
    rf"{_NO}包[吃住]*住|食宿(?!自理)|吃住(?!自理)|(?:免费|提供|安排|有)(?:住宿|宿舍|公寓)|住宿(?!自理|费)|夫妻房|人才公寓|住项目部|住家"
    rf"|(?:^|[\s、,;|/]){_NO}(?:员工|职工)?宿舍(?=$|[\s、,;|/。(])"
)
_COUPLE = re.compile("(?<![不无没])夫妻(?:房|间|宿舍)")
_NO_LODGING = re.compile(r"(?:不|无|没有?|不提供|不含|不包)(?:住宿|宿舍|食宿|吃住|住)|(?:食宿|吃住|住宿)自理")
_MEALS = re.compile(
    rf"{_NO}(?:包|管)吃|食宿|吃住|(?:免费|提供|[包管])(?:早|中|午|晚|工作)?餐|三餐|午餐|工作餐|教师餐|{_NO}(?:包|管)饭"
)
_NO_MEALS = re.compile(r"(?:不|无|没有?|不提供|不含)(?:包吃|管吃|餐|食宿|吃住)|(?:食宿|吃住|用餐)自理")
_WEEKENDS = re.compile(
    "(?<!单)双休(?!日加班)|周末休息|做五休二|五天(?:工作)?制|工作日(?:上班|[白早]班)|周一(?:至|到|-|~|—)(?:周)?五(?:上班|工作|[白早]班)"
)
_NO_WEEKENDS = re.compile("单双休|大小周|单休|周末有一?[天半个]*班|每?周休一天")
_NIGHT = re.compile(
    "夜班|晚班|[两三四]班(?:[一二两三]?运转|倒|轮|制)|倒班|轮班|夜间(?:作业|轮|值|工作)|上(?:二十四|24)(?:小时)?休|上一天休一天|24小时值|三班"
)
_NO_NIGHT = re.compile(
    "(?:不上|不用上|无需上?|没有|无|不倒|不值|免)(?:夜班|晚班)|不(?:用)?倒班|(?:不要|不想|没有?|不用|无需)(?:上|值)?(?:倒班|轮班|[两三四]班倒)|不轮班|夜间不"
)
_DAY = re.compile("[长常]?白班|日班|行政班|朝九晚[五六]|(?<!\\d)0?[6-9]:[0-5]\\d(?:至|到|-|~|—)1[5-8]:[0-5]\\d")
_HOURS = re.compile("\\d{1,2}:[0-5]\\d|每天可选.{0,4}小时|自由选择时段")  # hours that are written out
_AT_HOME = re.compile("在家(?:办公|工作|做)|居家|远程(?:办公|工作)|remote|不坐班|线上办公")
_BY_THE_HOUR = re.compile("[/每一元块][个]?小?时|时薪|/h")
_HOURLY = re.compile("小时工|钟点|计时工")
_BY_THE_DAY = re.compile("[/每一元块][天日]|日薪|日结")
_DAILY = re.compile("日结|天结|当天(?:工作当天)?结")
_PART = re.compile(
    "小时工|钟点|计时工|兼职|半天|半日(?!活动)|[34三四]小时|1[345]:[03]0下班|自由选择(?:时段|时间)?|时间自由|灵活(?:时间|用工)"
)
_SIDE = re.compile("[(（]兼|小时工|钟点|计时工|兼职|自由选择(?:时段|时间)?|时间自由|灵活(?:时间|用工)")
_NO_OVERTIME = re.compile("(?:不|无|没有|从不|基本不|不用|无需)加班")
_SITTING = re.compile("坐着|坐岗|坐班|站坐|办公室|文员|客服|打字|程序员|软件工程师|前端|资料员|设计师")
_STANDING = re.compile("站立|站着|久站")
_FUND = re.compile("一金|公积金")
_SOCIAL = re.compile("[五六]险|社保|社会保险")


@dataclass(frozen=True)
class Offer:
    """What a posting says of its conditions: the column of pay, and all its words; both normalised."""

    salary: str
    text: str

    def has(self, name: str, code: str) -> bool:
        """Whether it says that it has a condition of `CHOICES`."""
        return _HAS[name, code](self)


def asked(text: str) -> tuple[dict[str, str], str]:
    """The conditions that a folded question names, and the question without them."""
    named: dict[str, str] = {}
    for name, code, pattern in _ASKED_PATTERNS:
        if name not in named and pattern.search(text):
            named[name] = code
            text = " ".join(pattern.sub(" ", text).split())
    return named, text


def says_shift(offer: Offer) -> bool:
    """Whether it says anything of shifts: by day, at night or not, or from when to when."""
    said = (_DAY, _NO_NIGHT, _HOURS, _NIGHT)
    return any(one.search(offer.text) for one in said)


def has_nights(offer: Offer) -> bool:
    """Whether it says that it has work by night: 每周一个夜班."""
    return _night(offer)


def says_daily(offer: Offer) -> bool:
    """Whether it pays on the day, and does not only reckon by days."""
    return _DAILY.search(offer.text) is not None


def is_plain(offer: Offer, shift: str, hours: str) -> bool:
    """Whether it says in so many words what is asked of shifts and hours, and is not only free of the opposite."""
    return (shift != "no-night" or says_shift(offer)) and (hours != "part" or _SIDE.search(offer.text) is not None)


def _lodging(offer: Offer) -> bool:
    return _says(_LODGING, _NO_LODGING, offer.text)


def _meals(offer: Offer) -> bool:
    return _says(_MEALS, _NO_MEALS, offer.text)


def _night(offer: Offer) -> bool:
    return _NIGHT.search(_NO_NIGHT.sub(" ", offer.text)) is not None


def _says(said: re.Pattern[str], denied: re.Pattern[str], text: str) -> bool:
    return said.search(text) is not None and not denied.search(text)


_HAS: dict[tuple[str, str], Callable[[Offer], bool]] = {
    ("board", "lodging"): _lodging,
    ("board", "couple"): lambda offer: _COUPLE.search(offer.text) is not None,
    ("board", "meals"): _meals,
    ("board", "canteen"): lambda offer: "食堂" in offer.text or _meals(offer),
    ("board", "both"): lambda offer: _lodging(offer) and _meals(offer),
    ("rest", "weekends"): lambda offer: _says(_WEEKENDS, _NO_WEEKENDS, offer.text),
    ("shift", "night"): _night,
    ("shift", "no-night"): lambda offer: not _night(offer),
    ("shift", "day"): lambda offer: _DAY.search(offer.text) is not None and not _night(offer),
    ("hours", "side"): lambda offer: _SIDE.search(offer.text) is not None,
    ("hours", "part"): lambda offer: _PART.search(offer.text) is not None,
    ("overtime", "none"): lambda offer: _NO_OVERTIME.search(offer.text) is not None,
    ("seat", "sitting"): lambda offer: _says(_SITTING, _STANDING, offer.text),
    ("commute", "bus"): lambda offer: re.search("班车|接驳车|通勤车|厂车", offer.text) is not None,
    ("site", "home"): lambda offer: _AT_HOME.search(offer.text) is not None,
    ("insured", "fund"): lambda offer: _FUND.search(offer.text) is not None,
    ("insured", "social"): lambda offer: _SOCIAL.search(offer.text) is not None,
    ("paid_by", "hour"): lambda offer: bool(_BY_THE_HOUR.search(offer.salary) or _HOURLY.search(offer.text)),
    ("paid_by", "day"): lambda offer: bool(_BY_THE_DAY.search(offer.salary) or _DAILY.search(offer.text)),
}
