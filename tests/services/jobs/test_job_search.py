"""Looking for work: every condition narrows, what is not said is treated fairly, and an empty list says what to drop."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from content.rules.jobs.degrees import Degrees, RequiredDegree
from content.rules.jobs.job_query import JobQuery
from content.rules.jobs.pay import Pay
from content.rules.jobs.posting_figures import EDITION
from content.services.jobs import job_search
from content.services.notices.notice_import import import_file
from content.services.office import Office
from content.services.setup import prepare
from content.store.tables import Posting

ROWS: list[dict[str, Any]] = [
    {"key": "electrician", "title": "维修电工", "employer": "临江精密制造有限公司", "salary": "6000-8000元/月",
     "area": "滨江片区", "degree": "中专", "published_on": "2026-11-01", "valid_until": "2026-12-31"},
    {"key": "night", "title": "夜班值守", "employer": "江东食品有限公司", "salary": "200元/天", "area": "东港片区",
     "degree": "不限", "description": "会电工活的优先，ＰＬＣ也行", "published_on": "2026-11-09"},
    {"key": "clerk", "title": "文员", "employer": "临江精密制造有限公司", "salary": "面议", "area": "滨江片区",
     "degree": "大专", "published_on": "2026-11-08"},
    {"key": "engineer", "title": "电气工程师", "employer": "江澜电气", "salary": "15-20万/年", "area": "创新谷",
     "address": "滨江大道1号", "degree": "本科及以上", "published_on": "2026-11-07"},
    {"key": "helper", "title": "搬运工 100%日结", "employer": "江东食品有限公司", "salary": "日结180", "published_on": "2026-11-06"},
    {"key": "over", "title": "焊工", "salary": "9000元", "valid_until": "2026-11-01", "published_on": "2026-10-01"},
]  # fmt: skip
TODAY = date(2026, 11, 22)


@pytest.fixture
def market(office: Office, tmp_path: Path) -> Office:
    """An office with these postings."""
    file = tmp_path / "postings.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS))
    import_file(office, "posting", file)
    return office


def keys(office: Office, query: JobQuery) -> list[str]:
    """The keys of what suits in all, in order."""
    found = job_search.search(office, query, TODAY)
    ids = [posting.id for posting in found.postings]
    return [] if found.relaxed else [row.key for row in job_search.results(office, ids)]


def test_as_little_as_possible_is_let_go_of_and_told(market: Office) -> None:
    def of(**asked: Any) -> tuple[list[str], str, tuple[str, ...], tuple[str, ...]]:
        found = job_search.search(market, JobQuery(**asked), TODAY)
        rows = job_search.results(market, [posting.id for posting in found.postings])
        return [row.key for row in rows], found.wider, found.unmet, found.relaxed

    assert of(words=("文员", "日语")) == (["clerk"], "", ("日语",), ())
    assert of(words=("保安",), pay=Pay(6000)) == (["electrician"], "", ("保安",), ())
    assert of(words=("保安",), pay=Pay(10000)) == ([], "", (), ()), "no engineer stands for a guard"
    assert of(words=("保安",), place="滨江") == ([], "", (), ())
    assert of(words=("文员",), place="东港") == (["clerk"], "", (), ("place",))
    assert of(words=("电工",), place="滨江|东港")[0] == ["electrician"]
    assert of(place="滨江|东港", avoid=("文员",))[0] == ["night", "electrician"]


def test_all_that_stand_are_listed_newest_first(market: Office) -> None:
    assert keys(market, JobQuery()) == ["night", "clerk", "engineer", "helper", "electrician"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (JobQuery(words=("电工",)), ["electrician"]),
        (JobQuery(words=("电工 招聘",)), ["electrician"]),
        (JobQuery(words=("电工招聘",)), ["electrician"]),
        (JobQuery(words=("plc",)), ["night"]),
        (JobQuery(words=("招聘",)), ["night", "clerk", "engineer", "helper", "electrician"]),
        (JobQuery(words=("100%",)), ["helper"]),
        (JobQuery(words=("1__%",)), []),
        (JobQuery(place="滨江"), ["clerk", "electrician"]),
        (JobQuery(place="滨江大道"), ["engineer"]),
        (JobQuery(employer="江东"), ["night", "helper"]),
        (JobQuery(pay=Pay(8000)), ["engineer", "electrician"]),
        (JobQuery(pay=Pay(4000)), ["night", "engineer", "electrician"]),
        (JobQuery(degree=Degrees(RequiredDegree.ANY, RequiredDegree.MIDDLE)), ["night", "helper"]),
        (JobQuery(degree=Degrees(RequiredDegree.ANY, RequiredDegree.SECONDARY)), ["electrician", "night", "helper"]),
        (
            JobQuery(degree=Degrees(RequiredDegree.ANY, RequiredDegree.DOCTOR)),
            ["engineer", "clerk", "electrician", "night", "helper"],
        ),
        (
            JobQuery(
                words=("电",),
                place="滨江片区",
                pay=Pay(6000),
                degree=Degrees(RequiredDegree.ANY, RequiredDegree.COLLEGE),
                employer="临江",
            ),
            ["electrician"],
        ),
    ],
)
def test_conditions_narrow(market: Office, query: JobQuery, found: list[str]) -> None:
    assert keys(market, query) == found


def test_when_nothing_suits_it_is_told_what_was_let_go_of_and_what_to_drop(market: Office) -> None:
    query = JobQuery(("电工",), "滨江", Pay(20000))
    found = job_search.search(market, query, TODAY)
    assert ([posting.title for posting in found.postings], found.relaxed) == (["维修电工"], ("pay",))
    assert job_search.fewer_conditions(market, query, TODAY) == {"pay": 1}
    assert job_search.fewer_conditions(market, JobQuery(("电工",), pay=Pay(10000)), TODAY) == {"pay": 1, "words": 1}


def test_places_and_employers_to_choose_from_are_those_of_what_stands(market: Office) -> None:
    places, employers = job_search.suggestions(market, TODAY)
    assert set(places) == {"滨江片区", "东港片区", "创新谷"}
    assert places[0] == "滨江片区"
    assert set(employers) == {"临江精密制造有限公司", "江东食品有限公司", "江澜电气"}


def test_postings_that_older_rules_read_are_read_anew_by_init(market: Office) -> None:
    with market.store.write() as session:
        session.execute(
            update(Posting).values(pay_low=None, pay_high=None, schooling=None, words="", edition=EDITION - 1)
        )
    prepare(market)
    assert keys(market, JobQuery(("ｐｌｃ",))) == ["night"], "a word of the description"
    assert keys(market, JobQuery(("电工",), pay=Pay(5000))) == ["electrician"]
