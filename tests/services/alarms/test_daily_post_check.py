"""Every day wants a post: asked for at its hours, missed ones told, a reserve called in; on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from config.settings import Settings
from content.intake.articles.documents import from_text
from content.rules.publishing.publication import PublicationState
from content.rules.publishing.retry import USED_UP
from content.services import articles
from content.services.alarms import daily_post_check, lifecycle
from content.services.articles import reviews
from content.services.office import Office
from content.services.publishing import JobContext, run
from content.store.articles import publications
from content.store.tables import Article, Publication
from tests import world
from tests.factories import approved_article
from tests.fakes.channel import FakeChannel
from tests.services.alarm_world import (
    alarms,
    at,
    entries,
    last_alarm,
    published,
    reserve_article,
    under_way,
)

P = PublicationState


@pytest.fixture
def office(settings: Settings) -> Iterator[Office]:
    """An office whose platform takes submissions as fast as they come."""
    office = Office(settings.model_copy(update={"submit_gap": 0.0}))
    world.furnish(office)
    yield office
    office.close()


def state(office: Office, article_id: int) -> tuple[str, object]:
    with office.store.read() as session:
        article = session.get_one(Article, article_id)
        return article.state, article.due_at


def test_an_empty_day_is_told_the_day_before_and_twice_on_the_day(office: Office) -> None:
    published(office, at(8, days=-1))
    assert daily_post_check.check(office, at(14, 59, days=-1)) == []
    assert "明天（11月22日）" in daily_post_check.check(office, at(15, days=-1))[0]
    assert "今天（11月22日）" in daily_post_check.check(office, at(10))[0]
    assert "也没有审好的备用稿" in daily_post_check.check(office, at(16))[0]
    assert [subject for _, subject in alarms(office) if subject.startswith("2026-11-22")] == [
        "2026-11-22 15:00", "2026-11-22 10:00", "2026-11-22 16:00",
    ]  # fmt: skip


def test_asking_again_raises_nothing_again(office: Office) -> None:
    assert len(daily_post_check.check(office, at(10))) == 1
    assert daily_post_check.check(office, at(10, 1)) == [] == daily_post_check.check(office, at(12))
    assert alarms(office) == [("gap", "2026-11-22 10:00")]
    assert len(entries(office, "alarm.raised")) == 1


def test_before_ten_nobody_is_told(office: Office) -> None:
    assert daily_post_check.check(office, at(0)) == [] == daily_post_check.check(office, at(9, 59))


def test_a_post_that_is_out_or_approved_is_enough(office: Office) -> None:
    published(office, at(8))
    approved_article(office, due_at=at(23, 59, days=1))
    assert daily_post_check.check(office, at(16)) == []


@pytest.mark.parametrize("hour", [0, 23])
def test_the_day_is_the_office_s_from_its_first_minute_to_its_last(office: Office, hour: int) -> None:
    approved_article(office, due_at=at(hour, 59, days=1))
    daily_post_check.check(office, at(15))
    assert ("gap", "2026-11-23 15:00") not in alarms(office)
    daily_post_check.check(office, at(15, days=1))
    assert ("gap", "2026-11-24 15:00") in alarms(office)


def test_the_alarm_ends_when_a_post_is_approved_and_comes_anew_when_it_is_taken_back(office: Office) -> None:
    daily_post_check.check(office, at(10))
    number = approved_article(office, due_at=at(14))
    daily_post_check.check(office, at(11))
    assert alarms(office) == []
    reviews.return_(office, number, username="zhaominghua", note="数字不对")
    daily_post_check.check(office, at(12))
    assert alarms(office) == [("gap", "2026-11-22 10:00#2")]


def test_a_person_s_word_ends_an_alarm_for_this_hour_and_not_for_the_next(office: Office) -> None:
    daily_post_check.check(office, at(10))
    lifecycle.close(office, last_alarm(office).id, username="zhoujianguo", note="下午有稿")
    daily_post_check.check(office, at(11))
    assert alarms(office) == []
    daily_post_check.check(office, at(16))
    assert ("gap", "2026-11-22 16:00") in alarms(office)


def test_what_was_not_mended_ends_with_its_day(office: Office) -> None:
    daily_post_check.check(office, at(16))
    daily_post_check.check(office, at(0, 1, days=1))
    assert alarms(office) == [("gap", "2026-11-23 15:00")]
    assert "过去了" in json.loads(entries(office, "alarm.closed")[0].data)["why"]


def test_an_approved_reserve_article_waits_until_it_is_called(office: Office) -> None:
    post = articles.PostForm(title="园区垃圾分类小知识", body=from_text("请分类投放。"), wanted_at=at(13), reserve=True)
    number = articles.add(office, post, username="linxiaoyu").id
    reviews.submit(office, number, username="linxiaoyu")
    for reviewer in ("sunhao", "zhoujianguo", "zhaominghua"):
        reviews.pass_(office, number, username=reviewer)
    assert state(office, number) == ("scheduled", None)
    with office.store.read() as session:
        assert publications.due_articles(session, at(23, days=365)) == []


def test_at_the_last_hour_the_oldest_reserve_steps_in_and_goes_out(office: Office) -> None:
    first, second = reserve_article(office, "备用一"), reserve_article(office, "备用二")
    daily_post_check.check(office, at(10))
    daily_post_check.check(office, at(15))
    assert state(office, first) == ("scheduled", None)
    messages = daily_post_check.check(office, at(16))
    assert "备用稿《备用一》已经顶上" in messages[0] and "还剩 1 篇" in messages[0]
    assert state(office, first) == ("scheduled", at(16)) and state(office, second) == ("scheduled", None)
    used = entries(office, "reserve.used")
    assert [(entry.subject, json.loads(entry.data)["day"]) for entry in used] == [(f"article:{first}", "2026-11-22")]
    channel = FakeChannel(now=lambda: at(16))
    with office.store.write() as session:
        fence = publications.lead(session, "clock", holder="test", now=at(16))
    run(JobContext(office, channel, fence, "test", lambda: at(16)))
    assert channel.calls.count("submit") == 1
    daily_post_check.check(office, at(16, 1))
    assert ("gap", "2026-11-22 16:00") in alarms(office)  # not before it is out
    now = at(16, 2)
    run(JobContext(office, channel, fence, "test", lambda: now))
    daily_post_check.check(office, now)
    assert [subject for _, subject in alarms(office)] == ["2026-11-23 15:00"]


def test_one_reserve_is_called_for_a_day_however_often_it_is_asked(office: Office) -> None:
    called = [reserve_article(office, f"备用{number}") for number in range(3)]
    for minute in range(5):
        daily_post_check.check(office, at(16, minute))
    assert [state(office, number)[1] for number in called] == [at(16), None, None]


def test_the_next_reserve_steps_in_when_the_platform_refuses_the_first(office: Office) -> None:
    first, second = reserve_article(office, "备用一"), reserve_article(office, "备用二")
    daily_post_check.check(office, at(16))
    with office.store.write() as session:
        article = session.get_one(Article, first)
        publications.prepare(session, [article], delivery="publish", due_at=at(16), now=at(16))  # type: ignore[arg-type]
        session.flush()
        publication = publications.in_states(session, [P.PREPARED])[0]
        publications.move(session, publication, P.REFUSED, now=at(16), reason="内容违规")
    daily_post_check.check(office, at(16, 5))
    assert state(office, second)[1] == at(16, 5)
    assert "《备用二》已经顶上" in last_alarm(office).message
    assert ("gap", "2026-11-22 16:00#2") in alarms(office)


def test_while_a_called_reserve_is_stuck_no_other_is_wasted(office: Office) -> None:
    first, second = reserve_article(office, "备用一"), reserve_article(office, "备用二")
    daily_post_check.check(office, at(16))
    under_way(office, first, P.DRAFTED, tries=USED_UP, next_try_at=at(17), reason="微信繁忙。")
    daily_post_check.check(office, at(16, 30))
    assert state(office, second)[1] is None
    messages = daily_post_check.check(office, at(16, days=1))
    assert state(office, second)[1] is None
    [message] = [message for message in messages if "今天" in message]
    assert "停住了：微信繁忙。" in message and "先前顶上的备用稿也还没有发出去" in message


@pytest.mark.parametrize(
    ("standing", "values", "enough"),
    [
        (P.PREPARED, {}, True),
        (P.SUBMITTED, {"next_try_at": at(20, days=5)}, True),
        (P.UNKNOWN, {"next_try_at": at(16, 5)}, True),
        (P.UNKNOWN, {"next_try_at": None}, False),
        (P.DRAFTED, {"tries": USED_UP, "next_try_at": at(16, 5)}, False),
        (P.SUBMITTING, {"tries": USED_UP, "next_try_at": at(16, 5)}, False),
        (P.DRAFTED, {"next_try_at": at(0, 5, days=1)}, False),  # an allowance that returns tomorrow
    ],
)
def test_a_post_under_way_counts_unless_it_cannot_be_out_today(
    office: Office, standing: P, values: dict[str, object], enough: bool
) -> None:
    under_way(office, approved_article(office, due_at=at(9)), standing, **{"next_try_at": at(16, 1), **values})
    spare = reserve_article(office, "备用")
    daily_post_check.check(office, at(16))
    assert (("gap", "2026-11-22 16:00") in alarms(office)) is not enough or state(office, spare)[1] is not None
    assert (state(office, spare)[1] is None) is enough


def test_a_draft_that_waits_for_a_hand_is_reminded_of_at_the_last_hour_and_calls_no_reserve(office: Office) -> None:
    under_way(office, approved_article(office, title="等人点", due_at=at(9)), P.HANDED, next_try_at=at(12))
    spare = reserve_article(office, "备用")
    assert daily_post_check.check(office, at(10)) == []
    assert any("《等人点》还等着人到公众平台上点发布" in message for message in daily_post_check.check(office, at(16)))
    assert state(office, spare)[1] is None


def test_an_overdue_post_of_yesterday_counts_for_today_and_not_for_tomorrow(office: Office) -> None:
    approved_article(office, due_at=at(9, days=-1))
    daily_post_check.check(office, at(15))
    assert alarms(office) == [("gap", "2026-11-23 15:00")]


def test_a_withdrawn_post_was_out_and_stays_counted(office: Office) -> None:
    number = published(office, at(9))
    with office.store.write() as session:
        publications.move(session, session.get_one(Publication, number), P.WITHDRAWN, now=at(10))
    daily_post_check.check(office, at(10))
    assert alarms(office) == []


def test_the_two_week_rule_is_told_each_day_from_five_days_left_on(office: Office) -> None:
    published(office, at(9))
    for days in range(1, 9):
        daily_post_check.check(office, at(11, days=days))
    assert not [subject for kind, subject in alarms(office) if kind == "two_weeks"]
    daily_post_check.check(office, at(9, 59, days=9))
    assert not [subject for kind, subject in alarms(office) if kind == "two_weeks"]
    daily_post_check.check(office, at(10, days=9))
    assert ("two_weeks", "2026-12-01") in alarms(office) and "还剩 5 天" in last_alarm(office).message
    daily_post_check.check(office, at(10, days=10))
    assert [subject for kind, subject in alarms(office) if kind == "two_weeks"] == ["2026-12-02"]
    published(office, at(11, days=10))
    daily_post_check.check(office, at(12, days=10))
    assert not [subject for kind, subject in alarms(office) if kind == "two_weeks"]


def test_a_gap_s_message_tells_of_the_two_weeks(office: Office) -> None:
    published(office, at(9))
    daily_post_check.check(office, at(10, days=3))
    assert "上一篇是 11月22日 发的" in last_alarm(office).message and "还剩 11 天" in last_alarm(office).message


def test_hours_and_days_are_those_of_the_office_in_any_zone(settings: Settings) -> None:
    office = Office(settings.model_copy(update={"timezone": "America/New_York"}))
    world.furnish(office)
    autumn = at(0, days=-21)  # 31 October 2026, 16:00 UTC: 12:00 in New York; the clocks go back the next night
    daily_post_check.check(office, autumn)
    assert alarms(office) == [("gap", "2026-10-31 10:00")]
    daily_post_check.check(office, autumn + timedelta(hours=22, minutes=59))  # 1 November, 9:59 after a day of 25 hours
    assert alarms(office) == []
    daily_post_check.check(office, autumn + timedelta(hours=23))
    assert alarms(office) == [("gap", "2026-11-01 10:00")]
    office.close()
