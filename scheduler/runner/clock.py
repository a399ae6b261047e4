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
from content.services.ports import Bell, Channel
from scheduler.jobs.desk import Desk
from scheduler.runner.due import run_due
from scheduler.runner.lease import Lease
from scheduler.timetable import TIMETABLE, Job

log = logging.getLogger(__name__)

DEFAULTS = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
REHEARSED = 20  # times as often under a test clock, whose days pass in seconds
OTHER_CLOCK = "另一个时钟进程正在运行，由它来做；不用再运行一次。"


class Clock:
    """One clock process: leads or waits to lead, until it is told to stop."""

    def __init__(self, office: Office, channel: Channel, bell: Bell) -> None:
        self.office = office
        self.channel = channel
        self.bell = bell
        self.lease = Lease(office)
        self.scheduler = BackgroundScheduler(job_defaults=DEFAULTS, timezone="UTC")
        self._stop = threading.Event()
        self._desk: Desk | None = None

    def run(self) -> None:
        """Serves until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        self.serve()

    def serve(self) -> None:
        """Runs until `stop`; a job under way is brought to its next committed step. Raises GongkaiError."""
        logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)  # that a job is still at work is no news
        for job in (job for job in TIMETABLE if job.every):
            self._schedule(job.name, job.every, job.run)
        self._schedule("timetable", 1, run_due)
        self.scheduler.start()
        log.info("the clock is running")
        try:
            self._watch()
        finally:
            if self.scheduler.running:
                self.scheduler.shutdown(wait=True)
            self.lease.close()

    def stop(self) -> None:
        """Lets `serve` come to its end."""
        self._stop.set()

    def once(self, now: datetime | None, jobs: Callable[[Desk], None]) -> None:
        """Leads, runs `jobs` at the time `now`, and gives the lead back. Raises GongkaiError if another leads."""
        if not self.lease.take():
            raise GongkaiError(OTHER_CLOCK)
        try:
            jobs(self._new_desk(now))
        finally:
            self.lease.close()

    def _schedule(self, name: str, seconds: int, act: Callable[[Desk], Any]) -> None:
        pace = seconds / REHEARSED if self.office.settings.test_clock else seconds
        self.scheduler.add_job(self._beat, "interval", seconds=pace, id=name, args=(name, act))

    def _watch(self) -> None:
        while not self._stop.wait(1):
            thread = getattr(self.scheduler, "_thread", None)
            if thread is None or not thread.is_alive():
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
            bell=self.bell,
            fence=self.lease.fence,
            holder=self.lease.holder,
            now=(lambda: now) if now else self.office.clock.now,
            stopping=lambda: self._stop.is_set() or not self.lease.leading,
        )


def every_due_job(desk: Desk) -> None:
    """What `gongkai clock --once` does: each job that is due at the desk's time, once.

    A job that fails stops no other. Raises GongkaiError in the end, with the names of those that did.
    """
    run_due(desk)
    failed = [job.name for job in TIMETABLE if job.every and not _succeeds(job, desk)]
    if failed:
        raise GongkaiError(f"这些工作没有做成：{'、'.join(failed)}。原因见上面的日志。")


def _succeeds(job: Job, desk: Desk) -> bool:
    try:
        note = job.run(desk)
    except GongkaiError as error:
        log.warning("%s: %s", job.name, error.message)
        return False
    except Exception:
        log.exception("%s failed", job.name)
        return False
    if note:
        log.info("%s: %s", job.name, note)
    return True
