"""Rows of alarms: one for each occasion, told once, closed once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from content.rules.alarms import AlarmKind
from content.rules.errors import NotFound
from content.store.tables import Alarm

NEWS = timedelta(minutes=10)  # an alarm that is closed before it was told is still told for so long


def find(session: Session, alarm_id: int) -> Alarm:
    """The alarm of that number. Raises NotFound."""
    alarm = session.get(Alarm, alarm_id)
    if alarm is None:
        raise NotFound(f"没有编号为 {alarm_id} 的告警。用 gongkai alarms list 可以看到还没有解除的。")
    return alarm


def standing(session: Session, kinds: Sequence[AlarmKind] = tuple(AlarmKind)) -> list[Alarm]:
    """The open alarms of these kinds, oldest first."""
    query = select(Alarm).where(Alarm.closed_at.is_(None), Alarm.kind.in_(kinds))
    return list(session.scalars(query.order_by(Alarm.raised_at, Alarm.id)))


def counts(session: Session) -> dict[str, int]:
    """How many open alarms there are, by kind."""
    query = select(Alarm.kind, func.count()).where(Alarm.closed_at.is_(None)).group_by(Alarm.kind)
    return {kind: count for kind, count in session.execute(query)}


def occasions(session: Session, kind: AlarmKind, subject: str) -> list[Alarm]:
    """The alarms raised for a subject, `SUBJECT`, `SUBJECT#2`, …, oldest first."""
    again = Alarm.subject.startswith(f"{subject}#", autoescape=True)
    query = select(Alarm).where(Alarm.kind == kind, or_(Alarm.subject == subject, again))
    return list(session.scalars(query.order_by(Alarm.id)))


def add(session: Session, kind: AlarmKind, *, subject: str, message: str, now: datetime) -> Alarm | None:
    """A new alarm; None when another process was faster."""
    alarm = Alarm(kind=kind, subject=subject, message=message[:1000], raised_at=now)
    try:
        with session.begin_nested():
            session.add(alarm)
    except IntegrityError:
        return None
    return alarm


def close(session: Session, alarm: Alarm, *, why: str, now: datetime) -> bool:
    """Closes an alarm; False when it was closed before."""
    statement = update(Alarm).where(Alarm.id == alarm.id, Alarm.closed_at.is_(None))
    return _changed(session, statement.values(closed_at=now, closed_why=why[:1000]))


def untold(session: Session, now: datetime, waits: Sequence[timedelta]) -> list[Alarm]:
    """Alarms that are to be told now, oldest first; `waits` says how long after its raising each try is made."""
    fresh = or_(Alarm.closed_at.is_(None), Alarm.raised_at > now - NEWS)
    due = or_(*((Alarm.tries == tries) & (Alarm.raised_at <= now - wait) for tries, wait in enumerate(waits)))
    return list(session.scalars(select(Alarm).where(Alarm.told_at.is_(None), fresh, due).order_by(Alarm.id)))


def begin_telling(session: Session, alarm: Alarm) -> bool:
    """Notes that a try is about to be made; False when another process makes it."""
    statement = update(Alarm).where(Alarm.id == alarm.id, Alarm.tries == alarm.tries, Alarm.told_at.is_(None))
    return _changed(session, statement.values(tries=alarm.tries + 1))


def told(session: Session, alarm: Alarm, now: datetime) -> None:
    """The alarm was told."""
    _changed(session, update(Alarm).where(Alarm.id == alarm.id).values(told_at=now))


def _changed(session: Session, statement: Any) -> bool:
    return cast("CursorResult[Any]", session.execute(statement)).rowcount == 1
