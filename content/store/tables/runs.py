"""The clock's diary, and who leads it."""

from __future__ import annotations

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from content.store.tables.base import Base, Code, Id, Line, MaybeWhen, When


class JobRun(Base):
    """One run of one job for one due time; the unique pair keeps a job from running twice for it.

    A run by hand is due when it is asked for. Jobs that wake up by the second leave a row only when they begin to fail
    for long, and when they work again.
    """

    __tablename__ = "job_run"
    __table_args__ = (UniqueConstraint("job", "due_at"), {"sqlite_autoincrement": True})
    id: Mapped[Id]
    job: Mapped[str] = mapped_column(String(64))
    due_at: Mapped[When]
    started_at: Mapped[When]
    ended_at: Mapped[MaybeWhen]
    outcome: Mapped[str] = mapped_column(String(16), default="running")  # asked, running, ok, failed
    note: Mapped[Line] = mapped_column(default="")
    runner: Mapped[Code] = mapped_column(default="")


class Leader(Base):
    """The one process that may act for `name`; each new leader takes the next `fence`, and claims check it."""

    __tablename__ = "leader"
    __table_args__ = ()
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    fence: Mapped[int] = mapped_column(default=0)
    holder: Mapped[Code] = mapped_column(default="")
    since: Mapped[When]
