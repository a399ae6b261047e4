"""日历: a month, a week or a list of what goes out when; an article gets another time by a form, or by dragging."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.articles.article import demand
from bot.console.family import NavLink, PageFamily, opened
from bot.console.formatting import day_words, delivery_words, here, time_words
from bot.console.wording import plain, said
from config import clock
from content.rules.checks import spoken_days
from content.rules.errors import BadInput, GongkaiError
from content.rules.people import Right
from content.rules.publishing import schedule
from content.rules.publishing.article_states import ArticleState
from content.rules.publishing.schedule import MASS_SENDS
from content.services.articles import article_list
from content.services.articles.article_dossier import ArticleDossier
from content.services.articles.article_list import ArticleCard, ArticleConditions
from content.services.people import staff
from content.services.planning import month_plan, publication_forecast, rescheduling
from content.services.planning.month_plan import PlannedDay

pages = Blueprint("calendar", __name__)
FAMILY = PageFamily(pages, (NavLink(1, "日历", "console.calendar.show", icon="calendar"),))
FIRST_YEAR, LAST_YEAR = 2000, 2100
VIEWS = {"month": "月", "week": "周", "list": "列表"}
VIEW_COOKIE = "gongkai_calendar"
WAITING = (ArticleState.DRAFT, ArticleState.REVIEWING, ArticleState.SCHEDULED)
WEEK = timedelta(days=7)


@pages.get("/calendar")
@opened()
def show() -> Response:
    """A month, as weeks or as a list, or one week; phones show the list. The last view is remembered."""
    view = request.args.get("view") or request.cookies.get(VIEW_COOKIE, "")
    view = view if view in VIEWS else "month"
    page = Response(_week(_monday()) if view == "week" else _month(_first(), view), mimetype="text/html")
    page.set_cookie(VIEW_COOKIE, view, path="/console/calendar", httponly=True, samesite="Lax", max_age=365 * 86400,
                    secure=context.office().base_url.startswith("https://"))  # fmt: skip
    return page


def _month(first: date, view: str) -> str:
    monday = first - timedelta(days=first.weekday())
    after = (first + timedelta(days=32)).replace(day=1)
    last = after - timedelta(days=1)
    days = month_plan.days(context.office(), monday, last + timedelta(days=6 - last.weekday()), context.now())
    mine = [day for day in days if day.on.month == first.month]
    before = (first - timedelta(days=1)).replace(day=1)
    return _page(
        view,
        f"{first.year}年{first.month}月",
        mine,
        steps=[(_address(view, before), "上月"), (_address(view), "今天"), (_address(view, after), "下月")],
        weeks=[days[place : place + 7] for place in range(0, len(days), 7)],
        span="这个月",
        first=first,
    )


def _week(monday: date) -> str:
    days = month_plan.days(context.office(), monday, monday + timedelta(days=6), context.now())
    return _page(
        "week",
        f"{day_words(monday)}起的一周",
        days,
        steps=[
            (_address("week", monday - WEEK), "上周"),
            (_address("week"), "今天"),
            (_address("week", monday + WEEK), "下周"),
        ],
        weeks=[days],
        span="这一周",
        first=monday,
    )


def _page(
    view: str, title: str, days: list[PlannedDay], *, steps: list[tuple[str, str]], weeks: list[list[PlannedDay]],
    span: str, first: date,
) -> str:  # fmt: skip
    office = context.office()
    reserves = article_list.page(office, ArticleConditions(states=WAITING, reserve=True), size=20).cards
    return render_template(
        "console/calendar.html",
        view=view,
        title=title,
        days=days,
        steps=steps,
        weeks=weeks,
        span=span,
        first=first,
        tabs=[(_address(key, first), words, None, key == view) for key, words in VIEWS.items()],
        movable=_may_move,
        ask_move=_whom_to_ask([*reserves, *(card for day in days for card in day.cards)]),
        reserves=[card for card in reserves if card.state == ArticleState.SCHEDULED],
        empty=sum(day.lacks for day in days),
        resting=sum(day.is_empty and not day.lacks for day in days),
        allowance=publication_forecast.allowance(office, first, context.now()),
        is_daily=MASS_SENDS[office.settings.wechat_account][0] == "天",
        may_write=context.visitor().may(Right.WRITE),
    )


def _may_move(card: ArticleCard) -> bool:
    """Whether the visitor may give the article another time."""
    right = schedule.right_to_move(card.state)
    return right is not None and context.visitor().may(right)


def _whom_to_ask(cards: Sequence[ArticleCard]) -> str:
    """Who moves the approved articles of the page, told to a writer who may move only what is not approved yet."""
    visitor = context.visitor()
    stay = [card for card in cards if card.state == ArticleState.SCHEDULED]
    if not stay or not visitor.may(Right.WRITE) or visitor.may(Right.THIRD):
        return ""
    return staff.who_can(context.office(), Right.THIRD)


def _address(view: str, day: date | None = None) -> str:
    """The calendar in that view around a day; today's without one."""
    if day is None:
        return url_for("console.calendar.show", view=view)
    if view == "week":
        return url_for("console.calendar.show", view=view, week=day.isoformat())
    return url_for("console.calendar.show", view=view, month=day.strftime("%Y-%m"))


@pages.route("/articles/<int:number>/time", methods=["GET", "POST"])
@opened(Right.WRITE)
def move(number: int) -> Response:
    """Another time: first the sentence of what will happen, then the deed."""
    found, fault, at = demand(number), "", None
    if not found.acts.move:
        return Response(_refused_move(found), 403, mimetype="text/html")
    try:
        at = _asked()
        if request.method == "POST":
            rescheduling.move(context.office(), number, at, username=context.visitor().username)
            words = time_words(at) if at else said("at_third_pass")
            target = url_for("console.article.show", number=number)
            return forms.done(target, said("moved", title=found.card.title, time=words) + _still_to_do(found))
    except GongkaiError as error:
        fault = plain(error.message)
    sentence = ""
    if at is not None and not fault:
        why = publication_forecast.refusal(context.office(), found.card, at, context.now())
        if why:
            fault = why
        else:
            will = publication_forecast.forecast(context.office(), found.card, at, context.now())
            sentence = said("would_go_out", time=time_words(at), will=will.replace("将", "", 1))
            if found.card.state != ArticleState.SCHEDULED:
                sentence += said("only_when_passed")
            sentence += "".join(said("meant_then", words=words, day=day_words(day))
                                for words, day in spoken_days.meant(found.card.title, here(at).date()))  # fmt: skip
    page = render_template("console/move.html", found=found, at=at, fault=fault, sentence=sentence,
                           words=delivery_words(found.card.delivery),
                           offers=publication_forecast.offers(context.office(), found.card, context.now()))  # fmt: skip
    return Response(page, 400 if fault else 200, mimetype="text/html")


def _still_to_do(found: ArticleDossier) -> str:
    """What has to come before the time that was just given."""
    return {ArticleState.DRAFT: said("then_submit"), ArticleState.REVIEWING: said("only_when_passed")}.get(
        found.card.state, ""
    )


def _refused_move(found: ArticleDossier) -> str:
    """Said before anything is chosen: the visitor may not give this article another time."""
    right = schedule.right_to_move(found.card.state)
    return render_template("console/move.html", found=found, at=None, sentence="", offers=[], fault="",
                           ask=staff.who_can(context.office(), right) if right else "")  # fmt: skip


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


def _first() -> date:
    """The first day of the month asked for; this month for anything that is none."""
    try:
        return _within_reach(date.fromisoformat(f"{request.args.get('month', '')}-01"))
    except ValueError:
        return context.office().clock.today().replace(day=1)


def _monday() -> date:
    """The Monday of the week, or of the month's first, asked for; this week's for anything that is none."""
    try:
        asked = _within_reach(date.fromisoformat(request.args.get("week") or f"{request.args.get('month', '')}-01"))
    except ValueError:
        asked = context.office().clock.today()
    return asked - timedelta(days=asked.weekday())


def _within_reach(day: date) -> date:
    """The day, if a calendar of posts may show it. Raises BadInput."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadInput(said("no_such_month", first=FIRST_YEAR, last=LAST_YEAR))
    return day
