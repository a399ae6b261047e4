"""A search for jobs in words: each condition as it is said back to the citizen."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from content.rules.jobs.degrees import DEGREE_WORDS, Degrees, RequiredDegree
from content.rules.jobs.job_query import DateRange, JobQuery
from content.rules.jobs.pay import HOURS, PAID_DAYS, Pay
from content.rules.jobs.working_conditions import CHOICES
from content.rules.language import periods

NO_LONGER = {  # the condition let go of
    "words": "不限工种", "place": "不限地点", "pay": "不限工资", "degree": "不限学历", "employer": "不限单位", "dates": "不限时间",
    "board": "不限食宿", "rest": "不限休息", "shift": "不限班次", "paid_by": "不限计薪", "years": "不限经验", "avoid": "不排除工种",
    "hours": "不限时段", "overtime": "不限加班", "seat": "不限坐站", "insured": "不限社保", "commute": "不限班车", "site": "不限在哪做",
}  # fmt: skip


CALLED = {words[2:]: name for name, words in NO_LONGER.items()} | {  # a condition as citizens call it
    "薪资": "pay", "待遇": "pay", "薪水": "pay", "钱": "pay", "地方": "place", "区域": "place", "城市": "place", "地区": "place", "公司": "employer",
    "文凭": "degree", "年限": "years", "住宿": "board", "吃住": "board", "工种": "words", "岗位": "words", "时间": "dates", "夜班": "shift", "双休": "rest",
}  # fmt: skip
EASED = {  # what is shown instead when nothing meets the condition
    "place": "放宽到别的地方", "pay": "工资放宽一些", "degree": "学历放宽一些", "employer": "别的单位也放进来", "dates": "时间放宽一些",
    "board": "食宿不限", "rest": "休息不限", "shift": "班次不限", "paid_by": "按月算工资的也放进来", "years": "经验放宽一些", "avoid": "不要的工种也放进来",
    "hours": "全天的也放进来", "overtime": "加班不限", "seat": "坐站不限", "insured": "社保不限", "commute": "没有班车的也放进来", "site": "要到单位上班的也放进来",
}  # fmt: skip
_LICENCE = re.compile("(?<![a-z])[abc](?=[12]|照)")
_SHARES = {"day": (PAID_DAYS, "每天"), "hour": (PAID_DAYS * HOURS, "每小时")}


def conditions(query: JobQuery, today: date) -> dict[str, str]:
    """Each condition that is set, by its name: 电工, 东港, 8000元以上, 大专可报."""
    said: dict[str, Callable[[Any], str]] = {
        "words": lambda words: _LICENCE.sub(lambda found: found[0].upper(), " ".join(words)).replace("|", "或"),
        "place": lambda place: place.replace("|", "或"),
        "pay": lambda asked: pay(asked, query.paid_by),
        "years": lambda years: f"{years}年经验可报" if years else "不要求经验",
        **{name: words.__getitem__ for name, words in CHOICES.items()},
        "degree": degree,
        "avoid": lambda words: f"不要{'、'.join(words)}",
        "dates": lambda dates: published(dates, today),
    }
    return {name: said.get(name, str)(getattr(query, name)) for name in query.conditions}


def pay(asked: Pay, paid_by: str = "") -> str:
    """5000元以上, 5000元以下, 6000至8000元; 每天200元以上 of who asks for wages by the day."""
    share, time = _SHARES.get(paid_by, (1.0, ""))
    least = round(asked.least / share)
    if asked.most is None:
        return f"{time}{least}元以上"
    most = round(asked.most / share)
    return f"{time}{least}至{most}元" if asked.least else f"{time}{most}元以下"


def degree(asked: Degrees) -> str:
    """大专可报, 要求本科以上, 不要求学历."""
    if asked.least:
        return f"要求{DEGREE_WORDS[asked.least]}" + ("以上" if asked.most == max(RequiredDegree) else "")
    return f"{DEGREE_WORDS[asked.most]}可报" if asked.most else "不要求学历"


def published(dates: DateRange, today: date) -> str:
    """2026年11月发布, 11月20日以后发布."""
    if dates.last == date.max:
        return f"{periods.said(dates.first, dates.first, today)}以后发布"
    if dates.first == date.min:
        return f"{periods.said(dates.last, dates.last, today)}以前发布"
    return f"{periods.said(dates.first, dates.last, today)}发布"
