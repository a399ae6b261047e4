"""Numbers of documents, whatever brackets and words they are written with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.language import document_numbers
from content.rules.language.document_numbers import DocumentNumber
from content.rules.language.plain_text import normalise

OURS = DocumentNumber("渝府办", 2025, 13)


@pytest.mark.parametrize(
    "text",
    ["渝府办〔2025〕13号", "渝府办[2025]13号", "渝府办（2025）13号", "渝府办【2025】13 号", "渝府办〔2025〕第13号", "渝府办2025年第13号", "渝府办 (2025) 013号",
     "请问渝府办〔2025〕13号", "帮我找一下渝府办〔2025〕13", "渝府办2025 13号", "渝府办［２０２５］１３号"],
)  # fmt: skip
def test_all_spellings_are_one_number(text: str) -> None:
    assert document_numbers.asked(normalise(text)) == (OURS, "")


@pytest.mark.parametrize(
    "text", ["2025年12月13号", "2025-13号", "13号", "2025年13", "3号楼2025", "公租房", "12025〕13号"]
)
def test_other_numbers_are_none(text: str) -> None:
    assert document_numbers.asked(normalise(text)) == (None, normalise(text))


def test_without_an_issuer_any_is_meant_and_a_part_of_it_is_enough() -> None:
    for said in ("（2025）第13号", "2025年第13号公告", "府办〔2025〕13号", "重庆市渝府办〔2025〕13号"):
        asked, _ = document_numbers.asked(normalise(said))
        assert asked and OURS.is_meant_by(asked)
    for said in ("渝财〔2025〕13号", "渝府办〔2024〕13号", "渝府办〔2025〕131号"):
        asked, _ = document_numbers.asked(normalise(said))
        assert asked and not OURS.is_meant_by(asked)


def test_all_numbers_of_a_title_are_found() -> None:
    title = "关于废止临园管发〔2024〕3号等文件的通知（临园管发〔2026〕17号）"
    assert [(number.year, number.number) for number in document_numbers.numbers(title)] == [(2024, 3), (2026, 17)]


@given(
    st.integers(1990, 2060),
    st.integers(1, 99999),
    st.sampled_from(["〔{}〕{}号", "[{}]{}号", "({})第{}号", "{}年第{}号"]),
)
def test_what_is_written_is_read(year: int, number: int, spelling: str) -> None:
    assert document_numbers.asked(normalise("临园管发" + spelling.format(year, number))) == (
        DocumentNumber("临园管发", year, number),
        "",
    )


@given(st.text(max_size=60))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    number, rest = document_numbers.asked(normalise(text))
    assert number is None or len(rest) < len(normalise(text))
