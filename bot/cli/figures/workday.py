"""`gongkai workday`: terms in working days, make-up days counted. Needs no store and no settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from bot.cli.common import fail
from config import settings
from content.rules.errors import BadInput, GongkaiError
from content.rules.figures import working_days
from content.rules.figures.holiday_calendar import WorkCalendar
from content.rules.figures.working_days import WorkingTerm
from content.services.figures import terms

MOST = 10_000  # working days; forty years
explained = click.option("--explain", is_flag=True, help="接着逐日列出算不算、为什么")
as_known = click.option("--known-on", metavar="DATE", help="只用这一天以前录入的放假通知，重算过去的期限")


@click.group()
def workday() -> None:
    """工作日：起算日不计，调休上班的周末算，法定节假日不算；还没有放假安排的年份不猜。"""


@workday.command()
@click.argument("start", metavar="DATE")
@click.argument("number", type=click.IntRange(0, MOST), metavar="N")
@explained
@as_known
def add(start: str, number: int, explain: bool, known_on: str | None) -> None:
    """从某天起（当天不计）第 N 个工作日是哪天。"""
    _print(lambda calendar: working_days.add(calendar, _day(start), days=number), known_on, explain,
           shown=lambda term: str(term.end))  # fmt: skip


@workday.command()
@click.argument("first", metavar="A")
@click.argument("last", metavar="B")
@explained
@as_known
def between(first: str, last: str, explain: bool, known_on: str | None) -> None:
    """从 A（不计）到 B（计入）有几个工作日。"""
    _print(lambda calendar: working_days.between(calendar, _day(first), _day(last)), known_on, explain,
           shown=lambda term: str(term.count))  # fmt: skip


def _print(
    compute: Callable[[WorkCalendar], WorkingTerm],
    known_on: str | None,
    explain: bool,
    *,
    shown: Callable[[WorkingTerm], str],
) -> None:
    try:
        calendar = terms.calendar(_home(), known_on=_day(known_on) if known_on else None)
        term = compute(calendar)
    except GongkaiError as error:
        fail(error.message)
    click.echo(shown(term))
    for line in working_days.explain(calendar, term) if explain else ():
        click.echo(line)
    for fault in calendar.table.unused:
        click.echo(f"{calendar.table.path} 里有一处没有用：{fault}", err=True)


def _home() -> Path:
    """Where the office's own table is; with wrong settings, where it is by default, which is said."""
    try:
        return settings.load().home
    except settings.SettingsError as error:
        home = Path(settings.Settings.model_fields["home"].default)
        click.echo(f"设置有错（{'；'.join(error.faults)}），放假安排只从 {home} 里找。", err=True)
        return home


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadInput(f"看不懂日期“{text}”。请写成 2026-11-22。") from error
