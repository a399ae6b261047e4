"""年度报告: one year's report from figures to signature: what is still to do, what the check says, the files, the trail."""

from __future__ import annotations

import io
from typing import Any

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.family import NavLink, PageFamily, opened
from bot.console.wording import plain, said
from content.render.annual_report import marked_tables
from content.rules.errors import BadInput, GongkaiError
from content.rules.figures.annual_report import deadline, drafted_text
from content.rules.people import Right
from content.services.figures import terms
from content.services.figures.annual_report import (
    explanations,
    report_editing,
    report_entries,
    report_files,
    report_reviews,
    report_signatures,
    year_figures,
)
from content.services.figures.annual_report.report_reviews import STAGE_WORDS, ReportStage
from content.services.figures.annual_report.year_figures import YearFigures
from content.services.people import staff

STAFF = (Right.WRITE, Right.COUNT)
pages = Blueprint("annual_report", __name__, url_prefix="/report")
FAMILY = PageFamily(pages, (NavLink(4, "年度报告", "console.annual_report.newest", STAFF, waiting="reports"),))
YEARS = 3  # that stand as tabs
PREPARED_FROM = 4  # the month from which the running year's report is prepared
KINDS = {
    "docx": ("Word，公文格式", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("Excel 表格", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "html": ("网页，挂到网站上", "text/html"),
    "json": ("数据文件", "application/json"),
}


@pages.get("/")
@opened(*STAFF)
def newest() -> Response:
    """The report that is due next."""
    today = context.office().clock.today()
    return redirect(url_for(".show", number=today.year if today.month >= PREPARED_FROM else today.year - 1), 303)


@pages.get("/<int:number>")
@opened(*STAFF)
def show(number: int) -> str:
    """Where the report stands."""
    return _page(number)


@pages.post("/<int:number>/explain")
@opened(*STAFF)
def explain(number: int) -> Response:
    """A word to what the check asked."""
    finding, note = request.form.get("finding", ""), request.form.get("note", "")
    try:
        explanations.explain(context.office(), number, finding, note, username=context.visitor().username)
    except GongkaiError as error:
        return _again(number, error, at=finding)
    return forms.done(url_for(".show", number=number, _anchor="findings"), said("report_explained"))


@pages.post("/<int:number>/submit")
@opened(*STAFF)
def submit(number: int) -> Response:
    """Hands it to the reviewers."""
    try:
        told = report_reviews.submit(context.office(), number, username=context.visitor().username)
    except GongkaiError as error:
        return _again(number, error)
    return forms.done(url_for(".show", number=number), plain(told))


@pages.post("/<int:number>/sign")
@opened(Right.COUNT)
def sign(number: int) -> Response:
    """Signs it as it stands; the ledger keeps its hash."""
    try:
        digest = report_signatures.sign(context.office(), number, username=context.visitor().username)
    except GongkaiError as error:
        return _again(number, error)
    return forms.done(url_for(".show", number=number), said("report_signed", year=number, digest=digest[:12]))


@pages.post("/<int:number>/last")
@opened(Right.COUNT)
def take_in(number: int) -> Response:
    """Last year's report as it was published: its tables become last year's figures here."""
    office, username, file = context.office(), context.visitor().username, request.files.get("file")
    try:
        report_entries.check_year(number)
        if file is None or not file.filename:
            raise BadInput(said("no_report_file"))
        receipt = report_entries.enter_published(
            office, number - 1, file.stream.read(), file.filename, username=username
        )
        carried = bool(request.form.get("carry")) and report_editing.carry(office, number, username=username)
    except GongkaiError as error:
        return _again(number, error)
    told = said("report_taken_in", year=number - 1, count=len(receipt.entered))
    return forms.done(url_for(".show", number=number), told + (said("report_carried") if carried else ""))


@pages.get("/<int:number>/file")
@opened(*STAFF)
def file(number: int) -> Response:
    """The report as a file: a draft, marked on each page, until it is signed."""
    kind = request.args.get("format", "")
    if kind not in KINDS:
        raise BadInput(said("no_report_format"))
    figures = year_figures.gather(context.office(), number)
    draft = not report_signatures.state(context.office(), figures).holds
    data = report_files.content(context.office(), figures, kind, draft=draft)
    name = f"{figures.report.org}{number}年政府信息公开工作年度报告{'（草稿）' if draft else ''}.{kind}"
    return send_file(io.BytesIO(data), as_attachment=True, download_name=name, mimetype=KINDS[kind][1])


def facts(figures: YearFigures) -> dict[str, Any]:
    """What every page of the report shows of it: how far it is, and what the check says."""
    office, year = context.office(), figures.report.year or 0
    due = deadline.deadline(year, terms.calendar(office.home))
    return {
        "year": year,
        "figures": figures,
        "standing": report_reviews.standing(office, figures),
        "marked": marked_tables.mark(figures.report, figures.findings),
        "keys": {number: explanations.key(one) for number, one in enumerate(figures.findings, start=1)},
        "explained": explanations.given(office, figures),
        "headings": drafted_text.headings(),
        "due": due,
        "days_left": (due.work_by - office.clock.today()).days,
        "people": {person.username: person.name for person in staff.everyone(office)},
        "label": report_editing.label,
        "Stage": ReportStage,
        "STAGE_WORDS": STAGE_WORDS,
    }


def _page(number: int, fault: str = "", at: str = "") -> str:
    office = context.office()
    figures = year_figures.gather(office, number)
    today = office.clock.today().year
    told = facts(figures)
    queries = [one for one in figures.findings if one.level != "error"]
    return render_template(
        "console/figures/report.html", fault=fault, at=at, given=request.form,
        tabs=[(url_for(".show", number=year), f"{year}年", None, year == number)
              for year in sorted({today, today - 1, today - 2, number}, reverse=True) if year >= 2019],
        unfilled=report_files.unfilled(figures), gaps=drafted_text.gaps(figures.sections),
        silent=len(queries) - len(told["explained"]), kinds=KINDS,
        signed=report_signatures.state(office, figures), **told,
    )  # fmt: skip


def _again(number: int, error: GongkaiError, at: str = "") -> Response:
    return Response(_page(number, fault=plain(error.message), at=at), 409, mimetype="text/html")
