"""The diary of the clock's runs does not grow for ever, and the last run of each job stays."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from content.services.office import Office
from content.store import clock_runs
from content.store.tables import JobRun
from tests.world import NOON


def test_old_runs_are_forgotten_but_for_the_last_of_each_job(office: Office) -> None:
    with office.store.write() as session:
        for job, days in (("a", 200), ("a", 100), ("a", 10), ("b", 300), ("b", 200)):
            at = NOON - timedelta(days=days)
            session.add(JobRun(job=job, due_at=at, started_at=at, ended_at=at, outcome="ok"))
        session.add(
            JobRun(job="c", due_at=NOON - timedelta(days=400), started_at=NOON - timedelta(days=400), outcome="running")
        )
    with office.store.write() as session:
        assert clock_runs.forget(session, NOON - timedelta(days=90)) == 3
        kept = [(run.job, (NOON - run.due_at).days) for run in session.scalars(select(JobRun).order_by(JobRun.id))]
    assert kept == [("a", 10), ("b", 200), ("c", 400)]
