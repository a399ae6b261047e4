"""What all console pages share: the frame with its navigation, and what templates may call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from flask import Blueprint, g, render_template, request, url_for

from bot.console import context, formatting
from bot.console.family import NavLink, PageFamily, opened
from bot.console.wording import plain, said
from config.settings import Settings
from content.rules.checks.finding import SEVERITY_WORDS, Severity
from content.rules.errors import NotFound
from content.rules.people import ROLE_WORDS, Right
from content.rules.publishing.article_states import STATE_WORDS, ArticleState
from content.rules.publishing.three_reviews import STEP_WORDS
from content.services import first_steps
from content.services.people import staff
from content.services.planning import desk
from content.services.planning.desk import PersonalWork

PHONE_ORDER = ("工作台", "稿件", "统计", "群众", "公开", "管理")  # what a chief looks for on a phone comes first
GROUPS = ("工作台", "稿件", "公开", "群众", "统计", "管理")
REAL = Settings.model_fields["wechat_api_url"].default

pages = Blueprint("shell", __name__)
FAMILY = PageFamily(pages)


@pages.get("/more")
@opened()
def more() -> str:
    """The whole navigation as a page, for phones."""
    return render_template("console/more.html", order=PHONE_ORDER)


@pages.route("/<path:rest>", methods=["GET", "POST"])
def nowhere(rest: str) -> str:
    """Any other address: closed, so that the gate answers and this is never run."""
    raise NotFound(said("no_such_page"))


def dress(parent: Blueprint, links: Sequence[NavLink]) -> None:
    """Gives the templates of a blueprint's pages what they may call."""
    parent.context_processor(lambda: _everywhere(links))


def _everywhere(links: Sequence[NavLink]) -> dict[str, Any]:
    visitor, session = context.someone(), context.session()
    return {
        "visitor": visitor,
        "csrf": session.csrf if session else "",
        "form_key": lambda: uuid4().hex,
        "navigation": lambda: _navigation(links),
        "who_can": lambda *rights: staff.who_can(context.office(), *rights),
        "told": lambda: context.console().sessions.hear(session) if session else [],
        "said": said,
        "plain": plain,
        "office_name": said("unnamed_office") if first_steps.is_unnamed(context.office()) else context.office().name,
        "is_rehearsal": context.office().settings.wechat_api_url != REAL,
        "now": context.now(),
        "now_words": formatting.time_words(context.now()),
        "here": request.path,
        "STATE_WORDS": STATE_WORDS,
        "STEP_WORDS": STEP_WORDS,
        "ROLE_WORDS": ROLE_WORDS,
        "State": ArticleState,
        "Severity": Severity,
        "SEVERITY_WORDS": SEVERITY_WORDS,
        "Right": Right,
        **{name: getattr(formatting, name) for name in
           ("day_words", "clock_words", "time_words", "full_time", "time_tag", "time_left", "delivery_words", "way_words",
            "text_tag", "field_time")},
    }  # fmt: skip


def work() -> PersonalWork:
    """What waits for the visitor, asked for once for each page."""
    if "console_work" not in g:
        visitor = context.visitor()
        g.console_work = desk.personal(context.office(), visitor.username, visitor.roles)
    found: PersonalWork = g.console_work
    return found


def _navigation(links: Sequence[NavLink]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Groups with the links that this visitor may open, what waits behind each, and whether it is where we are."""
    visitor = context.visitor()
    shown = [link for link in links if visitor.may(*link.rights)]
    here = _family(request.endpoint or "")
    return [
        (name, [_entry(link, here) for link in shown if link.group == number])
        for number, name in enumerate(GROUPS)
        if any(link.group == number for link in shown)
    ]


def _entry(link: NavLink, here: str) -> dict[str, Any]:
    waiting = len(getattr(work(), link.waiting)) if link.waiting else 0
    return {"words": link.words, "url": url_for(link.endpoint), "waiting": waiting, "icon": link.icon,
            "is_here": here == _family(link.endpoint) or here.startswith(f"{_family(link.endpoint)}_")}  # fmt: skip


def _family(endpoint: str) -> str:
    return endpoint.rpartition(".")[0]
