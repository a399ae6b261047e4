"""Cutting many texts at once gives the terms that each gives by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from content.rules.language import plain_text
from content.search.arrays import posting_lists, terms
from content.search.arrays.terms import TermBatch
from tests.search.terms import characters_and_pairs, pairs

ODD = "公租房号年第〔2026〕13 号 ab１２③ä_\n𠀀々ー한"
texts = st.lists(st.one_of(st.text(), st.text(ODD, max_size=40)).map(plain_text.fold), max_size=8)


def by_text(batch: TermBatch) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(batch.total)]
    for key, text in zip(batch.keys.tolist(), batch.texts.tolist(), strict=True):
        found[text].append(key)
    return [sorted(keys) for keys in found]


@given(texts)
def test_many_texts_give_the_terms_of_each(given_texts: list[str]) -> None:
    for how, cut in (({"singles": True}, characters_and_pairs), ({}, pairs)):
        expected = [sorted(posting_lists.keys(cut(text)).tolist()) for text in given_texts]
        assert by_text(terms.cut(given_texts, **how)) == expected


def test_a_word_ends_where_its_text_ends() -> None:
    assert by_text(terms.cut(["停", "水", "20", "26"])) == [[ord("停")], [ord("水")], [ord("2") << 21 | ord("0")],
                                                           [ord("2") << 21 | ord("6")]]  # fmt: skip
