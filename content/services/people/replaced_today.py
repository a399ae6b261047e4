"""Whose password an administrator's slip replaced today may not review before a third person has asked the owner."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from content.rules.alarms import AlarmKind
from content.rules.errors import NotAllowed
from content.services.office import Office
from content.store import people
from content.store.alarms import alarms
from content.store.figures import ledger
from content.store.people import ReplacedPassword
from content.store.tables import Person

A_DAY = timedelta(days=1)


def check(office: Office, session: Session, person: Person, now: datetime) -> None:
    """Raises NotAllowed for a review by somebody whose password was replaced today and who was not asked since."""
    day = office.clock.day(now)
    for one in people.replaced_passwords(session, now - A_DAY):
        if one.username == person.username and office.clock.day(one.at) == day and not _was_asked(session, one):
            raise NotAllowed(
                f"{person.name}的登录密码今天用管理员开的条子换过，明天起才能审。今天就要审的，"
                "请另一位同事问过本人，再在“告警”里写明，解除那条告警。"
            )


def _was_asked(session: Session, one: ReplacedPassword) -> bool:
    """Whether somebody else has closed the alarm about it, with a word."""
    raised = alarms.occasions(session, AlarmKind.PASSWORD, one.subject)
    closed = [entry for alarm in raised for entry in ledger.about(session, f"alarm:{alarm.id}")
              if entry.kind == "alarm.closed"]  # fmt: skip
    return any(entry.actor not in (one.username, one.slip_by, "clock") for entry in closed)
