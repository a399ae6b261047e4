"""Bringing an application on: each step on the day that a person names, checked against the law, kept in the ledger.

The ledger learns what was done with which number and when, never a word of the citizen's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from content.rules.applications import answer_clock, outcomes, steps
from content.rules.applications.answer_clock import DatedStep
from content.rules.applications.steps import Step
from content.rules.errors import BadInput, Conflict
from content.rules.language import plain_text
from content.rules.people import Right
from content.services.applications import fee_demand, personal_data
from content.services.figures import terms
from content.services.office import Office
from content.store import applications, people
from content.store.figures import ledger
from content.store.tables import Application, ApplicationStep

LONGEST_NOTE = 1000
NEEDS_NOTE = {
    Step.ASK_CORRECTION: "要补正什么",
    Step.EXTEND: "延长的理由",
    Step.ASK_EXTENSION: "延长的理由",
    Step.ASK_REASONS: "为什么认为明显超过合理范围",
    Step.DELAY: "延迟的理由",
}
CONSENT = frozenset({Step.EXTEND, Step.DELAY})  # the head's
DATED = frozenset({Step.EXTEND, Step.DELAY, Step.ASK_EXTENSION, Step.ASK_CORRECTION})  # these name a number of days


@dataclass(frozen=True)
class StepToTake:
    """A step to take: its day and a note.

    `days`: of an extension or a delay, or given for a correction. `outcome`: of an answer. `fee`: yuan that were paid.
    `basis`: how a fee is counted, `pages` for the basis of pages.
    """

    step: Step
    on: date
    note: str = ""
    days: int = 0
    outcome: str = ""
    fee: int = 0
    basis: str = ""
    pages: int = 0


def take(office: Office, number: str, wanted: StepToTake, *, username: str) -> None:
    """Takes a step. Raises NotFound, NotAllowed, Conflict, BadInput."""
    note = plain_text.clean(wanted.note).strip()
    _check_words(wanted, note)
    now, today = office.clock.now(), office.clock.today()
    if wanted.on > today:
        raise BadInput(f"日期 {wanted.on} 还没有到。请写实际的日期。")
    right = Right.EXTEND if wanted.step in CONSENT else Right.REGISTER
    what = "同意延长答复期限" if wanted.step in CONSENT else "办理信息公开申请"
    with office.store.write() as session:
        actor = people.actor(session, username, right, what=what)
        row = applications.find(session, number)
        before = applications.steps(session, [row.id]).get(row.id, [])
        _check_order(row, before, wanted)
        amount = (
            fee_demand.amount(office, session, row, basis=wanted.basis, pages=wanted.pages)
            if wanted.step is Step.ASK_FEE
            else 0
        )
        _apply(office, row, before, wanted)
        sealed = personal_data.seal(office.home, note) if note else ""
        session.add(ApplicationStep(application_id=row.id, step=wanted.step, done_on=wanted.on, days=wanted.days, note=sealed,
                                    amount=amount, basis=wanted.basis, at=now, by=username))  # fmt: skip
        _note(session, row, wanted, actor=actor, at=now)


def dated(rows: list[ApplicationStep]) -> list[DatedStep]:
    """The steps as the clock reads them."""
    return [DatedStep(Step(row.step), row.done_on, row.days) for row in rows]


def _check_words(wanted: StepToTake, note: str) -> None:
    if len(note) > LONGEST_NOTE:
        raise BadInput(f"说明太长，最多 {LONGEST_NOTE} 个字。")
    if wanted.step in NEEDS_NOTE and not note:
        raise BadInput(f"请写明{NEEDS_NOTE[wanted.step]}。")
    if wanted.step in DATED:
        answer_clock.check_days(wanted.step, wanted.days)
    if wanted.fee < 0:
        raise BadInput("缴费金额不会是负数。")


def _check_order(row: Application, before: list[ApplicationStep], wanted: StepToTake) -> None:
    last = max([row.arrived_on, row.received_on or row.arrived_on, *(step.done_on for step in before)])
    if wanted.on < last:
        raise BadInput(f"日期 {wanted.on} 早于上一步的 {last}。请按先后填写。")


def _apply(office: Office, row: Application, before: list[ApplicationStep], wanted: StepToTake) -> None:
    state = steps.ApplicationState(row.state)
    done = frozenset(Step(step.step) for step in before)
    after = steps.next_state(state, wanted.step, done=done)
    if wanted.step is Step.CONFIRM:
        row.received_on = wanted.on
    elif wanted.step is Step.ASK_CORRECTION:
        _refuse_late(office, row, wanted)
    elif wanted.step in CONSENT or wanted.step is Step.ASK_EXTENSION:
        _refuse_overdue(office, row, before, wanted)
    elif wanted.step is Step.PAY:
        row.fee += _paid(before, wanted)
    elif wanted.step is Step.ANSWER:
        outcomes.check(wanted.outcome, wanted.on, state=state, done=done)
        row.outcome, row.answered_on = wanted.outcome, wanted.on
    row.state = after


def _refuse_late(office: Office, row: Application, wanted: StepToTake) -> None:
    """Art. 30: within seven working days of receipt."""
    found = answer_clock.clock(terms.calendar(office.home), _received(row), [])
    if found.correct_by and wanted.on > found.correct_by:
        raise Conflict(f"补正通知要在收到申请后 {answer_clock.CORRECTION} 个工作日内（{found.correct_by} 以前）发出，已经过了。"
                       "请按现有内容办理。")  # fmt: skip


def _refuse_overdue(office: Office, row: Application, before: list[ApplicationStep], wanted: StepToTake) -> None:
    """Art. 33: who extends tells the applicant so before the term is over."""
    found = answer_clock.clock(terms.calendar(office.home), _received(row), dated(before))
    if found.due and wanted.on > found.due:
        raise Conflict(f"答复期限 {found.due} 已经过了，不能再延长。请尽快答复。")


def _paid(before: list[ApplicationStep], wanted: StepToTake) -> int:
    """What was paid: exactly what was asked for."""
    asked = next((step.amount for step in reversed(before) if step.step == Step.ASK_FEE), 0)
    if asked and wanted.fee not in (0, asked):
        raise BadInput(f"收费通知上是 {asked} 元，这里是 {wanted.fee} 元。请核对。")
    return asked or wanted.fee


def _received(row: Application) -> date:
    return row.received_on or row.arrived_on


def _note(session: Session, row: Application, wanted: StepToTake, *, actor: people.Actor, at: datetime) -> None:
    ledger.append(session, kind="application.step", actor=actor.person.username, role=actor.role,
                  subject=f"application:{row.id}", at=at, step=str(wanted.step), on=wanted.on.isoformat(), days=wanted.days,
                  outcome=wanted.outcome, fee=wanted.fee)  # fmt: skip
