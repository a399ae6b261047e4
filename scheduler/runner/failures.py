"""What becomes of the jobs that wake up by the second: a row when one has failed for long, and when it works again.

A row for every beat would bury the diary; a single failed beat is followed by the next one and is only logged.
"""

from __future__ import annotations

import time

from content.services.publishing import JobContext
from content.store.alarms.stuck_work import OK
from scheduler.runner import job_runs
from scheduler.runner.job_runs import RunOutcome
from scheduler.timetable import Job

LASTS_S = 60.0  # of failing without a break, until it is written down and becomes an alarm


class TickFailures:
    """Remembers of each job since when it fails, and what the diary says last. Each job is told of by one thread at a time."""

    def __init__(self, lasts_s: float = LASTS_S) -> None:
        self.lasts_s = lasts_s
        self._failing_since: dict[str, float] = {}
        self._written: dict[str, str] = {}

    def tell(self, context: JobContext, job: Job, ending: RunOutcome) -> None:
        """One beat is over."""
        now = time.monotonic()
        if ending.outcome == OK:
            self._failing_since.pop(job.name, None)
        elif now - self._failing_since.setdefault(job.name, now) < self.lasts_s:
            return
        if ending.outcome != self._last(context, job):
            job_runs.note(context, job, ending)
            self._written[job.name] = ending.outcome

    def forget(self, job: Job | None = None) -> None:
        """Somebody else wrote a run of this job (or of any) down."""
        if job is None:
            self._written.clear()
        else:
            self._written.pop(job.name, None)

    def _last(self, context: JobContext, job: Job) -> str:
        if job.name not in self._written:
            self._written[job.name] = job_runs.last_outcome(context.office, job)
        return self._written[job.name]
