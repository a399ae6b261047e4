"""Likeness: the same question in other words, other questions in the same words, and groups of many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.language.question_terms import Vocabulary
from content.rules.language.similarity import ALIKE, SAME, KnownQuestions, groups, likeness, terms

WORDS = Vocabulary(removed=("请问", "怎么", "如何", "吗", "的", "我想"), kept=("目的",))
TEXTS = st.lists(st.text("公租房退申请水电停交2024年 a", max_size=8), max_size=12)


def like(one: str, other: str) -> float:
    return likeness(terms(one, WORDS), terms(other, WORDS))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("公租房怎么退租", "请问公租房退租"),
        ("公租房怎么申请", "怎么申请公租房"),
        ("停水通知", "我想 停水通知？"),
        ("ＥＴＣ办理", "etc办理"),
    ],
)
def test_the_same_question_in_other_words_is_the_same(one: str, other: str) -> None:
    assert like(one, other) >= SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [("公租房申请", "公租房退租"), ("2024年预算", "2025年预算"), ("停水", "停电"), ("停水", ""), ("", "")],
)
def test_another_question_is_another(one: str, other: str) -> None:
    assert like(one, other) < ALIKE


def test_a_question_of_question_words_alone_is_taken_as_it_is() -> None:
    assert like("怎么", "怎么") == 1.0


@given(TEXTS)
def test_likeness_is_mutual_and_full_only_with_itself(texts: list[str]) -> None:
    for one in texts:
        for other in texts:
            assert like(one, other) == like(other, one) <= 1.0
        assert not terms(one, WORDS) or like(one, one) == 1.0


@given(TEXTS)
def test_the_best_form_is_what_looking_at_each_of_them_finds(texts: list[str]) -> None:
    forms = [terms(text, WORDS) for text in texts]
    known = KnownQuestions(forms)
    for form in forms:
        found = known.best(form)
        best = max((likeness(form, other) for other in forms), default=0.0)
        assert (found is None) == (best < SAME)
        assert found is None or likeness(form, forms[found]) == best


@given(TEXTS)
def test_groups_hold_every_question_once_and_all_that_are_alike_together(texts: list[str]) -> None:
    forms = [terms(text, WORDS) for text in texts]
    found = groups(forms)
    assert sorted(place for group in found for place in group) == list(range(len(texts)))
    home = {place: number for number, group in enumerate(found) for place in group}
    for one, left in enumerate(forms):
        for other, right in enumerate(forms):
            assert likeness(left, right) < ALIKE or home[one] == home[other]
    for group in found:  # and nothing else: each is alike some other of its group
        for place in group:
            mates = [other for other in group if other != place]
            assert not mates or any(
                forms[place] == forms[o] or likeness(forms[place], forms[o]) >= ALIKE for o in mates
            )
