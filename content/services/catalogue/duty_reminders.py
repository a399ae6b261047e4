"""What of the catalogue a person should be reminded of: information that must be out soon, or should have been."""

from __future__ import annotations

from content.rules.figures import working_days
from content.rules.figures.holiday_calendar import EstimatedCalendar
from content.services.applications.reminders import SOON, Reminder
from content.services.catalogue import disclosure_duties
from content.services.catalogue.disclosure_duties import DutyLine
from content.services.figures import terms
from content.services.office import Office


def pressing(office: Office) -> list[DutyLine]:
    """What is not out and is late, or due within three working days; the earliest first."""
    known, today = EstimatedCalendar(terms.calendar(office.home).table), office.clock.today()
    return [line for line in disclosure_duties.listing(office)
            if line.late or (line.day >= today and working_days.between(known, today, line.day).count <= SOON)]  # fmt: skip


def reminders(office: Office) -> list[Reminder]:
    """A sentence for each, the same until things change."""
    found = []
    for line in pressing(office):
        name = f"“{line.duty.what}”（{line.item.second}，{line.item.body or '没有写公开主体'}）"
        if line.late:
            found.append(
                Reminder(f"duty:{line.duty.id}:late", f"{name}应当在 {line.due} 以前公开，已经逾期，请马上公开。")
            )
        else:
            found.append(
                Reminder(
                    f"duty:{line.duty.id}:soon",
                    f"{name}{'' if line.due else '大约'}要在 {line.day} 以前公开，快到期了。",
                )
            )
    return found
