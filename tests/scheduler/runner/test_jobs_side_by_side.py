"""A job that takes long delays no other, runs only once at a time, and lets the clock end when it is told to."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from content.rules.errors import GongkaiError
from content.services.office import Office
from content.services.ports import PublishedItem
from content.services.publishing import JobContext
from content.store.alarms.stuck_work import FAILED, OK
from content.store.tables import Article
from scheduler.runner.failures import TickFailures
from scheduler.runner.job_runs import RunOutcome
from scheduler.runner.lease import Lease
from scheduler.timetable import Job
from tests.factories import approved_article
from tests.fakes.channel import FakeChannel
from tests.fixtures.hands import Hands
from tests.fixtures.office_processes import until
from tests.scheduler.clocks import context, running, runs
from tests.services.alarm_world import at

HOUR = at(10, 6)  # reconcile and gap_alarm are due since 10:00, and six others since the night


class Hanging(FakeChannel):
    """A platform whose published list does not come before it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.let_go = threading.Event(), threading.Event()

    def published(self, offset: int, count: int) -> list[PublishedItem]:
        """Hangs."""
        self.asked.set()
        assert self.let_go.wait(60)
        return []


@pytest.fixture
def hands(office: Office) -> Hands:
    return Hands(office.home / "test-clock", HOUR)


@pytest.fixture
def platform() -> Iterator[Hanging]:
    platform = Hanging()
    yield platform
    platform.let_go.set()


def outcomes(office: Office) -> dict[str, str]:
    """How the last run of each job stands."""
    return {run.job: run.outcome for run in runs(office)}


def test_what_is_due_is_done_while_reconcile_hangs(office: Office, hands: Hands, platform: Hanging) -> None:
    article = approved_article(office, due_at=at(10, 6), delivery="draft")
    with running(office, 1, platform, hands=hands):
        assert platform.asked.wait(20)
        others = {"check_ledger", "check_tally", "seal_ledger", "gap_alarm", "daily_digest", "tidy_drafts"}
        until(lambda: others <= {job for job, outcome in outcomes(office).items() if outcome == OK}, what="the others")
        until(lambda: state(office, article) == "waiting", what="the due article to be taken to the platform")
        hands.set(at(15))
        until(lambda: [run.due_at for run in runs(office) if run.job == "gap_alarm"] == [at(10), at(15)],
              what="the next hour's job")  # fmt: skip
        assert [run.outcome for run in runs(office) if run.job == "reconcile"] == ["running"]
        platform.let_go.set()
        until(lambda: outcomes(office)["reconcile"] == OK, what="reconcile to end")


def test_a_clock_that_is_told_to_end_waits_for_one_call_only_and_the_run_is_left_to_the_next(
    office: Office, hands: Hands, platform: Hanging
) -> None:
    with running(office, 1, platform, hands=hands) as clocks:
        assert platform.asked.wait(20)
        clocks[0].stop()
        platform.let_go.set()
    assert outcomes(office)["reconcile"] == "running"
    assert platform.calls.count("statistics") == 0


def state(office: Office, article: int) -> str:
    """How an article stands."""
    with office.store.read() as session:
        return str(session.get_one(Article, article).state)


@pytest.fixture
def held(office: Office) -> Iterator[JobContext]:
    lease = Lease(office)
    assert lease.take()
    yield context(office, lease)
    lease.close()


EVERY = Job("publish_due", lambda context: "", "a test", every=1)
BROKEN, WELL = RunOutcome(FAILED, "磁盘满了。"), RunOutcome(OK, "")


def written(office: Office) -> list[tuple[str, str]]:
    """What the diary holds of the job."""
    return [(run.outcome, run.note) for run in runs(office) if run.job == EVERY.name]


def test_a_job_of_every_second_is_written_down_when_it_begins_to_fail_and_when_it_works_again(held: JobContext) -> None:
    beats = TickFailures(lasts_s=0)
    for ending in (WELL, WELL, BROKEN, BROKEN, BROKEN, WELL, WELL, BROKEN):
        beats.tell(held, EVERY, ending)
    assert written(held.office) == [("failed", "磁盘满了。"), ("ok", ""), ("failed", "磁盘满了。")]


def test_a_single_failed_beat_is_no_news(held: JobContext) -> None:
    beats = TickFailures()
    for ending in (WELL, BROKEN, WELL, BROKEN):
        beats.tell(held, EVERY, ending)
    assert written(held.office) == []


def test_the_next_clock_knows_what_the_last_one_wrote(held: JobContext) -> None:
    TickFailures(lasts_s=0).tell(held, EVERY, BROKEN)
    fresh = TickFailures(lasts_s=0)
    fresh.tell(held, EVERY, BROKEN)
    fresh.tell(held, EVERY, WELL)
    assert [outcome for outcome, _ in written(held.office)] == ["failed", "ok"]


def test_no_fault_of_a_job_ends_the_clock(office: Office, hands: Hands) -> None:
    class Refusing(FakeChannel):
        def published(self, offset: int, count: int) -> list[PublishedItem]:
            raise GongkaiError("微信没有回音。")

    with running(office, 1, Refusing(), hands=hands):
        until(lambda: outcomes(office).get("reconcile") == FAILED, what="reconcile to fail")
        hands.set(at(15))
        until(lambda: [run.due_at for run in runs(office) if run.job == "gap_alarm"] == [at(10), at(15)],
              what="the next hour's job")  # fmt: skip
