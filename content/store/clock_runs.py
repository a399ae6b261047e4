"""The clock's diary: the last run of a job, which stays; older rows are forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, func, select
from sqlalchemy.orm import Session

from content.store.tables import JobRun


def last_of(session: Session, job: str) -> JobRun | None:
    """The last run of a job that is over."""
    query = select(JobRun).where(JobRun.job == job, JobRun.ended_at.is_not(None)).order_by(JobRun.id.desc())
    return session.scalars(query.limit(1)).first()


def forget(session: Session, before: datetime) -> int:
    """Removes runs that were over before that time, but for the last of each job; how many."""
    last = select(func.max(JobRun.id)).group_by(JobRun.job)
    ended = delete(JobRun).where(JobRun.ended_at < before, JobRun.id.not_in(last))
    return cast("CursorResult[Any]", session.execute(ended.execution_options(synchronize_session=False))).rowcount
