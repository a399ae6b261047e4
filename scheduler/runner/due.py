"""Which `at` jobs are due, and running each once for a due time, however many clocks there are."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import CursorResult, select, update
from sqlalchemy.exc import IntegrityError

from content.rules.errors import GongkaiError
from content.store.leading import LEAD
from content.store.standstills import FAILED, OK, RUNNING
from content.store.tables import JobRun, Leader
from scheduler.jobs.desk import Desk
from scheduler.timetable import TIMETABLE, Job

log = logging.getLogger(__name__)

TAKE_UP_AFTER = timedelta(seconds=60)  # of leading, until a run that an earlier leader did not end is begun again


def latest_due(job: Job, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The last due time of a job up to now (UTC), if it is within the job's grace; missed ones before it are folded.

    An hour that the change to summer time leaves out is due as many minutes later; one that comes twice in autumn,
    the first time only.
    """
    since = now - job.grace
    days = (since.astimezone(zone).date(), now.astimezone(zone).date())
    return max((due for due in _instants(job, days, zone) if since <= due <= now), default=None)


def run_due(desk: Desk) -> list[str]:
    """Runs every `at` job whose due time has come and has no run yet; their names."""
    zone, jobs = desk.office.settings.zone, [job for job in TIMETABLE if job.at]
    over = _over(desk, since=desk.now() - max(job.grace for job in jobs))
    ran = []
    for job in jobs:
        due = latest_due(job, desk.now(), zone)
        if due is None or (job.name, due) in over or desk.stopping():
            continue
        if run_once(desk, job, due):
            ran.append(job.name)
    return ran


def run_once(desk: Desk, job: Job, due: datetime) -> bool:
    """Runs a job for one due time unless that was done; False then. One that a dead clock left behind is taken up."""
    run_id = _begin(desk, job, due)
    if run_id is None:
        return False
    _run(desk, job, run_id)
    return True


def _over(desk: Desk, *, since: datetime) -> set[tuple[str, datetime]]:
    """The due times that are done, by job: one question every second instead of one for each job."""
    query = select(JobRun.job, JobRun.due_at).where(JobRun.outcome != RUNNING, JobRun.due_at >= since)
    with desk.office.store.read() as session:
        return {(job, due_at) for job, due_at in session.execute(query)}


def _instants(job: Job, days: tuple[date, date], zone: ZoneInfo) -> Iterator[datetime]:
    first, last = days
    for number in range((last - first).days + 1):
        for hour in job.at:
            local = datetime.combine(first + timedelta(days=number), time.fromisoformat(hour), zone)
            yield local.astimezone(UTC)


def _run(desk: Desk, job: Job, run_id: int) -> None:
    """Runs a job and writes down how it ended; a fault ends this run only."""
    try:
        note, outcome = job.run(desk), OK
    except GongkaiError as error:
        note, outcome = error.message, FAILED
        log.warning("job %s failed: %s", job.name, error.message)
    except Exception as error:
        note, outcome = type(error).__name__, FAILED
        log.exception("job %s failed", job.name)
    _end(desk, run_id, outcome=outcome, note=note)


def _begin(desk: Desk, job: Job, due: datetime) -> int | None:
    """The row of a run that is this desk's to do; None if it was done, or is being done."""
    query = select(JobRun).where(JobRun.job == job.name, JobRun.due_at == due)
    with desk.office.store.read() as session:
        known = session.scalars(query).first()
    if known is None:
        return _enter(desk, job, due)
    lost = known.outcome == RUNNING and known.runner != desk.holder and _leads_for_long(desk)
    return known.id if lost and _take_up(desk, known) else None


def _leads_for_long(desk: Desk) -> bool:
    """Only the leader runs jobs, but one that lost the lead a moment ago may still be at it."""
    with desk.office.store.read() as session:
        leader = session.get(Leader, LEAD)
    real_now = desk.office.clock.real_now()
    return leader is not None and leader.fence == desk.fence and real_now - leader.since >= TAKE_UP_AFTER


def _enter(desk: Desk, job: Job, due: datetime) -> int | None:
    run = JobRun(job=job.name, due_at=due, started_at=desk.now(), runner=desk.holder)
    try:
        with desk.office.store.write() as session:
            session.add(run)
            session.flush()
            return run.id
    except IntegrityError:  # another clock was faster
        return None


def _take_up(desk: Desk, lost: JobRun) -> bool:
    """The leader that began this run is gone in the middle of it: jobs bear being begun again."""
    mine = update(JobRun).where(JobRun.id == lost.id, JobRun.runner == lost.runner, JobRun.outcome == RUNNING)
    log.warning("job %s was cut off, and is begun again", lost.job)
    return _changed(desk, mine.values(runner=desk.holder, started_at=desk.now()))


def _end(desk: Desk, run_id: int, *, outcome: str, note: str) -> None:
    mine = update(JobRun).where(JobRun.id == run_id, JobRun.runner == desk.holder, JobRun.outcome == RUNNING)
    if not _changed(desk, mine.values(outcome=outcome, note=note[:1000], ended_at=desk.now())):
        log.warning("run %s was taken up by another clock", run_id)


def _changed(desk: Desk, statement: Any) -> bool:
    with desk.office.store.write() as session:
        return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1
