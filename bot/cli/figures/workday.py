"""`gongkai workday`: terms in working days, make-up days counted. `add` and `between` need no store and no settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from bot.cli.common import as_person, fail, with_office
from config import settings
from content.rules.errors import BadInput, GongkaiError
from content.rules.figures import working_days
from content.rules.figures.holiday_calendar import WorkCalendar
from content.rules.figures.working_days import WorkingTerm
from content.services.figures import holiday_notices, terms
from content.services.office import Office
from content.services.setup import demand_current

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


@workday.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--year", type=int, metavar="YEAR", help="哪一年；通知里写了就不用")
@click.option("--exception", default="", metavar="WHY", help="通知的天数确实与法定的不同，写明原因")
@click.option("--dry-run", is_flag=True, help="只看读出来的日子，不录入")
@as_person
@with_office()
def notice(office: Office, file: Path, year: int | None, exception: str, dry_run: bool, username: str) -> None:
    """录入国务院办公厅的放假通知（.txt、.docx、.html 里的原文）；有漏有错的指出来，不录入。"""
    demand_current(office)
    text = holiday_notices.text_of(file.read_bytes(), file.name)
    found = holiday_notices.read(office, text, year=year, exception=exception)
    for name, first, last in found.draft.spans:
        click.echo(f"{name}  {first} 到 {last}  {(last - first).days + 1} 天")
    click.echo(f"周末上班：{'、'.join(map(str, sorted(found.draft.work))) or '没有'}")
    if found.faults or not dry_run:
        holiday_notices.enter(office, text, username=username, year=year, exception=exception)
        click.echo(f"{found.draft.year} 年的放假安排录入了。")


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
