"""One job by hand: the same row as a run of the clock's own, done here, or by the clock that leads."""

from __future__ import annotations

import time
from datetime import datetime

from content.rules.errors import GongkaiError
from content.services.alarms import alarm_watch
from content.store.alarms.stuck_work import FAILED, OK, RUNNING
from scheduler.runner import job_runs
from scheduler.runner.clock import ClockProcess
from scheduler.runner.job_runs import RunOutcome
from scheduler.timetable import Job

LOOK_S = 0.2
CUT_OFF = "做这项工作的时钟中途断了，请再做一次。"


def run(clock: ClockProcess, job: Job, now: datetime | None) -> RunOutcome:
    """Runs a job at the time `now`, or at once; how it ended. Raises GongkaiError if it was cut off."""
    run_id = job_runs.ask(clock.office, job, now or clock.office.clock.now())
    try:
        while not clock.lease.take():  # another clock leads: only the leader runs jobs, so it takes this one on
            if (ending := _ending(clock, run_id)) is not None:
                return ending
            time.sleep(LOOK_S)
        return _here(clock, job, run_id, now)
    finally:
        job_runs.forget(clock.office, run_id)
        clock.lease.close()


def _here(clock: ClockProcess, job: Job, run_id: int, now: datetime | None) -> RunOutcome:
    context = clock.new_context(now)
    if job_runs.take_on(context, run_id):
        job_runs.run(context, job, run_id)
        alarm_watch.watch(clock.office, context.now())  # no clock runs that would raise or close the alarm
    ending = _ending(clock, run_id)
    if ending is None:
        raise GongkaiError(CUT_OFF)
    return ending


def _ending(clock: ClockProcess, run_id: int) -> RunOutcome | None:
    row = job_runs.find(clock.office, run_id)
    if row.outcome in (OK, FAILED):
        return RunOutcome(row.outcome, row.note)
    leads = job_runs.leader(clock.office)
    if row.outcome == RUNNING and leads is not None and leads.holder != row.runner:
        raise GongkaiError(CUT_OFF)
    return None
