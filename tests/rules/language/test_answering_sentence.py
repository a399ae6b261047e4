"""The sentence of a notice that holds what is asked: quoted as it stands, with a word on a day that has passed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.language.answering_sentence import ASKS, LONGEST, Sentence, asked, find

TODAY, PUBLISHED = date(2026, 11, 22), date(2026, 6, 5)
NURSERY = (
    "为做好招生工作，现将有关事项公布如下。报名时间：2026年6月10日至15日，网上登记。"
    "携带户口簿和出生证明到综合服务中心3号窗口现场核验；公办园保教费每人每月420元。"
    "结果7月5日前公布。咨询电话：000-85500103。"
)


def found(question: str, body: str = NURSERY, *terms: str, is_about: bool = True) -> Sentence | None:
    return find(body, question, asked(question), terms=terms, is_about=is_about, published_on=PUBLISHED, today=TODAY)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("幼儿园什么时候报名", "报名时间：2026年6月10日至15日"),
        ("幼儿园一个月多少钱", "每人每月420元"),
        ("幼儿园报名去哪里", "综合服务中心3号窗口"),
        ("幼儿园招生电话", "000-85500103"),
        ("幼儿园报名截止几号", "2026年6月10日至15日"),
    ],
)
def test_the_sentence_holds_what_is_asked(question: str, said: str) -> None:
    sentence = found(question, NURSERY, "报名")
    assert sentence is not None and said in sentence.text and sentence.text in NURSERY


def test_a_day_that_has_passed_is_told() -> None:
    sentence = found("幼儿园什么时候报名", NURSERY, "报名")
    assert sentence is not None and sentence.passed == date(2026, 6, 15)
    coming = found("医保几号截止", "集中缴费期为2026年9月1日至12月31日。", "缴费")
    assert coming is not None and coming.passed is None
    began = found("办法什么时候施行", "本办法自2026年3月1日起施行。", "施行")
    assert began is not None and began.passed is None, "it began and goes on"


def test_a_day_in_january_of_a_notice_of_december_is_next_year() -> None:
    sentence = find("申报时间为1月5日至1月20日。", "什么时候申报", asked("什么时候申报"), terms=["申报"], is_about=True,
                    published_on=date(2026, 12, 20), today=date(2026, 12, 25))  # fmt: skip
    assert sentence is not None and sentence.passed is None


@pytest.mark.parametrize("question", ["公租房怎么申请", "人才公寓", "电工"])
def test_what_asks_for_no_figure_is_quoted_nothing(question: str) -> None:
    assert asked(question) == () and ASKS.search(question) is None and found(question) is None


def test_a_sentence_that_shares_nothing_with_the_question_is_not_quoted() -> None:
    assert found("停车去哪里", NURSERY, "停车", is_about=False) is None
    assert found("幼儿园校车几点", "家长会定于本周举行。", "校车", is_about=False) is None


def test_a_long_sentence_is_cut_at_its_pauses_around_the_answer() -> None:
    long = "，".join(["符合下列情形之一的申请人"] * 30 + ["补贴标准为每人每月500元"] + ["并按规定公示"] * 30) + "。"
    sentence = found("补贴多少钱", long, "补贴")
    assert sentence is not None and "每人每月500元" in sentence.text and len(sentence.text) <= LONGEST + 2


@given(
    st.text(max_size=2000),
    st.sampled_from(["什么时候", "多少钱", "在哪", "电话"]),
    st.lists(st.text(max_size=4), max_size=5),
)
def test_what_is_quoted_stands_in_the_text(body: str, question: str, terms: list[str]) -> None:
    sentence = found(question, body, *filter(None, terms))
    assert sentence is None or sentence.text.strip("…") in body


LINES = "1号线末班20:30。\n3号线末班21:10。\n施工许可证发证日期：2026年6月2日。\n计划工期10个月，2027年3月底完工。"
FEES = "一、收费\n违规的处以罚款5000元。管理费每年300元。保教费每月620元。咨询电话：000-85500108，收费1元。"


@pytest.mark.parametrize(
    ("question", "body", "said"),
    [
        ("3号线几点", LINES, "3号线末班21:10"),
        ("北桥什么时候修好", LINES, "2027年3月底完工"),
        ("一个月多少钱", FEES, "每月620元"),
        ("年满几岁能报", "报名时间：6月1日。年满6周岁的儿童可以报名。", "年满6周岁"),
        ("能领多久", "缴费满一年的可以领取。\n补助能领多久？\n最长12个月。", "最长12个月"),
        ("要钱吗", "本局办理登记一律免费。", "免费"),
        ("利息多少", "额度最高30万元。年利率3.1%。", "3.1%"),
    ],
)
def test_the_sentence_is_of_the_right_thing(question: str, body: str, said: str) -> None:
    sentence = found(question, body)
    assert sentence is not None and said in sentence.text


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("5号线几点", LINES),
        ("多少钱", "违规的处以罚款5000元。"),
        ("什么时候截止", "6月2日公布名单时间。"),
        ("电话多少", "补助标准为每月500元。"),
        ("多久", "2026年报名时间：6月1日。"),
        ("费用", "为进一步规范收费，现将标准公布如下："),
    ],
)
def test_what_holds_something_else_is_not_quoted(question: str, body: str) -> None:
    assert found(question, body) is None


def test_a_start_that_has_passed_is_no_deadline() -> None:
    for body in ("9月14日起实行错时上课，时间为8:10至9:00。", "时间：2026年1月1日至12月31日。"):
        sentence = found("什么时候上课", body, "时间")
        assert sentence is not None and sentence.passed is None
    ended = found("什么时候报名", "报名时间：8月3日前。", "报名")
    assert ended is not None and ended.passed == date(2026, 8, 3)
