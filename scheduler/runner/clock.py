"""The heartbeat: APScheduler wakes the jobs up; the rows say what there is to do."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler

from content.rules.errors import GongkaiError
from content.services.office import Office
from content.services.ports import Channel
from scheduler.jobs.desk import Desk
from scheduler.runner.due import run_due
from scheduler.runner.lease import Lease
from scheduler.timetable import TIMETABLE, Job

log = logging.getLogger(__name__)

DEFAULTS = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
OTHER_CLOCK = "另一个时钟进程正在运行，由它来做；不用再运行一次。"


class Clock:
    """One clock process: leads or waits to lead, until it is told to stop."""

    def __init__(self, office: Office, channel: Channel) -> None:
        self.office = office
        self.channel = channel
        self.lease = Lease(office)
        self._stop = threading.Event()
        self._desk: Desk | None = None

    def run(self) -> None:
        """Runs until SIGTERM or SIGINT; a job under way is brought to its next committed step."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop.set())
        scheduler = BackgroundScheduler(job_defaults=DEFAULTS, timezone="UTC")
        for job in (job for job in TIMETABLE if job.every):
            scheduler.add_job(self._beat, "interval", seconds=job.every, id=job.name, args=(job.name, job.run))
        scheduler.add_job(self._beat, "interval", seconds=1, id="timetable", args=("timetable", run_due))
        scheduler.start()
        log.info("the clock is running")
        try:
            self._watch(scheduler)
        finally:
            scheduler.shutdown(wait=True)
            self.lease.close()

    def once(self, now: datetime | None, jobs: Callable[[Desk], None]) -> None:
        """Leads, runs `jobs` at the time `now`, and gives the lead back. Raises GongkaiError if another leads."""
        if not self.lease.take():
            raise GongkaiError(OTHER_CLOCK)
        try:
            jobs(self._new_desk(now))
        finally:
            self.lease.close()

    def _watch(self, scheduler: BackgroundScheduler) -> None:
        while not self._stop.wait(1):
            if not scheduler._thread.is_alive():
                raise GongkaiError("时钟的内部线程停了，请重新启动时钟进程。")

    def _beat(self, name: str, act: Callable[[Desk], Any]) -> None:
        """One beat of one job; a fault ends this beat only."""
        try:
            if not self._stop.is_set() and self.lease.take():
                act(self._current_desk())
        except GongkaiError as error:
            log.warning("%s: %s", name, error.message)
        except Exception:
            log.exception("%s failed", name)

    def _current_desk(self) -> Desk:
        if self._desk is None or self._desk.fence != self.lease.fence:
            self._desk = self._new_desk(None)
        return self._desk

    def _new_desk(self, now: datetime | None) -> Desk:
        return Desk(
            office=self.office,
            channel=self.channel,
            fence=self.lease.fence,
            holder=self.lease.holder,
            now=(lambda: now) if now else self.office.clock.now,
            stopping=lambda: self._stop.is_set() or not self.lease.leading,
        )


def every_due_job(desk: Desk) -> None:
    """What `gongkai clock --once` does: each job that is due at the desk's time, once."""
    run_due(desk)
    for job in TIMETABLE:
        if job.every:
            _report(job, job.run(desk))


def _report(job: Job, note: str) -> None:
    if note:
        log.info("%s: %s", job.name, note)
