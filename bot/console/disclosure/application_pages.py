"""One application: its clock, what can be done now, what the citizen wrote, its documents, its whole life."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.disclosure import register_pages
from bot.console.family import PageFamily, opened
from bot.console.wording import plain, said
from content.rules.applications import answer_clock, fees, form_fields, outcomes, steps
from content.rules.applications.steps import STEP_WORDS, Step
from content.rules.errors import BadInput, GongkaiError
from content.rules.people import Right
from content.services.applications import documents, handling, register
from content.services.applications.handling import CONSENT, DATED, NEEDS_NOTE, StepToTake
from content.services.applications.register import RegisterPage
from content.services.people import staff

pages = Blueprint("application", __name__, url_prefix="/applications")
FAMILY = PageFamily(pages)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONGEST_NUMBER = 6  # digits of days, pages, yuan
NOTE_WORDS = {
    Step.CONSULT: "向谁征求",
    Step.CORRECT: "补正了什么",
    Step.HEAR: "对方的意见",
    Step.ASK_FEE: "缴纳的办法（写进收费通知）",
    Step.HEAR_REASONS: "申请人的理由",
    Step.ANSWER: "答复的内容、理由（写进答复书）",
    **NEEDS_NOTE,
}


@pages.get("/<key>")
@opened(Right.REGISTER)
def show(key: str) -> str:
    """All of it."""
    return _page(key)


@pages.post("/<key>")
@opened(Right.REGISTER)
def take(key: str) -> Response:
    """One step, by the day and the words of the form."""
    target = url_for("console.application.show", key=key)
    if forms.is_second_press():
        return forms.done(target, said("step_taken_already"), "tell")
    try:
        wanted = _step()
        handling.take(context.office(), key, wanted, username=context.visitor().username)
    except GongkaiError as error:
        forms.may_come_again()
        return Response(_page(key, fault=plain(error.message), at=forms.line("step")), 400, mimetype="text/html")
    if wanted.step == Step.ANSWER:
        return forms.done(f"{target}#documents", said("application_answered"))
    return forms.done(target, said("step_taken", step=STEP_WORDS[wanted.step]))


@pages.get("/<key>/files/<int:number>")
@opened(Right.REGISTER)
def file(key: str, number: int) -> Response:
    """A file that came with it; never shown inside the console, since a stranger made it."""
    name, data = register.attachment(context.office(), key, number, username=context.visitor().username)
    return _download(name, data, "application/octet-stream")


@pages.get("/<key>/documents/<kind>")
@opened(Right.REGISTER)
def document(key: str, kind: str) -> Response:
    """A document as a Word file."""
    made = documents.make(context.office(), key, kind, username=context.visitor().username)
    return _download(made.name, made.data, WORD)


def _download(name: str, data: bytes, kind: str) -> Response:
    response = Response(data, mimetype=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _step() -> StepToTake:
    step = forms.line("step")
    if step not in list(Step):
        raise BadInput(said("no_step"))
    if step == Step.ANSWER:
        _demand_answer()
    return StepToTake(Step(step), forms.day("on"), request.form.get("note", ""), days=_number("days"),
                      outcome=forms.line("outcome"), fee=_number("fee"), basis=forms.line("basis"), pages=_number("pages"))  # fmt: skip


def _demand_answer() -> None:
    """An answer ends the application for good: it has a result, its words, and a tick that they were looked over."""
    for name, words in (("outcome", "no_outcome"), ("note", "no_answer_text"), ("sure", "not_sure_of_answer")):
        if not request.form.get(name, "").strip():
            raise BadInput(said(words))


def _number(name: str) -> int:
    text = forms.line(name)
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        raise BadInput(said("no_number", text=text[:20]))
    return int(text)


def _page(key: str, fault: str = "", at: str = "") -> str:
    office, visitor = context.office(), context.visitor()
    found = register.page(office, key, username=visitor.username)
    line, today = found.line, office.clock.today()
    taken = frozenset(Step(step.step) for step in line.steps)
    possible = [step for step in steps.possible(line.state, taken) if step not in CONSENT or visitor.may(Right.EXTEND)]
    if visitor.may(Right.EXTEND) and Step.EXTEND in possible:  # who consents does not ask for consent
        possible = [step for step in possible if step is not Step.ASK_EXTENSION]
    ordered = sorted(possible, key=lambda step: step is not _likely(found, possible))
    return render_template(
        "console/disclosure/application.html", page=found, line=line, row=line.application, possible=ordered, today=today,
        likely=_likely(found, possible), fault=fault, at=at, given=request.form, step_words=STEP_WORDS, Step=Step,
        note_words=NOTE_WORDS, needs_note=NEEDS_NOTE, dated=DATED, days=_days(found), basis_words=fees.BASIS_WORDS,
        item_fee=fees.of_item(found.count.in_month), outcomes=outcomes.possible(today, state=line.state, done=taken),
        lacking=form_fields.lacking(found.form) if found.form else [], documents=documents.possible(found),
        life=_life(found), wanted_extension=_wanted_extension(found), clock_law=answer_clock, **register_pages.words(),
    )  # fmt: skip


def _likely(found: RegisterPage, possible: list[Step]) -> Step | None:
    """The step that is open on the page: what the state waits for; a consent that was asked for goes first."""
    if found.line.asks_extension and Step.EXTEND in possible:
        return Step.EXTEND
    order = (Step.CONFIRM, Step.CORRECT, Step.HEAR, Step.PAY, Step.ANSWER)
    return next((step for step in order if step in possible), None)


def _days(found: RegisterPage) -> dict[Step, int]:
    asked = _wanted_extension(found)
    return {Step.ASK_CORRECTION: answer_clock.CORRECTION_TERM, Step.EXTEND: asked[0] if asked else answer_clock.EXTENSION,
            Step.ASK_EXTENSION: answer_clock.EXTENSION, Step.DELAY: answer_clock.EXTENSION}  # fmt: skip


def _wanted_extension(found: RegisterPage) -> tuple[int, str] | None:
    if not found.line.asks_extension:
        return None
    asked = [
        (step.days, note)
        for step, note in zip(found.line.steps, found.notes, strict=True)
        if step.step == Step.ASK_EXTENSION
    ]
    return asked[-1]


def _life(found: RegisterPage) -> list[dict[str, Any]]:
    """What happened, newest first, as the timeline takes it."""
    row = found.line.application
    names = {person.username: person.name for person in staff.everyone(context.office())}
    rows = [
        {
            "mark": "ok",
            "on": row.arrived_on,
            "by": names.get(row.created_by, row.created_by),
            "did": "收到申请",
            "note": "",
        }
    ]
    for step, note in zip(found.line.steps, found.notes, strict=True):
        did = STEP_WORDS[Step(step.step)]
        did += f" {step.days} 个工作日" if step.days else ""
        did += f" {step.amount} 元（{fees.BASIS_WORDS.get(step.basis, '')}）" if step.amount else ""
        if step.step == Step.ANSWER:
            did += f"：{register_pages.outcome_words(found.line)}"
        waits = step.step in (Step.ASK_CORRECTION, Step.CONSULT, Step.ASK_FEE, Step.ASK_REASONS, Step.ASK_EXTENSION)
        rows.append(
            {
                "mark": "waiting" if waits else "ok",
                "on": step.done_on,
                "by": names.get(step.by, step.by),
                "did": did,
                "note": note,
            }
        )
    return rows[::-1]
