"""Slips are mended where notices know better, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.language import pinyin, plain_text, spelling
from content.rules.language.question_terms import Vocabulary

WORDS = Vocabulary(
    removed=("请问", "怎么", "的", "吗", "我想"),
    synonyms=(("公租房", "公共租赁住房"), ("社保", "社会保险")),
    initials=(("gjj", "公积金"), ("gzf", "公租房")),
)
PASSAGES = [
    "公租房申请指南",
    "公租房申请条件和材料",
    "住房公积金提取办法",
    "提取住房公积金需带身份证",
    "积分入学实施细则",
    "积分入学报名时间",
    "不动产登记收费标准",
    "办理不动产登记所需材料",
    "停水通知 幼儿园报名",
    "计划停水通知 幼儿园报名时间",
]


class Notices:
    """What these passages hold, counted by looking at each."""

    def counts(self, terms: Sequence[str]) -> list[int]:
        return [sum(term in passage for passage in PASSAGES) for term in terms]

    def links(self, firsts: str, seconds: str) -> dict[str, int]:
        pairs = [one + two for one in firsts for two in seconds]
        return {pair: count for pair, count in zip(pairs, self.counts(pairs), strict=True) if count}

    def together(self, terms: Sequence[str]) -> int:
        return sum(all(term in passage for term in terms) for passage in PASSAGES)

    def share(self, character: str) -> float:
        return sum(character in passage for passage in PASSAGES) / len(PASSAGES)


KNOWN = Notices()


def mended(text: str) -> str:
    return spelling.mended(plain_text.normalise(text), KNOWN, WORDS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("公祖房怎么申请", "公租房怎么申请"),  # sounds the same, between two known neighbours
        ("积分入血", "积分入学"),  # … and at the end
        ("基分入学", "积分入学"),  # … and at the beginning
        ("不动场登记", "不动产登记"),  # chang and chan are one to many
        ("办理不懂产登记", "办理不动产登记"),
        ("請問公祖房怎麼申請", "请问公租房怎么申请"),  # traditional as well
        ("公房租申请", "公租房申请"),  # two changed places
        ("公共租林住房", "公共租赁住房"),  # citizens say it, though no notice does
    ],
)
def test_a_slip_is_mended(typed: str, meant: str) -> None:
    assert mended(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "公租房怎么申请",
        "公租房的积分",  # 房积 is unknown, but each of its characters has a neighbour that knows it
        "世界杯谁赢了",
        "量子纠缠蒸馏塔",
        "今晚吃啥",
        "公祖",  # too short to be sure
        "",
        "……",
    ],
)
def test_what_was_typed_well_or_is_unknown_stays(text: str) -> None:
    assert mended(text) == plain_text.normalise(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gongzufang", "公租房"),
        ("gong zu fang zenme shenqing", "公租房 怎么 申请"),
        ("gongzufangzenmeshenqing", "公租房 怎么 申请"),
        ("Bu Dong Chan dengji", "不动产登记"),
        ("gjj", "公积金"),
        ("gjj zenme tiqu", "公积金 怎么 提取"),
        ("gzf怎么申请", "公租房怎么申请"),
        ("shebao", "社保"),  # the notices do not say it, citizens do
        ("youeryuan baoming", "幼儿园 报名"),
        ("shebao zenme jiao", "社保 怎么 jiao"),  # one syllable is no word
    ],
)
def test_pinyin_is_read(typed: str, meant: str) -> None:
    assert mended(typed).replace(" ", "") == meant.replace(" ", "")


@pytest.mark.parametrize(
    "text", ["wifi密码", "app", "hello", "women", "etc", "a", "xyz", "v2.0", "gjj2026", "x" * 2000]
)
def test_letters_that_are_no_pinyin_stay(text: str) -> None:
    assert mended(text) == text


def test_letters_that_notices_have_are_left_alone() -> None:
    class WithLetters(Notices):
        def counts(self, terms: Sequence[str]) -> list[int]:
            return [5 if term == "gjj" else count for term, count in zip(terms, super().counts(terms), strict=True)]

    assert spelling.mended("gjj", WithLetters(), WORDS) == "gjj"


def test_letters_are_cut_into_syllables_the_fewest_first() -> None:
    assert list(pinyin.cuts(["fangan"]))[:2] in ([["fan", "gan"], ["fang", "an"]], [["fang", "an"], ["fan", "gan"]])
    assert list(pinyin.cuts(["xian", "qu"])) == [["xian", "qu"], ["xi", "an", "qu"]]
    assert list(pinyin.cuts(["hello"])) == []


@given(st.sampled_from(PASSAGES), st.data())
def test_one_slip_never_makes_a_second(passage: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(passage) - 1))
    typed = passage[:place] + data.draw(st.sampled_from("祖雪场登猫")) + passage[place + 1 :]
    found = mended(typed)
    assert len(found) == len(typed)
    assert sum(one != two for one, two in zip(found, passage, strict=True)) <= 2


@given(st.sampled_from(PASSAGES))
def test_what_a_notice_says_is_never_changed(passage: str) -> None:
    assert mended(passage) == passage


@given(st.text(st.characters(codec=None), max_size=60) | st.text("公祖租房gongzufan 积jj'", max_size=30))
def test_any_text_is_taken(text: str) -> None:
    assert isinstance(mended(text), str)
