"""The heartbeat: APScheduler wakes the jobs up, each in a thread of its own; the rows say what there is to do."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from concurrent import futures
from datetime import datetime
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from content.rules.errors import GongkaiError
from content.services.alarms.machine_check import MachineWatch
from content.services.office import Office
from content.services.ports import AlarmReceiver, Channel
from content.services.publishing import JobContext
from content.store.alarms.stuck_work import FAILED
from content.store.tables import JobRun
from scheduler.runner import job_runs
from scheduler.runner.due import DueTimes, run_due, run_once
from scheduler.runner.failures import TickFailures
from scheduler.runner.lease import Lease
from scheduler.timetable import TIMETABLE, Job, find, wanted

log = logging.getLogger(__name__)

DEFAULTS = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
THREADS = (
    len(TIMETABLE) + 2
)  # one for each job, none of which overlaps itself, one that strikes the hours, one for the machine
REHEARSED = (
    8  # times as often under a test clock, whose days pass in seconds; more would only be work for the processor
)
MACHINE_EVERY = 15  # seconds between two looks at disk, database and Redis, whoever leads
TURN_S = 0.5  # for which a run that was asked for waits for one under way to end, before it is tried again
OTHER_CLOCK = "另一个时钟进程正在运行，由它来做；不用再运行一次。"


class ClockProcess:
    """One clock process: leads or waits to lead, until it is told to stop."""

    def __init__(self, office: Office, channel: Channel, bell: AlarmReceiver) -> None:
        self.office = office
        self.channel = channel
        self.bell = bell
        self.lease = Lease(office)
        self.hours = DueTimes(office)
        self.beats = TickFailures()
        pool = {"default": ThreadPoolExecutor(THREADS)}
        self._workers = futures.ThreadPoolExecutor(
            THREADS
        )  # adding to APScheduler from its own thread can block its end
        self.scheduler = BackgroundScheduler(executors=pool, job_defaults=DEFAULTS, timezone="UTC")
        self._stop = threading.Event()
        self._turns = {job.name: threading.Lock() for job in TIMETABLE}
        self._context: JobContext | None = None
        self._making_context = threading.Lock()

    def run(self) -> None:
        """Serves until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        self.serve()

    def serve(self) -> None:
        """Runs until `stop`; a job under way is brought to its next committed step. Raises GongkaiError."""
        logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)  # that a job is still at work is no news
        logging.getLogger("apscheduler.executors").setLevel(logging.ERROR)
        for job in wanted(self.office.settings):
            if job.every:
                self._schedule(job.name, job.every, self._beat, job)
        self._schedule("timetable", 1, self._strike)
        self._schedule("machine", MACHINE_EVERY, MachineWatch(self.office, self.bell).look)
        self._lead()  # so that the first beats, which come at once, find somebody leading
        self.scheduler.start()
        log.info("the clock is running")
        try:
            self._watch()
        finally:
            if self.scheduler.running:
                self.scheduler.shutdown(wait=True)
            self._workers.shutdown(wait=True)
            self.lease.close()

    def stop(self) -> None:
        """Lets `serve` come to its end."""
        self._stop.set()

    def once(self, now: datetime | None, jobs: Callable[[JobContext], None]) -> None:
        """Leads, runs `jobs` at the time `now`, and gives the lead back. Raises GongkaiError if another leads."""
        if not self.lease.take():
            raise GongkaiError(OTHER_CLOCK)
        try:
            jobs(self.new_context(now))
        finally:
            self.lease.close()

    def new_context(self, now: datetime | None) -> JobContext:
        """What a job holds while this process leads; its time stands still at `now`, if that is given."""
        fence = self.lease.fence
        return JobContext(
            office=self.office,
            channel=self.channel,
            alarm_receiver=self.bell,
            fence=fence,
            holder=self.lease.holder,
            now=(lambda: now) if now else self.office.clock.now,
            stopping=lambda: self._stop.is_set() or not self.lease.leads(fence),
        )

    def _schedule(self, name: str, seconds: int, act: Callable[..., None], *args: Any) -> None:
        pace = seconds / REHEARSED if self.office.settings.test_clock else seconds
        self.scheduler.add_job(self._guard, "interval", seconds=pace, id=name, args=(name, act, *args),
                               next_run_time=self.office.clock.real_now())  # fmt: skip

    def _watch(self) -> None:
        while not self._stop.wait(1):
            thread = getattr(self.scheduler, "_thread", None)
            if thread is None or not thread.is_alive():
                raise GongkaiError("时钟的内部线程停了，请重新启动时钟进程。")
            self._lead()

    def _lead(self) -> None:
        try:
            self.lease.take()
        except Exception:
            log.exception("cannot take the lead")

    def _guard(self, name: str, act: Callable[..., None], *args: Any) -> None:
        """One waking; a fault ends this one only."""
        try:
            if not self._stop.is_set() and self.lease.leading:
                act(*args)
        except Exception:
            log.exception("%s failed", name)

    def _beat(self, job: Job) -> None:
        """One beat of a job that wakes up by the second, unless it is at work already, asked for by hand."""
        turn = self._turns[job.name]
        if not turn.acquire(blocking=False):
            return
        try:
            context = self._current_context()
            ending = job_runs.act(job, context)
            if not context.stopping():
                self.beats.tell(context, job, ending)
        finally:
            turn.release()

    def _strike(self) -> None:
        """Starts what is due by the hour, and what was asked for by hand."""
        context = self._current_context()
        for job, due in self.hours.due(context.now()):
            if self._turns[job.name].acquire(blocking=False):
                self._start(job, run_once, context, job, due)
        for run in job_runs.asked(self.office):
            self._do_asked(run)

    def _do_asked(self, run: JobRun) -> None:
        job, context = find(run.job), self.new_context(run.due_at)
        if job is None or not self._turns[job.name].acquire(timeout=TURN_S):
            return
        if job_runs.take_on(context, run.id):
            self.beats.forget(job)
            self._start(job, job_runs.run, context, job, run.id)
        else:
            self._turns[job.name].release()

    def _start(self, job: Job, act: Callable[..., Any], *args: Any) -> None:
        """Runs `act` in a thread of its own, and then lets go of the job's turn."""

        def take_turn() -> None:
            try:
                self._guard(job.name, act, *args)
            finally:
                self._turns[job.name].release()

        try:
            self._workers.submit(take_turn)
        except RuntimeError:  # they have gone home; another clock does it, or this one when it starts again
            self._turns[job.name].release()

    def _current_context(self) -> JobContext:
        with self._making_context:
            if self._context is None or self._context.fence != self.lease.fence:
                self._context = self.new_context(None)
                self.beats.forget()
            return self._context


def every_due_job(context: JobContext) -> None:
    """What `gongkai clock --once` does: each job that is due at the context's time, once.

    A job that fails stops no other. Raises GongkaiError in the end, with the names of those that did.
    """
    run_due(context)
    beats, failed = TickFailures(lasts_s=0), []
    for job in (job for job in wanted(context.office.settings) if job.every):
        ending = job_runs.act(job, context)
        beats.tell(context, job, ending)
        if ending.outcome == FAILED:
            failed.append(job.name)
    if failed:
        raise GongkaiError(f"这些工作没有做成：{'、'.join(failed)}。原因见上面的日志。")
