"""What postings say of board, days off, shifts and experience; what is only likely counts for nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.jobs import experience, working_conditions
from content.rules.jobs.working_conditions import CHOICES, Offer


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("五险、包吃住", {"lodging", "meals", "both"}), ("包住不包吃", {"lodging"}), ("免费住宿（四人间带空调）", {"lodging"}),
        ("五险、宿舍、夜宵", {"lodging"}), ("负责考勤、宿舍和纠纷处理", set()), ("不包吃住", set()), ("食宿自理", set()), ("住房补贴", set()),
        ("五险、工作餐", {"meals"}), ("工地食宿", {"lodging", "meals", "both"}), ("不提供住宿", set()),
    ],
)  # fmt: skip
def test_board_is_what_is_said(text: str, has: set[str]) -> None:
    offer = Offer("", text)
    assert {code for code in CHOICES["board"] if offer.has("board", code)} - {"canteen"} == has
    assert offer.has("board", "canteen") == ("meals" in has)


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("四班三运转", {"night"}), ("长白班与夜班每两周轮换", {"night"}), ("上长白班", {"day", "no-night"}), ("白班八小时，两班工作餐", {"day", "no-night"}),
        ("不上夜班", {"no-night"}), ("朝九晚五", {"day", "no-night"}), ("夜间不进行破碎作业", {"no-night"}), ("上一天休一天", {"night"}), ("三班倒", {"night"}),
    ],
)  # fmt: skip
def test_shifts_are_what_is_said(text: str, has: set[str]) -> None:
    assert {code for code in CHOICES["shift"] if Offer("", text).has("shift", code)} == has


@pytest.mark.parametrize(
    ("text", "has"),
    [("双休", True), ("单双休", False), ("双休，周末有一天班", False), ("周末休息", True), ("每周休一天", False)],
)
def test_two_days_off_are_two(text: str, has: bool) -> None:
    assert Offer("", text).has("rest", "weekends") is has


@pytest.mark.parametrize(
    ("salary", "text", "has"),
    [
        ("200元/天", "", {"day"}), ("35元/小时", "", {"hour"}), ("6000元/月", "", set()), ("18-22元每小时", "", {"hour"}),
        ("6000元/月", "当天工作当天结算", {"day"}), ("面议", "小时工", {"hour"}), ("日结180", "", {"day"}), ("6000元/月", "每天8小时", set()),
    ],
)  # fmt: skip
def test_by_what_time_it_pays(salary: str, text: str, has: set[str]) -> None:
    assert {code for code in CHOICES["paid_by"] if Offer(salary, text).has("paid_by", code)} == has


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("3-4年工作经验", 3),
        ("2年以上", 2),
        ("不限", 0),
        ("无工作经验", 0),
        ("", None),
        ("本科", None),
        ("10年以上工作经验", 10),
        ("应届可", 0),
    ],
)
def test_experience_is_the_least_that_is_asked_for(text: str, years: int | None) -> None:
    assert experience.required(text) == years


@given(
    st.text(max_size=200) | st.text(alphabet="不包吃住宿舍双休夜班白长倒三四运转元天小时/结经验年0123，", max_size=200)
)
def test_any_text_is_read_without_a_fault(text: str) -> None:
    offer = Offer(text, text)
    assert all(isinstance(offer.has(name, code), bool) for name, codes in CHOICES.items() for code in codes)
    named, rest = working_conditions.asked(text)
    assert all(code in CHOICES[name] for name, code in named.items()) and len(rest) <= len(text)
    years, _ = experience.asked(text)
    assert years is None or 0 <= years <= experience.MOST
