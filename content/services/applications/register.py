"""The register as people read it: each application with its clock; who may, with what the citizen wrote."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from content.rules.applications import answer_clock
from content.rules.applications.answer_clock import AnswerClock
from content.rules.applications.form_fields import ApplicationForm
from content.rules.applications.steps import ApplicationState, Step
from content.rules.errors import NotFound
from content.rules.figures import working_days
from content.rules.figures.holiday_calendar import EstimatedCalendar, WorkCalendar
from content.rules.people import Right
from content.services.applications import fee_demand, handling, personal_data
from content.services.applications.fee_demand import ApplicantCount
from content.services.figures import terms
from content.services.office import Office
from content.store import applications, people
from content.store.tables import Application, ApplicationStep


@dataclass(frozen=True)
class RegisterLine:
    """An application without anything personal. `overdue`: the term is over and there is no answer.

    `left`: working days to the term or its estimate; None while it stands still, below nothing once it is over.
    """

    application: Application
    steps: tuple[ApplicationStep, ...]
    clock: AnswerClock | None
    overdue: bool
    left: int | None = None
    waited_out: bool = False  # those who were asked have let their time pass

    @property
    def state(self) -> ApplicationState:
        """Where it is."""
        return ApplicationState(self.application.state)

    @property
    def asks_extension(self) -> bool:
        """Whether the head's consent to an extension is waited for."""
        taken = [step.step for step in self.steps]
        return Step.ASK_EXTENSION in taken and Step.EXTEND not in taken and self.application.answered_on is None

    def to_json(self) -> dict[str, Any]:
        """`{"number","channel","applicant","state","arrived_on","received_on","due_on","overdue","answered_on","outcome","estimated_on"}`."""
        row, due = self.application, self.clock.due if self.clock else None
        return {
            "number": row.number, "channel": row.channel, "applicant": row.applicant, "state": row.state,
            "arrived_on": _iso(row.arrived_on), "received_on": _iso(row.received_on), "due_on": _iso(due),
            "overdue": self.overdue, "answered_on": _iso(row.answered_on), "outcome": row.outcome or None,
            "estimated_on": _iso(self.clock.estimate if self.clock else None),
        }  # fmt: skip


@dataclass(frozen=True)
class RegisterFile:
    """A file that came with an application."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class RegisterPage:
    """All of one application, for who may see it; `form` is None once it is erased."""

    line: RegisterLine
    form: ApplicationForm | None
    notes: tuple[str, ...]  # one for each step
    files: tuple[RegisterFile, ...]
    count: ApplicantCount


def listing(office: Office, *, all_of_them: bool = False) -> list[RegisterLine]:
    """The applications under way, or all, oldest first. Nothing personal is in them."""
    with office.store.read() as session:
        rows = applications.listing(session, all_of_them=all_of_them)
        done = applications.steps(session, [row.id for row in rows])
    return _lines(office, rows, done)


def page(office: Office, number: str, *, username: str) -> RegisterPage:
    """All of one application. Raises NotAllowed, NotFound."""
    with office.store.read() as session:
        people.actor(session, username, Right.REGISTER, what="查看信息公开申请的内容")
        row = applications.find(session, number)
        done = applications.steps(session, [row.id])
        files = applications.files(session, row.id)
        count = fee_demand.count(office, session, row)
    [line] = _lines(office, [row], done)
    notes = tuple(personal_data.unseal(office.home, step.note) for step in line.steps)
    named = tuple(RegisterFile(personal_data.unseal(office.home, file.name), file.size, file.sha256) for file in files)
    return RegisterPage(line, personal_data.unseal_form(office.home, row.sealed), notes, named, count)


def attachment(office: Office, number: str, at: int, *, username: str) -> tuple[str, bytes]:
    """The name and the bytes of the `at`-th file of an application. Raises NotAllowed, NotFound."""
    with office.store.read() as session:
        people.actor(session, username, Right.REGISTER, what="查看信息公开申请的内容")
        files = applications.files(session, applications.find(session, number).id)
    if not 0 <= at < len(files) or not office.files.path(files[at].sha256).exists():
        raise NotFound("没有这个附件，或者已按规定删除。")
    data = personal_data.unseal_bytes(office.home, office.files.read(files[at].sha256))
    return personal_data.unseal(office.home, files[at].name) or f"{number}-{at + 1}", data


def asked(office: Office, number: str, phone: str) -> RegisterLine | None:
    """What became of an application, for whoever knows its number and the telephone in it; None for anybody else."""
    given = personal_data.phone_hash(office.home, phone)
    with office.store.read() as session:
        row = applications.maybe(session, number)
        if row is None or not row.phone or not hmac.compare_digest(row.phone, given):
            return None
        done = applications.steps(session, [row.id])
    return _lines(office, [row], done)[0]


def overdue(office: Office) -> list[RegisterLine]:
    """The applications whose term is over without an answer."""
    return [line for line in listing(office) if line.overdue]


def _lines(office: Office, rows: Sequence[Application], done: dict[int, list[ApplicationStep]]) -> list[RegisterLine]:
    calendar, today = terms.calendar(office.home), office.clock.today()
    found = []
    for row in rows:
        own = done.get(row.id, [])
        clock = answer_clock.clock(calendar, row.received_on, handling.dated(own)) if row.received_on else None
        late = bool(clock and clock.due and clock.due < today) and row.state != ApplicationState.ANSWERED
        waited_out = bool(clock and clock.waits_until and clock.waits_until < today)
        found.append(RegisterLine(row, tuple(own), clock, late, _left(calendar, clock, today), waited_out))
    return found


def _left(calendar: WorkCalendar, clock: AnswerClock | None, today: date) -> int | None:
    if clock is None or clock.day is None:
        return None
    known = EstimatedCalendar(calendar.table)
    first, last = sorted((today, clock.day))
    return working_days.between(known, first, last).count * (1 if clock.day >= today else -1)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
