"""Taking away what tells who applied, once nobody can ask about it any more; what the year's table counts stays."""

from __future__ import annotations

from sqlalchemy import update

from content.rules.applications import retention
from content.services.office import Office
from content.store import applications
from content.store.figures import ledger
from content.store.tables import ApplicationFile, ApplicationStep


def erase_old(office: Office) -> int:
    """Erases the personal data of all applications whose time is over; how many. Safe to repeat."""
    today, now = office.clock.today(), office.clock.now()
    before = today.replace(year=today.year - retention.YEARS + 1)  # a few too many, looked at one by one
    with office.store.write() as session:
        due = [row for row in applications.to_erase(session, before)
               if row.answered_on and retention.erase_on(row.answered_on) <= today]  # fmt: skip
        gone: list[str] = []
        for row in due:
            files = applications.files(session, row.id)
            gone += [file.sha256 for file in files]
            row.sealed, row.phone, row.sent, row.erased_at = "", "", None, now
            session.execute(update(ApplicationStep).where(ApplicationStep.application_id == row.id).values(note=""))
            session.execute(update(ApplicationFile).where(ApplicationFile.application_id == row.id).values(name=""))
            ledger.append(session, kind="application.erased", actor="clock", subject=f"application:{row.id}", at=now,
                          files=len(files))  # fmt: skip
    for sha256 in gone:
        office.files.path(sha256).unlink(missing_ok=True)
    return len(due)
