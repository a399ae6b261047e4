"""What a short question asks, and what it says of its own."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue import command_words
from content.rules.follow_ups import aspects, own_words, posting_questions


@pytest.mark.parametrize(
    "text", ["要带什么材料", "那要交多少钱呢", "一个人交多少", "几号截止", "怎么申请呢", "电话发我一个", "多久能批下来"]
)
def test_what_names_nothing_has_no_words_of_its_own(text: str) -> None:
    assert own_words.of(text) == [] and (aspects.read(text).aspects or aspects.read(text).matters)


@pytest.mark.parametrize(
    ("text", "word"), [("江湾苑停水吗", "江湾苑"), ("公租房怎么申请", "公租房"), ("双胞胎可以一起摇吗", "双胞胎")]
)
def test_what_it_names_is_its_own(text: str, word: str) -> None:
    assert word in "".join(own_words.of(text))


def test_the_first_that_is_asked_takes_its_words() -> None:
    assert [aspect.name for aspect in aspects.read("电话多少").aspects] == ["telephone"]
    assert [aspect.name for aspect in aspects.read("要几个工作日").aspects] == ["duration"]
    assert [aspect.name for aspect in aspects.read("材料交到哪").aspects] == ["place"]
    assert aspects.asked_words("护理补贴一个月多少钱") == "多少钱"


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("一个小时多少", "工资"),
        ("发个位置给我", "地址"),
        ("管不管饭", "包不包吃"),
        ("要招几个人", "人数"),
        ("是哪家公司", "单位"),
        ("没经验可以吗", "经验要求"),
    ],
)
def test_what_is_asked_of_a_posting(text: str, called: str) -> None:
    asked, rest = posting_questions.read(text)
    assert called in [one.called for one in asked] and len(rest) <= 1


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("第二个要几年经验", 2, "要几年经验"),
        ("那第三条呢", 3, "呢"),
        ("最后一个电话多少", 5, "电话多少"),
        ("2号工资", 2, "工资"),
    ],
)
def test_an_entry_is_named_by_its_number(text: str, number: int, rest: str) -> None:
    assert command_words.entry_number(text, 5) == number and command_words.rest_after_number(text) == rest


@pytest.mark.parametrize("text", ["第二污水厂投资多少", "第二次申报", "第三季度优良率", "第1批名单", "3号线末班"])
def test_a_name_with_a_number_is_no_entry(text: str) -> None:
    assert command_words.entry_number(text, 5) is None


@given(st.text(max_size=2000))
def test_any_text_is_read(text: str) -> None:
    aspects.read(text), own_words.of(text), posting_questions.read(text), command_words.entry_number(text, 3)


@pytest.mark.parametrize("piece", ["怎么", "多少钱", "第二", "一个月", "电话", "要不要", "9"])
def test_a_long_text_takes_no_longer_than_its_length(piece: str) -> None:
    text = (piece * 2000)[:2000]
    started = time.process_time()
    own_words.of(text), posting_questions.read(text), command_words.entry_number(text, 3)
    assert time.process_time() - started < 0.5
