"""`gongkai cases`: reviews and suits about disclosure, which table four counts."""

from __future__ import annotations

import click

from bot.cli.common import as_person, day, json_output, print_json, with_office
from content.rules.applications.cases import KINDS, RESULT_WORDS, CaseResult
from content.rules.figures.annual_report import form
from content.services.applications import case_register
from content.services.applications.case_register import NewCase
from content.services.office import Office
from content.services.setup import demand_current


@click.group()
def cases() -> None:
    """因信息公开引起的行政复议、行政诉讼，年报表四从这里统计。"""


@cases.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--on", "on", metavar="DATE", help="哪天受理的；不写就是今天")
@click.option("--reference", default="", metavar="T", help="案号")
@click.option("--application", default="", metavar="NUMBER", help="因哪件申请引起")
@as_person
@with_office()
def add(office: Office, kind: str, on: str | None, reference: str, application: str, username: str) -> None:
    """登记一件：review 行政复议、suit_direct 直接起诉、suit_after 复议后起诉。"""
    demand_current(office)
    new = NewCase(kind, day(on) or office.clock.today(), reference, application)
    click.echo(f"已登记，第 {case_register.add(office, new, username=username)} 号。")


@cases.command()
@click.argument("number", type=int, metavar="ID")
@click.argument("result", type=click.Choice([str(name) for name in CaseResult]))
@click.option("--on", "on", metavar="DATE", help="哪天审结的；不写就是今天")
@as_person
@with_office()
def end(office: Office, number: int, result: str, on: str | None, username: str) -> None:
    """审结：upheld 结果维持、corrected 结果纠正、otherwise 其他结果。"""
    demand_current(office)
    ended = day(on) or office.clock.today()
    case_register.end(office, number, result=CaseResult(result), on=ended, username=username)
    click.echo(f"第 {number} 号已审结：{RESULT_WORDS[CaseResult(result)]}。")


@cases.command("list")
@json_output
@with_office()
def list_(office: Office, as_json: bool) -> None:
    """所有的复议和诉讼，早的在前。"""
    demand_current(office)
    rows = case_register.everything(office)
    if as_json:
        print_json([{"id": row.id, "kind": row.kind, "filed_on": row.filed_on.isoformat(),
                     "ended_on": row.ended_on.isoformat() if row.ended_on else None, "result": row.result or None,
                     "reference": row.reference, "application": row.application} for row in rows])  # fmt: skip
        return
    for row in rows:
        state = f"{row.ended_on} {RESULT_WORDS[CaseResult(row.result)]}" if row.ended_on else "尚未审结"
        click.echo(f"{row.id}  {form.CASES[row.kind]}  {row.filed_on} 受理  {state}  {row.reference}")
    if not rows:
        click.echo("没有登记过。")
