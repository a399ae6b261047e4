"""What of the register a person should be reminded of: terms that end soon or are over, and applicants who wait for a call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from content.rules.applications.steps import ApplicationState
from content.rules.figures import working_days
from content.rules.figures.holiday_calendar import EstimatedCalendar, WorkCalendar
from content.services.applications import register
from content.services.applications.register import RegisterLine
from content.services.figures import terms
from content.services.office import Office

SOON = 3  # working days before a term ends
CONFIRM_WITHIN = 1  # working days after an application arrived


@dataclass(frozen=True)
class Reminder:
    """One sentence, the same until things change; `subject` names what it is about."""

    subject: str
    message: str


def reminders(office: Office) -> list[Reminder]:
    """All of them, oldest application first."""
    calendar, today = terms.calendar(office.home), office.clock.today()
    return [found for line in register.listing(office) for found in _of(calendar, line, today)]


def _of(calendar: WorkCalendar, line: RegisterLine, today: date) -> Iterator[Reminder]:
    row, clock = line.application, line.clock
    name = f"信息公开申请 {row.number}"
    if row.state == ApplicationState.ARRIVED and _passed(calendar, row.arrived_on, today) > CONFIRM_WITHIN:
        yield Reminder(f"application:{row.id}:confirm", f"{name} {row.arrived_on} 就到了，还没有与申请人确认收到。")
    if clock is None:
        return
    if line.overdue:
        yield Reminder(f"application:{row.id}:late", f"{name} 逾期：答复期限 {clock.due} 已过，请马上答复。")
    elif clock.day and _passed(calendar, today, clock.day) <= SOON:
        yield Reminder(
            f"application:{row.id}:soon", f"{name} 的答复期限{'' if clock.due else '大约'} {clock.day} 快到了。"
        )
    if clock.waits_until and clock.waits_until < today:
        yield Reminder(f"application:{row.id}:wait", f"{name} 等到 {clock.waits_until} 为止，已经过了，请接着办理。")
    if clock.unknown_year and clock.due is None:
        yield Reminder(
            f"application:{row.id}:year", f"{name} 的期限还定不下来：{clock.unknown_year} 年的放假安排还没有录入。"
        )


def _passed(calendar: WorkCalendar, first: date, last: date) -> int:
    """Working days, of a year that is not known yet by the law alone."""
    known = EstimatedCalendar(calendar.table)
    return working_days.between(known, first, last).count if first <= last else 0
