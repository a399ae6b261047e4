"""The first page: what the visitor is asked to do now, then how the office stands."""

from __future__ import annotations

from flask import Blueprint, render_template

from bot.console import alarms, context, shell
from bot.console.family import NavLink, PageFamily, opened
from content.rules.alarms import AlarmKind
from content.rules.people import Right
from content.services import first_steps
from content.services.alarms import replaced_passwords
from content.services.planning import desk

pages = Blueprint("home", __name__)
FAMILY = PageFamily(pages, (NavLink(0, "工作台", "console.home.show", icon="home"),))


@pages.get("/")
@opened()
def show() -> str:
    """Do now, then know."""
    office = context.office()
    today = desk.today(office, context.now())
    steps = first_steps.left(office) if context.visitor().may(Right.MANAGE) else []
    rows = alarms.rows()
    others = [row for row in rows if row.alarm.kind != AlarmKind.GAP]  # a day without a post has a box of its own
    return render_template("console/home.html", work=shell.work(), today=today, alarms=rows, others=others, first_steps=steps,
                           replaced=replaced_passwords.of(office, context.visitor().username, context.now()))  # fmt: skip
