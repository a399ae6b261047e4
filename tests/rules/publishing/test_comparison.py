"""Comparing two lists: nothing is lost, nothing is found twice, and absence proves only what it can."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from content.rules.publishing.comparison import DifferenceKind, OurArticle, PlatformArticle, compare

DAY = date(2026, 11, 20)
OURS = OurArticle(7, 3, 1, "园区动态", "http://mp.weixin.qq.com/s/7", DAY, "9001", withdrawn=False, pushed=False)
LISTED = PlatformArticle("list", DAY, 1, "园区动态", "http://mp.weixin.qq.com/s/7", marked=7)
READ = PlatformArticle("statistics", DAY, 1, "园区动态", "http://mp.weixin.qq.com/s/7", msg_data_id="9001")
DAYS = frozenset({DAY})


def test_the_same_article_in_both_lists_matches_once() -> None:
    comparison = compare([OURS], [LISTED, READ], days=DAYS)
    assert (comparison.matched, comparison.findings) == (1, ())


def test_an_article_missing_from_the_published_list_is_only_ours() -> None:
    assert [finding.kind for finding in compare([OURS], [READ], days=DAYS).findings] == [DifferenceKind.ONLY_OURS]


def test_a_pushed_article_that_no_list_names_is_no_difference() -> None:
    comparison = compare([replace(OURS, pushed=True)], [], days=DAYS)
    assert (comparison.matched, comparison.unproven, comparison.findings) == (0, 1, ())


def test_absence_from_the_statistics_is_no_difference() -> None:
    assert compare([OURS], [LISTED], days=DAYS).matched == 1


def test_what_was_posted_by_hand_is_only_theirs_and_found_once() -> None:
    findings = compare([], [LISTED, READ], days=DAYS).findings
    assert [(finding.kind, finding.url) for finding in findings] == [(DifferenceKind.ONLY_THEIRS, LISTED.url)]


def test_a_deleted_and_a_retitled_article_differ() -> None:
    for other in (replace(LISTED, deleted=True), replace(LISTED, title="别的标题")):
        findings = compare([OURS], [other, READ], days=DAYS).findings
        assert [finding.kind for finding in findings] == [DifferenceKind.DIFFERENT]


def test_a_withdrawn_article_that_is_deleted_there_matches() -> None:
    comparison = compare([replace(OURS, withdrawn=True)], [replace(LISTED, deleted=True)], days=DAYS)
    assert (comparison.matched, comparison.findings) == (1, ())


def test_the_statistics_tell_the_address_of_a_push() -> None:
    pushed = replace(OURS, pushed=True, url="")
    assert compare([pushed], [READ], days=DAYS).located == {(3, 1): READ.url}


def test_a_push_without_any_id_is_known_by_its_day_place_and_title() -> None:
    nameless = replace(OURS, pushed=True, url="", msg_data_id="")
    comparison = compare([nameless], [READ], days=DAYS)
    assert (comparison.matched, comparison.findings, comparison.located) == (1, (), {(3, 1): READ.url})
    two = [READ, replace(READ, url="http://x/other", msg_data_id="9002")]
    assert compare([nameless], two, days=DAYS).matched == 0, "one of two alike would be a guess"


def test_a_date_that_differs_is_told_and_not_found_twice() -> None:
    elsewhere = replace(LISTED, day=DAY + timedelta(days=1))
    findings = compare([OURS], [elsewhere], days=frozenset({DAY, DAY + timedelta(days=1)})).findings
    assert [(finding.kind, "日期" in finding.why) for finding in findings] == [(DifferenceKind.DIFFERENT, True)]


def test_what_appears_of_a_publication_under_way_is_no_difference() -> None:
    handed = replace(OURS, url="", msg_data_id="", under_way=True, day=DAY - timedelta(days=3))
    comparison = compare([handed], [LISTED, READ], days=DAYS)
    assert comparison.appeared == {3}
    assert (comparison.matched, comparison.unproven, comparison.findings) == (0, 0, ())


def test_a_push_under_way_is_known_by_place_and_title_on_a_later_day_only() -> None:
    handed = replace(OURS, url="", msg_data_id="", pushed=True, under_way=True, day=DAY - timedelta(days=1))
    assert compare([handed], [READ], days=DAYS).findings == ()
    tomorrow = replace(handed, day=DAY + timedelta(days=1))
    assert [each.kind for each in compare([tomorrow], [READ], days=DAYS).findings] == [DifferenceKind.ONLY_THEIRS]


@given(
    ours=st.sets(st.integers(1, 12)),
    listed=st.sets(st.integers(1, 12)),
    read=st.sets(st.integers(1, 12)),
)
def test_every_article_of_either_side_is_accounted_for_once(ours: set[int], listed: set[int], read: set[int]) -> None:
    mine = [replace(OURS, article_id=n, url=f"http://x/{n}", msg_data_id=str(n)) for n in sorted(ours)]
    theirs = [replace(LISTED, marked=n, url=f"http://x/{n}") for n in sorted(listed)]
    theirs += [replace(READ, url=f"http://x/{n}", msg_data_id=str(n)) for n in sorted(read)]
    comparison = compare(mine, theirs, days=DAYS)
    found = {kind: {f.url for f in comparison.findings if f.kind is kind} for kind in DifferenceKind}
    assert comparison.matched == len(ours & listed)
    assert found[DifferenceKind.ONLY_OURS] == {f"http://x/{n}" for n in ours - listed}
    assert found[DifferenceKind.ONLY_THEIRS] == {f"http://x/{n}" for n in (listed | read) - ours}
    assert len(comparison.findings) == sum(map(len, found.values()))
