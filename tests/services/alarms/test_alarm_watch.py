"""Alarms follow the rows: raised for what stands still, closed as soon as it moves; on both databases."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from config.settings import Settings
from content.intake.articles.documents import from_text
from content.rules.errors import Fault, Refused
from content.rules.publishing.article_states import ArticleState
from content.rules.publishing.publication import PublicationState
from content.rules.publishing.retry import USED_UP
from content.services import articles
from content.services.alarms import alarm_watch, lifecycle
from content.services.articles import reviews
from content.services.notices import notice_import
from content.services.office import Office
from content.services.publishing import JobContext, run
from content.store.articles import publications
from content.store.tables import JobRun, Publication
from tests import world
from tests.factories import approved_article
from tests.fakes.channel import FakeChannel
from tests.services.alarm_world import alarms, at, entries, last_alarm, under_way

P = PublicationState


@pytest.fixture
def office(settings: Settings) -> Iterator[Office]:
    """An office whose platform takes submissions as fast as they come."""
    office = Office(settings.model_copy(update={"submit_gap": 0.0}))
    world.furnish(office)
    yield office
    office.close()


def context(office: Office, channel: FakeChannel, now: datetime) -> JobContext:
    """The clock's, in the lead, at that time."""
    with office.store.write() as session:
        fence = publications.lead(session, "clock", holder="test", now=now)
    return JobContext(office, channel, fence, "test", lambda: now)


def settle(office: Office, number: int, **values: object) -> None:
    """Moves a publication on."""
    with office.store.write() as session:
        for name, value in values.items():
            setattr(session.get_one(Publication, number), name, value)


@pytest.mark.parametrize(
    ("kind", "standing", "values"),
    [
        ("overdue", P.DRAFTED, {"tries": USED_UP, "reason": "微信繁忙。"}),
        ("overdue", P.PREPARED, {"tries": USED_UP + 3, "reason": "连不上微信。"}),
        ("unknown", P.UNKNOWN, {"next_try_at": None, "reason": "核实不了。"}),
        ("waiting", P.HANDED, {"reason": "请到公众平台发布。"}),
        ("waiting", P.CONFIRMING, {"reason": "请管理员在手机上确认。"}),
    ],
)
def test_a_publication_that_stands_still_is_told_until_it_moves(
    office: Office, kind: str, standing: P, values: dict[str, object]
) -> None:
    number = under_way(office, approved_article(office, title="停住的"), standing, **values)
    assert alarm_watch.watch(office, at(13)) == (1, 0)
    assert alarm_watch.watch(office, at(13, 1)) == (0, 0)
    assert alarms(office) == [(kind, f"publication:{number}")]
    assert last_alarm(office).message == f"《停住的》：{values['reason']}"
    settle(office, number, state=P.PUBLISHED, tries=0)
    assert alarm_watch.watch(office, at(14)) == (0, 1)
    assert alarms(office) == [] and len(entries(office, "alarm.closed")) == 1


@pytest.mark.parametrize(
    ("standing", "values"),
    [
        (P.PREPARED, {"tries": 1}),
        (P.DRAFTED, {"tries": USED_UP - 1}),
        (P.SUBMITTED, {"tries": USED_UP}),
        (P.UNKNOWN, {"next_try_at": at(13)}),
    ],
)
def test_what_the_clock_still_works_on_is_no_alarm(office: Office, standing: P, values: dict[str, object]) -> None:
    under_way(office, approved_article(office), standing, **values)
    assert alarm_watch.watch(office, at(13)) == (0, 0)


def test_a_slow_retry_under_way_does_not_end_the_alarm(office: Office) -> None:
    number = under_way(office, approved_article(office), P.DRAFTED, tries=USED_UP, reason="微信繁忙。")
    alarm_watch.watch(office, at(13))
    settle(office, number, state=P.SUBMITTING, reason="")
    assert alarm_watch.watch(office, at(13, 1)) == (0, 0)


def test_a_due_article_that_nobody_takes_up_is_overdue_after_ten_minutes(office: Office) -> None:
    number = approved_article(office, title="没人管", due_at=at(12))
    assert alarm_watch.watch(office, at(12, 10)) == (0, 0)
    assert alarm_watch.watch(office, at(12, 11)) == (1, 0)
    assert alarms(office) == [("overdue", f"article:{number}")]
    with office.store.read() as session:
        assert alarm_watch.overdue(office, session, at(12, 11)) == 1
    run(context(office, FakeChannel(now=lambda: at(12, 12)), at(12, 12)))
    assert alarm_watch.watch(office, at(12, 13)) == (0, 1)


def test_articles_of_a_push_may_wait_for_the_last_of_their_day(office: Office) -> None:
    approved_article(office, due_at=at(9), delivery="mass")
    approved_article(office, due_at=at(20), delivery="mass")
    assert alarm_watch.watch(office, at(19)) == (0, 0)
    assert alarm_watch.watch(office, at(1, days=1)) == (2, 0)


def test_a_refused_article_is_told_until_it_is_revised(office: Office) -> None:
    post = articles.PostForm(title="被拒的", body=from_text("内容。"))
    number = articles.add(office, post, username="linxiaoyu").id
    publication = under_way(office, number, P.SUBMITTED)
    with office.store.write() as session:
        row = session.get_one(Publication, publication)
        publications.move(session, row, P.REFUSED, now=at(13), reason="涉嫌违规。")
    assert alarm_watch.watch(office, at(13)) == (1, 0)
    assert last_alarm(office).message == "《被拒的》：涉嫌违规。"
    articles.edit(office, number, {"body": from_text("改过的内容。")}, username="linxiaoyu")
    assert alarm_watch.watch(office, at(14)) == (0, 1)


def test_an_article_that_nobody_can_finish_reviewing_is_told_until_it_is_given_back(office: Office) -> None:
    post = articles.PostForm(title="审不完的", body=from_text("内容。"))
    number = articles.add(office, post, username="linxiaoyu").id
    reviews.submit(office, number, username="linxiaoyu")
    assert alarm_watch.watch(office, at(13)) == (0, 0)
    reviews.pass_(office, number, username="zhoujianguo")
    assert alarm_watch.watch(office, at(13)) == (1, 0)
    assert alarms(office) == [("no_reviewer", f"article:{number}")] and "请退回" in last_alarm(office).message
    reviews.return_(office, number, username="linxiaoyu", note="重来")
    assert alarm_watch.watch(office, at(14)) == (0, 1)


def test_a_person_s_word_quiets_an_alarm_that_still_stands(office: Office) -> None:
    under_way(office, approved_article(office), P.UNKNOWN, next_try_at=None)
    alarm_watch.watch(office, at(13))
    lifecycle.close(office, last_alarm(office).id, username="hejing", note="在问客服")
    assert alarm_watch.watch(office, at(14)) == (0, 0)
    assert alarms(office) == []


@pytest.mark.parametrize(("code", "kind"), [(40164, "platform"), (48001, "no_right")])
def test_a_fault_that_wants_a_person_is_told_once_a_day_until_nothing_waits_for_it(
    office: Office, code: int, kind: str
) -> None:
    approved_article(office)
    said = "请把 203.0.113.7 加入白名单。"
    channel = FakeChannel(now=lambda: at(13))
    channel.faults = [Refused(said, code, Fault.PERSON)]
    run(context(office, channel, at(13)))
    assert alarms(office) == [(kind, f"{code} 2026-11-22")] and last_alarm(office).message.startswith(said)
    alarm_watch.watch(office, at(13))
    assert (kind, f"{code} 2026-11-22") in alarms(office)
    channel.faults = [Refused(said, code, Fault.PERSON)]
    run(context(office, channel, at(13, 11)))
    assert len(entries(office, "alarm.raised")) == 1
    run(context(office, channel, at(13, 22)))
    alarm_watch.watch(office, at(13, 23))
    assert alarms(office) == []
    assert channel.calls.count("submit") == 1


def test_an_account_without_the_right_to_publish_is_told_with_the_post_that_waits(office: Office) -> None:
    approved_article(office, title="要人点")
    channel = FakeChannel(now=lambda: at(13))
    channel.faults = [None, None, Refused("这个账号没有发布接口的权限。", 48001, Fault.PERSON)]
    run(context(office, channel, at(13)))
    alarm_watch.watch(office, at(13))
    assert sorted(kind for kind, _ in alarms(office)) == ["no_right", "waiting"]


def job_run(office: Office, outcome: str, when: datetime, **values: object) -> None:
    """A run of the daily digest."""
    with office.store.write() as session:
        session.add(JobRun(job="daily_digest", due_at=when, started_at=when, outcome=outcome, **values))


def test_a_job_that_failed_is_told_until_a_later_run_does_well(office: Office) -> None:
    job_run(office, "ok", at(7, 30, days=-1))
    job_run(office, "failed", at(7, 30), note="磁盘满了。")
    assert alarm_watch.watch(office, at(8)) == (1, 0)
    assert alarms(office) == [("job_failed", "daily_digest 2026-11-22 07:30")]
    assert "没有做成：磁盘满了。可以用 gongkai job run daily_digest" in last_alarm(office).message
    job_run(office, "ok", at(7, 30, days=1))
    assert alarm_watch.watch(office, at(8, days=1)) == (0, 1)


def test_a_run_that_was_cut_off_is_told_once_nobody_will_take_it_up(office: Office) -> None:
    context(office, FakeChannel(), at(7))  # "test" leads
    job_run(office, "running", at(7, 30), runner="test")
    assert alarm_watch.watch(office, at(9)) == (0, 0)
    job_run(office, "running", at(7, 30, days=1), runner="dead:1")
    assert alarm_watch.watch(office, at(7, 35, days=1)) == (0, 0)
    assert alarm_watch.watch(office, at(7, 41, days=1)) == (1, 0)
    assert "做到一半断了" in last_alarm(office).message


def test_the_overdue_read_as_scheduled_with_the_reason(office: Office) -> None:
    number = approved_article(office)
    channel = FakeChannel()
    channel.faults = [Refused("微信繁忙。", -1, Fault.RETRY)] * 40
    for hour in range(13, 22):
        run(context(office, channel, at(hour)))
    with office.store.read() as session:
        assert alarm_watch.overdue(office, session, at(21)) == 1
    assert alarm_watch.watch(office, at(21)) == (1, 0)
    assert last_alarm(office).message.endswith("：微信繁忙。")
    shown = articles.show(office, number)
    assert (shown["state"], shown["platform"]["reason"]) == (ArticleState.SCHEDULED, "微信繁忙。")


def test_a_ledger_that_was_tampered_with_is_told_with_the_entry_until_it_holds_again(tmp_path: Path) -> None:
    office = Office(world.settings(tmp_path))  # SQLite, whose triggers we know how to remove
    world.furnish(office)
    assert alarm_watch.check_ledger(office, at(4)) and alarms(office) == []
    set_actor(office, "somebody")
    assert not alarm_watch.check_ledger(office, at(4, days=1))
    assert not alarm_watch.check_ledger(office, at(4, days=2))
    assert alarms(office) == [("ledger_broken", "entry:2")] and "从第 2 条起" in last_alarm(office).message
    set_actor(office, "operator")
    assert alarm_watch.check_ledger(office, at(4, days=3)) and alarms(office) == []
    office.close()


def set_actor(office: Office, actor: str) -> None:
    """Changes the second entry behind the back of the triggers."""
    with sqlite3.connect(office.home / "gongkai.db") as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE ledger SET actor = ? WHERE number = 2", (actor,))
        for _, sql in triggers:
            connection.execute(sql)


def test_a_portal_item_without_a_day_rings_until_it_has_one(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "门户.csv"
    file.write_text("编号,标题,发布日期\n1,停水公告,昨天\n2,停电公告,2026-11-20\n", encoding="utf-8")
    notice_import.import_file(office, "portal", file)
    assert alarm_watch.watch(office, at(12)) == (1, 0)
    assert alarm_watch.watch(office, at(12)) == (0, 0)
    assert "有 1 条没有读出发布日期（如《停水公告》）" in last_alarm(office).message
    file.write_text("编号,标题,发布日期\n1,停水公告,2026-11-21\n", encoding="utf-8")
    notice_import.import_file(office, "portal", file)
    assert alarm_watch.watch(office, at(13)) == (0, 1)
