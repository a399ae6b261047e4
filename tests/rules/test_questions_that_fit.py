"""What ranks first is offered only if it holds what is asked; otherwise nothing was found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules import wording
from content.rules.questions import wanted
from content.store.index_query import vocabulary

ELECTRICIAN = "设备维修电工 云帆纺织有限公司 7000-9000元/月 持电工证"
NURSERY = "2026年秋季幼儿园招生报名指南 报名时间6月10日至15日，携带户口簿。"


def fits(asked: str, text: str) -> bool:
    """Whether the text holds enough of what is asked."""
    sought = wanted(asked, vocabulary())
    return sought.is_met_by({*sought.terms} & {*wording.terms(text), *wording.singles(text)})


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


@given(asked=st.text(max_size=60))
def test_a_text_fits_itself(asked: str) -> None:
    assert fits(asked, asked)
