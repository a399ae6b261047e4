"""日历: a month or a list of what goes out when; an article gets another time by a form, or by dragging."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.articles.article import demand
from bot.console.family import NavLink, PageFamily, opened
from bot.console.formatting import delivery_words, here, time_words
from bot.console.wording import plain, said
from config import clock
from content.rules.errors import BadInput, GongkaiError
from content.rules.people import Right
from content.rules.publishing.three_reviews import ArticleState
from content.services.articles import article_list, rescheduling
from content.services.articles.article_list import ArticleConditions
from content.services.planning import month_plan

pages = Blueprint("calendar", __name__)
FAMILY = PageFamily(pages, (NavLink(1, "日历", "console.calendar.show", icon="calendar"),))
VIEWS = (("month", "月"), ("list", "列表"))
RESERVES = (ArticleState.DRAFT, ArticleState.REVIEWING, ArticleState.SCHEDULED)


@pages.get("/calendar")
@opened()
def show() -> str:
    """A month: as weeks, or as a list, which is what phones show."""
    office, now = context.office(), context.now()
    first = _month()
    monday = first - timedelta(days=first.weekday())
    after = (first + timedelta(days=32)).replace(day=1)
    sunday = after - timedelta(days=1) + timedelta(days=6 - (after - timedelta(days=1)).weekday())
    days = month_plan.days(office, monday, sunday, now)
    reserves = article_list.page(office, ArticleConditions(states=RESERVES, reserve=True), size=20).cards
    return render_template(
        "console/calendar.html",
        first=first,
        before=(first - timedelta(days=1)).replace(day=1),
        after=after,
        weeks=[days[place : place + 7] for place in range(0, len(days), 7)],
        days=[day for day in days if day.on.month == first.month],
        view="list" if request.args.get("view") == "list" else "month",
        views=VIEWS,
        reserves=[card for card in reserves if card.state == ArticleState.SCHEDULED],
        empty=sum(day.lacks and day.on.month == first.month for day in days),
        may_write=context.visitor().may(Right.WRITE),
    )


@pages.route("/articles/<int:number>/time", methods=["GET", "POST"])
@opened(Right.WRITE)
def move(number: int) -> Response:
    """Another time: first the sentence of what will happen, then the deed."""
    found, fault, at = demand(number), "", None
    try:
        at = _asked()
        if request.method == "POST":
            rescheduling.move(context.office(), number, at, username=context.visitor().username)
            words = time_words(at) if at else said("at_third_pass")
            target = url_for("console.calendar.show", month=_month_of(at))
            return forms.done(target, said("moved", title=found.card.title, time=words))
    except GongkaiError as error:
        fault = plain(error.message)
    sentence = ""
    if at is not None and not fault:
        sentence = f"{time_words(at)}，{month_plan.forecast(context.office(), found.card, at, context.now())}"
    page = render_template("console/move.html", found=found, at=at, fault=fault, sentence=sentence,
                           words=delivery_words(found.card.delivery))  # fmt: skip
    return Response(page, 400 if fault else 200, mimetype="text/html")


def _asked() -> datetime | None:
    """The time that the address or the form asks for."""
    text = request.values.get("at", "")
    if not text:
        return None
    try:
        asked = clock.parse(text.replace(" ", "T"), context.office().settings.zone)
    except ValueError as error:
        raise BadInput(said("no_time", text=text)) from error
    return asked


def _month() -> date:
    """The first day of the month asked for; this month for anything that is none."""
    try:
        return date.fromisoformat(f"{request.args.get('month', '')}-01")
    except ValueError:
        return context.office().clock.today().replace(day=1)


def _month_of(at: datetime | None) -> str:
    return here(at).strftime("%Y-%m") if at else ""
