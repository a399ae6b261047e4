"""复议和诉讼: reviews and suits about disclosure, entered when they are filed and closed with a result of the form."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.family import PageFamily, opened
from bot.console.wording import plain, said
from content.rules.applications.cases import RESULT_WORDS, CaseResult
from content.rules.errors import BadInput, GongkaiError
from content.rules.figures.annual_report import form
from content.rules.people import Right
from content.services.applications import case_register
from content.services.applications.case_register import NewCase

pages = Blueprint("cases", __name__, url_prefix="/cases")
FAMILY = PageFamily(pages)


@pages.get("/")
@opened(Right.REGISTER)
def listing() -> str:
    """The open ones first, then those that are closed."""
    return _page()


@pages.post("/")
@opened(Right.REGISTER)
def add() -> Response:
    """Enters one."""
    target = url_for("console.cases.listing")
    if forms.is_second_press():
        return forms.done(target, said("case_added_already"), "tell")
    try:
        new = NewCase(forms.line("kind"), forms.day("filed"), forms.line("reference"), forms.line("application"))
        number = case_register.add(context.office(), new, username=context.visitor().username)
    except GongkaiError as error:
        forms.may_come_again()
        return Response(_page(fault=plain(error.message)), 400, mimetype="text/html")
    return forms.done(target, said("case_added", number=number))


@pages.post("/<int:number>")
@opened(Right.REGISTER)
def end(number: int) -> Response:
    """Closes one."""
    result = forms.line("result")
    try:
        if result not in list(CaseResult):
            raise BadInput(said("no_case_result"))
        case_register.end(context.office(), number, result=CaseResult(result), on=forms.day("on"),
                          username=context.visitor().username)  # fmt: skip
    except GongkaiError as error:
        return Response(_page(fault=plain(error.message), at=number), 400, mimetype="text/html")
    return forms.done(url_for("console.cases.listing"), said("case_ended", number=number))


def _page(fault: str = "", at: int = 0) -> str:
    rows = case_register.everything(context.office())
    return render_template(
        "console/disclosure/cases.html", standing=[row for row in rows if row.ended_on is None],
        ended=[row for row in reversed(rows) if row.ended_on], kinds=form.CASES, results=RESULT_WORDS, fault=fault, at=at,
        given=request.form, today=context.office().clock.today(), asked=request.args.get("application", ""),
    )  # fmt: skip
