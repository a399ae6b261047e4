"""`gongkai alarms`, the webhook that hears of them, and the figures on /metrics."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.app import create_app
from bot.cli import cli
from bot.outside.alarm_webhook import AlarmWebhook
from config.clock import Clock
from content.rules.alarms import AlarmKind
from content.rules.errors import GongkaiError
from content.rules.publishing.publication import PublicationState
from content.services.alarms import alarm_webhook_tries, daily_post_check, lifecycle
from content.services.figures import yearly_tally
from content.services.office import Office
from scheduler.runner.lease import Lease
from tests import world
from tests.factories import approved_article
from tests.fixtures.hands import Hands
from tests.fixtures.robot import Robot
from tests.services.alarm_world import at, last_alarm, published, under_way


@pytest.fixture
def robot() -> Iterator[Robot]:
    robot = Robot()
    yield robot
    robot.close()


@pytest.fixture
def gongkai(office: Office, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The command line on the office's home."""
    monkeypatch.setenv("GONGKAI_HOME", str(office.home))
    monkeypatch.setenv("GONGKAI_REDIS_URL", office.settings.redis_url)

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(cli, [str(argument) for argument in arguments])

    return run


def test_a_robot_hears_of_an_alarm(office: Office, robot: Robot) -> None:
    lifecycle.raise_alarm(office, AlarmKind.GAP, subject="2026-11-22 10:00", message="今天没有稿件。", now=at(10))
    with world.with_settings(office, alarm_url=robot.url) as listened:
        assert alarm_webhook_tries.tell(listened, AlarmWebhook(), at(10)) == 1
    [(path, kind, body)] = robot.heard
    assert path.endswith("?key=geheim") and kind == "application/json"
    assert body == {
        "msgtype": "text", "text": {"content": "【公开】缺稿：今天没有稿件。\n2026-11-22 10:00"}, "kind": "gap",
        "subject": "2026-11-22 10:00", "message": "今天没有稿件。", "raised_at": "2026-11-22T10:00:00+08:00",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("status", "answer", "taken"),
    [
        (200, b"", True),
        (204, b"", True),
        (200, b"ok", True),
        (200, b"[1]", True),
        (200, b'{"errcode":93000,"errmsg":"invalid webhook url"}', False),
        (302, b"", False),
        (404, b"", False),
        (500, b"{}", False),
    ],
)
def test_an_answer_says_whether_the_alarm_was_taken(robot: Robot, status: int, answer: bytes, taken: bool) -> None:
    robot.status, robot.answer = status, answer
    if taken:
        return AlarmWebhook().ring(robot.url, {"msgtype": "text"})
    with pytest.raises(GongkaiError) as caught:
        AlarmWebhook().ring(robot.url, {"msgtype": "text"})
    assert "geheim" not in caught.value.message
    return None


def test_an_address_that_nobody_answers_is_a_failure_that_does_not_show_the_key(
    office: Office, robot: Robot, caplog: pytest.LogCaptureFixture
) -> None:
    robot.close()
    lifecycle.raise_alarm(office, AlarmKind.GAP, subject="2026-11-22 10:00", message="今天没有稿件。", now=at(10))
    with (
        world.with_settings(office, alarm_url=robot.url) as listened,
        caplog.at_level(logging.DEBUG, logger="content"),
    ):
        assert alarm_webhook_tries.tell(listened, AlarmWebhook(), at(10)) == 0
    assert "was not taken" in caplog.text and "geheim" not in caplog.text
    assert last_alarm(office).told_at is None


def test_the_list_shows_open_alarms_oldest_first_and_their_fields(office: Office, gongkai: Any) -> None:
    assert json.loads(gongkai("alarms", "list", "--json").stdout) == []
    assert "没有告警" in gongkai("alarms", "list").stdout
    daily_post_check.check(office, at(16))
    rows = json.loads(gongkai("alarms", "list", "--json").stdout)
    assert [row["subject"] for row in rows] == ["2026-11-22 16:00", "2026-11-23 15:00"]
    assert {key for row in rows for key in row} == {"id", "kind", "subject", "message", "raised_at", "told_at"}
    assert rows[0]["raised_at"] == "2026-11-22T16:00:00+08:00" and rows[0]["told_at"] is None
    assert "2026-11-22 16:00\t缺稿\t今天（11月22日）" in gongkai("alarms", "list").stdout


def test_the_list_tells_of_the_two_weeks_when_few_days_are_left(office: Office, gongkai: Any) -> None:
    published(office, office.clock.now() - (at(0, days=11) - at(0)))
    assert "还剩 3 天" in gongkai("alarms", "list").stdout
    assert json.loads(gongkai("alarms", "list", "--json").stdout) == []


def test_an_alarm_is_closed_by_hand(office: Office, gongkai: Any) -> None:
    daily_post_check.check(office, at(10))
    number = last_alarm(office).id
    refused = gongkai("alarms", "close", number, "--as", "linxiaoyu", "--note", "没事")
    assert refused.exit_code == 1 and "您不能解除告警" in refused.stderr
    assert gongkai("alarms", "close", number, "--as", "zhoujianguo").exit_code == 2
    assert gongkai("alarms", "close", number, "--as", "zhoujianguo", "--note", "下午有稿").exit_code == 0
    assert json.loads(gongkai("alarms", "list", "--json").stdout) == []
    assert gongkai("alarms", "close", number, "--as", "zhoujianguo", "--note", "再来").exit_code == 1


def figures(office: Office) -> dict[str, float]:
    """What /metrics tells, by name and labels."""
    text = create_app(office).test_client().get("/metrics").text
    return {name: float(value) for name, value in re.findall(r"^(gongkai_\S+) (\S+)$", text, re.MULTILINE)}


def test_metrics_tell_of_alarms_and_of_all_that_the_promise_hangs_on(office: Office, tmp_path: Path) -> None:
    now = at(12)
    office.clock = Clock(office.settings.zone, str(Hands(tmp_path / "clock", now).file))
    published(office, now - (at(0, days=10) - at(0)))
    published(office, now - (at(0, days=8) - at(0)))
    under_way(office, approved_article(office), PublicationState.UNKNOWN, next_try_at=None)
    approved_article(office, due_at=now - (at(1) - at(0)))
    lifecycle.raise_alarm(office, AlarmKind.GAP, subject="2026-11-22 10:00", message="今天没有稿件。", now=now)
    yearly_tally.catch_up(office)
    told = figures(office)
    assert told['gongkai_alarms_open{kind="gap"}'] == 1 and told['gongkai_alarms_open{kind="overdue"}'] == 0
    assert told["gongkai_two_week_rule_days_left"] == 6
    counted = yearly_tally.read(office, now.year, now)["days_without_publication"]
    assert told["gongkai_days_without_publication"] == len(counted) == 8
    assert told["gongkai_articles_overdue"] == 1 and told["gongkai_publications_unknown"] == 1
    assert told["gongkai_last_publication_seconds"] == pytest.approx((now - (at(0, days=8) - at(0))).timestamp(), abs=1)
    assert told["gongkai_tally_lag"] == 0 < told["gongkai_ledger_head"]
    assert "gongkai_clock_beat_age_seconds" not in told


def test_metrics_tell_who_leads_and_when_it_last_gave_a_sign(office: Office) -> None:
    lease = Lease(office)
    assert lease.take()
    told = figures(office)
    assert told[f'gongkai_clock_leader{{holder="{lease.holder}"}}'] == 1
    assert 0 <= told["gongkai_clock_beat_age_seconds"] < 5 and told["gongkai_clock_fence"] == 1
    lease.close()
    assert "gongkai_clock_beat_age_seconds" not in figures(office)


def test_metrics_of_a_fresh_office_have_no_figure_that_would_be_a_guess(office: Office) -> None:
    told = figures(office)
    assert told["gongkai_days_without_publication"] == 0
    assert not {"gongkai_two_week_rule_days_left", "gongkai_last_publication_seconds"} & told.keys()
