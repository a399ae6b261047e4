"""Pay in yuan a month, out of the words of employers and of citizens: 0.8-1.5万/月, 8千以上, 日结200, 20元/小时."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from content.rules.language import numerals, plain_text

PAID_DAYS = 21.75  # a month's: 人社部发〔2025〕2号 and its predecessors
HOURS = 8  # a day's: 劳动法 art. 36
LIKELY = (300, 300_000)  # yuan a month; anything else was misread
A_YEARS = 80_000  # a sum from here on that does not say of what time is a year's
SURELY_YUAN = 500  # 8000-1.2万: what is so large has no unit to share
ABOUT = 0.1  # 5000左右: 4500 to 5500

_UNITS = {"万": 10_000.0, "w": 10_000.0, "千": 1000.0, "k": 1000.0}
_MONTHS = {"月": 1.0, "年": 1 / 12, "周": 52 / 12, "天": PAID_DAYS, "日": PAID_DAYS, "时": HOURS * PAID_DAYS}
_NAMED = "月薪|年薪|周薪|日薪|时薪|日结|工资|薪资|薪水|薪酬|底薪|保底|收入|待遇|月入|年入|到手|税后|税前|实发|实拿"
_CUE = f"{_NAMED}|(?:每|一)个?(?:月|年|周|天|日|小时)"
_MORE = "(?:不|不能|不可以?|不要|不得|不想|别)(?:低于|少于|比)|不下|至少|起码|最低|最少|少说|大于|高于|多于|超过|≥|>=?"
_LESS = "(?:不|不要|别)(?:高于|超过)|最多|最高|小于|低于|少于|≤|<=?"
_YUAN = "元|块钱?|rmb"
_FIRST, _SECOND = (
    rf"(?<![\d.a-z])(?P<{number}>\d{{1,7}}(?:\.\d{{1,4}})?)\s?(?P<{unit}>[万千wk]?)"
    for number, unit in (("first", "unit"), ("second", "unit2"))
)
_TIME, _TIME2 = (
    rf"(?:\s?(?:[/每一]|(?<=[元块钱万千wk]))\s?(?:个|小)?(?P<{name}>月|年|周|天|日|时|h(?![a-z]))(?!以?[前后内]|[经工验龄薪]))?"
    for name in ("time", "time2")
)
_SUM = re.compile(
    rf"(?:期望|希望|要求)?(?P<cue>{_CUE})?(?:要求?|在|是|(?<!没)有|大?约|大概|差不多|能|给|开|得|最好|希望|达到|拿|[:：])*\s?(?P<bound>{_MORE}|{_LESS})?\s?"
    rf"{_FIRST}[多来]?\s?(?P<yuan>{_YUAN})?(?:\s?[-~至到]+\s?{_SECOND})?\s?(?P<yuan2>{_YUAN})?{_TIME}"
    rf"(?P<side>及?以上|起步?|[往朝]上|打底|出头|多(?=块|元|$|[\s的])|\+|以下|以内|左右|上下|之间)?{_TIME2}(?P<cue2>\s?的?(?:月薪|年薪|年收入|工资|薪资|薪水|收入|待遇|到手|税后|税前|保底))?"
)
_OVER_TEN_THOUSAND = re.compile(
    rf"((?:{_NAMED})(?:能|可|可以|要|都)?)[过上破]万(?!\w*人)|^[过上破]万(?=的(?:工作|岗位|职位|活|$))"
)
_ABOUT_A_WHOLE = re.compile("(?<![0-9一二两三四五六七八九十几百千])(?:(万)|(千))[把来](?=$|[块元\\s左的])")  # 万把块
_UNWANTED = re.compile(r"的?(?:话|工作|活)?(?:我|就|都|一律|也)*(?:不(?:要|考虑|干|去|做|行|想|看|谈)|免谈|别|勿扰)")
# 一万二三, 八千五六: from the one to the other
_CLOSE = re.compile(
    "([0-9]{1,2}|[一二两三四五六七八九])(万|千)(一|二|三|四|五|六|七|八)(二|三|四|五|六|七|八|九)(?![一二三四五六七八九十百千万])"
)
# 四五千, 七八千, 一两万: from the one to the other
_NEIGHBOURS = re.compile(
    "(?<![一二两三四五六七八九十百千])(一|二|两|三|四|五|六|七|八)(两|二|三|四|五|六|七|八|九)(千|万)(?![\u4e00-\u9fff]?[一二三四五六七八九])"
)
_NOT_PAY = re.compile(
    r"\s?(?:人|名|位|个|小?时|天|平|米|公里|吨|号|户|家|岁|次|年|分|级|届|条|%|期|路|楼|栋|点|热线|[-./]?\d)"
)
_BESIDE = re.compile(  # what stands in a column of pay and is none
    r"(?:每天|每日)?\d{1,2}\s*(?:薪|险|金(?!额)|点|号|休|班|小时|个月|年(?!薪))|[·*x]\s*\d{1,2}\s*薪?|\([^)]*\)"
)
_SAID_APART = (  # 200-260,按天算
    (re.compile("年薪|[/每]年|元年|万年|一年"), "年"),
    (re.compile("时薪|[/元每]一?小时|[/元每]时|/h"), "时"),
    (re.compile("日薪|日结|[/每一元][天日]"), "天"),
    (re.compile("周薪|[/每]周"), "周"),
)
_DASHES = str.maketrans(dict.fromkeys("—–−―‐‑－〜～∼", "-"))


@dataclass(frozen=True)
class Pay:
    """Yuan a month, from `least` to `most` (None: no end)."""

    least: int
    most: int | None = None

    def meets(self, low: int | None, high: int | None) -> bool:
        """Whether some of what a posting pays lies within it; what says nothing of pay does not."""
        return low is not None and high is not None and high >= self.least and (self.most is None or low <= self.most)


@functools.lru_cache(4096)  # thousands of postings offer the same
def offered(text: str) -> tuple[int, int] | None:
    """Least and most yuan a month in an employer's words: 200元/天 → (4350, 4350); None if it can't be told."""
    figured = _figured(_BESIDE.sub(" ", _figured(plain_text.normalise(text))))
    sums = list(_SUM.finditer(figured))
    found = next((one for one in sums if one["second"]), sums[0] if sums else None)
    apart = next((time for spelling, time in _SAID_APART if spelling.search(figured)), "")
    pay = _pay(found, apart) if found else None
    return (pay.least, pay.least if pay.most is None else pay.most) if pay else None


def asked(text: str) -> tuple[Pay | None, str]:
    """What a folded question asks for, and the question without it.

    A sum counts that says it is one (元, 千, 月薪, 以上) or has four or five figures; 2025 and 35岁 do not.
    """
    found, figured = _meant(text)
    if found is None:
        return None, text
    unwanted = _UNWANTED.match(figured, found.end()) if found["side"] or found["bound"] else None
    end = unwanted.end() if unwanted else found.end()
    return _pay(found), " ".join(f"{figured[: found.start()]} {figured[end:]}".split())


def paid_by(text: str) -> str:
    """day or hour if the sum of a folded question is one of a day or an hour; else empty."""
    found, _ = _meant(text)
    return {"天": "day", "日": "day", "时": "hour"}.get(_time(found), "") if found else ""


def _meant(text: str) -> tuple[re.Match[str] | None, str]:
    """The first sum that is meant as one, and the text in figures."""
    figured = _OVER_TEN_THOUSAND.sub(r"\g<1>10000以上", _figured(text))
    sums = _SUM.finditer(figured)
    return next((found for found in sums if _is_meant(found, figured) and _pay(found)), None), figured


def _figured(text: str) -> str:
    """Sums in figures without commas, ranges with one kind of dash."""
    apart = _NEIGHBOURS.sub(_between, re.sub(r"(?<=\d),(?=\d{3})", "", text.translate(_DASHES)))
    apart = _CLOSE.sub(_close, _ABOUT_A_WHOLE.sub(lambda found: "10000" if found[1] else "1000", apart))
    return numerals.in_figures(apart)


def _close(found: re.Match[str]) -> str:
    """一万二三 → 12000-13000."""
    whole, part = round(_UNITS[found[2]]), round(_UNITS[found[2]] / 10)
    base = int(found[1]) if found[1].isdigit() else numerals.DIGITS[found[1]]
    first, second = (base * whole + numerals.DIGITS[sign] * part for sign in (found[3], found[4]))
    return f"{first}-{second}" if first < second else found[0]


def _between(found: re.Match[str]) -> str:
    """四五千 → 4000-5000."""
    first, second = (round(numerals.DIGITS[sign] * _UNITS[found[3]]) for sign in (found[1], found[2]))
    return f"{first}-{second}"


def _is_meant(found: re.Match[str], text: str) -> bool:
    if any(found[name] for name in ("unit", "unit2", "yuan", "yuan2", "cue2")):
        return True
    if _NOT_PAY.match(text, found.end()):
        return False
    if found["cue"]:
        return True
    if found["time"]:  # 35一小时, 200/天; not 5 天
        return text[found.end("first") : found.start("time")].strip(" 多来")[:1] in ("/", "每", "一")
    first = found["first"]
    if found["side"] or found["bound"] or found["second"]:
        return float(first) >= 1000
    return first.isdigit() and len(first) in (4, 5) and not 1950 <= int(first) <= 2050


def _pay(found: re.Match[str], apart: str = "") -> Pay | None:
    """The sum as a month's; `apart` is the time that stands elsewhere."""
    low, high = _sums(found)
    time = _time(found) or apart or ("年" if max(low, high or 0) >= A_YEARS else "月")
    ends = sorted(round(one * _MONTHS[time]) for one in (low, high) if one is not None)
    if not (LIKELY[0] <= ends[0] and ends[-1] <= LIKELY[1]):
        return None
    return Pay(ends[0], ends[1]) if len(ends) == 2 else _bounded(found, ends[0])


def _time(found: re.Match[str]) -> str:
    said = (found["time"] or found["time2"] or found["cue"] or found["cue2"] or "").replace("h", "时")
    return next((sign for sign in _MONTHS if sign in said), "")


def _sums(found: re.Match[str]) -> tuple[float, float | None]:
    """The one or two sums in yuan; 6-8千 shares its unit, 8千-12000 does not."""
    first, second = float(found["first"]), found["second"]
    unit2 = found["unit2"] or ("" if float(second or 0) >= SURELY_YUAN else found["unit"])
    unit = found["unit"] or ("" if first >= SURELY_YUAN else unit2)
    high = float(second) * _UNITS.get(unit2, 1.0) if second else None
    return first * _UNITS.get(unit, 1.0), high


def _bounded(found: re.Match[str], sum_: int) -> Pay:
    """A single sum is the least that is meant, unless it says otherwise."""
    side, bound = found["side"] or "", found["bound"] or ""
    if side in ("以下", "以内") or re.fullmatch(_LESS, bound):
        return Pay(sum_) if _UNWANTED.match(found.string, found.end()) else Pay(0, sum_)
    if side in ("左右", "上下"):
        return Pay(round(sum_ * (1 - ABOUT)), round(sum_ * (1 + ABOUT)))
    return Pay(sum_)
