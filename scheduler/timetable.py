"""The page of hours: every job, when it runs, and why then. Hours are the office's.

`every` jobs wake up by the second and find their work in rows; `at` jobs run once for each due time, and a due time
that was missed is made up for once, within `grace`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from scheduler.jobs import check_tally, publish_due, tidy_drafts
from scheduler.jobs.desk import Desk


@dataclass(frozen=True)
class Job:
    """One line of the timetable: `every` seconds, or `at` as the fields of a cron line."""

    name: str
    run: Callable[[Desk], str]
    why: str
    every: int = 0
    at: tuple[tuple[str, str], ...] = ()
    grace: timedelta = timedelta(hours=12)


TIMETABLE: tuple[Job, ...] = (
    Job("publish_due", publish_due.run, "due work is found within 5 seconds", every=1),
    Job("check_tally", check_tally.run, "before the office opens", at=(("hour", "6"), ("minute", "10"))),
    Job("tidy_drafts", tidy_drafts.run, "when no post is due", at=(("hour", "3"), ("minute", "20"))),
)


def find(name: str) -> Job | None:
    """The job of that name."""
    return next((job for job in TIMETABLE if job.name == name), None)


def when(job: Job) -> str:
    """When a job runs, in words for people."""
    if job.every:
        return f"每 {job.every} 秒"
    fields = dict(job.at)
    return f"每天 {fields.get('hour', '*')}:{fields.get('minute', '0').zfill(2)}"
