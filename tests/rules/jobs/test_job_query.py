"""A search for jobs: one form for each query, and an address that holds all of it."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.jobs import experience, job_query, job_wording
from content.rules.jobs.degrees import Degrees, RequiredDegree
from content.rules.jobs.job_query import LONGEST, MOST_PAY, DateRange, JobQuery, from_arguments
from content.rules.jobs.pay import Pay
from content.rules.jobs.working_conditions import CHOICES

TODAY = date(2026, 11, 22)
LEVELS = st.sampled_from(RequiredDegree)
SUMS = st.integers(1, MOST_PAY)
PAIRS = st.tuples(SUMS, SUMS).map(sorted)
QUERIES = st.builds(
    JobQuery,
    words=st.lists(st.text(max_size=12), max_size=5).map(tuple),
    place=st.text(max_size=80),
    pay=st.none() | st.builds(Pay, SUMS) | st.builds(Pay, st.just(0), SUMS) | PAIRS.map(lambda pair: Pay(*pair)),
    degree=st.none() | st.tuples(LEVELS, LEVELS).map(lambda pair: Degrees(*sorted(pair))),
    employer=st.text(max_size=80),
    years=st.none() | st.integers(0, experience.MOST),
    **{name: st.sampled_from(["", *codes]) for name, codes in CHOICES.items()},
    dates=st.none() | st.tuples(st.dates(), st.dates()).map(lambda pair: DateRange(*sorted(pair))),
)
ARGUMENTS = st.dictionaries(
    st.sampled_from(["q", "place", "pay", "pay_to", "degree", "employer", "since", "until", "page", "years", *CHOICES]),
    st.text(max_size=80) | st.sampled_from(["0", "3", "3-6", "6-3", "5000", "99999999", "2026-11-22", "2026-13-01", "٣", "-1", "1e3", "both", "day", "night"]),
)  # fmt: skip


@given(QUERIES)
def test_an_address_holds_the_whole_query(query: JobQuery) -> None:
    assert from_arguments(dict(parse_qsl(query.address))) == query
    assert JobQuery(**{name: getattr(query, name) for name in query.conditions}) == query, "each has one form only"


@given(ARGUMENTS)
def test_whatever_is_in_an_address_is_read_and_written_back(arguments: dict[str, str]) -> None:
    query = from_arguments(arguments)
    assert from_arguments(query.arguments) == query
    assert job_wording.conditions(query, TODAY).keys() == set(query.conditions)
    assert all(len(text) <= LONGEST for text in (query.place, query.employer, " ".join(query.words)))


@pytest.mark.parametrize(
    ("query", "arguments"),
    [
        (JobQuery(), {}),
        (JobQuery(("电工", "夜班")), {"q": "电工 夜班"}),
        (JobQuery(pay=Pay(6000, 8000)), {"pay": "6000", "pay_to": "8000"}),
        (JobQuery(pay=Pay(0, 5000)), {"pay_to": "5000"}),
        (JobQuery(degree=Degrees(RequiredDegree.ANY, RequiredDegree.COLLEGE)), {"degree": "3"}),
        (JobQuery(degree=Degrees(RequiredDegree.COLLEGE, RequiredDegree.DOCTOR)), {"degree": "3-6"}),
        (JobQuery(degree=Degrees(RequiredDegree.ANY, RequiredDegree.ANY)), {"degree": "0"}),
        (JobQuery(dates=DateRange(date(2026, 11, 16), TODAY)), {"since": "2026-11-16", "until": "2026-11-22"}),
        (JobQuery(dates=DateRange(date(2026, 11, 16))), {"since": "2026-11-16"}),
    ],
)
def test_the_arguments_are_those_of_the_form(query: JobQuery, arguments: dict[str, str]) -> None:
    assert query.arguments == arguments and from_arguments(arguments) == query


def test_bounds_that_stand_the_wrong_way_round_are_turned() -> None:
    turned = from_arguments({"pay": "8000", "pay_to": "6000", "since": "2026-11-22", "until": "2026-11-16"})
    assert (turned.pay, turned.dates) == (Pay(6000, 8000), DateRange(date(2026, 11, 16), TODAY))


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("电工 招聘", ["电工"]),
        ("电工招聘", ["电工"]),
        ("招聘", []),
        ("電工、ＰＬＣ", ["电工", "plc"]),
        ("100%", ["100%"]),
    ],
)
def test_words_are_folded_and_freed_of_what_any_search_for_jobs_says(words: str, terms: list[str]) -> None:
    assert JobQuery((words,)).terms == terms


def test_conditions_are_said_in_words() -> None:
    query = job_query.from_arguments({
        "q": "电工", "place": "东港", "pay": "6000", "pay_to": "8000", "degree": "3", "since": "2026-11-01",
    })  # fmt: skip
    assert job_wording.conditions(query, TODAY) == {
        "words": "电工", "place": "东港", "pay": "6000至8000元", "degree": "大专可报", "dates": "11月1日以后发布",
    }  # fmt: skip
    daily = job_query.from_arguments(
        {"pay": "4350", "paid_by": "day", "years": "0", "board": "both", "rest": "weekends"}
    )
    assert list(job_wording.conditions(daily, TODAY).values()) == [
        "每天200元以上", "包吃住", "双休", "按天算工资", "不要求经验",
    ]  # fmt: skip
    assert job_wording.degree(Degrees(RequiredDegree.BACHELOR, RequiredDegree.DOCTOR)) == "要求本科以上"
    assert [job_wording.pay(each) for each in (Pay(8000), Pay(0, 5000))] == ["8000元以上", "5000元以下"]
