"""Alarms as verbs: raised once for each occasion, closed when it is over or by a person; every one in the ledger.

Whoever finds something that a person should know calls `raise_alarm`, as often as it likes.
"""

from __future__ import annotations

import logging
from datetime import date, datetime

from sqlalchemy.orm import Session

from content.rules import notes
from content.rules.alarms import KIND_WORDS, OVER, REPLACED, AlarmKind
from content.rules.errors import Conflict
from content.rules.figures.days_without_publication import WARN_DAYS, days_left, two_weeks
from content.rules.people import Right
from content.services.alarms import new_reviewers
from content.services.office import Office
from content.store import people
from content.store.alarms import alarms, day_posts
from content.store.figures import ledger
from content.store.tables import Alarm

LONGEST_NOTE = notes.LONGEST - 50  # the person's name stands before it on the same line

log = logging.getLogger(__name__)


def raise_alarm(office: Office, kind: AlarmKind, *, subject: str, message: str, now: datetime) -> bool:
    """Raises an alarm unless this subject has an open one, or a person closed hers; False then."""
    with office.store.read() as session:
        if not _next_subject(session, kind, subject):
            return False
    with office.store.write() as session:
        return enter(session, kind, subject=subject, message=message, now=now) is not None


def enter(
    session: Session, kind: AlarmKind, *, subject: str, message: str, now: datetime, again: bool = False
) -> Alarm | None:
    """The same inside the caller's transaction; the new alarm, or None. `again`: also after a person closed hers."""
    free = _next_subject(session, kind, subject, again=again)
    alarm = alarms.add(session, kind, subject=free, message=message, now=now) if free else None
    if alarm is None:
        return None
    ledger.append(session, kind="alarm.raised", actor="clock", subject=f"alarm:{alarm.id}", at=now,
                  alarm=str(kind), message=alarm.message)  # fmt: skip
    log.warning("alarm: %s: %s", KIND_WORDS[kind], message,
                extra={"fields": {"alarm": alarm.id, "kind": str(kind), "subject": free}})  # fmt: skip
    return alarm


def replace(session: Session, kind: AlarmKind, *, subject: str, message: str, now: datetime) -> Alarm | None:
    """Raises an alarm that says more than the open one of this subject, which ends."""
    for alarm in alarms.occasions(session, kind, subject):
        if alarm.closed_at is None:
            end(session, alarm, now, why=REPLACED)
    return enter(session, kind, subject=subject, message=message, now=now)


def end(session: Session, alarm: Alarm, now: datetime, *, why: str = "") -> None:
    """It is over by itself."""
    _close(session, alarm, actor="clock", role="", why=why or OVER[AlarmKind(alarm.kind)], now=now)


def close(office: Office, alarm_id: int, *, username: str, note: str) -> None:
    """A person closes an alarm, and it is not raised again for this occasion.

    Raises NotAllowed, also for whom it is about, NotFound, BadInput without a note, Conflict when it is closed.
    """
    note = notes.note(note, needed="解除告警要写明是怎么处理的：--note 说明", longest=LONGEST_NOTE)
    with office.store.write() as session:
        actor = people.actor(session, username, Right.ALARMS, what="解除告警")
        alarm = alarms.find(session, alarm_id)
        new_reviewers.check_closing(office, session, alarm, username)
        closed = _close(session, alarm, actor=username, role=actor.role,
                        why=f"{actor.person.name}：{note}", now=office.clock.now())  # fmt: skip
    if not closed:
        raise Conflict("这条告警已经解除了。")


def listing(office: Office) -> list[Alarm]:
    """The open alarms, oldest first."""
    with office.store.read() as session:
        return alarms.standing(session)


def warning(office: Office, today: date) -> str:
    """A sentence on the two-week rule once few days are left, else empty."""
    with office.store.read() as session:
        last = day_posts.last_day_out(session)
    left = days_left(last, today)
    return two_weeks(last, today) if left is not None and left <= WARN_DAYS else ""


def _close(session: Session, alarm: Alarm, *, actor: str, role: str, why: str, now: datetime) -> bool:
    if not alarms.close(session, alarm, why=why, now=now):
        return False
    ledger.append(session, kind="alarm.closed", actor=actor, role=role, subject=f"alarm:{alarm.id}", at=now,
                  alarm=alarm.kind, why=why)  # fmt: skip
    log.info("alarm over: %s", why, extra={"fields": {"alarm": alarm.id, "kind": alarm.kind}})
    return True


def _next_subject(session: Session, kind: AlarmKind, subject: str, *, again: bool = False) -> str:
    """The subject that a new alarm carries; empty when there is one already, or a person closed the last."""
    known = alarms.occasions(session, kind, subject)
    if not known:
        return subject
    last = known[-1]
    is_over = last.closed_at is not None and (again or last.closed_why in (OVER[kind], REPLACED))
    return f"{subject}#{len(known) + 1}" if is_over else ""
