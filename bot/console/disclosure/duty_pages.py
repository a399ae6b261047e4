"""该公开的: what was formed under the catalogue and must be out by when; entering it, saying that it is out, 公开率."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.family import NavLink, PageFamily, opened
from bot.console.wording import plain, said
from bot.web.addresses import with_args
from bot.web.paging import year_asked
from content.rules.errors import BadInput, GongkaiError
from content.rules.people import Right
from content.services.catalogue import catalogue_sheets, disclosure_duties, disclosure_rates

pages = Blueprint("duties", __name__, url_prefix="/duties")
FAMILY = PageFamily(pages, (NavLink(2, "公开目录", "console.duties.listing", waiting="duties"),))
MOST = 200  # lines of a page: what is due first


@pages.get("/")
@opened()
def listing() -> str:
    """What is to be disclosed, the earliest first."""
    return _page()


@pages.post("/")
@opened(Right.REGISTER)
def form() -> Response:
    """Something was formed, changed or approved."""
    target = url_for("console.duties.listing")
    if forms.is_second_press():
        return forms.done(target, said("duty_added_already"), "tell")
    try:
        item = forms.line("item")
        if not (item.isascii() and item.isdigit() and len(item) < 9):
            raise BadInput(said("no_item"))
        number = disclosure_duties.form(context.office(), int(item), what=forms.line("what"), on=forms.day("on"),
                                        username=context.visitor().username)  # fmt: skip
    except GongkaiError as error:
        forms.may_come_again()
        return Response(_page(fault=plain(error.message)), 400, mimetype="text/html")
    line = next(line for line in disclosure_duties.listing(context.office()) if line.duty.id == number)
    return forms.done(target, said("duty_added", day=line.day))


@pages.post("/<int:number>")
@opened(Right.REGISTER)
def disclose(number: int) -> Response:
    """It is out."""
    try:
        disclosure_duties.disclose(context.office(), number, on=forms.day("on") if forms.line("on") else None,
                                   key=forms.line("disclosure"), url=forms.line("url"), username=context.visitor().username)  # fmt: skip
    except GongkaiError as error:
        return Response(_page(fault=plain(error.message), at=number), 400, mimetype="text/html")
    return forms.done(url_for("console.duties.listing"), said("duty_disclosed"))


@pages.get("/rates")
@opened()
def rates() -> str:
    """The rate of each department in a year."""
    today = context.office().clock.today()
    year = year_asked() or today.year
    return render_template("console/disclosure/rates.html", rows=disclosure_rates.rates(context.office(), year), year=year,
                           years=range(today.year, today.year - 6, -1))  # fmt: skip


def _page(fault: str = "", at: int = 0) -> str:
    office, everything = context.office(), request.args.get("tab") == "all"
    lines = disclosure_duties.listing(office, all_of_them=everything)
    asked = request.args.get("body", "")
    bodies = sorted({line.item.body for line in lines if line.item.body})
    lines = [line for line in lines if asked in ("", line.item.body)]
    lines = lines[::-1] if everything else lines
    return render_template(
        "console/disclosure/duties.html", lines=lines[:MOST], total=len(lines), late=sum(line.late for line in lines),
        everything=everything, fault=fault, at=at, given=request.form, today=office.clock.today(), bodies=bodies, asked=asked,
        items=[(str(item.id), f"{item.first}：{item.second}" if item.first else item.second)
               for item in catalogue_sheets.standing(office)],
        chips=[(with_args(body=""), f"公开主体：{asked}")] if asked else [],
    )  # fmt: skip
