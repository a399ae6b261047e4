"""Clocks in threads, on one office each as in a process of its own, and jobs that note what becomes of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import select

from content.services.office import Office
from content.services.ports import Channel
from content.store.tables import JobRun
from scheduler.jobs.context import Desk
from scheduler.runner.clock import ClockProcess
from scheduler.runner.lease import Lease
from scheduler.timetable import Job
from tests.fakes.channel import FakeChannel

PATIENCE = 20.0  # seconds until something that must come has come


class Silent:
    """A bell that nobody hears."""

    def ring(self, url: str, body: Mapping[str, object]) -> None:
        """Does nothing."""


def at_job(run: Callable[[Desk], str], *at: str, name: str = "test") -> Job:
    """A job at these times of the day."""
    return Job(name, run, "a test", at=at or ("10:00",), grace=timedelta(hours=12))


def desk(office: Office, lease: Lease) -> Desk:
    """What a job holds under this lease."""
    return Desk(office, FakeChannel(), Silent(), lease.fence, lease.holder, office.clock.now)


def runs(office: Office) -> list[JobRun]:
    """All runs, oldest first."""
    with office.store.read() as session:
        return list(session.scalars(select(JobRun).order_by(JobRun.id)))


@contextmanager
def running(office: Office, number: int, channel: Channel | None = None) -> Iterator[list[ClockProcess]]:
    """So many clocks at work on one home, each in a thread with an office of its own; stopped at the end."""
    offices = [Office(office.settings) for _ in range(number)]
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
