"""审年度报告: the report as it will be read, what the check says, what was said to it, then the decision."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.family import PageFamily, opened
from bot.console.figures.annual_report.report_overview import facts
from bot.console.wording import plain, said
from content.rules.errors import BadInput, GongkaiError
from content.rules.people import Right
from content.services.figures.annual_report import report_difference, report_reviews, year_figures
from content.services.figures.annual_report.report_reviews import ReportStanding

pages = Blueprint("annual_report_review", __name__, url_prefix="/report")
FAMILY = PageFamily(pages)
REVIEWERS = (Right.FIRST, Right.SECOND, Right.THIRD)


@pages.get("/<int:number>/review")
@opened(*REVIEWERS)
def show(number: int) -> str:
    """What is to be reviewed; from now on the server knows that it was shown."""
    return _page(number)


@pages.post("/<int:number>/review")
@opened(*REVIEWERS)
def decide(number: int) -> Response:
    """Passes or returns."""
    office, username = context.office(), context.visitor().username
    sha256, note = request.form.get("sha256", ""), request.form.get("note", "")
    try:
        if request.form.get("decision") == "return":
            told = report_reviews.return_(office, number, username=username, note=note)
        else:
            if not context.console().sessions.was_shown(username, sha256):
                raise BadInput(said("not_shown"))
            told = report_reviews.pass_(office, number, username=username, note=note, sha256=sha256)
    except GongkaiError as error:
        return Response(_page(number, fault=plain(error.message), note=note), 409, mimetype="text/html")
    return forms.done(url_for("console.reviews.queue"), said("report_named", year=number) + plain(told))


def _page(number: int, fault: str = "", note: str = "") -> str:
    figures = year_figures.gather(context.office(), number)
    told, me = facts(figures), context.visitor().username
    standing: ReportStanding = told["standing"]
    if me in standing.waits_for:
        context.console().sessions.note_read(me, standing.sha256)
    known = report_difference.known_before(context.office(), standing.trail, standing.sha256, me)
    changes = report_difference.changes(known[1], figures.report) if known else []
    return render_template(
        "console/figures/report_review.html", fault=fault, note=note, known=known, changes=changes, **told
    )
