"""Alarms: one for each occasion, in the ledger, closed by those who may; and told to the office's webhook."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest

from content.rules.alarms import AlarmKind
from content.rules.errors import BadInput, Conflict, GongkaiError, NotAllowed, NotFound
from content.services.alarms import alarm_webhook_tries, lifecycle
from content.services.office import Office
from content.store.tables import Alarm
from tests import world
from tests.services.alarm_world import alarms, at, entries, last_alarm

URL = "https://hooks.example.gov.cn/alarm?key=geheim"


def raise_one(office: Office, subject: str = "第1条", **more: Any) -> bool:
    """A broken ledger."""
    given = {"message": "台账第 1 条不可信。", "now": at(10), **more}
    return lifecycle.raise_alarm(office, AlarmKind.LEDGER_BROKEN, subject=subject, **given)


class Ringer:
    """A bell that notes what it is handed, and fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.bodies: list[Mapping[str, Any]] = []

    def ring(self, url: str, body: Mapping[str, object]) -> None:
        """Takes it, or not."""
        assert url == URL
        self.bodies.append(body)
        if self.failures:
            self.failures -= 1
            raise GongkaiError("没人接")


@pytest.fixture
def listened(office: Office) -> Iterator[Office]:
    """An office with somebody who wants to hear of alarms."""
    with world.with_settings(office, alarm_url=URL) as listened:
        yield listened


def test_an_alarm_is_raised_once_for_an_occasion_and_stands_in_the_ledger(office: Office) -> None:
    assert raise_one(office)
    assert not raise_one(office, message="别的话", now=at(11))
    [entry] = entries(office, "alarm.raised")
    assert (entry.actor, json.loads(entry.data)) == (
        "clock", {"alarm": "ledger_broken", "message": "台账第 1 条不可信。"},
    )  # fmt: skip
    assert entry.subject == f"alarm:{last_alarm(office).id}"


def test_many_who_raise_the_same_alarm_at_once_raise_one(office: Office) -> None:
    start = threading.Barrier(6)
    raised: list[bool] = []

    def raiser() -> None:
        start.wait()
        raised.append(raise_one(office))

    threads = [threading.Thread(target=raiser) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(raised) == [False] * 5 + [True]
    assert len(alarms(office)) == 1 == len(entries(office, "alarm.raised"))


def test_subjects_that_begin_alike_are_different_occasions(office: Office) -> None:
    assert (
        raise_one(office, "publication:1")
        and raise_one(office, "publication:11")
        and raise_one(office, "publication:%")
    )
    assert len(alarms(office)) == 3


def test_a_closed_alarm_is_not_raised_again_but_one_that_was_over_is(office: Office) -> None:
    raise_one(office, "a")
    lifecycle.close(office, last_alarm(office).id, username="hejing", note="已恢复备份")
    assert not raise_one(office, "a")
    raise_one(office, "b")
    with office.store.write() as session:
        lifecycle.end(session, session.get_one(Alarm, last_alarm(office).id), at(12))
    assert raise_one(office, "b")
    assert alarms(office) == [("ledger_broken", "b#2")]


def test_closing_wants_a_right_and_a_note_and_says_who_did_it(office: Office) -> None:
    raise_one(office)
    number = last_alarm(office).id
    with pytest.raises(NotAllowed, match="审核、终审、办公室、管理员"):
        lifecycle.close(office, number, username="linxiaoyu", note="没事")
    with pytest.raises(BadInput):
        lifecycle.close(office, number, username="zhaominghua", note="  ")
    with pytest.raises(NotFound):
        lifecycle.close(office, number + 1, username="zhaominghua", note="没事")
    lifecycle.close(office, number, username="zhaominghua", note="已恢复备份")
    with pytest.raises(Conflict):
        lifecycle.close(office, number, username="hejing", note="我也关")
    [entry] = entries(office, "alarm.closed")
    assert (entry.actor, entry.role, json.loads(entry.data)["why"]) == ("zhaominghua", "chief", "赵明华：已恢复备份")
    assert alarms(office) == []


def test_the_message_is_cut_where_the_table_would_cut_it(office: Office) -> None:
    raise_one(office, message="长" * 3000)
    assert last_alarm(office).message == "长" * 1000


def test_an_alarm_is_told_once_as_text_and_with_its_fields(listened: Office) -> None:
    bell = Ringer()
    raise_one(listened)
    assert alarm_webhook_tries.tell(listened, bell, at(10)) == 1
    assert alarm_webhook_tries.tell(listened, bell, at(11)) == 0
    [body] = bell.bodies
    assert body["msgtype"] == "text"
    assert body["text"]["content"] == "【公开】台账对不上：台账第 1 条不可信。\n2026-11-22 10:00"
    assert (body["kind"], body["subject"], body["message"]) == ("ledger_broken", "第1条", "台账第 1 条不可信。")
    assert body["raised_at"] == "2026-11-22T10:00:00+08:00"
    assert last_alarm(listened).told_at == at(10)


def test_telling_is_tried_a_few_times_further_and_further_apart(listened: Office) -> None:
    bell = Ringer(failures=100)
    raise_one(listened)
    tries = {}
    due = [int(wait.total_seconds()) for wait in alarm_webhook_tries.WAITS]
    near = {moment + by for moment in due for by in (-10, -1, 0, 1, 10)}
    for seconds in sorted({*range(0, 3 * 86400, 600), *near} - {-10, -1}):
        before = len(bell.bodies)
        alarm_webhook_tries.tell(listened, bell, at(10) + timedelta(seconds=seconds))
        if len(bell.bodies) > before:
            tries[len(bell.bodies)] = seconds
    assert list(tries.values()) == due
    assert last_alarm(listened).told_at is None


def test_what_failed_once_is_told_at_the_second_try(listened: Office) -> None:
    bell = Ringer(failures=1)
    raise_one(listened)
    assert [alarm_webhook_tries.tell(listened, bell, at(10) + timedelta(seconds=wait)) for wait in (0, 10, 20, 30)] == [
        0,
        0,
        1,
        0,
    ]


def test_a_crash_in_the_middle_of_telling_does_not_repeat_it_at_once(listened: Office) -> None:
    class Dies(Ringer):
        def ring(self, url: str, body: Mapping[str, object]) -> None:
            raise KeyboardInterrupt

    raise_one(listened)
    with pytest.raises(KeyboardInterrupt):
        alarm_webhook_tries.tell(listened, Dies(), at(10))
    bell = Ringer()
    assert alarm_webhook_tries.tell(listened, bell, at(10)) == 0
    assert alarm_webhook_tries.tell(listened, bell, at(10, 1)) == 1


def test_many_alarms_are_told_a_few_at_a_time_oldest_first(listened: Office) -> None:
    bell = Ringer()
    for number in range(8):
        raise_one(listened, f"第{number}条")
    assert [alarm_webhook_tries.tell(listened, bell, at(10)) for _ in range(4)] == [3, 3, 2, 0]
    assert [body["subject"] for body in bell.bodies] == [f"第{number}条" for number in range(8)]


def test_an_alarm_that_was_over_at_once_is_told_with_its_end_but_not_hours_later(listened: Office) -> None:
    bell = Ringer()
    for subject, now in (("早", at(8)), ("晚", at(10))):
        raise_one(listened, subject, now=now)
        with listened.store.write() as session:
            lifecycle.end(session, session.get_one(Alarm, last_alarm(listened).id), now)
    assert alarm_webhook_tries.tell(listened, bell, at(10)) == 1
    assert "（已解除：再查时对得上了。）" in bell.bodies[0]["text"]["content"]


def test_without_an_address_nothing_is_told_and_nothing_is_lost(office: Office) -> None:
    bell = Ringer()
    raise_one(office)
    assert alarm_webhook_tries.tell(office, bell, at(10)) == 0
    with world.with_settings(office, alarm_url=URL) as listened:
        assert alarm_webhook_tries.tell(listened, bell, at(18)) == 1
