"""公开申请: the register of applications with their clocks, and taking in a letter or a visit by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.console import context, forms
from bot.console.family import NavLink, PageFamily, opened
from bot.console.wording import plain, said
from bot.web import uploads
from bot.web.addresses import with_args
from bot.web.paging import code_asked, year_asked
from content.rules.applications import form_fields, outcomes
from content.rules.applications.receipt import RULES, ReceiptChannel
from content.rules.applications.steps import ApplicationState
from content.rules.errors import BadInput, GongkaiError
from content.rules.people import Right
from content.rules.publishing.article_states import ArticleState
from content.services.applications import receiving, register
from content.services.applications.register import RegisterLine

pages = Blueprint("applications", __name__, url_prefix="/applications")
FAMILY = PageFamily(
    pages, (NavLink(2, "公开申请", "console.applications.listing", (Right.REGISTER,), waiting="applications"),)
)
PAGE = 50
TABS = (("open", "在办"), ("done", "办结"), ("all", "全部"))
STATES = {
    ApplicationState.ARRIVED: (ArticleState.SCHEDULED, "待确认收到"),
    ApplicationState.HANDLING: (ArticleState.PUBLISHING, "正在办理"),
    ApplicationState.CORRECTING: ("waiting", "等补正"),
    ApplicationState.CONSULTING: ("waiting", "征求意见"),
    ApplicationState.PAYING: ("waiting", "等缴费"),
    ApplicationState.ANSWERED: ("published", "已办结"),
}
CONDITIONS = {"channel": "怎么来的", "kind": "谁申请的", "state": "状态", "year": "收到的年份", "clock": "期限"}
CLOCKS = {"late": "逾期的", "soon": "三天内到期的", "open": "还不能定的"}
SOON = 3  # working days


@pages.get("/")
@opened(Right.REGISTER)
def listing() -> str:
    """The applications of a tab: overdue first, then what ends first."""
    tab = request.args.get("tab", "open")
    tab = tab if tab in dict(TABS) else "open"
    all_lines = register.listing(context.office(), all_of_them=tab != "open")
    lines = [line for line in all_lines if _fits(line, tab)]
    lines.sort(key=_urgency if tab == "open" else lambda line: (-line.application.id, 0))
    number, given = forms.number("page"), {name: code_asked(name) for name in CONDITIONS}
    return render_template(
        "console/disclosure/register.html", lines=lines[(number - 1) * PAGE : number * PAGE], total=len(lines), tab=tab,
        late=sum(line.overdue for line in all_lines), number=number, last=max(1, -(-len(lines) // PAGE)), given=given,
        tabs=[(with_args(tab=key, page=""), words, None, key == tab) for key, words in TABS], choices=_choices(),
        chips=[(with_args(**{name: "", "page": ""}), f"{words}：{_choices()[name].get(given[name], given[name])}")
               for name, words in CONDITIONS.items() if given[name]],
        all_off=with_args(**dict.fromkeys(CONDITIONS, ""), page=""), **words(),
    )  # fmt: skip


@pages.get("/new")
@opened(Right.REGISTER)
def new() -> str:
    """The form for a letter, a visit, a fax."""
    return _form({}, {})


@pages.post("/new")
@opened(Right.REGISTER)
def add() -> Response:
    """Takes it in. What is typed is kept where something is to be mended."""
    if forms.is_second_press():
        return forms.done(url_for("console.applications.listing"), said("application_taken_already"), "tell")
    given = request.form.to_dict()
    form, faults = form_fields.read(given, by_hand=True)
    channel = given.get("channel", "")
    if channel not in list(ReceiptChannel):
        faults["channel"] = said("no_receipt_channel")
    try:
        arrived = forms.day("arrived")
        if form is None or faults:
            raise BadInput("")
        files = uploads.incoming(request.files.getlist("files"))
        number = receiving.by_hand(context.office(), form, channel=ReceiptChannel(channel), arrived=arrived, files=files,
                                   username=context.visitor().username)  # fmt: skip
    except GongkaiError as error:
        forms.may_come_again()
        if error.message:
            faults["arrived" if "日期" in error.message else "files"] = plain(error.message)
        return Response(_form(given, faults), 400, mimetype="text/html")
    return forms.done(url_for("console.application.show", key=number), said("application_taken", number=number))


def words() -> dict[str, Any]:
    """What templates call an application's states, channels, applicants and outcomes."""
    return {"states": STATES, "channels": {key: rule.words for key, rule in RULES.items()},
            "kinds": form_fields.KIND_WORDS, "outcome_words": outcome_words}  # fmt: skip


def outcome_words(line: RegisterLine) -> str:
    """The row of the form in which an answered application is counted."""
    row = line.application
    return outcomes.outcomes(row.answered_on).get(row.outcome, row.outcome) if row.answered_on else ""


def _form(given: dict[str, str], faults: dict[str, str]) -> str:
    today = context.office().clock.today()
    return render_template("console/disclosure/new_application.html", given={"arrived": today.isoformat(), **given},
                           faults=faults, fields=form_fields, carriers=_pairs(form_fields.CARRIERS),
                           ways=_pairs(form_fields.WAYS),
                           **words())  # fmt: skip


def _pairs(words: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(each, each) for each in words]


def _urgency(line: RegisterLine) -> tuple[bool, date]:
    clock = line.clock
    return not line.overdue, (clock and (clock.day or clock.waits_until)) or line.application.arrived_on


def _fits(line: RegisterLine, tab: str) -> bool:
    row, year = line.application, year_asked()
    if tab == "done" and row.answered_on is None:
        return False
    if year and (row.received_on or row.arrived_on).year != year:
        return False
    clock: Callable[[RegisterLine], bool] = {
        "late": lambda line: line.overdue,
        "soon": lambda line: line.left is not None and 0 <= line.left <= SOON and row.answered_on is None,
        "open": lambda line: bool(line.clock and line.clock.unknown_year),
    }.get(code_asked("clock"), lambda line: True)
    asked = {"channel": row.channel, "kind": row.applicant, "state": row.state}
    return clock(line) and all(code_asked(name) in ("", value) for name, value in asked.items())


def _choices() -> dict[str, dict[str, str]]:
    this_year = context.office().clock.today().year
    return {
        "channel": {str(key): rule.words for key, rule in RULES.items()},
        "kind": {str(key): name for key, name in form_fields.KIND_WORDS.items()},
        "state": {str(key): name for key, (_, name) in STATES.items()},
        "year": {str(year): f"{year}年" for year in range(this_year, this_year - 6, -1)},
        "clock": CLOCKS,
    }
