"""Dates and years in questions: what they mean on which day, and what belongs to them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from content.rules.language import periods
from content.rules.language.plain_text import normalise

SUNDAY = date(2026, 11, 22)
DAYS = st.dates(date(2001, 1, 1), date(2090, 12, 31))


def days(text: str, today: date = SUNDAY) -> tuple[str, str] | None:
    found = periods.read(normalise(text), today)
    return (found.first.isoformat(), found.last.isoformat()) if found else None


def year(number: int) -> tuple[str, str]:
    return f"{number}-01-01", f"{number}-12-31"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("去年预算", year(2025)), ("2024年决算", year(2024)), ("2024决算", year(2024)), ("２０２４年度决算", year(2024)),
        ("二〇二四年决算", year(2024)), ("25年预算", year(2025)), ("前年", year(2024)), ("大前年", year(2023)), ("明年预算", year(2027)),
        ("本月招聘", ("2026-11-01", "2026-11-30")), ("上个月", ("2026-10-01", "2026-10-31")),
        ("3月份的招聘", ("2026-03-01", "2026-03-31")), ("十二月", ("2025-12-01", "2025-12-31")),
        ("去年12月", ("2025-12-01", "2025-12-31")), ("2025年3月", ("2025-03-01", "2025-03-31")), ("2025-03", ("2025-03-01", "2025-03-31")),
        ("今天的公告", ("2026-11-22", "2026-11-22")), ("昨天", ("2026-11-21", "2026-11-21")),
        ("3月5号停水", ("2026-03-05", "2026-03-05")), ("12月1日", ("2025-12-01", "2025-12-01")), ("2025.3.4", ("2025-03-04", "2025-03-04")),
        ("本周", ("2026-11-16", "2026-11-22")), ("上周", ("2026-11-09", "2026-11-15")), ("上上周", ("2026-11-02", "2026-11-08")),
        ("上周五", ("2026-11-13", "2026-11-13")), ("这周一", ("2026-11-16", "2026-11-16")),
        ("最近一周", ("2026-11-16", "2026-11-22")), ("近7天", ("2026-11-16", "2026-11-22")), ("这几天", ("2026-11-20", "2026-11-22")),
        ("近三个月", ("2026-08-25", "2026-11-22")), ("最近半年", ("2026-05-25", "2026-11-22")),
        ("第三季度", ("2026-07-01", "2026-09-30")), ("上季度", ("2026-07-01", "2026-09-30")), ("四季度", ("2026-10-01", "2026-12-31")),
        ("上半年", ("2026-01-01", "2026-06-30")), ("去年下半年", ("2025-07-01", "2025-12-31")),
    ],
)  # fmt: skip
def test_a_date_means_what_people_mean_by_it(text: str, meant: tuple[str, str]) -> None:
    assert days(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [("去年预算", year(2025)), ("3月份", ("2025-03-01", "2025-03-31")), ("上个月", ("2025-12-01", "2025-12-31")),
     ("上季度", ("2025-10-01", "2025-12-31")), ("下半年", ("2025-07-01", "2025-12-31")), ("上周", ("2025-12-22", "2025-12-28"))],
)  # fmt: skip
def test_in_january_the_past_is_last_year(text: str, meant: tuple[str, str]) -> None:
    assert days(text, date(2026, 1, 2)) == meant


@pytest.mark.parametrize(
    "text",
    ["公租房怎么申请", "电工 5000以上", "3年以上经验", "生育津贴3个月", "2000元补贴", "13月", "2月30日", "周边学校", "月薪8000", "下周", "5月子中心",
     "24小时", "2026人", "2050 预算"],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    assert days(text) is None


def test_the_question_is_left_without_its_date_and_the_date_is_said_back() -> None:
    found = periods.read("去年的部门预算", SUNDAY)
    assert found and (found.rest, found.words, found.year) == ("的部门预算", "2025年", 2025)
    said = {
        text: found.words
        for text in ("今天", "上周", "3月份", "近两年", "上半年")
        if (found := periods.read(text, SUNDAY))
    }
    assert said == {"今天": "11月22日", "上周": "11月9日至11月15日", "3月份": "2026年3月", "上半年": "2026年1至6月",
                    "近两年": "2024年11月23日至11月22日"}  # fmt: skip


def test_the_year_in_the_title_counts_before_the_day_it_came_out() -> None:
    last = periods.read("2024年决算", SUNDAY)
    assert last
    assert last.holds("2024年度部门决算公开", date(2025, 9, 11)) and not last.holds("2023年度决算", date(2024, 9, 1))
    assert last.holds("人才公寓管理办法", date(2024, 5, 1)) and not last.holds("人才公寓管理办法", date(2025, 5, 1))
    assert last.holds("五年规划（2021—2025年）", None) and last.holds("二〇二四年预算", None)
    assert not last.holds("人才公寓管理办法", None)
    month = periods.read("2025年9月", SUNDAY)
    assert month and month.holds("2024年度部门决算公开", date(2025, 9, 11)), "a month is when it came out"


@given(DAYS, st.text(max_size=40))
def test_whatever_is_read_has_its_days_in_order_and_leaves_less(today: date, text: str) -> None:
    found = periods.read(normalise(text), today)
    if found:
        assert found.first <= found.last and found.words and len(found.rest) < len(normalise(text))
        assert found.holds("", found.first) and found.holds("", found.last)


@given(
    DAYS,
    st.sampled_from(
        [
            "今天",
            "昨天",
            "前天",
            "本周",
            "上周",
            "上周三",
            "本月",
            "上个月",
            "3月",
            "12月5日",
            "近10天",
            "去年",
            "上季度",
        ]
    ),
)
def test_what_is_past_or_present_never_begins_in_the_future(today: date, text: str) -> None:
    found = periods.read(text, today)
    assert found and found.first <= today


@given(DAYS, DAYS)
def test_a_full_date_is_that_day_whenever_it_is_asked(day: date, today: date) -> None:
    for text in (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.isoformat()}",
        f"{day.year}年{day.month}月{day.day}号的",
    ):
        found = periods.read(text, today)
        assert found and (found.first, found.last) == (day, day)


@given(DAYS, st.integers(1, 12))
def test_a_month_without_a_year_is_the_last_one(today: date, month: int) -> None:
    found = periods.read(f"{month}月份", today)
    assert found and found.first.month == found.last.month == month
    assert found.first <= today < found.first + timedelta(days=367)


@given(st.integers(2000, 2050), DAYS)
def test_a_named_year_is_the_whole_of_it(number: int, today: date) -> None:
    assume(number <= today.year + 1)
    for text in (f"{number}年的预算", f"{number}年度预算", f"{number}预算"):
        found = periods.read(text, today)
        assert found and found.year == number
