"""Trades by the names that people have for them; what is wanted in a long message; what somebody does not want."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.jobs import job_question, job_story, trades
from content.rules.jobs.job_query import JobQuery
from content.rules.jobs.known_names import KnownNames
from content.rules.jobs.match import CurrentPosting, suiting
from content.rules.jobs.pay import Pay
from content.rules.jobs.trades import Trades
from content.rules.language.query import vocabulary

TODAY = date(2026, 11, 22)
KNOWN = KnownNames(frozenset({"东港", "滨江"}), "临江食品有限公司", titles=frozenset({"道路保洁员"}))


def asked(text: str) -> job_question.JobQuestion:
    found = job_question.asked(text, vocabulary(), TODAY, names=lambda: KNOWN)
    assert found is not None, text
    return found


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("保洁阿姨", JobQuery(("保洁",))), ("想当司机", JobQuery(("司机",))), ("看大门的", JobQuery(("看大门",))), ("快递员 外卖骑手", JobQuery(("快递员|外卖骑手",))),
        ("会开叉车,有证,找工作", JobQuery(("开叉车",))), ("有没有招叉车的", JobQuery(("叉车",))), ("想去食品厂上班", JobQuery(("食品",))),
        ("保洁 半天的", JobQuery(("保洁",), hours="part")), ("坐着上班的工作", JobQuery(seat="sitting")), ("有哪些单位交公积金", JobQuery(insured="fund")),
        ("孩子上幼儿园,想找个半天班", JobQuery(hours="part")), ("工资四五千的", JobQuery(pay=Pay(4000, 5000))), ("b照司机招聘", JobQuery(("司机", "b1|b2|b照"))), ("不想做销售,找工作", JobQuery(avoid=("销售",))),
        ("我学计算机的 有啥工作", JobQuery(("计算机|程序员",))), ("工厂普工 包住", JobQuery(("普工",), board="lodging")), ("不要销售不要中介", JobQuery(avoid=("销售", "中介"))),
        ("东港那边有没有厂招女工包住的", JobQuery(place="东港", board="lodging")), ("我今年65了还能找到活干吗", JobQuery()),
    ],
)  # fmt: skip
def test_what_is_wanted_is_read_out_of_everyday_words(text: str, query: JobQuery) -> None:
    assert asked(text).query == query


def test_of_a_story_the_wish_counts_and_not_the_past() -> None:
    text = "我今年47岁女的小学文化以前在纺织厂做过挡车工,厂子倒了,现在想在东港找个包住的工作,工资四五千就行"
    query = asked(text).query
    assert (query.words, query.place, query.board, query.pay) == ((), "东港", "lodging", Pay(4000, 5000))
    assert asked("我干电焊八年了,有证,园区有没有要焊工的厂").query.words == ("电焊",)
    assert job_question.asked("邻居家的狗天天叫,物业不管,我想投诉他们,请问找谁", vocabulary(), TODAY) is None


@pytest.mark.parametrize(
    "text", ["安全生产标准", "公租房怎么申请", "环卫工人工资标准", "电工证怎么考", "包工头跑了谁来付工资"]
)
def test_matters_of_the_notices_are_no_wish_for_work(text: str) -> None:
    found = job_question.asked(text, vocabulary(), TODAY, names=lambda: KNOWN)
    assert found is None or not found.of_jobs


def test_another_trade_that_suits_comes_behind_the_same_and_not_the_other_way_round() -> None:
    known = Trades([(("司机", "开车"), ("驾驶员",)), (("驾驶员",), ())])
    those = [CurrentPosting(1, "洗扫车驾驶员"), CurrentPosting(2, "货车司机")]
    assert [posting.id for posting in suiting(those, JobQuery(("开车",)), known).postings] == [2, 1]
    assert [posting.id for posting in suiting(those, JobQuery(("驾驶员",)), known).postings] == [1]


def test_what_is_not_wanted_is_not_shown() -> None:
    those = [CurrentPosting(1, "销售专员"), CurrentPosting(2, "文员")]
    assert [posting.id for posting in suiting(those, JobQuery(avoid=("销售",)), trades.known()).postings] == [2]


def test_what_sounds_like_a_trade_is_one() -> None:
    assert trades.known().mended("仓管园的工做") == "仓管员的工作"


def test_a_trade_before_a_compound_is_kept_apart() -> None:
    assert Trades([(("老师", "教师"), ())]).compound("小学老师") == ("小学", ("老师", "教师"))


@given(st.text(max_size=300))
def test_any_message_is_read(text: str) -> None:
    job_question.asked(text, vocabulary(), TODAY, names=lambda: KNOWN)
    job_story.parted(text)
    trades.known().mended(text[:16])


@pytest.mark.parametrize("text", ["研究生 安家费", "二季度追回多少工资", "江湾社区家门口招聘会"])
def test_what_says_more_than_a_job_can_have_is_looked_up(text: str) -> None:
    assert job_question.asked(text, vocabulary(), TODAY, names=lambda: KNOWN) is None
