"""What a question asks for: question words fall away, letters' common words weigh half, synonyms come in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from content.rules.language import plain_text
from content.rules.language.question_terms import LIGHT, LONGEST, SYNONYM, Vocabulary, weighted_terms

WORDS = Vocabulary(
    removed=("请问", "怎么", "吗", "的", "请", "了"),
    light=("投诉", "问题"),
    kept=("申请", "目的", "了解"),
    synonyms=(("公租房", "公共租赁住房"), ("ＥＴＣ卡", "高速卡")),
)


def pairs(text: str, vocabulary: Vocabulary = WORDS) -> dict[str, float]:
    return weighted_terms(text, vocabulary)[0]


def singles(text: str) -> dict[str, float]:
    return weighted_terms(text, WORDS)[1]


def test_question_words_fall_away() -> None:
    assert pairs("请问停水怎么办吗") == {"停水": 1.0, "办": 1.0}
    assert set(singles("请问停水的时间")) == {"停", "水", "时", "间"}


def test_words_that_only_look_like_noise_stay_whole() -> None:
    assert "申请" in pairs("怎么申请") and "目的" in pairs("目的") and "了解" in pairs("了解")


def test_words_that_all_letters_use_weigh_half() -> None:
    found = pairs("投诉停水问题")
    assert found["停水"] == 1.0
    assert found["投诉"] == found["问题"] == LIGHT


def test_a_question_of_such_words_alone_takes_them_in_full() -> None:
    assert pairs("投诉") == {"投诉": 1.0}
    assert pairs("怎么") == {"怎么": 1.0}


def test_synonyms_come_in_with_less_weight() -> None:
    found = pairs("公租房怎么申请")
    assert found["公租"] == 1.0 and found["租赁"] == SYNONYM
    assert pairs("我的etc卡")["高速"] == SYNONYM  # found in whatever width and case it is written
    assert "租赁" not in pairs("公园")


def test_a_word_finds_the_synonyms_of_the_words_within_it_too() -> None:
    words = Vocabulary(synonyms=(("社保卡", "社会保障卡"), ("社保", "社会保险"), ("居住", "住")))
    assert list(words.groups_in("补社保卡")) == [(("社保卡",), ("社会保障卡",)), (("社保",), ("社会保险",))]
    assert list(words.groups_in("居住")) == [(("居住", "住"), ())]
    assert list(words.groups_in("停水")) == []


def test_a_word_said_twice_counts_twice() -> None:
    assert pairs("停水，又停水")["停水"] == 2.0


def test_what_only_a_synonym_brings_was_not_said() -> None:
    found, _, said = weighted_terms("公租房", WORDS)
    assert said == {"公租", "租房"} and "租赁" in found


def test_a_long_letter_is_cut() -> None:
    text = "".join(chr(0x4E00 + number) for number in range(2000))
    assert pairs(text) == pairs(text[:LONGEST])


def test_without_a_vocabulary_everything_counts() -> None:
    assert pairs("请问", Vocabulary()) == {"请问": 1.0}


@given(st.text(st.characters(codec=None), max_size=80))
def test_any_text_gives_weights_that_count(text: str) -> None:
    found, characters, said = weighted_terms(text, WORDS)
    assert said <= found.keys()
    assert all(weight > 0 for weight in (*found.values(), *characters.values()))
    assert bool(found) == bool(plain_text.terms(text))
