"""值班表: who is there this week, who is away when, and who reviews in their place meanwhile (A/B岗)."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.family import NavLink, PageFamily, opened
from bot.console.formatting import day_words
from bot.console.wording import plain, said
from content.rules.errors import BadInput, GongkaiError
from content.rules.passwords import ROBOT
from content.rules.people import Right
from content.services.people import duty_roster, staff
from content.services.people.duty_roster import NobodyLeft
from content.store import people

pages = Blueprint("roster", __name__, url_prefix="/roster")
FAMILY = PageFamily(pages, (NavLink(5, "值班表", "console.roster.listing"),))


@pages.get("/")
@opened()
def listing() -> str:
    """Absences of today and later; everybody may enter their own, who manages people anybody's."""
    return _page()


@pages.post("/")
@opened()
def add() -> Response:
    """Days away, and the cover."""
    visitor = context.visitor()
    try:
        who = forms.line("who") or visitor.username
        if not forms.line("cover"):
            raise BadInput(said("no_cover"))
        cover, first, last = forms.line("cover"), _day("first"), _day("last")
        duty_roster.add(context.office(), who, cover=cover, first=first, last=last, by=visitor.username,
                        sure=request.form.get("sure") == "yes")  # fmt: skip
    except NobodyLeft as error:
        return Response(_page(warning=error.message), 409, mimetype="text/html")
    except GongkaiError as error:
        return Response(_page(fault=plain(error.message)), 400, mimetype="text/html")
    return forms.done(url_for("console.roster.listing"), _told(who, cover, first, last))


@pages.post("/<int:number>/end")
@opened()
def end(number: int) -> Response:
    """The person is back, or does not go."""
    duty_roster.end(context.office(), number, by=context.visitor().username)
    return forms.done(url_for("console.roster.listing"), said("cover_ended"))


def _told(who: str, cover: str, first: date, last: date) -> str:
    """What was arranged, and what was not: whoever else may, sees to letters and applications."""
    office = context.office()
    known = [each for each in staff.everyone(office) if not each.disabled_at]
    names = {each.username: each.name for each in known}
    days = day_words(first) if first == last else f"{day_words(first)}到{day_words(last)}"
    able = {right: "、".join(each.name for each in known if each.username != who and people.holds(each, right)) or said("cover_nobody")
            for right in (Right.ANSWER, Right.REGISTER)}  # fmt: skip
    return said("cover_set", days=days, cover=names[cover], who=names[who], letters=able[Right.ANSWER],
                applications=able[Right.REGISTER])  # fmt: skip


def _page(fault: str = "", warning: str = "") -> str:
    office, visitor = context.office(), context.visitor()
    everyone = [each for each in staff.everyone(office) if each.username != ROBOT and not each.disabled_at]
    return render_template(
        "console/roster.html",
        lines=duty_roster.listing(office),
        week=duty_roster.week(office),
        whom=[(each.username, each.name) for each in everyone] if visitor.may(Right.MANAGE) else [],
        covers=[
            (each.username, each.name)
            for each in everyone
            if people.holds(each, Right.WRITE) and (visitor.may(Right.MANAGE) or each.username != visitor.username)
        ],
        today=office.clock.today(),
        manages=visitor.may(Right.MANAGE),
        fault=fault,
        warning=warning,
        given=request.form,
    )


def _day(name: str) -> date:
    text = forms.line(name)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(said("no_day", text=text)) from error
