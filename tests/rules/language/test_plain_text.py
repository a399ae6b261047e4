"""Folding, terms, fitting and masking hold for any text, not only for the kind ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.language import plain_text

FAMILY = "👨‍👩‍👧‍👦"
ANY = st.text(st.characters(codec=None), max_size=200)


def test_full_width_letters_and_capitals_are_folded() -> None:
    assert plain_text.normalise("ＡＢＣ　１２３\u200b电工") == "abc 123电工"


def test_chinese_is_cut_into_pairs_and_words_stay_whole() -> None:
    assert plain_text.terms("公租房怎么申请？GB18030 第3条") == [
        "公租",
        "租房",
        "房怎",
        "怎么",
        "么申",
        "申请",
        "gb18030",
        "第",
        "3",
        "条",
    ]


def test_nothing_to_search_for_gives_no_terms() -> None:
    assert plain_text.terms(" ？！😀\u200b ") == []


@given(ANY)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = plain_text.normalise(text)
    assert plain_text.terms(once) == plain_text.terms(text)
    once.encode()  # no half of a surrogate pair is left


@given(ANY)
def test_terms_are_never_blank_and_can_be_stored(text: str) -> None:
    for term in plain_text.terms(text):
        assert term and not any(letter.isspace() for letter in term)
        term.encode()


@given(ANY, st.integers(0, 300))
def test_a_fitted_text_fits_and_starts_like_the_text(text: str, room: int) -> None:
    fitted = plain_text.fit(text, room)
    assert len(fitted.encode("utf-8", "replace")) <= room
    assert fitted == text or text.startswith(fitted.removesuffix("…"))


@pytest.mark.parametrize("emoji", [FAMILY, "👍🏽", "🇨🇳", "1️⃣", "é", "❤️", "🏴\U000e0067\U000e0062\U000e007f"])
@pytest.mark.parametrize("room", range(1, 60))
def test_an_emoji_is_kept_whole_or_left_out(emoji: str, room: int) -> None:
    fitted = plain_text.fit("好" + emoji * 2 + "的", room, mark="")
    assert fitted in {"", "好", "好" + emoji, "好" + emoji * 2, "好" + emoji * 2 + "的"}


def test_a_text_of_nothing_but_marks_is_still_cut() -> None:
    assert 0 < len(plain_text.fit("a" + "\u0301" * 2000, 1800).encode()) <= 1800


def test_a_cut_text_says_so() -> None:
    assert plain_text.fit("工业园区管委会", 10) == "工业…"


def test_identity_and_mobile_numbers_are_masked() -> None:
    text = "我叫王五，身份证350102199003078515，电话13812341234，也可138-1234-1234"
    assert plain_text.mask(text) == "我叫王五，身份证35*************515，电话138****1234，也可138-****-1234"


@pytest.mark.parametrize(
    "text", ["渝府办〔2025〕13号", "热线0591-87654321", "2026年11月22日", "12345", "11440106718120458W/2024-00008"]
)
def test_ordinary_numbers_stay(text: str) -> None:
    assert plain_text.mask(text) == text


@given(ANY)
def test_masking_keeps_the_length(text: str) -> None:
    assert len(plain_text.mask(text)) == len(text)


@given(ANY)
def test_cleaned_text_can_be_stored(text: str) -> None:
    cleaned = plain_text.clean(text)
    cleaned.encode()
    assert "\x00" not in cleaned


def test_passages_end_at_sentences() -> None:
    assert plain_text.passages("一二三。四五六!七八。", 8) == ["一二三。四五六!", "七八。"]
    assert plain_text.passages("一" * 25, 10) == ["一" * 10, "一" * 10, "一" * 5]
    assert plain_text.passages(" \n", 10) == []


@given(st.text(max_size=300), st.integers(1, 50))
def test_passages_hold_the_whole_text_and_are_not_long(text: str, size: int) -> None:
    pieces = plain_text.passages(text, size)
    assert "".join(pieces) == text or not text[len("".join(pieces)) :].strip()
    assert all(len(piece) <= size for piece in pieces)


@pytest.mark.parametrize(
    "text", ["临园办〔2026〕13号", "临园办[2026]13号", "临园办（2026）第13号", "公告2026年第 013 号"]
)
def test_the_number_of_a_document_has_one_spelling(text: str) -> None:
    assert plain_text.document_numbers(plain_text.fold(text)) == ["2026#13"]


@pytest.mark.parametrize("text", ["2026年11月22日", "13号", "12026〕13号", "临江大道2026", ""])
def test_other_numbers_are_no_document_numbers(text: str) -> None:
    assert plain_text.document_numbers(plain_text.fold(text)) == []
