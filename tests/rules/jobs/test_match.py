"""Which postings suit a query, in which order, and what is let go of when none does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.jobs.degrees import Degrees, RequiredDegree
from content.rules.jobs.job_query import JobQuery
from content.rules.jobs.match import NEAR, RELAXED, CurrentPosting, best_paid, count, suiting, suits, without
from content.rules.jobs.pay import Pay
from content.rules.jobs.trades import Trades

ANY, MIDDLE, SECONDARY, COLLEGE, BACHELOR, _, DOCTOR = RequiredDegree

FITTER = CurrentPosting(
    1, "维修电工", "临江电子有限公司", "江南片区\n临江路18号", "维修电工 三班倒", 6000, 8000, 3, date(2026, 11, 1)
)
NIGHT = CurrentPosting(2, "夜班电工", "江东食品有限公司", "江东片区", "夜班电工", 4500, 5500, 2, date(2026, 10, 1))
TALK = CurrentPosting(3, "高压电工", "临江电子有限公司", "江南片区", "高压电工", None, None, None, date(2026, 9, 1))
CLERK = CurrentPosting(4, "文员", "临江重工", "江东片区", "文员 协助电工领料", 4000, 5000, 3, date(2026, 11, 20))
ALL = [FITTER, NIGHT, TALK, CLERK]


def test_who_wants_no_degree_sees_first_who_asks_for_none() -> None:
    asks_none = CurrentPosting(5, "普工", text="学历不限", schooling=0)
    silent = CurrentPosting(6, "普工", text="包吃住")
    in_its_text = CurrentPosting(7, "普工", text="要求本科以上")
    query = JobQuery(("普工",), degree=Degrees(ANY, ANY))
    assert [one.id for one in suiting([in_its_text, silent, asks_none], query).postings] == [5, 6, 7]


SALES = CurrentPosting(10, "销售代表", "某贸易有限公司", "广州", "销售代表", 4000, 9000, 2, years=0)
ENGINEER = CurrentPosting(11, "大数据架构师", "某科技有限公司", "广州", "架构师", 30000, 40000)
RICH = CurrentPosting(12, "社交电商操盘手", "某食品有限公司", "广州", "操盘手", 83333, 83333)
HELPER = CurrentPosting(13, "理货", "某超市", "广州", "理货", 3500, 4000)
MANAGER = CurrentPosting(14, "财务系统技术经理", "某信息有限公司", "广州", "财务", 30000, 45000, 3)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        (JobQuery(degree=Degrees(ANY, SECONDARY)), [10, 13, 12]),
        (JobQuery(degree=Degrees(ANY, COLLEGE)), [14, 10, 11, 13, 12]),
        (JobQuery(degree=Degrees(ANY, COLLEGE), years=0), [10, 13, 12]),
        (JobQuery(years=0), [10, 12, 13]),
    ],
)
def test_what_says_so_comes_first_and_what_none_without_schooling_or_experience_does_is_left_out(
    query: JobQuery, shown: list[int]
) -> None:
    those = [RICH, ENGINEER, HELPER, MANAGER, SALES]
    assert [one.id for one in suiting(those, query).postings] == shown


def test_the_best_paid_of_those_that_say_it_come_first() -> None:
    query = JobQuery(degree=Degrees(ANY, SECONDARY))
    found = best_paid(suiting([RICH, HELPER, SALES], query).postings, query)
    assert [one.id for one in found] == [10, 13, 12]


def ids(query: JobQuery) -> tuple[list[int], tuple[str, ...]]:
    found = suiting(ALL, query)
    return [posting.id for posting in found.postings], found.relaxed


def fitter(**conditions: Any) -> JobQuery:
    return JobQuery(("电工",), **conditions)


def test_what_suits_comes_best_first() -> None:
    college, secondary = Degrees(ANY, COLLEGE), Degrees(ANY, SECONDARY)
    assert ids(fitter()) == ([1, 2, 3], ()), "a mention is nothing beside titles"
    assert ids(fitter(pay=Pay(5000), degree=college)) == ([1, 2], ()), "pay that begins below later; 面议 is no sum"
    assert ids(fitter(degree=secondary)) == ([2, 3], ()), "who asks for nothing takes everybody"
    assert ids(fitter(place="江南区", pay=Pay(7000))) == ([1], ())
    assert ids(JobQuery(employer="临江电子有限公司")) == ([1, 3], ())


def test_both_bounds_of_pay_hold() -> None:
    assert ids(JobQuery(pay=Pay(0, 4200))) == ([4], ())
    assert ids(JobQuery(pay=Pay(5200, 5800))) == ([2], ())
    assert ids(JobQuery(pay=Pay(8000, 9000))) == ([1], ()), "以上 includes the sum: 民法典 art. 1259"


def test_when_nothing_suits_as_little_as_can_be_is_let_go_of() -> None:
    assert ids(fitter(pay=Pay(9000))) == ([1, 2, 3], ("pay",))
    assert ids(fitter(place="江东区", pay=Pay(7000)))[1] == ("pay",), "pay goes before place"
    assert ids(fitter(place="江北区", degree=Degrees(ANY, COLLEGE))) == ([1, 2, 3], ("place",))
    assert ids(fitter(place="江北区", pay=Pay(9000)))[1] == ("pay", "place")
    assert ids(fitter(employer="江东食品有限公司", degree=Degrees(ANY, MIDDLE))) == ([2], ("degree",))
    assert ids(JobQuery(employer="土星公司")) == ([], ()), "something must be left that was asked for"
    assert ids(JobQuery(("驯兽师",), pay=Pay(5000))) == ([], ()), "the trade is never let go of"


def test_what_a_posting_says_of_its_conditions_holds_for_each_that_is_shown() -> None:
    lodged = CurrentPosting(
        5, "普工", text="普工 三班倒 包吃住", salary="200元/天", years=0, pay_low=4350, pay_high=4350
    )
    office = CurrentPosting(6, "文员", text="文员 双休", salary="5000元/月", years=3, place="创新谷\n滨江大道6号")
    for query, found in [
        (JobQuery(board="both"), [5]), (JobQuery(rest="weekends"), [6]), (JobQuery(shift="no-night"), [6]), (JobQuery(paid_by="day"), [5]),
        (JobQuery(pay=Pay(4350), paid_by="day"), [5]), (JobQuery(years=0), [5]), (JobQuery(years=3), [5, 6]), (JobQuery(place="创新谷"), [6]),
        (JobQuery(place="滨江大道"), [6]), (JobQuery(place="滨江"), []),
    ]:  # fmt: skip
        assert [posting.id for posting in suiting([lodged, office], query).postings] == found, query


def test_a_place_has_other_names() -> None:
    assert suiting(ALL, JobQuery(place="河南岸"), Trades(synonyms=[("河南岸", "江南")])).postings


def test_how_well_the_words_are_met_is_told() -> None:
    assert suiting(ALL, JobQuery(("领料",))).closest < NEAR < suiting(ALL, fitter()).closest


def test_nearly_the_same_trade_is_found_and_another_is_not() -> None:
    welder, server = CurrentPosting(1, "焊工"), CurrentPosting(2, "业务员")
    assert [posting.id for posting in suiting([welder, server], JobQuery(("电焊工",))).postings] == [1]
    assert suiting([server], JobQuery(("服务员",))).postings == ()
    assert suiting([CurrentPosting(3, "做饭阿姨")], JobQuery(("厨师",)), Trades(synonyms=[("厨师", "做饭")])).postings


NUMBERS = st.one_of(st.none(), st.integers(0, 30000))
POSTINGS = st.builds(CurrentPosting, st.integers(1, 99), title=st.sampled_from(["电工", "焊工", ""]), place=st.sampled_from(["江南", "江东"]),
                     pay_low=NUMBERS, pay_high=NUMBERS, schooling=st.one_of(st.none(), st.integers(0, 6)))  # fmt: skip
QUERIES = st.builds(JobQuery, words=st.sampled_from([(), ("电工",)]), place=st.sampled_from(["", "江南区"]),
                    pay=st.one_of(st.none(), st.builds(Pay, st.integers(0, 20000))),
                    degree=st.sampled_from([None, Degrees(ANY, COLLEGE), Degrees(BACHELOR, DOCTOR)]))  # fmt: skip


@given(st.lists(POSTINGS, max_size=8), QUERIES)
def test_what_is_found_suits_all_that_was_not_let_go_of(those: list[CurrentPosting], query: JobQuery) -> None:
    found = suiting(those, query)
    left = without(query, found.relaxed)
    assert all(suits(posting, left) for posting in found.postings)
    assert set(found.relaxed) <= set(RELAXED) & set(query.conditions)
    if found.postings:
        assert count(those, left) == len(found.postings)
    if found.relaxed or not found.postings:
        assert count(those, query) == 0
