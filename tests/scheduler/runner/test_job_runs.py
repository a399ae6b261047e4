"""A job runs once for a due time, whoever asks; one that fails stops no other; one that was cut off is begun again."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from content.rules.errors import GongkaiError
from content.services.office import Office
from content.services.publishing import JobContext
from content.store.redis import keys
from content.store.tables import JobRun, Leader
from scheduler.runner.clock import ClockProcess, every_due_job
from scheduler.runner.due import run_once
from scheduler.runner.job_runs import TAKE_UP_AFTER
from scheduler.runner.lease import Lease
from tests import world
from tests.fakes.channel import FakeChannel
from tests.fixtures.hands import Hands
from tests.fixtures.office_processes import until
from tests.scheduler.clocks import Silent, at_job, context, running, runs
from tests.services.alarm_world import alarms, at


@pytest.fixture
def lease(office: Office) -> Iterator[Lease]:
    lease = Lease(office)
    assert lease.take()
    yield lease
    lease.close()


def test_a_due_time_has_one_run_however_many_begin_it_at_once(office: Office, lease: Lease) -> None:
    begun, start = list[int](), threading.Barrier(8)
    job = at_job(lambda context: begun.append(1) or "done")

    def clock() -> None:
        start.wait()
        run_once(context(office, lease), job, at(10))

    threads = [threading.Thread(target=clock) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(begun) == 1
    [run] = runs(office)
    assert (run.outcome, run.note, run.due_at, run.runner) == ("ok", "done", at(10), lease.holder)


def test_a_job_that_fails_is_written_down_in_words_and_not_repeated(office: Office, lease: Lease) -> None:
    def breaks(context: JobContext) -> str:
        raise ValueError("geheim")

    def refuses(context: JobContext) -> str:
        raise GongkaiError("微信没有回音。")

    held = context(office, lease)
    assert run_once(held, at_job(breaks, name="a"), at(10)) and run_once(held, at_job(refuses, name="b"), at(10))
    assert [(run.outcome, run.note) for run in runs(office)] == [
        ("failed", "程序出了意外（ValueError），日志里有详情"),
        ("failed", "微信没有回音。"),
    ]
    assert not run_once(held, at_job(breaks, name="a"), at(10))


def lost_run(office: Office, runner: str) -> None:
    """A run that nobody ended."""
    with office.store.write() as session:
        session.add(JobRun(job="test", due_at=at(10), started_at=at(10), runner=runner))


def led_for(office: Office, long: timedelta) -> None:
    """Makes the present lead older."""
    with office.store.write() as session:
        leader = session.scalars(select(Leader)).one()
        leader.since = leader.since - long


def test_a_run_that_a_dead_clock_left_behind_is_begun_again_by_the_next_leader(office: Office, lease: Lease) -> None:
    begun = list[int]()
    job, held = at_job(lambda context: begun.append(1) or ""), context(office, lease)
    lost_run(office, "dead:1")
    assert not run_once(held, job, at(10))  # the lead is fresh: who lost it may still be at it
    led_for(office, TAKE_UP_AFTER)
    assert run_once(held, job, at(10)) and not run_once(held, job, at(10))
    assert [(run.outcome, run.runner) for run in runs(office)] == [("ok", lease.holder)] and begun == [1]


def test_a_run_of_one_s_own_that_is_still_under_way_is_left_alone(office: Office, lease: Lease) -> None:
    led_for(office, TAKE_UP_AFTER)
    lost_run(office, lease.holder)
    assert not run_once(context(office, lease), at_job(lambda context: ""), at(10))


def test_a_run_that_a_clock_cut_off_when_it_lost_the_lead_is_begun_again_once_it_leads_anew(
    office: Office, lease: Lease
) -> None:
    """The other clock may be dead, so that the lead comes back to the same process."""
    lost_run(office, lease.holder)
    office.redis.client.delete(keys.LEAD)
    until(lambda: not lease.leading, within=5, what="the loss to be noticed")
    assert lease.take()
    led_for(office, TAKE_UP_AFTER)
    assert run_once(context(office, lease), at_job(lambda context: ""), at(10))
    assert [run.outcome for run in runs(office)] == ["ok"]


def test_the_end_of_a_run_is_written_as_soon_as_the_store_takes_it(office: Office, lease: Lease) -> None:
    holding = sqlite3.connect(office.settings.home / "gongkai.db", check_same_thread=False)
    released = threading.Timer(2, holding.rollback)

    def locks_the_store(context: JobContext) -> str:
        holding.execute("BEGIN IMMEDIATE")
        released.start()
        return "done"

    with office.store.in_a_hurry(60):  # a transaction waits half a second, so that the first tries are in vain
        run_once(context(office, lease), at_job(locks_the_store), at(10))
    released.join()
    holding.close()
    assert [(run.outcome, run.note) for run in runs(office)] == [("ok", "done")]


def test_an_old_leader_that_comes_back_does_not_end_a_run_that_was_taken_up(office: Office, lease: Lease) -> None:
    def stands_still(context: JobContext) -> str:
        with context.office.store.write() as session:
            session.scalars(select(JobRun)).one().runner = "the new leader"
        return "late"

    run_once(context(office, lease), at_job(stands_still), at(10))
    assert [(run.outcome, run.note) for run in runs(office)] == [("running", "")]


def test_two_clocks_through_an_hour_of_simulated_time_run_no_job_twice(office: Office) -> None:
    """The lead changes hands three times on the way."""
    hands = Hands(office.home / "test-clock", at(9, 30))
    with running(office, 2, hands=hands) as clocks:
        for minutes in range(0, 61, 5):
            until(lambda: any(clock.lease.leading for clock in clocks), what="a leader")
            hands.set(at(9, 30) + timedelta(minutes=minutes))
            if minutes in (30, 35, 40):
                fence = max(clock.lease.fence for clock in clocks)
                office.redis.client.delete(keys.LEAD)
                until(lambda fence=fence: max(clock.lease.fence for clock in clocks) > fence, what="the next leader")  # type: ignore[misc]
        until(lambda: {"gap_alarm", "reconcile"} <= {run.job for run in runs(office) if run.outcome != "running"},
              what="the jobs of ten o'clock")  # fmt: skip
    done = [(run.job, run.due_at) for run in runs(office)]
    assert len(done) == len(set(done))
    assert [due_at for job, due_at in done if job == "gap_alarm"] == [at(10)]
    assert alarms(office) == [("gap", "2026-11-22 10:00")]


def test_once_runs_everything_that_is_due_then_and_gives_the_lead_back(office: Office) -> None:
    ClockProcess(office, FakeChannel(), Silent()).once(at(16, 1), every_due_job)
    assert {run.job: run.due_at for run in runs(office)}["gap_alarm"] == at(16)
    assert ("gap", "2026-11-22 16:00") in alarms(office)
    before = len(runs(office))
    ClockProcess(office, FakeChannel(), Silent()).once(at(16, 2), every_due_job)
    assert len(runs(office)) == before
    ClockProcess(office, FakeChannel(), Silent()).once(at(10, days=1), every_due_job)
    assert ("gap", "2026-11-23 10:00") in alarms(office)


def test_once_does_nothing_while_a_clock_runs(office: Office, lease: Lease) -> None:
    with pytest.raises(GongkaiError, match="另一个时钟"):
        ClockProcess(office, FakeChannel(), Silent()).once(at(16), every_due_job)
    assert runs(office) == []


def test_once_runs_the_others_when_one_job_fails_and_names_it(office: Office) -> None:
    with (
        world.with_settings(office, alarm_url="https://hooks.example.gov.cn") as listened,
        pytest.raises(GongkaiError, match="tell_alarms"),
    ):
        ClockProcess(listened, FakeChannel(), Broken()).once(at(16), every_due_job)
    assert {run.job: run.outcome for run in runs(office)}["gap_alarm"] == "ok"
    assert ("gap", "2026-11-22 16:00") in alarms(office)


class Broken:
    """A bell with a fault of ours."""

    def ring(self, url: str, body: object) -> None:
        """Breaks."""
        raise ZeroDivisionError


def test_the_clock_ends_when_its_inner_thread_has_ended(office: Office) -> None:
    """So that whoever keeps the process running starts it anew, and another takes the lead."""
    clock, ended = ClockProcess(office, FakeChannel(), Silent()), list[GongkaiError]()

    def serve() -> None:
        try:
            clock.serve()
        except GongkaiError as error:
            ended.append(error)

    thread = threading.Thread(target=serve)
    thread.start()
    until(lambda: clock.lease.leading, what="the clock to lead")
    until(lambda: (inner := getattr(clock.scheduler, "_thread", None)) and inner.is_alive(), what="its inner thread")
    clock.scheduler.shutdown()
    thread.join(20)
    assert [error.message for error in ended] == ["时钟的内部线程停了，请重新启动时钟进程。"]
    other = Lease(office)
    assert other.take()
    other.close()
