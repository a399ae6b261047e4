"""告警: what a person should know, each with the step that mends it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from content.services.people import staff
from content.services.reviewing import owed_reviews
from content.store.tables import Alarm

pages = Blueprint("alarms", __name__, url_prefix="/alarms")
FAMILY = PageFamily(pages, (NavLink(0, "告警", "console.alarms.listing"),))


@dataclass(frozen=True)
class AlarmStep:
    """What mends an alarm: the words of its button, and the rights that the step takes; the words for who may only look.

    `endpoint`: its page, where that is not the page of the article of which the alarm speaks.
    """

    words: str
    rights: tuple[Right, ...]
    look: str = "看这篇"
    endpoint: str = ""


MENDED: dict[AlarmKind, AlarmStep] = {
    AlarmKind.GAP: AlarmStep("看日历，排一篇", (Right.WRITE,), "看日历", "console.calendar.show"),
    AlarmKind.TWO_WEEKS: AlarmStep("看日历，排一篇", (Right.WRITE,), "看日历", "console.calendar.show"),
    AlarmKind.APPLICATION: AlarmStep("看公开申请", (Right.REGISTER,), "", "console.applications.listing"),
    AlarmKind.CATALOGUE: AlarmStep("去登记", (Right.REGISTER,), "看该公开的", "console.duties.listing"),
    AlarmKind.DIFFERENCE: AlarmStep("去签认", (Right.COUNT,), "", "console.reconciliation.listing"),
    AlarmKind.LEDGER_BROKEN: AlarmStep("去看台账", (), "", "console.ledger.listing"),
    AlarmKind.OWED_REVIEW: AlarmStep("去补审", STEPS, endpoint="console.reviews.show"),
    AlarmKind.NO_REVIEWER: AlarmStep("去处理这篇", (Right.MANAGE, *STEPS)),
    AlarmKind.CORRECTION: AlarmStep("去处理这篇", (Right.WITHDRAW,)),
    AlarmKind.REFUSED: AlarmStep("去改这篇", (Right.WRITE,)),
    AlarmKind.UNAPPROVED: AlarmStep("去处理这篇", (Right.WRITE,)),
}
URGENT = frozenset(
    {AlarmKind.GAP, AlarmKind.TWO_WEEKS, AlarmKind.OVERDUE, AlarmKind.UNKNOWN, AlarmKind.WAITING, AlarmKind.OWED_REVIEW,
     AlarmKind.CORRECTION, AlarmKind.LEDGER_BROKEN}
)  # fmt: skip
OF_AN_ARTICLE = AlarmStep("去处理这篇", (Right.SETTLE,))  # what went wrong on its way out


@dataclass(frozen=True)
class AlarmRow:
    """An open alarm, what its kind is called, and where it leads: (address, words).

    `ask`: whom to ask, where the visitor may not take the step that mends it.
    """

    alarm: Alarm
    words: str
    step: tuple[str, str] | None
    ask: str = ""

    @property
    def is_urgent(self) -> bool:
        """Whether it stands at the top of a phone's first page."""
        return AlarmKind(self.alarm.kind) in URGENT


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
    office = context.office()
    standing = lifecycle.listing(office)
    about = alarm_subjects.articles(office, standing)
    with office.store.read() as session:
        able = {one.article: one.able for one in owed_reviews.standing(office, session)}
    return [_row(alarm, about.get(alarm.id), able) for alarm in standing]


def _page(fault: str = "", at: int = 0) -> str:
    return render_template("console/alarms.html", rows=rows(), may_close=context.visitor().may(Right.ALARMS),
                           fault=fault, at=at)  # fmt: skip


def _row(alarm: Alarm, article: int | None, able: Mapping[int, Sequence[tuple[str, str]]]) -> AlarmRow:
    kind = AlarmKind(alarm.kind)
    words, step = KIND_WORDS[kind], MENDED.get(kind, OF_AN_ARTICLE if article is not None else None)
    if step is None:
        return AlarmRow(alarm, words, None)
    visitor = context.visitor()
    if (
        kind == AlarmKind.OWED_REVIEW and article is not None and article in able
    ):  # who wrote it, or passed it, may not, whatever the roles
        may, ask = visitor.username in dict(able[article]), "、".join(name for _, name in able[article])
    else:
        may, ask = visitor.may(*step.rights), staff.who_can(context.office(), *step.rights) if step.rights else ""
    return AlarmRow(alarm, words, _way(step, article, may=may), "" if may else ask)


def _way(step: AlarmStep, article: int | None, *, may: bool) -> tuple[str, str] | None:
    """Where an alarm leads: to the step itself, or to where there is something to look at; None for nowhere."""
    words = step.words if may else step.look
    if not words:
        return None
    if article is None:
        return (url_for(step.endpoint), words) if step.endpoint else None
    endpoint = step.endpoint if may and step.endpoint else "console.article.show"
    return url_for(endpoint, number=article), words
