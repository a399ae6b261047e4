"""A job by hand leaves its row and its alarm as the clock's own runs do; while a clock leads, that clock does it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from content.rules.errors import GongkaiError, Unanswered
from content.services.alarms import alarm_watch
from content.services.office import Office
from content.store.redis import keys
from content.store.tables import JobRun
from scheduler.runner import by_hand as manual_runs
from scheduler.runner import job_runs
from scheduler.runner.clock import ClockProcess
from scheduler.runner.job_runs import RunOutcome
from scheduler.runner.lease import Lease
from scheduler.timetable import Job, find
from tests.fakes.channel import FakeChannel
from tests.fixtures.office_processes import OfficeProcesses, until
from tests.scheduler.clocks import Silent, running, runs
from tests.services.alarm_world import alarms, at


def job(name: str) -> Job:
    """A job of the timetable."""
    found = find(name)
    assert found
    return found


def by_hand(office: Office, name: str, channel: FakeChannel | None = None) -> RunOutcome:
    """What `gongkai job run NAME --now 2026-11-22T10:00` does, in a process of its own."""
    own = Office(office.settings)
    try:
        return manual_runs.run(ClockProcess(own, channel or FakeChannel(), Silent()), job(name), at(10))
    finally:
        own.close()


def unanswered() -> FakeChannel:
    """A platform that does not answer the next call."""
    return FakeChannel(faults=[Unanswered("微信接口没有回音。")])


def rows(office: Office) -> list[tuple[str, str, object]]:
    """All runs: job, outcome, due time."""
    return [(run.job, run.outcome, run.due_at) for run in runs(office)]


def test_it_leaves_its_row(office: Office) -> None:
    assert by_hand(office, "gap_alarm").outcome == "ok"
    [run] = runs(office)
    assert (run.job, run.outcome, run.due_at, run.ended_at) == ("gap_alarm", "ok", at(10), at(10))


def test_one_that_fails_raises_the_alarm_and_one_that_goes_well_closes_it(office: Office) -> None:
    assert by_hand(office, "reconcile", unanswered()) == RunOutcome("failed", "微信接口没有回音。")
    assert [kind for kind, _ in alarms(office)] == ["job_failed"]
    assert by_hand(office, "reconcile").outcome == "ok"
    assert alarms(office) == []
    assert [outcome for _, outcome, _ in rows(office)] == ["failed", "ok"]


def test_it_closes_the_alarm_of_a_run_of_the_clocks(office: Office) -> None:
    with office.store.write() as session:
        session.add(JobRun(job="reconcile", due_at=at(10), started_at=at(10), outcome="failed", note="微信没有回音。"))
    alarm_watch.watch(office, at(10))
    assert [kind for kind, _ in alarms(office)] == ["job_failed"]
    by_hand(office, "reconcile")
    assert alarms(office) == []
    assert [outcome for _, outcome, _ in rows(office)] == ["failed", "ok"]


def test_while_a_clock_leads_that_clock_runs_it(office: Office) -> None:
    with running(office, 1) as [clock]:
        until(lambda: clock.lease.leading, what="the clock to lead")
        fence = clock.lease.fence
        ending = by_hand(office, "check_tally")
        assert (clock.lease.leading, clock.lease.fence) == (True, fence)
    [run] = [run for run in runs(office) if run.job == "check_tally" and run.due_at == at(10)]
    assert (run.runner, run.outcome, ending.outcome) == (clock.lease.holder, "ok", "ok")


def test_its_failure_is_told_to_whoever_asked_for_it(office: Office) -> None:
    with running(office, 1, Deaf()) as [clock]:
        until(lambda: clock.lease.leading, what="the clock to lead")
        assert by_hand(office, "reconcile") == RunOutcome("failed", "微信接口没有回音。")


class Deaf(FakeChannel):
    """A platform that answers nothing."""

    def published(self, offset: int, count: int) -> list[object]:  # type: ignore[override]
        """Does not answer."""
        raise Unanswered("微信接口没有回音。")


@pytest.fixture
def dead_leader(office: Office) -> Iterator[Lease]:
    """Somebody leads, and takes nothing on."""
    lease = Lease(office)
    assert lease.take()
    yield lease
    lease.close()


def test_when_the_leader_dies_first_it_is_done_here(office: Office, dead_leader: Lease) -> None:
    endings = list[RunOutcome]()
    thread = threading.Thread(target=lambda: endings.append(by_hand(office, "check_tally")))
    thread.start()
    until(lambda: rows(office) == [("check_tally", "asked", at(10))], what="the run to be asked for")
    dead_leader.close()
    thread.join(20)
    assert [ending.outcome for ending in endings] == ["ok"]
    assert rows(office) == [("check_tally", "ok", at(10))]


def test_when_the_leader_dies_in_the_middle_of_it_that_is_said(office: Office, dead_leader: Lease) -> None:
    said = list[str]()

    def ask() -> None:
        try:
            by_hand(office, "check_tally")
        except GongkaiError as error:
            said.append(error.message)

    thread = threading.Thread(target=ask)
    thread.start()
    until(lambda: runs(office), what="the run to be asked for")
    with office.store.write() as session:
        session.get_one(JobRun, runs(office)[0].id).outcome = "running"
        session.get_one(JobRun, runs(office)[0].id).runner = dead_leader.holder
    dead_leader.close()
    office.redis.client.delete(keys.LEAD)
    thread.join(20)
    assert said == ["做这项工作的时钟中途断了，请再做一次。"]


def test_two_by_hand_for_one_instant_are_two_runs(office: Office) -> None:
    for _ in range(2):
        by_hand(office, "check_tally")
    assert [(name, outcome) for name, outcome, _ in rows(office)] == [("check_tally", "ok")] * 2
    assert rows(office)[1][2] == at(10) + job_runs.INSTANT


def test_what_nobody_waits_for_any_more_is_forgotten(office: Office) -> None:
    run_id = job_runs.ask(office, job("check_tally"), at(10))
    job_runs.forget(office, run_id)
    assert rows(office) == []


def test_the_command_says_how_it_went(quiet_home: OfficeProcesses) -> None:
    done = quiet_home.run("job", "run", "check_tally", "--now", "2026-11-22T10:00")
    assert "check_tally 已完成" in done.stdout
    failed = quiet_home.run("job", "run", "reconcile", "--now", "2026-11-22T10:00", code=1)
    assert "reconcile 没有做成：连不上微信接口" in failed.stderr
    assert "例行工作没有做成" in quiet_home.run("alarms", "list").stdout
    assert "没有“dance”这项工作" in quiet_home.run("job", "run", "dance", code=1).stderr


@pytest.fixture
def quiet_home(tmp_path: Path) -> Iterator[OfficeProcesses]:
    """A home without processes, whose platform cannot be reached."""
    processes = OfficeProcesses(tmp_path, GONGKAI_WECHAT_API_URL="http://127.0.0.1:9")
    try:
        processes.furnish()
        yield processes
    finally:
        processes.close()
