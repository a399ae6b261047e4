"""Applying on the web: the form, the receipt, and what became of an application, by its number and the telephone in it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from bot.dialogue.state.pseudonyms import Pseudonyms
from bot.web import uploads
from bot.web.visitors import VisitLimit, Visitors, place
from content.render import qr_code
from content.rules.applications import form_fields, outcomes
from content.rules.applications.answer_clock import ANSWER
from content.rules.applications.steps import STATE_WORDS, STEP_WORDS, ApplicationState, Step
from content.rules.errors import BadInput
from content.services.applications import receiving, register
from content.services.applications.register import RegisterLine
from content.services.office import Office

MOST_BYTES = 128 * 1024 * 1024  # read, not kept, before it is refused in words, so that what was written is not lost
MOST_WORDS = 1024 * 1024  # bytes of all fields that are no files
APPLY = VisitLimit("apply", 10, 3600)
ASK = VisitLimit("status", 20, 600)
# Wrong telephones for one application: from one place, and from everywhere, far above what somebody needs who shuts
# the applicant out: numbers follow one another, so anybody knows them.
WRONG_HERE, WRONG_ANYWHERE = VisitLimit("status-number", 10, 3600), VisitLimit("status-number-all", 1000, 24 * 3600)
# Bytes of attachments in a day: from one place, and from all strangers together.
BYTES_HERE = VisitLimit("apply-bytes", 4 * receiving.LARGEST_TOGETHER, 24 * 3600)
BYTES_ALL = VisitLimit("apply-bytes-all", 40 * receiving.LARGEST_TOGETHER, 24 * 3600)
ALL = "everybody"
BUSY = "这会儿交得太多了，请过一个小时再试，或者当面交、邮寄。"
FULL = "今天收到的附件太多了，请先不带附件交，再按工作人员说的补；或者明天再交。"
TOO_LARGE = f"附件太大，没有收到。一共最多 {receiving.LARGEST_TOGETHER // 1024**2} MB，请缩小照片再交。"
ASKED_TOO_OFTEN = "查得太勤了，请过一会儿再试，或者打电话问。"
UNKNOWN = "没有查到。请核对编号和电话：编号在回执上，电话是申请时写的那个。"


def blueprint(office: Office) -> Blueprint:
    """`/apply/online`, and what the forms of `/apply` and `/apply/status` send."""
    pages = Blueprint("online", __name__)
    visitors = Visitors(office, Pseudonyms(office.home).name)

    @pages.app_context_processor
    def fields() -> dict[str, Any]:
        return {"online": {"kinds": form_fields.KIND_WORDS, "carriers": form_fields.CARRIERS, "ways": form_fields.WAYS,
                           "longest": form_fields.LONGEST}, "zip": zip}  # fmt: skip

    @pages.get("/apply/online")
    def form() -> str:
        return render_template("apply_online.html", given={}, faults={})

    @pages.post("/apply")
    def send() -> Response:
        return _take_in(office, visitors)

    @pages.post("/apply/status")
    def status() -> Response:
        return _tell(office, visitors)

    return pages


def _take_in(office: Office, visitors: Visitors) -> Response:
    request.max_content_length, request.max_form_memory_size = MOST_BYTES, MOST_WORDS
    uploads.keep_at_most(receiving.LARGEST_TOGETHER)
    try:
        given, sent = request.form.to_dict(), request.files.getlist("files")
    except RequestEntityTooLarge:
        return _again({}, {"files": TOO_LARGE})
    if uploads.are_cut(sent):
        return _again(given, form_fields.read(given)[1] | {"files": TOO_LARGE})
    files = uploads.incoming(sent)
    found, faults = form_fields.read(given)
    if found is None:
        return _again(given, faults)
    try:
        receiving.check_files(files)  # before anything is counted: what is refused uses up nothing
    except BadInput as error:
        return _again(given, {"files": error.message})
    if not visitors.may(APPLY):
        return _again(given, {"name": BUSY}, status=429)
    size = sum(len(file.data) for file in files)
    if size and not (visitors.may(BYTES_HERE, count=size) and visitors.may(BYTES_ALL, ALL, count=size)):
        return _again(given, {"files": FULL}, status=429)
    number = receiving.from_web(office, found, files)
    address = f"{office.base_url}/apply/status?number={number}"
    code = Markup(qr_code.svg(address, title=f"扫一扫，查申请 {number} 办到哪一步了"))
    page = render_template("apply_receipt.html", number=number, days=ANSWER, phone=found.phone, code=code, address=address,
                           files=len(files), wanted=found.wanted, today=office.clock.today())  # fmt: skip
    return _unkept(page)


def _tell(office: Office, visitors: Visitors) -> Response:
    number, phone = request.form.get("number", "")[:40], request.form.get("phone", "")[:40]
    asked = f"application {number.strip()}"
    here = f"{asked} at {place()}"
    if not (visitors.may(ASK) and visitors.may(WRONG_HERE, here) and visitors.may(WRONG_ANYWHERE, asked)):
        return _unkept(render_template("apply_status.html", given=number, trouble=ASKED_TOO_OFTEN), 429)
    line = register.asked(office, number, phone)
    if line:
        visitors.give_back(WRONG_HERE, here)
        visitors.give_back(WRONG_ANYWHERE, asked)
    else:
        return _unkept(render_template("apply_status.html", given=number, trouble=UNKNOWN), 404)
    page = render_template(
        "apply_progress.html", line=line, state=_words(line), steps=_steps(line), outcome=_outcome(line)
    )
    return _unkept(page)


def _again(given: dict[str, str], faults: dict[str, str], status: int = 422) -> Response:
    """The form once more, with what was written and what to mend. Files must be chosen anew: no browser sends them back."""
    return _unkept(render_template("apply_online.html", given=given, faults=faults), status)


def _unkept(page: str, status: int = 200) -> Response:
    """A page with something personal: no cache keeps it."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _words(line: RegisterLine) -> str:
    return STATE_WORDS[ApplicationState(line.application.state)]


def _steps(line: RegisterLine) -> list[tuple[str, str]]:
    """(day, words), oldest first."""
    row = line.application
    first = [(row.arrived_on.isoformat(), "收到您的申请")]
    return first + [(step.done_on.isoformat(), STEP_WORDS[Step(step.step)]) for step in line.steps]


def _outcome(line: RegisterLine) -> str:
    row = line.application
    return outcomes.outcomes(row.answered_on).get(row.outcome, "") if row.answered_on else ""
