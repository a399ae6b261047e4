"""Which `at` jobs are due, and running each once for a due time, however many clocks there are."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from content.rules.errors import GongkaiError
from content.services.office import Office
from content.store.tables import JobRun
from scheduler.jobs.desk import Desk
from scheduler.timetable import TIMETABLE, Job

log = logging.getLogger(__name__)


def latest_due(job: Job, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The last due time of a job up to now, if it is within the job's grace; missed ones before it are folded."""
    trigger = CronTrigger(timezone=zone, **dict(job.at))
    latest, after = None, now - job.grace
    while (due := trigger.get_next_fire_time(None, after)) is not None and due <= now:
        latest, after = due, due + timedelta(seconds=1)
    return latest


def run_due(desk: Desk) -> list[str]:
    """Runs every `at` job whose due time has come and has no run yet; their names."""
    zone = desk.office.settings.zone
    ran = []
    for job in (job for job in TIMETABLE if job.at):
        due = latest_due(job, desk.now(), zone)
        if due is not None and not desk.stopping() and run_once(desk, job, due):
            ran.append(job.name)
    return ran


def run_once(desk: Desk, job: Job, due: datetime) -> bool:
    """Runs a job for one due time unless that was done; False then."""
    with desk.office.store.read() as session:
        if session.scalars(select(JobRun.id).where(JobRun.job == job.name, JobRun.due_at == due)).first():
            return False
    run_id = _begin(desk, job, due)
    if run_id is None:
        return False
    run_recorded(desk, job, run_id)
    return True


def run_recorded(desk: Desk, job: Job, run_id: int) -> None:
    """Runs a job and writes down how it ended; a fault ends this run only."""
    try:
        note, outcome = job.run(desk), "ok"
    except GongkaiError as error:
        note, outcome = error.message, "failed"
        log.warning("job %s failed: %s", job.name, error.message)
    except Exception as error:
        note, outcome = type(error).__name__, "failed"
        log.exception("job %s failed", job.name)
    _end(desk.office, run_id, outcome, note, desk.now())


def _begin(desk: Desk, job: Job, due: datetime) -> int | None:
    run = JobRun(job=job.name, due_at=due, started_at=desk.now(), runner=desk.holder)
    try:
        with desk.office.store.write() as session:
            session.add(run)
            session.flush()
            return run.id
    except IntegrityError:  # another clock was faster
        return None


def _end(office: Office, run_id: int, outcome: str, note: str, now: datetime) -> None:
    with office.store.write() as session:
        run = session.get_one(JobRun, run_id)
        run.outcome, run.note, run.ended_at = outcome, note[:1000], now
