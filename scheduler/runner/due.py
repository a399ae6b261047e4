"""Which `at` jobs are due, and running each once for a due time, however many clocks there are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from content.services.office import Office
from content.services.publishing import JobContext
from scheduler.runner import job_runs
from scheduler.timetable import Job, wanted


class DueTimes:
    """The due times of the timetable; what is known to be over is not asked for again."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.jobs = [job for job in wanted(office.settings) if job.at]
        self._over: set[tuple[str, datetime]] = set()

    def due(self, now: datetime) -> list[tuple[Job, datetime]]:
        """The jobs that have no run yet for their last due time, or one that is not over, in the timetable's order."""
        last = [(job, latest_due(job, now, self.office.settings.zone)) for job in self.jobs]
        due = [(job, at) for job, at in last if at is not None]
        if any((job.name, at) not in self._over for job, at in due):  # an idle clock asks the store nothing
            self._over = job_runs.over(self.office, min(at for _, at in due))
        return [(job, at) for job, at in due if (job.name, at) not in self._over]


def latest_due(job: Job, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The last due time of a job up to now (UTC), if it is within the job's grace; missed ones before it are folded.

    An hour that the change to summer time leaves out is due as many minutes later; one that comes twice in autumn,
    the first time only.
    """
    since = now - job.grace
    days = (since.astimezone(zone).date(), now.astimezone(zone).date())
    return max((due for due in _instants(job, days, zone) if since <= due <= now), default=None)


def run_due(context: JobContext) -> list[str]:
    """Runs every `at` job whose due time has come and has no run yet, one after the other; their names."""
    due = DueTimes(context.office).due(context.now())
    return [job.name for job, at in due if not context.stopping() and run_once(context, job, at)]


def run_once(context: JobContext, job: Job, due: datetime) -> bool:
    """Runs a job for one due time unless that was done; False then. One that a dead clock left behind is taken up."""
    run_id = job_runs.begin(context, job, due)
    if run_id is None:
        return False
    job_runs.run(context, job, run_id)
    return True


def _instants(job: Job, days: tuple[date, date], zone: ZoneInfo) -> Iterator[datetime]:
    first, last = days
    for number in range((last - first).days + 1):
        for hour in job.at:
            local = datetime.combine(first + timedelta(days=number), time.fromisoformat(hour), zone)
            yield local.astimezone(UTC)
