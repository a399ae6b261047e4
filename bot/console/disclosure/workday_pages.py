"""工作日: terms in working days, day by day; the office's notices on holidays, entered from their own words."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.family import NavLink, PageFamily, opened
from bot.console.wording import plain, said
from bot.web import uploads
from content.rules.errors import BadInput, GongkaiError
from content.rules.figures import working_days
from content.rules.people import Right
from content.services.figures import holiday_notices, terms

pages = Blueprint("workdays", __name__, url_prefix="/workdays")
FAMILY = PageFamily(pages, (NavLink(2, "工作日", "console.workdays.show"),))
MOST, USUAL = 2_000, "20"  # working days


@pages.get("/")
@opened()
def show() -> str:
    """The term that is asked for, each day with its reason; and the notices."""
    return _page()


@pages.post("/notice")
@opened(Right.REGISTER)
def enter() -> Response:
    """Shows what a notice was understood to say; on the second press it is kept."""
    try:
        text = _text()
        year, exception = _year(), forms.line("exception")
        if request.form.get("keep"):
            notice = holiday_notices.enter(
                context.office(), text, username=context.visitor().username, year=year, exception=exception
            )
            return forms.done(url_for("console.workdays.show"), said("holidays_entered", year=notice.year))
        found = holiday_notices.read(context.office(), text, year=year, exception=exception)
    except GongkaiError as error:
        return Response(_page(fault=plain(error.message)), 400, mimetype="text/html")
    page = render_template("console/disclosure/notice.html", found=found, text=text, exception=exception, year=year)
    return Response(page, 400 if found.faults else 200, mimetype="text/html")


def _text() -> str:
    files = uploads.incoming(request.files.getlist("file"))
    text = holiday_notices.text_of(files[0].data, files[0].name) if files else request.form.get("text", "")
    if not text.strip():
        raise BadInput(said("no_notice"))
    return text


def _year() -> int | None:
    text = forms.line("year")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None


def _page(fault: str = "") -> str:
    office = context.office()
    start, days, known = (request.args.get(name, "").strip() for name in ("start", "days", "known"))
    term, lines, wrong = None, [], ""
    try:
        calendar = terms.calendar(office.home, known_on=_date(known) if known else None)
        if start:
            number = int(days) if days.isascii() and days.isdigit() and len(days) < 6 else -1
            if not 0 <= number <= MOST:
                raise BadInput(said("no_number", text=days[:20]))
            term = working_days.add(calendar, _date(start), days=number)
            lines = working_days.explain(calendar, term)
    except GongkaiError as error:
        wrong = plain(error.message)
    table = holiday_notices.entered(office)
    return render_template(
        "console/disclosure/workdays.html", term=term, lines=lines, wrong=wrong, fault=fault, table=table,
        given={"start": start or office.clock.today().isoformat(), "days": days or USUAL, "known": known}, typed=request.form,
        known=terms.calendar(office.home), this_year=office.clock.today().year,
    )  # fmt: skip


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(said("no_day", text=text[:20])) from error
