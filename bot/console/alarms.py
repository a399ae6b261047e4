"""告警: what a person should know, each with the step that mends it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.family import NavLink, PageFamily, opened
from bot.console.wording import plain, said
from content.rules.alarms import KIND_WORDS, AlarmKind
from content.rules.errors import GongkaiError
from content.rules.people import Right
from content.rules.publishing.three_reviews import STEPS
from content.services.alarms import alarm_subjects, lifecycle
from content.store.tables import Alarm

pages = Blueprint("alarms", __name__, url_prefix="/alarms")
FAMILY = PageFamily(pages, (NavLink(0, "告警", "console.alarms.listing"),))
MENDED: dict[
    AlarmKind, tuple[str, str, tuple[Right, ...]]
] = {  # the page that mends it, the button's words, who may open it
    AlarmKind.GAP: ("console.calendar.show", "看日历，排一篇", ()),
    AlarmKind.TWO_WEEKS: ("console.calendar.show", "看日历，排一篇", ()),
    AlarmKind.APPLICATION: ("console.applications.listing", "看公开申请", (Right.REGISTER,)),
    AlarmKind.CATALOGUE: ("console.duties.listing", "看该公开的", ()),
    AlarmKind.DIFFERENCE: ("console.reconciliation.listing", "去签认", (Right.COUNT,)),
    AlarmKind.LEDGER_BROKEN: ("console.ledger.listing", "去看台账", ()),
}


@dataclass(frozen=True)
class AlarmRow:
    """An open alarm, what its kind is called, and the step that mends it: (address, words), for who may take it."""

    alarm: Alarm
    words: str
    step: tuple[str, str] | None


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


def rows() -> list[AlarmRow]:
    """The open alarms, oldest first."""
    standing = lifecycle.listing(context.office())
    about = alarm_subjects.articles(context.office(), standing)
    return [AlarmRow(alarm, KIND_WORDS[AlarmKind(alarm.kind)], _step(alarm, about.get(alarm.id))) for alarm in standing]


def _page(fault: str = "", at: int = 0) -> str:
    return render_template("console/alarms.html", rows=rows(), may_close=context.visitor().may(Right.ALARMS),
                           fault=fault, at=at)  # fmt: skip


def _step(alarm: Alarm, article: int | None) -> tuple[str, str] | None:
    if article is not None and alarm.kind == AlarmKind.OWED_REVIEW and context.visitor().may(*STEPS):
        return url_for("console.reviews.show", number=article), "去补审"
    if article is not None:
        return url_for("console.article.show", number=article), "去处理这篇"
    endpoint, words, rights = MENDED.get(AlarmKind(alarm.kind), ("", "", ()))
    return (url_for(endpoint), words) if endpoint and context.visitor().may(*rights) else None
