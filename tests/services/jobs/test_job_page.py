"""Looking for work: every condition narrows, what is not said is treated fairly, and an empty list says what to drop."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from content.rules.jobs.posting_figures import EDITION, RequiredDegree, Wanted
from content.services.jobs import job_page
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


def keys(office: Office, wanted: Wanted, **more: int) -> list[str]:
    """The keys of what is found."""
    return [row.key for row in job_page.find(office, wanted, today=TODAY, **more).rows]


def test_all_that_stand_are_listed_newest_first(market: Office) -> None:
    assert keys(market, Wanted()) == ["night", "clerk", "engineer", "helper", "electrician"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(words="电工"), ["electrician", "night"]),
        (Wanted(words="电工 招聘"), ["electrician", "night"]),
        (Wanted(words="电工招聘"), ["electrician", "night"]),
        (Wanted(words="plc"), ["night"]),
        (Wanted(words="招聘"), ["night", "clerk", "engineer", "helper", "electrician"]),
        (Wanted(words="100%"), ["helper"]),
        (Wanted(words="1__%"), []),
        (Wanted(place="滨江"), ["clerk", "engineer", "electrician"]),
        (Wanted(employer="江东"), ["night", "helper"]),
        (Wanted(pay=8000), ["engineer", "electrician"]),
        (Wanted(pay=4000), ["night", "engineer", "electrician"]),
        (Wanted(schooling=RequiredDegree.MIDDLE), ["night", "helper"]),
        (Wanted(schooling=RequiredDegree.SECONDARY), ["electrician", "night", "helper"]),
        (Wanted(schooling=RequiredDegree.DOCTOR), ["night", "clerk", "engineer", "helper", "electrician"]),
        (
            Wanted(words="电", place="滨江片区", pay=6000, schooling=RequiredDegree.COLLEGE, employer="临江"),
            ["electrician"],
        ),
    ],
)
def test_conditions_narrow(market: Office, wanted: Wanted, found: list[str]) -> None:
    assert keys(market, wanted) == found


def test_pages_follow_each_other_and_the_count_is_of_all(market: Office) -> None:
    first, second = (job_page.find(market, Wanted(), limit=3, offset=offset, today=TODAY) for offset in (0, 3))
    assert [row.key for row in first.rows] == ["night", "clerk", "engineer"]
    assert [row.key for row in second.rows] == ["helper", "electrician"]
    assert first.total == second.total == 5
    assert keys(market, Wanted(), offset=1000) == []


def test_an_empty_list_tells_which_condition_to_drop(market: Office) -> None:
    wanted = Wanted(words="电工", place="滨江", pay=20000)
    assert job_page.find(market, wanted, today=TODAY).total == 0
    assert job_page.without(market, wanted, today=TODAY) == {"pay": 1}
    assert job_page.without(market, Wanted(words="电工", pay=10000), today=TODAY) == {"pay": 2, "words": 1}


def test_places_and_employers_to_choose_from_are_those_of_what_stands(market: Office) -> None:
    places, employers = job_page.suggestions(market, today=TODAY)
    assert set(places) == {"滨江片区", "东港片区", "创新谷"}
    assert places[0] == "滨江片区"
    assert set(employers) == {"临江精密制造有限公司", "江东食品有限公司", "江澜电气"}


def test_postings_that_older_rules_read_are_read_anew_by_init(market: Office) -> None:
    with market.store.write() as session:
        session.execute(
            update(Posting).values(pay_low=None, pay_high=None, schooling=None, words="", edition=EDITION - 1)
        )
    assert keys(market, Wanted(words="电工")) == []
    prepare(market)
    assert keys(market, Wanted(words="电工", pay=5000)) == ["electrician"]
