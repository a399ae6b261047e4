"""What employers write about pay and schooling, as numbers that a filter can compare."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.jobs.degrees import RequiredDegree, in_text, required
from content.rules.jobs.pay import LIKELY, offered
from content.rules.jobs.posting_figures import reading


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("6000-8000元/月", (6000, 8000)), ("６０００—８０００元／月", (6000, 8000)), ("6,000~8,000", (6000, 8000)),
        ("6000至8000元", (6000, 8000)), ("月薪6000到8000元", (6000, 8000)), ("6-8千/月", (6000, 8000)),
        ("0.8-1.5万/月", (8000, 15000)), ("8千-1.2万", (8000, 12000)), ("8000-1.2万", (8000, 12000)),
        ("6K-8K·13薪", (6000, 8000)), ("6-8k*14", (6000, 8000)), ("10-15万/年", (8333, 12500)), ("年薪20万", (16667, 16667)),
        ("100万以上/年", (83333, 83333)), ("200元/天", (4350, 4350)), ("日结180", (3915, 3915)),
        ("20元/小时", (3480, 3480)), ("18-22元每小时", (3132, 3828)), ("5千以下/月", (0, 5000)), ("5000以上", (5000, 5000)),
        ("底薪3000+提成", (3000, 3000)), ("五险一金 5000", (5000, 5000)), ("6000-8000元/月（13薪）", (6000, 8000)),
        ("每天12小时 6000元", (6000, 6000)), ("5000元/月，单休", (5000, 5000)),
    ],
)  # fmt: skip
def test_pay_is_read_as_yuan_a_month(text: str, month: tuple[int, int]) -> None:
    assert offered(text) == month


@pytest.mark.parametrize(
    "text", ["", "面议", "薪资面谈", "五险一金", "多劳多得", "1", "99999999万", "电话000-85510201"]
)
def test_what_tells_no_pay_is_no_pay(text: str) -> None:
    assert offered(text) is None


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("不限", RequiredDegree.ANY), ("学历不限", RequiredDegree.ANY), ("初中及以下", RequiredDegree.MIDDLE), ("高中", RequiredDegree.SECONDARY),
        ("中技", RequiredDegree.SECONDARY), ("大专及以上", RequiredDegree.COLLEGE), ("大学专科", RequiredDegree.COLLEGE),
        ("高中或大专", RequiredDegree.SECONDARY), ("大学本科", RequiredDegree.BACHELOR), ("本科/硕士", RequiredDegree.BACHELOR),
        ("硕士研究生及以上", RequiredDegree.MASTER), ("博士", RequiredDegree.DOCTOR), ("", None), ("5人", None), ("英语良好", None),
    ],
)  # fmt: skip
def test_schooling_is_the_least_that_is_asked_for(text: str, least: RequiredDegree | None) -> None:
    assert required(text) is least


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("Bachelor or Master degree in Finance", RequiredDegree.BACHELOR), ("本科及以上学历，硕士优先", RequiredDegree.BACHELOR),
        ("任职要求：1、大专以上，会办公软件", RequiredDegree.COLLEGE), ("统招本科", RequiredDegree.BACHELOR), ("高中或以上文化程度", RequiredDegree.SECONDARY),
        ("学历要求：硕士", RequiredDegree.MASTER), ("Master's degree or above", RequiredDegree.MASTER), ("PhD in statistics", RequiredDegree.DOCTOR),
        ("硕士优先", None), ("给高中生补课", None), ("负责本科室的卫生", None), ("学历不限，会开车就行", RequiredDegree.ANY),
    ],
)  # fmt: skip
def test_a_degree_that_only_the_text_asks_for_is_read(text: str, least: RequiredDegree | None) -> None:
    assert in_text(text) is least
    assert reading({"title": "专员", "description": text})["schooling"] == least


@given(st.text(alphabet="0123456789.-~万千wkK元/月年天小时以上下薪·*() 一", max_size=40) | st.text(max_size=80))
def test_whatever_is_written_the_pay_is_a_likely_one_or_none(text: str) -> None:
    found = offered(text)
    assert found is None or 0 <= found[0] <= found[1] <= LIKELY[1]
    required(text)
