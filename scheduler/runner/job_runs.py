"""The diary of runs: begun before a job starts, ended after it. What is asked for by hand waits there for the leader."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from content.rules.errors import GongkaiError
from content.services.office import Office
from content.services.publishing import JobContext
from content.store.alarms.stuck_work import ASKED, FAILED, OK, RUNNING
from content.store.clock_lead import LEAD
from content.store.session import is_away
from content.store.tables import JobRun, Leader
from scheduler.timetable import Job

log = logging.getLogger(__name__)

TAKE_UP_AFTER = timedelta(seconds=60)  # of leading, until a run that an earlier leader did not end is begun again
PAUSE_S = 1.0  # between two tries to write down how a run ended
INSTANT = timedelta(microseconds=1)  # the least difference between two due times
NEWEST = 50  # runs among which the leader looks for one that was asked for


@dataclass(frozen=True)
class RunOutcome:
    """How a run ended."""

    outcome: str
    note: str


def act(job: Job, context: JobContext) -> RunOutcome:
    """Runs a job; a fault of any kind ends this run only, and is logged."""
    try:
        note = job.run(context)
    except GongkaiError as error:
        log.warning("job %s failed: %s", job.name, error.message)
        return RunOutcome(FAILED, error.message)
    except Exception as error:
        log.exception("job %s failed", job.name)
        return RunOutcome(FAILED, f"程序出了意外（{type(error).__name__}），日志里有详情")
    if note:
        log.info("%s: %s", job.name, note)
    return RunOutcome(OK, note)


def run(context: JobContext, job: Job, run_id: int) -> None:
    """Runs a job whose row is begun, and writes down how it ended; one that was told to stop is left as cut off."""
    ending = act(job, context)
    if ending.outcome == FAILED and context.stopping():
        log.warning("run %s was cut off", run_id)
        return
    end = _mine(run_id, context.holder).values(outcome=ending.outcome, note=ending.note[:1000], ended_at=context.now())
    if not _written(context, end):
        log.warning("run %s was taken up by another clock", run_id)


def _written(context: JobContext, statement: Any) -> bool:
    """Tries until the store takes it: a run whose end is lost would seem to be under way for ever."""
    while True:
        try:
            return _changed(context.office, statement)
        except SQLAlchemyError as error:
            if context.stopping() or not is_away(error):
                raise  # the next leader takes the run up
            log.warning("the end of a run could not be written down yet")
            time.sleep(PAUSE_S)


def begin(context: JobContext, job: Job, due: datetime) -> int | None:
    """The row of a run that is this context's to do; None if it was done, or is being done."""
    query = select(JobRun).where(JobRun.job == job.name, JobRun.due_at == due)
    with context.office.store.read() as session:
        known = session.scalars(query).first()
    if known is None:
        return _enter(context.office, JobRun(job=job.name, due_at=due, started_at=context.now(), runner=context.holder))
    lost = known.outcome == RUNNING and known.runner != context.holder and _leads_for_long(context)
    return known.id if lost and _take_up(context, known) else None


def ask(office: Office, job: Job, at: datetime) -> int:
    """Asks for one more run of a job, by hand; its row."""
    return _enter_anew(office, job, at, outcome=ASKED)


def asked(office: Office) -> list[JobRun]:
    """The runs that were asked for and are not begun yet, oldest first."""
    with office.store.read() as session:
        newest = session.scalars(select(JobRun).order_by(JobRun.id.desc()).limit(NEWEST))
        return sorted((run for run in newest if run.outcome == ASKED), key=lambda run: run.id)


def take_on(context: JobContext, run_id: int) -> bool:
    """Whether a run that was asked for is this context's to do now."""
    wanted = update(JobRun).where(JobRun.id == run_id, JobRun.outcome == ASKED)
    return _changed(context.office, wanted.values(outcome=RUNNING, runner=context.holder, started_at=context.now()))


def find(office: Office, run_id: int) -> JobRun:
    """A run as it stands now."""
    with office.store.read() as session:
        return session.get_one(JobRun, run_id)


def forget(office: Office, run_id: int) -> None:
    """Nobody wants this run any more; one that was begun stays."""
    with office.store.write() as session:
        wanted = session.get_one(JobRun, run_id)
        if wanted.outcome == ASKED:
            session.delete(wanted)


def over(office: Office, since: datetime) -> set[tuple[str, datetime]]:
    """The due times from `since` on that are done, by job."""
    query = select(JobRun.job, JobRun.due_at).where(JobRun.outcome.in_((OK, FAILED)), JobRun.due_at >= since)
    with office.store.read() as session:
        return {(job, due_at) for job, due_at in session.execute(query)}


def leader(office: Office) -> Leader | None:
    """Who led last."""
    with office.store.read() as session:
        return session.get(Leader, LEAD)


def last_outcome(office: Office, job: Job) -> str:
    """How the last run of a job ended; OK if it never ran."""
    ended = select(JobRun.outcome).where(JobRun.job == job.name, JobRun.outcome.in_((OK, FAILED)))
    with office.store.read() as session:
        return session.scalar(ended.order_by(JobRun.id.desc()).limit(1)) or OK


def note(context: JobContext, job: Job, ending: RunOutcome) -> None:
    """Writes down a run that is over."""
    _enter_anew(context.office, job, context.now(), ended_at=context.now(), runner=context.holder,
                outcome=ending.outcome, note=ending.note[:1000])  # fmt: skip


def _enter_anew(office: Office, job: Job, at: datetime, **values: Any) -> int:
    """One more run at that time, or an instant later: the clock may have had, or may yet have, its own run for it."""
    while (run_id := _enter(office, JobRun(job=job.name, due_at=at, started_at=at, **values))) is None:
        at += INSTANT
    return run_id


def _enter(office: Office, run: JobRun) -> int | None:
    try:
        with office.store.write() as session:
            session.add(run)
            session.flush()
            return run.id
    except IntegrityError:  # that job has a run for that time: another clock was faster
        return None


def _leads_for_long(context: JobContext) -> bool:
    """Only the leader runs jobs, but one that lost the lead a moment ago may still be at it."""
    leads, real_now = leader(context.office), context.office.clock.real_now()
    return leads is not None and leads.fence == context.fence and real_now - leads.since >= TAKE_UP_AFTER


def _take_up(context: JobContext, lost: JobRun) -> bool:
    """The leader that began this run is gone in the middle of it: jobs bear being begun again."""
    log.warning("job %s was cut off, and is begun again", lost.job)
    return _changed(context.office, _mine(lost.id, lost.runner).values(runner=context.holder, started_at=context.now()))


def _mine(run_id: int, runner: str) -> Any:
    return update(JobRun).where(JobRun.id == run_id, JobRun.runner == runner, JobRun.outcome == RUNNING)


def _changed(office: Office, statement: Any) -> bool:
    with office.store.write() as session:
        return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1
