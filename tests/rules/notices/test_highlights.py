"""The words of a search are marked where they stand, and nothing of the text is lost or changed."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from content.rules.notices import highlights
from content.rules.notices.highlights import Piece

LETTERS = st.text(st.sampled_from("公租房申请ＡAa㎡ﬁ繁體 。\n\u200b😀1"), max_size=120)


def test_neighbouring_pairs_are_marked_as_one() -> None:
    assert highlights.marked("申请公租房的人", ["公租", "租房", "申请"]) == [
        Piece("申请公租房", True),
        Piece("的人", False),
    ]


def test_a_word_is_found_in_another_spelling() -> None:
    assert highlights.marked("住房公積金ＡＢ", ["公积", "积金", "ab"]) == [
        Piece("住房", False),
        Piece("公積金ＡＢ", True),
    ]


def test_a_single_character_marks_nothing() -> None:
    assert highlights.marked("房子", ["房"]) == [Piece("房子", False)]


def test_the_snippet_is_the_passage_that_holds_most_of_the_words() -> None:
    text = "第一段说公租。" + "别的话，" * 40 + "\n公租房申请要带身份证。\n" + "还有话。" * 40
    found = highlights.snippet(text, ["公租", "租房", "申请"])
    assert "".join(piece.text for piece in found).startswith("公租房申请要带身份证")
    assert found[0] == Piece("公租房申请", True)


def test_a_text_without_words_has_no_snippet() -> None:
    assert highlights.snippet("", ["公租"]) == highlights.snippet(" \n ", ["公租"]) == []


@given(LETTERS, st.lists(LETTERS, max_size=5))
def test_the_pieces_together_are_the_text(text: str, terms: list[str]) -> None:
    pieces = highlights.marked(text, terms)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)
    assert all(one.marked != other.marked for one, other in pairwise(pieces))


@given(LETTERS, st.lists(LETTERS, max_size=5))
def test_a_snippet_is_short(text: str, terms: list[str]) -> None:
    assert sum(len(piece.text) for piece in highlights.snippet(text * 50, terms)) <= highlights.PASSAGE + len("…")
