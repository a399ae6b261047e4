"""Clocks in threads, on one office each as in a process of its own, and jobs that note what becomes of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import select

from content.services.office import Office
from content.services.ports import Channel
from content.services.publishing import JobContext
from content.store.tables import JobRun
from scheduler.runner.clock import ClockProcess
from scheduler.runner.lease import Lease
from scheduler.timetable import Job
from tests.fakes.channel import FakeChannel
from tests.fixtures.hands import Hands

PATIENCE = 20.0  # seconds until something that must come has come


class Silent:
    """A bell that nobody hears."""

    def ring(self, url: str, body: Mapping[str, object]) -> None:
        """Does nothing."""


def at_job(run: Callable[[JobContext], str], *at: str, name: str = "test") -> Job:
    """A job at these times of the day."""
    return Job(name, run, "a test", at=at or ("10:00",), grace=timedelta(hours=12))


def context(office: Office, lease: Lease) -> JobContext:
    """What a job holds under this lease."""
    return JobContext(office, FakeChannel(), lease.fence, lease.holder, office.clock.now, alarm_receiver=Silent())


def runs(office: Office) -> list[JobRun]:
    """All runs, oldest first."""
    with office.store.read() as session:
        return list(session.scalars(select(JobRun).order_by(JobRun.id)))


@contextmanager
def running(
    office: Office, number: int, channel: Channel | None = None, *, hands: Hands | None = None
) -> Iterator[list[ClockProcess]]:
    """So many clocks at work on one home, each in a thread with an office of its own; stopped at the end."""
    settings = office.settings.model_copy(update={"test_clock": str(hands.file) if hands else ""})
    offices = [Office(settings) for _ in range(number)]
    clocks = [ClockProcess(each, channel or FakeChannel(), Silent()) for each in offices]
    threads = [threading.Thread(target=clock.serve, daemon=True) for clock in clocks]
    for thread in threads:
        thread.start()
    try:
        yield clocks
    finally:
        for clock in clocks:
            clock.stop()
        for thread in threads:
            thread.join(PATIENCE)
        for each in offices:
            each.close()
