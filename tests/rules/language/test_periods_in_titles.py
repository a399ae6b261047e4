"""Which months, quarters and halves a title or a text names, and which of these a question means."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.language.periods import read
from content.rules.language.periods_in_titles import meets, named

TODAY, OCTOBER = date(2026, 11, 22), date(2026, 10, 12)


def spans(text: str, published_on: date | None = OCTOBER) -> list[tuple[str, str]]:
    return [(first.isoformat(), last.isoformat()) for first, last in named(text, published_on)]


@pytest.mark.parametrize(
    ("title", "span"),
    [
        ("2026年9月行政许可办理结果公示", ("2026-09-01", "2026-09-30")),
        ("第三季度安全生产隐患排查治理情况通报", ("2026-07-01", "2026-09-30")),
        ("2026年前三季度重点建设项目进展情况", ("2026-01-01", "2026-09-30")),
        ("2026年上半年预算执行情况", ("2026-01-01", "2026-06-30")),
        ("2026年3月至6月政府采购意向公开", ("2026-03-01", "2026-06-30")),
        ("劳动保障监察案件（2026年第二季度）", ("2026-04-01", "2026-06-30")),
        ("十二月放假安排", ("2025-12-01", "2025-12-31")),
        ("下半年就业活动", ("2026-07-01", "2026-12-31")),
    ],
)
def test_a_title_names_its_period(title: str, span: tuple[str, str]) -> None:
    assert spans(title) == [span]


@pytest.mark.parametrize(
    "title", ["2026年部门预算公开", "9月15日停水通告", "二〇二六年工作要点", "13月", "公租房指南", "三个月内"]
)
def test_a_year_or_a_day_is_no_such_period(title: str) -> None:
    assert spans(title) == []


def test_without_a_day_of_publication_only_full_periods_count() -> None:
    assert spans("第三季度通报", None) == [] and spans("2025年9月公示", None) == [("2025-09-01", "2025-09-30")]


@pytest.mark.parametrize(
    ("asked", "title", "published_on", "held"),
    [
        ("9月份办了多少许可", "2026年9月行政许可办理结果公示", OCTOBER, True),
        ("10月的许可", "2026年9月行政许可办理结果公示", OCTOBER, False),
        ("三季度安全生产", "第三季度安全生产隐患排查治理情况通报", OCTOBER, True),
        ("前三季度重点项目", "2026年前三季度重点建设项目进展情况", OCTOBER, True),
        ("5月采购意向", "2026年3月至6月政府采购意向公开", date(2026, 2, 27), True),
        ("上半年预算执行", "2026年上半年预算执行情况", date(2026, 7, 24), True),
        ("10月的通知", "关于人才公寓的通知", OCTOBER, True),
    ],
)
def test_what_a_title_names_counts_before_the_day_it_came_out(
    asked: str, title: str, published_on: date, held: bool
) -> None:
    period = read(asked, TODAY)
    assert period is not None and period.holds(title, published_on) is held


def test_a_class_at_school_is_no_year_and_three_quarters_are_nine_months() -> None:
    assert read("孩子上一年级要什么材料", TODAY) is None
    period = read("前三季度重点项目", TODAY)
    assert period and (period.first, period.last) == (date(2026, 1, 1), date(2026, 9, 30))
    assert period.is_named_in("2026年前三季度重点建设项目进展情况") and not period.is_named_in("2025年前三季度进展")


@given(st.text(max_size=2000), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_whatever_is_named_is_in_order_and_meets_itself(text: str, published_on: date) -> None:
    for first, last in named(text, published_on):
        assert first <= last and first.day == 1 and meets([(first, last)], first, last)
