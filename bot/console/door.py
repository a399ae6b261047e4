"""The console as a whole: every family of pages in one list, behind one gate."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Flask

from bot.console import alarms, home, long_work, shell
from bot.console.access import account, gate, roster_pages, staff_pages, two_step_pages
from bot.console.articles import article, article_list, calendar, checking, editor, reviewing
from bot.console.citizens import file_entry_pages, letters, office_files, questions
from bot.console.context import NAME, Console
from bot.console.disclosure import (
    application_pages,
    case_pages,
    catalogue_pages,
    duty_pages,
    register_pages,
    template_pages,
    workday_pages,
)
from bot.console.family import PageFamily
from bot.console.figures import count_pages, ledger_pages, reconciliation_pages
from bot.console.figures.annual_report import report_entry_pages, report_overview, report_review_pages
from bot.console.notices import import_pages, notice_list
from bot.console.sessions import Sessions
from bot.dialogue.state.pseudonyms import Pseudonyms
from bot.web.visitors import Visitors
from content.services.office import Office
from content.services.ports import Channel

STATIC = Path(__file__).parent / "static"

FAMILIES: tuple[PageFamily, ...] = (
    home.FAMILY,
    alarms.FAMILY,
    article_list.FAMILY,
    reviewing.FAMILY,
    calendar.FAMILY,
    editor.FAMILY,
    article.FAMILY,
    checking.FAMILY,
    letters.FAMILY,
    questions.FAMILY,
    register_pages.FAMILY,
    application_pages.FAMILY,
    case_pages.FAMILY,
    template_pages.FAMILY,
    duty_pages.FAMILY,
    catalogue_pages.FAMILY,
    workday_pages.FAMILY,
    office_files.FAMILY,
    file_entry_pages.FAMILY,
    import_pages.FAMILY,
    notice_list.FAMILY,
    count_pages.FAMILY,
    ledger_pages.FAMILY,
    reconciliation_pages.FAMILY,
    report_overview.FAMILY,
    report_entry_pages.FAMILY,
    report_review_pages.FAMILY,
    long_work.FAMILY,
    account.FAMILY,
    two_step_pages.FAMILY,
    staff_pages.FAMILY,
    roster_pages.FAMILY,
    shell.FAMILY,  # the last: it takes every address that no other has
)


def install(app: Flask, office: Office, channel: Channel) -> None:
    """Adds the console to the application, under /console."""
    console = Console(office, channel, Sessions(office), Visitors(office, Pseudonyms(office.home).name))
    app.extensions[NAME] = console
    parent = Blueprint(NAME, __name__, url_prefix="/console", template_folder="templates")
    gate.guard(parent, console)
    links = sorted((link for family in FAMILIES for link in family.links), key=lambda link: link.group)
    shell.dress(parent, links)
    for family in FAMILIES:
        parent.register_blueprint(family.pages)
    app.register_blueprint(parent)
