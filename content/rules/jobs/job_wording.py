"""A search for jobs in words: each condition as it is said back to the citizen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from content.rules.jobs.degrees import DEGREE_WORDS, Degrees, RequiredDegree
from content.rules.jobs.job_query import DateRange, JobQuery
from content.rules.jobs.pay import Pay
from content.rules.language import periods

NO_LONGER = {  # the condition let go of
    "words": "不限工种", "place": "不限地点", "pay": "不限工资", "degree": "不限学历", "employer": "不限单位", "dates": "不限时间",
}  # fmt: skip


def conditions(query: JobQuery, today: date) -> dict[str, str]:
    """Each condition that is set, by its name: 电工, 东港, 8000元以上, 大专可报."""
    said: dict[str, Callable[[Any], str]] = {
        "words": " ".join,
        "pay": pay,
        "degree": degree,
        "dates": lambda dates: published(dates, today),
    }
    return {name: said.get(name, str)(getattr(query, name)) for name in query.conditions}


def pay(asked: Pay) -> str:
    """5000元以上, 5000元以下, 6000至8000元."""
    if asked.most is None:
        return f"{asked.least}元以上"
    return f"{asked.least}至{asked.most}元" if asked.least else f"{asked.most}元以下"


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
