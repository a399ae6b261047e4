"""What ranks first is offered only if it holds what is asked; otherwise nothing was found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.language import plain_text
from content.rules.language.query import vocabulary
from content.rules.language.question_terms import wanted

ELECTRICIAN = "设备维修电工 云帆纺织有限公司 7000-9000元/月 持电工证"
NURSERY = "2026年秋季幼儿园招生报名指南 报名时间6月10日至15日，携带户口簿。"


def fits(asked: str, text: str) -> bool:
    """Whether the text holds enough of what is asked."""
    sought = wanted(asked, vocabulary())
    return sought.is_met_by({*sought.terms} & {*plain_text.terms(text), *plain_text.singles(text)})


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("招聘电工", ELECTRICIAN),
        ("有没有招电工的", ELECTRICIAN),
        ("幼儿园报名", NURSERY),
        ("请问幼儿园什么时候报名", NURSERY),
    ],
)
def test_what_holds_the_things_asked_for_fits(asked: str, text: str) -> None:
    assert fits(asked, text)


@pytest.mark.parametrize("asked", ["量子纠缠蒸馏塔", "今天天气怎么样", "讲个笑话"])
def test_what_shares_a_stray_pair_does_not(asked: str) -> None:
    assert not fits(asked, ELECTRICIAN + "今天")


def test_a_word_that_is_said_otherwise_counts_as_said() -> None:
    assert fits("公租房怎么申请", "公共租赁住房申请指南")
    assert fits("公租房", "公共租赁住房")
    assert not fits("公租房", "公共交通 租赁汽车")  # pieces of the other word are not the word


@pytest.mark.parametrize(
    "opening",
    [
        "请问",
        "麻烦问下",
        "我想问一下",
        "我想咨询",
        "想了解一下",
        "跟您打听一下",
        "帮我看看",
        "帮忙查一下",
        "我要找",
        "哪里有",
        "你好，求问",
    ],
)
def test_how_politely_it_is_asked_makes_no_difference(opening: str) -> None:
    assert wanted(f"{opening}道路改造", vocabulary()) == wanted("道路改造", vocabulary())


def test_of_a_letter_a_third_is_enough() -> None:
    letter = "每天半夜两点以后附近的工厂都要排放很臭的气体已经连续一个月没有人来管"
    assert fits(letter, "半夜 工厂 排放 气体 连续 一个月")
    assert not fits(letter, "工厂 一个月")


def test_single_letters_and_digits_tell_nothing() -> None:
    assert not fits("1+1等于几", "1 元 属于 1")
    assert not fits("a", "a")


@given(asked=st.text(max_size=60))
def test_a_text_fits_itself(asked: str) -> None:
    assert fits(asked, asked) == any(len(run) > 1 or plain_text.is_chinese(run) for run in plain_text.runs(asked))
