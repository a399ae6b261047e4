"""The demo world's data: it obeys every rule that real data must obey, whatever day it is started on."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo import demo_data as demo
from config.categories import categories_file
from config.directory import made
from config.reference import Coded
from content.intake.articles.documents import from_text
from content.rules.checks.checklist import personal_data
from content.rules.checks.finding import BODY, Passage
from content.rules.publishing import limits as rules
from content.services import articles
from content.services.notices import notice_import
from content.services.office import Office
from tests import world

DISCLOSURES = list(demo.rows(demo.DISCLOSURES))
POSTINGS = list(demo.rows(demo.DATA / "postings.jsonl"))
POSTS = list(demo.rows(demo.DATA / "posts.jsonl"))
ZONE = world.settings(Path()).zone
TODAY = date(2026, 11, 22)
MAKE_UP_DAYS = {date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20),
                date(2026, 10, 10)}  # fmt: skip
EVERY_DAY = st.dates(min_value=date(2025, 1, 1), max_value=date(2040, 12, 31))
NO_REAL_PHONE = re.compile(r"000-855\d{5}")  # no area code of China is 000


def test_the_world_is_as_large_as_promised() -> None:
    assert len(DISCLOSURES) >= 60
    assert len(POSTINGS) == 60
    assert len({row["employer"] for row in POSTINGS}) == 20
    assert sum(post.out for post in demo.posts(TODAY, ZONE)) == 30
    assert sum(not post.out for post in demo.posts(TODAY, ZONE)) == 10


def test_no_key_number_or_title_is_used_twice() -> None:
    for rows, fields in ((DISCLOSURES, ("key", "title", "index_no", "document_no")), (POSTINGS, ("key",)),
                         (POSTS, ("key", "title"))):  # fmt: skip
        for field in fields:
            counted = Counter(row[field] for row in rows if field in row)
            assert not [value for value, count in counted.items() if count > 1], field


def test_its_people_are_those_of_the_tests() -> None:
    assert demo.PEOPLE == world.PEOPLE


def test_departments_and_categories_are_known_ones() -> None:
    categories = {coded.name for coded in categories_file(Path()).read()}
    departments = {coded.name for coded in _departments()}
    for row in DISCLOSURES + POSTS:
        assert row["category"] in categories, row["key"]
        assert row["department"] in departments, row["key"]


def _departments(file: Path = demo.DATA / "directory.toml") -> tuple[Coded, ...]:
    return made(tomllib.loads(file.read_text(encoding="utf-8")))[0].coded


def test_every_department_has_disclosed_something() -> None:
    assert {row["department"] for row in DISCLOSURES} == {coded.name for coded in _departments(world.DIRECTORY)}


@pytest.mark.parametrize("row", DISCLOSURES, ids=lambda row: row["key"])
def test_a_disclosure_reads_like_a_document(row: dict[str, Any]) -> None:
    assert 150 <= len(row["body"]) <= 900
    day = date.fromisoformat(row["published_on"])
    assert date(2024, 1, 1) <= day <= TODAY
    assert day.weekday() < 5 or day in MAKE_UP_DAYS, "an office publishes on working days"
    assert row["status"] in ("有效", "废止", "失效")
    if "document_no" in row:
        assert "〔" not in row["document_no"] or f"〔{day.year}〕" in row["document_no"]


def test_what_was_replaced_names_its_newer_successor() -> None:
    by_key = {row["key"]: row for row in DISCLOSURES}
    replaced = [row for row in DISCLOSURES if row["status"] != "有效"]
    assert len(replaced) >= 3
    for row in replaced:
        successor = by_key[row["replaced_by"]]
        assert successor["status"] == "有效"
        assert successor["published_on"] > row["published_on"]
        assert row["status"] in row["body"], "the page itself says that it no longer holds"


def test_a_document_number_in_a_text_is_that_of_a_document_of_the_world_or_of_an_older_one() -> None:
    known = {row.get("document_no") for row in DISCLOSURES}
    named = {
        number
        for row in DISCLOSURES + POSTS
        for number in re.findall(r"临园管发〔(?:2024|2025|2026)〕\d+号", row["body"])
    }
    assert named
    assert named <= known


def test_no_text_begins_like_another() -> None:
    texts = sorted(row.get("body") or row["description"] for row in DISCLOSURES + POSTINGS + POSTS)
    alike = [(one[:30], two[:30]) for one, two in pairwise(texts) if one[:24] == two[:24]]
    assert not alike, "written by hand, not stamped"


def test_nobody_can_be_called_and_nothing_personal_is_told() -> None:
    for row in DISCLOSURES + POSTINGS + POSTS:
        text = " ".join(str(value) for value in row.values())
        assert not personal_data([Passage(BODY, text)]), row["key"]
        for phone in re.findall(r"\d{3,4}-\d{7,8}", text):
            assert NO_REAL_PHONE.fullmatch(phone), (row["key"], phone)
    assert all(NO_REAL_PHONE.fullmatch(row["phone"]) for row in POSTINGS)


def test_no_posting_discriminates() -> None:
    """人力资源市场暂行条例 art. 24: no 民族、种族、性别、宗教信仰 in a job posting."""
    for row in POSTINGS:
        assert not re.search(r"男性|女性|限男|限女|男士|女士|民族|汉族|户籍|未婚|已婚|\d+岁以下", str(row)), row["key"]


def test_the_import_takes_every_row_without_a_word(office: Office, tmp_path: Path) -> None:
    postings = tmp_path / "postings.jsonl"
    postings.write_text(demo.postings(office.clock.today()), encoding="utf-8")
    for kind, path, rows in (("disclosure", demo.DISCLOSURES, DISCLOSURES), ("posting", postings, POSTINGS)):
        receipt = notice_import.import_file(office, kind, path)
        assert (receipt.new, receipt.refused, receipt.warnings) == (len(rows), [], [])


def test_the_queue_takes_every_post_without_a_word(office: Office) -> None:
    for post in demo.posts(office.clock.today(), ZONE):
        queued = articles.add(office, articles.PostForm(
            key=post.key, title=post.title, body=from_text(post.body, "markdown"), digest=post.digest,
            author=post.author_name, category=post.category, department=post.department,
        ), username=post.author)  # fmt: skip
        assert not queued.warnings, post.key


@pytest.mark.parametrize("row", POSTS, ids=lambda row: row["key"])
def test_a_post_fits_the_platform(row: dict[str, Any]) -> None:
    assert len(row["title"]) <= rules.TITLE
    assert len(row["digest"]) <= rules.DIGEST
    assert len(row["author"]) <= rules.AUTHOR
    assert 200 <= len(row["body"]) <= 700
    assert {"on", "days_ago", "in_days", "reserve"} & row.keys()


@given(EVERY_DAY)
def test_on_any_day_everything_published_lies_within_the_last_year(today: date) -> None:
    posts = demo.posts(today, ZONE)
    out = [post for post in posts if post.out]
    assert out == sorted(out, key=lambda post: str(post.at))
    for post in posts:
        day = post.at.astimezone(ZONE).date() if post.at else None
        assert "⟦" not in post.body + post.digest
        if post.out:
            assert day is not None and timedelta(0) < today - day <= timedelta(days=366)
        elif day is not None:
            assert timedelta(0) < day - today <= timedelta(days=20)


@given(EVERY_DAY)
def test_on_any_day_most_postings_are_open_and_a_few_have_run_out(today: date) -> None:
    rows = [line for line in demo.postings(today).splitlines() if line]
    ends = [date.fromisoformat(match) for row in rows for match in re.findall(r'"valid_until": "([\d-]+)"', row)]
    assert len(ends) == len(rows) == 60
    assert 3 <= sum(end < today for end in ends) <= 6


def test_the_queued_posts_stand_at_every_step() -> None:
    queued = [post for post in demo.posts(TODAY, ZONE) if not post.out]
    assert {post.passes for post in queued} == {None, 0, 1, 2, 3}
    assert [post.key for post in queued if post.reserve and post.passes == 3]
    for post in queued:
        assert post.author not in post.reviewers
        assert len(set(post.reviewers)) == (post.passes or 0)


def test_a_day_within_a_text_is_told_from_the_posts_own_day() -> None:
    """23 November 2026 is a Monday; the drill is announced three days later and held the day after."""
    [drill] = [post for post in demo.posts(date(2026, 11, 23), ZONE) if post.key == "queue-chemical-drill"]
    assert drill.at is not None and drill.at.astimezone(ZONE).date() == date(2026, 11, 26)
    assert "11月27日上午9时30分" in drill.body


def test_what_belongs_to_a_season_stays_in_it() -> None:
    heat = [next(p for p in demo.posts(today, ZONE) if p.key == "post-07-02-heat").at for today in
            (date(2027, 7, 3), date(2027, 7, 4), date(2028, 2, 29))]  # fmt: skip
    assert [at.astimezone(ZONE).date().isoformat() for at in heat if at] == ["2026-07-03", "2027-07-03", "2027-07-03"]
