"""告警: what a person should know, each with the step that mends it."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.family import NavLink, PageFamily, opened
from bot.console.wording import plain, said
from content.rules.alarms import KIND_WORDS, AlarmKind
from content.rules.errors import GongkaiError
from content.rules.people import Right
from content.services.alarms import alarm_subjects, lifecycle
from content.store.tables import Alarm

pages = Blueprint("alarms", __name__, url_prefix="/alarms")
FAMILY = PageFamily(pages, (NavLink(0, "告警", "console.alarms.listing"),))
STEPS = {  # the page on which an alarm of this kind is mended, and what its button says
    AlarmKind.GAP: ("console.calendar.show", "看日历，排一篇"),
    AlarmKind.TWO_WEEKS: ("console.calendar.show", "看日历，排一篇"),
    AlarmKind.APPLICATION: ("console.applications.listing", "看公开申请"),
    AlarmKind.CATALOGUE: ("console.duties.listing", "看该公开的"),
}


@pages.get("/")
@opened()
def listing() -> str:
    """The open alarms, oldest first."""
    return _page()


@pages.post("/<int:number>/close")
@opened(Right.ALARMS)
def close(number: int) -> Response:
    """A person has seen to it."""
    try:
        lifecycle.close(context.office(), number, username=context.visitor().username, note=forms.line("note"))
    except GongkaiError as error:
        return Response(_page(fault=plain(error.message), at=number), 400, mimetype="text/html")
    return forms.done(url_for("console.alarms.listing"), said("alarm_closed"))


def _page(fault: str = "", at: int = 0) -> str:
    standing = lifecycle.listing(context.office())
    about = alarm_subjects.articles(context.office(), standing)
    rows = [(alarm, KIND_WORDS[AlarmKind(alarm.kind)], _step(alarm, about.get(alarm.id))) for alarm in standing]
    return render_template("console/alarms.html", rows=rows, may_close=context.visitor().may(Right.ALARMS),
                           fault=fault, at=at)  # fmt: skip


def _step(alarm: Alarm, article: int | None) -> tuple[str, str] | None:
    """The address and the words of the step that mends it."""
    if article is not None and alarm.kind == AlarmKind.OWED_REVIEW:
        return url_for("console.reviews.show", number=article), "去补审"
    if article is not None:
        return url_for("console.article.show", number=article), "去处理这篇"
    step = STEPS.get(AlarmKind(alarm.kind))
    if alarm.kind == AlarmKind.APPLICATION and not context.visitor().may(Right.REGISTER):
        return None
    return (url_for(step[0]), step[1]) if step else None
