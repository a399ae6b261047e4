"""Traditional characters are understood as simplified ones, on both sides of a search."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.language import plain_text
from content.rules.language.plain_text import simplified
from content.rules.language.query import vocabulary
from content.rules.language.similarity import SAME, likeness, terms

HAN = st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), max_size=60)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("公積金怎麼提取", "公积金怎么提取"),  # Taiwan's and the general spelling
        ("網上辦理衞生許可證綫上繳費", "网上办理卫生许可证线上缴费"),  # Hong Kong's
        ("頭髮 發票 皇后 以後 乾淨 幹部 臺灣 台灣", "头发 发票 皇后 以后 干净 干部 台湾 台湾"),  # many become one
        ("㑳𠮷 ｗｅｃｈａｔ公眾號", "㑇𠮷 ｗｅｃｈａｔ公众号"),
    ],
)
def test_traditional_characters_become_simplified(typed: str, meant: str) -> None:
    assert simplified(typed) == meant


@pytest.mark.parametrize(
    "text", ["怎么申请公租房", "著作权", "什么时候", "里程 面积 只有 云端 丑时 谷物", "", "emoji 🙂 ok"]
)
def test_simplified_text_keeps_its_meaning(text: str) -> None:
    assert simplified(text) == text.replace("著", "着")  # 著 is both, so search knows one of them


@given(HAN)
def test_folding_changes_each_character_for_one_and_only_once(text: str) -> None:
    once = simplified(text)
    assert len(once) == len(text)
    assert simplified(once) == once


def test_a_question_in_traditional_characters_asks_for_the_same() -> None:
    typed, meant = (plain_text.normalise(text) for text in ("請問公積金怎麼提取？", "请问公积金怎么提取?"))
    assert typed == meant


def test_a_question_in_traditional_characters_is_like_the_same_in_simplified_ones() -> None:
    one, other = (terms(text, vocabulary()) for text in ("公租房怎麼申請", "公租房怎么申请"))
    assert likeness(one, other) >= SAME
